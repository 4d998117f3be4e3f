import { stringify } from 'yaml';
import type { KubeObject, RequestRecord } from '../../../source/practice/contract.ts';
import { type Practice, type PracticeOptions, startPractice } from '../../../source/practice/practice.ts';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { resources } from '../../../source/practice/resources.ts';
import { type Canaries, canariesIn, type StoreCanaries, storeCanaries } from '../canaries.ts';
import { leftInPods, readInPods, replacePxctl } from '../clusters/pod-files.ts';
import { makeSandbox, type RunOptions, type Sandbox, type Transcript } from './program.ts';

export type Store = 's3' | 'azure' | 'google' | 'none';

/** Two practice clusters in this process, and the program in a sandbox from which only they are reached. */
export type Ground = AsyncDisposable &
	Readonly<{
		practice: Practice;
		sandbox: Sandbox;
		secrets: StoreCanaries;
		/** Runs the program, then searches everything that the clusters received or keep for secrets, too. */
		run(args: readonly string[], options?: RunOptions): Promise<Transcript>;
		pair(name?: string, namespace?: string): KubeObject | undefined;
	}>;

export type GroundOptions = PracticeOptions &
	Readonly<{
		/** Laid over the answers in `answers.yaml`, field by field at the top. */
		answers?: Readonly<Record<string, unknown>>;
		store?: Store;
		secrets?: Partial<StoreCanaries>;
		/** Further secrets to search for. */
		canaries?: Canaries;
	}>;

export async function openGround(options: GroundOptions = {}): Promise<Ground> {
	const { answers = {}, store = 's3', secrets: given, canaries = {}, ...practiceOptions } = options;
	const practice = await startPractice(practiceOptions);
	const sandbox = await makeSandbox();
	const own = storeCanaries();
	const secrets = { ...own, ...given, all: { ...own.all, ...canaries } };
	await sandbox.file('kubeconfig', practice.kubeconfig);
	await sandbox.file('answers.yaml', stringify({ ...answersFor(store), ...answers }));
	if (store === 'google') {
		await sandbox.file('key.json', secrets.jsonKey);
	}
	return {
		practice,
		sandbox,
		secrets,
		async run(args, runOptions = {}) {
			const { accessKeyId: ID, secretAccessKey: SECRET, accountKey: ACCOUNT } = secrets;
			const before = tokensOf(practice);
			const transcript = await sandbox.run(
				args,
				{ ...secrets.all, ...before },
				{
					...runOptions,
					env: {
						...(store === 's3' && { ID, SECRET }),
						...(store === 'azure' && { ACCOUNT }),
						...runOptions.env,
					},
				},
			);
			const told = [JSON.stringify(transcript), ...(await sandbox.records()).values()].join('\n');
			const leaks = [
				...canariesIn(told, tokensOf(practice)).map(name => `${name} printed or recorded`),
				...leaksIn(practice, secrets.all),
				...leaksInPods(practice, secrets.all),
			];
			if (leaks.length > 0) {
				throw new Error([transcript.command, ...leaks].join('\n'));
			}
			return transcript;
		},
		pair: (name = 'remotecluster', namespace = 'migrationnamespace') =>
			practice.clusters.east.store.get(resources.clusterpairs, namespace, name),
		async [Symbol.asyncDispose]() {
			await Promise.all([practice.close(), sandbox[Symbol.asyncDispose]()]);
		},
	};
}

/** The answers that a person with this store would write; secrets come from the environment. */
export function answersFor(store: Store) {
	return {
		apiVersion: 'pxpair/v1',
		source: { context: 'east' },
		destination: { context: 'west' },
		objectStore: stores[store],
	};
}

const stores = {
	s3: {
		provider: 's3',
		accessKeyId: { env: 'ID' },
		secretAccessKey: { env: 'SECRET' },
		region: 'us-east-1',
		endpoint: 's3.amazonaws.com',
		storageClass: 'STANDARD',
	},
	azure: { provider: 'azure', accountName: 'myaccount', accountKey: { env: 'ACCOUNT' } },
	google: { provider: 'google', projectId: 'my-project', jsonKeyFile: 'key.json' },
	none: { provider: 'none' },
} as const;

