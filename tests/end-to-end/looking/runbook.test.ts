import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { execa } from 'execa';
import { describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { fingerprintOf } from '../../../source/practice/pxctl/state.ts';
import { resources } from '../../../source/practice/resources.ts';
import type { ScenarioName } from '../../../source/practice/scenarios.ts';
import { canariesIn, type StoreCanaries } from '../../helpers/canaries.ts';
import { generatedSpec } from '../../helpers/generated-spec.ts';
import { kubectlFile } from '../../helpers/kubectl.ts';
import { answersFor, type Ground, openGround, type Store } from '../../helpers/program/ground.ts';
import { programStart } from '../../helpers/program/under-test.ts';

// The first to come unpacks kubectl.
vi.setConfig({ testTimeout: 60_000 });

const credential = 'clusterPair_91d2a7c4-0e57-4e57-8e57-707261630e57';
const passphrase = 'canary words of a passphrase 5f2c81d09be34a7716';
const managed = { 'app.kubernetes.io/managed-by': 'pxpair' };

/** What a person types where the runbook asks, and the secret that Portworx then has. */
const stores: Readonly<Record<Store, (secrets: StoreCanaries) => { typed: string[]; kept?: string }>> = {
	s3: ({ accessKeyId, secretAccessKey }) => ({
		typed: [accessKeyId, secretAccessKey],
		kept: secretAccessKey,
	}),
	azure: ({ accountKey }) => ({ typed: [accountKey], kept: accountKey }),
	google: ({ jsonKey }) => ({ typed: ['key.json'], kept: jsonKey }),
	none: () => ({ typed: [] }),
};

type Case = Readonly<{
	scenario: ScenarioName;
	store: Store;
	/** Each side has a kubeconfig file of its own, and both contexts have one name. */
	named?: true;
	/** The namespace is there already, and someone else's. */
	theirs?: true;
	/** What the answers say of the pair. */
	pair?: (ground: Ground) => Readonly<Record<string, unknown>>;
	/** What they say of the object store, and what is typed for it. */
	objectStore?: Readonly<Record<string, unknown>>;
	typed?: readonly string[];
	name?: string;
}>;

const cases: readonly Case[] = [
	{ scenario: 's3', store: 's3', theirs: true },
	{ scenario: 'google', store: 'google', named: true },
	{ scenario: 'on-premises', store: 'none' },
	{ scenario: 'secured', store: 's3' },
	{
		name: 'an encrypted share',
		scenario: 's3',
		store: 'none',
		objectStore: {
			provider: 'nfs',
			server: 'nfs.example.com',
			exportPath: '/exports/px',
			encryptionPassphrase: { env: 'PASSPHRASE' },
		},
		typed: [passphrase],
	},
	{
		name: 'login-plugin, with a ServiceAccount',
		scenario: 'login-plugin',
		store: 's3',
		pair: () => ({ login: 'service-account' }),
	},
	{
		name: 'api-private, with another address',
		scenario: 'api-private',
		store: 's3',
		pair: ({ practice }) => ({ server: practice.clusters.west.url.replace('127.0.0.1', 'localhost') }),
	},
];

describe.concurrent('a runbook, pasted block by block into a shell, pairs', () => {
	test.for(cases.map(row => ({ name: row.scenario, ...row })))('$name', async row => {
		const { scenario, store, named, theirs, pair: given, objectStore } = row;
		await using ground = await openGround({
			...{ scenario, store, canaries: { passphrase } },
			...(objectStore && { answers: { objectStore } }),
		});
		if (given) {
			const answers = { ...answersFor(store), pair: given(ground) };
			await ground.sandbox.file('answers.yaml', stringify(answers));
		}
		const { east, west } = ground.practice.clusters;
		const { typed, kept } = objectStore
			? { typed: row.typed ?? [], kept: '' }
			: stores[store](ground.secrets);
		const labels = theirs ? { team: 'a' } : managed;
		if (theirs) {
			const metadata = { name: 'migrationnamespace', labels };
			east.store.create(resources.namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata });
		}
		await follow(ground, typed, named && (await nameKubeconfigs(ground, store)));

		const pair = ground.pair();
		expect(pair).toMatchObject({
			metadata: { labels: managed },
			spec: { options: { ip: '127.0.0.1', port: String(west.portworxPort), token: west.clusterToken() } },
			status: { storageStatus: 'Ready', schedulerStatus: 'Ready' },
		});
		expect(pair?.metadata.annotations).toEqual(
			east.adminToken && {
				'openstorage.io/auth-secret-name': 'px-admin-token',
				'openstorage.io/auth-secret-namespace': 'portworx',
			},
		);
		const namespace = east.store.get(resources.namespaces, undefined, 'migrationnamespace');
		expect(namespace?.metadata.labels).toEqual({
			...labels,
			'kubernetes.io/metadata.name': 'migrationnamespace',
		});
		const expected =
			kept === undefined ? [] : [[credential, objectStore?.provider ?? store, fingerprintOf(kept)]];
		for (const { credentials } of [east, west]) {
			expect(credentials().map(({ name, provider, fingerprint }) => [name, provider, fingerprint])).toEqual(
				expected,
			);
		}

		// Anyone who now lets the program do it finds everything as planned; and no key file is left in a pod.
		// A variable that the answers do not name is no secret to the program: a login plugin would get it.
		const env = row.typed?.includes(passphrase) ? { PASSPHRASE: passphrase } : {};
		const run = await ground.run(['run', 'answers.yaml'], { env });
		expect(run.out.at(-1)).toBe('Done. Nothing was changed: everything already exists.');
	});
});

type Cluster = Readonly<{ context: string; kubeconfig: string }>;

/** Pastes all blocks of the plan's runbook into one shell, and stays until the pair is Ready. */
async function follow(ground: Ground, typed: readonly string[], named?: Cluster): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'pxpair-runbook-'));
	const at = (name: string) => join(folder, name);
	const { context, kubeconfig } = named ?? {
		context: 'west',
		kubeconfig: join(ground.sandbox.work, 'kubeconfig'),
	};
	const env = {
		PATH: `${folder}:/usr/bin:/bin`,
		HOME: folder,
		KUBECTL_KUBERC: 'false',
		// Anyone who names kubeconfig files must not need this one.
		KUBECONFIG: named ? '/nowhere' : kubeconfig,
	};
	try {
		await symlink(await kubectlFile(), at('kubectl'));
		await standIn(at('stty'), 'exit 0');
		await standIn(at('storkctl'), `echo "$*" > '${at('told')}'; exec cat '${at('generated')}'`);
		await writeFile(at('generated'), generatedSpec(await readFile(kubeconfig, 'utf8'), context));
		await writeFile(at('key.json'), ground.secrets.jsonKey);
		await writeFile(at('script'), `set -eu\n${(await blocksOf(ground, env)).join('')}`);
		const ready = pairReady(ground);
		const printed = await untilReady(paste(at('script'), folder, env, typed), ready);

		expect(await readFile(at('told'), 'utf8')).toBe(
			`${named ? `--kubeconfig ${kubeconfig} ` : ''}--context ${context} generate clusterpair -n migrationnamespace -- remotecluster\n`,
		);
		expect(await readdir(folder)).not.toContain('clusterpair.yaml');
		expect([
			...canariesIn(printed, ground.secrets.all),
			...canariesIn(requestsOf(ground), ground.secrets.all),
		]).toEqual([]);
	} finally {
		forgetRequests(ground);
		await rm(folder, { recursive: true, force: true });
	}
}

async function blocksOf({ sandbox }: Ground, env: Readonly<Record<string, string>>): Promise<string[]> {
	const { stdout, stderr } = await execa(...programStart(['plan', 'answers.yaml', '-o', 'markdown']), {
		cwd: sandbox.work,
		env,
		extendEnv: false,
	});
	expect(stderr).toBe('');
	return [...stdout.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
}

function paste(script: string, cwd: string, env: Readonly<Record<string, string>>, typed: readonly string[]) {
	const input = typed.map(line => `${line}\n`).join('');
	// A process group of its own, as in a terminal, so that an interrupt reaches kubectl, too.
	return execa('sh', [script], { cwd, env, extendEnv: false, input, reject: false, detached: true } as const);
}

/**
 * The last line of a runbook watches until it is interrupted. Its first row means that it watches; the statuses are read
 * from the practice cluster itself.
 */
async function untilReady(shell: ReturnType<typeof paste>, ready: Promise<void>): Promise<string> {
	let printed = '';
	const watching = Promise.withResolvers<void>();
	shell.stdout.on('data', (chunk: Buffer) => {
		printed += chunk;
		if (/^remotecluster\s+\d+s\s*$/m.test(printed)) watching.resolve();
	});
	const ended = shell.then(({ exitCode, stderr }) => {
		throw new Error(`ended with ${exitCode}:\n${printed}\n${stderr}`);
	});
	await Promise.race([ended, Promise.all([watching.promise, ready])]);
	process.kill(-(shell.pid ?? 0), 'SIGTERM');
	await ended.catch(() => undefined);
	return printed;
}

/** Resolves when Stork has written both statuses. */
function pairReady({ practice, pair }: Ground): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	const leave = practice.clusters.east.store.subscribe(() => {
		if (isDeepStrictEqual(statusesOf(pair()?.status), ['Ready', 'Ready'])) {
			resolve();
			leave();
		}
	});
	return promise;
}

const statusesOf = (status: unknown): unknown[] =>
	typeof status === 'object' && status !== null && 'storageStatus' in status && 'schedulerStatus' in status
		? [status.storageStatus, status.schedulerStatus]
		: [];

/** The ClusterPair itself has to carry tokens, yet none that was typed. */
const requestsOf = ({ practice: { clusters } }: Ground): string =>
	Object.values(clusters)
		.flatMap(({ requests }) => requests)
		.map(({ url, body }) => `${url}\n${body}`)
		.join('\n');

/** The program's own are judged by themselves from then on: it has one exec URL, kubectl many. */
function forgetRequests({ practice: { clusters } }: Ground): void {
	clusters.east.requests.length = 0;
	clusters.west.requests.length = 0;
}

async function standIn(path: string, script: string): Promise<void> {
	await writeFile(path, `#!/bin/sh\n${script}\n`);
	await chmod(path, 0o755);
}

/** Tells the destination's. */
async function nameKubeconfigs(ground: Ground, store: Store): Promise<Cluster> {
	const source = await ownKubeconfig(ground, 'east', "the source's.yaml");
	const destination = await ownKubeconfig(ground, 'west', 'west.yaml');
	await ground.sandbox.file('answers.yaml', stringify({ ...answersFor(store), source, destination }));
	return destination;
}

/** A file whose one context is called `admin`. */
async function ownKubeconfig({ practice, sandbox }: Ground, name: string, file: string): Promise<Cluster> {
	const all = parse(practice.kubeconfig) as { contexts: { name: string; context: object }[] };
	const context = all.contexts.find(entry => entry.name === name)?.context;
	const text = stringify({
		...all,
		'current-context': 'admin',
		contexts: [{ name: 'admin', context }],
	});
	return { context: 'admin', kubeconfig: await sandbox.file(file, text) };
}