/** What changed something, as `METHOD path`. Exec is a GET, and who asks for its own rights has to POST. */
export const writes = ({ requests }: PracticeCluster, from = 0): string[] =>
	requests
		.slice(from)
		.filter(
			({ method, url }) =>
				method !== 'GET' && !(method === 'POST' && isReview(url)) && !url.includes('dryRun=All'),
		)
		.map(({ method, url }) => `${method} ${url.split('?')[0]}`);

/** What a run that did not come to its end says of it. */
export const failureOf = ({ exitCode, out, err }: Transcript): string[] =>
	exitCode === 0
		? err
		: [...out.filter(line => !/ (checked|unchanged) |^\d+ steps? w\w+ not begun/.test(line)), ...err];

/** All that the API servers and Portworx hold. Events tell of the past, so they stay. */
export const everythingIn = ({ practice }: Ground) =>
	Object.values(practice.clusters).map(({ store, credentials, pairs }) => ({
		credentials: credentials(),
		pairs: pairs(),
		objects: Object.values(resources)
			.filter(({ plural }) => plural !== 'events')
			.flatMap(resource => store.list(resource)),
	}));

const isReview = (url: string): boolean =>
	/^\/apis\/(authorization|authentication)\.k8s\.io\/v1\/selfsubject(access)?reviews$/.test(url);

/** Puts an ear in front of the pretend pxctl. The answer tells what it has been asked, as far as that is no secret. */
export function overhearPxctl(cluster: PracticeCluster): () => string[] {
	const log = '/var/log/overheard';
	replacePxctl(cluster, `echo "$1 $2 $3\${PXCTL_AUTH_TOKEN:+ with a token}" >> ${log}\nexec "$0.real" "$@"`);
	return () =>
		readInPods(cluster, log)
			.split('\n')
			.map(line => line.trim())
			.filter(Boolean);
}

/** Whether a pxctl command that was overheard changes nothing. */
export const readsOnly = (command: string): boolean =>
	/^(status|credentials (validate|list)\b.*|cluster token show)( +with a token)?$/.test(command);

/** The clusters' own secrets: what logs in to them, and what pairs with them. */
function tokensOf({ clusters }: Practice): Canaries {
	const { east, west } = clusters;
	return Object.fromEntries(
		[
			['kubeconfig token of east', east.token],
			['kubeconfig token of west', west.token],
			['cluster token of east', east.clusterToken()],
			['cluster token of west', west.clusterToken()],
			['admin token of east', east.adminToken],
			['admin token of west', west.adminToken],
		].filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
}

function leaksIn(practice: Practice, secrets: Canaries): string[] {
	const { east, west } = practice.clusters;
	const requests = [...east.requests, ...west.requests];
	const found = requests.flatMap(request => leaksInRequest(request, secrets, tokensOf(practice)));
	const queries = new Set(
		requests.filter(({ url }) => url.includes('/exec?')).map(({ url }) => url.split('?')[1]),
	);
	return queries.size > 1 ? [...found, `${queries.size} different exec URLs`] : found;
}

/** A ClusterPair has to carry the way into the cluster that it points to: nothing else may, and no other secret. */
function leaksInRequest(
	{ cluster, method, url, headers, body }: RequestRecord,
	secrets: Canaries,
	tokens: Canaries,
): string[] {
	const { authorization, ...others } = headers;
	const all = { ...secrets, ...tokens };
	const there = cluster === 'practice-east' ? 'west' : 'east';
	const carried = [`kubeconfig token of ${there}`, `cluster token of ${there}`];
	const notForPairs = Object.fromEntries(Object.entries(all).filter(([name]) => !carried.includes(name)));
	return [
		...canariesIn(`${url}\n${JSON.stringify(others)}`, all),
		...canariesIn(String(authorization), secrets),
		...canariesIn(body, url.includes('/clusterpairs/') ? notForPairs : all),
	].map(name => `${name} in ${method} ${url}`);
}

/** The access key ID is part of what Portworx keeps of a credential. */
function leaksInPods({ clusters }: Practice, secrets: Canaries): string[] {
	const { accessKeyId: _shown, ...hidden } = secrets;
	return Object.values(clusters).flatMap(cluster =>
		leftInPods(cluster, hidden).map(leak => `${cluster.name}: ${leak}`),
	);
}
