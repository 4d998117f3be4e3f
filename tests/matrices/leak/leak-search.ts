import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestRecord } from '../../../source/practice/contract.ts';
import type { Practice } from '../../../source/practice/practice.ts';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { resources } from '../../../source/practice/resources.ts';
import { type Canaries, canariesIn, filesBelow } from '../../helpers/canaries.ts';

/** What was tried, how many of it with a hostile cluster's answers, and how many texts were searched. */
export type Census = { cases: number; hostile: number; places: number; leaks: number };

export const census: Census = { cases: 0, hostile: 0, places: 0, leaks: 0 };

/** Texts by the places where they were found. */
export type Places = Readonly<Record<string, string>>;

export function leaksIn(places: Places, canaries: Canaries): readonly string[] {
	return Object.entries(places).flatMap(([place, text]) => {
		census.places += 1;
		return canariesIn(text, canaries).map(name => `${name} in ${place}`);
	});
}

/** The files below a folder, by their paths. */
export async function filesIn(folder: string, called: string): Promise<Places> {
	const read = async (file: string) =>
		[`${called}/${file}`, await readFile(join(folder, file), 'latin1').catch(() => '')] as const;
	return Object.fromEntries(await Promise.all((await filesBelow(folder).catch(() => [])).map(read)));
}

/** What the clusters keep to themselves: who logs in, who pairs, who governs Portworx. */
export const secretsOf = ({ clusters }: Practice): Canaries => ({
	...secretsOfCluster('east', clusters.east),
	...secretsOfCluster('west', clusters.west),
});

function secretsOfCluster(name: string, cluster: PracticeCluster): Canaries {
	const secrets: Record<string, string | undefined> = {
		'login token': cluster.token,
		'cluster token': cluster.clusterToken(),
		'admin token': cluster.adminToken,
		...keyOf(cluster.wayIn.user),
		...Object.fromEntries(accountTokens(cluster).map((token, index) => [`account token ${index}`, token])),
	};
	return Object.fromEntries(
		Object.entries(secrets).flatMap(([what, value]) => (value ? [[`${what} of ${name}`, value]] : [])),
	);
}

/** Of a client certificate: as the kubeconfig has it, and a line of what that represents. */
function keyOf(user: object): Record<string, string> {
	const data = 'client-key-data' in user ? String(user['client-key-data']) : undefined;
	const line = Buffer.from(data ?? '', 'base64')
		.toString()
		.split('\n')[1];
	return data && line ? { 'login key': data, 'line of the login key': line } : {};
}

const accountTokens = ({ store }: PracticeCluster): readonly string[] =>
	store.list(resources.secrets, 'kube-system').flatMap(({ type, data }) => {
		const token = (data as Record<string, string> | undefined)?.token;
		return type === 'kubernetes.io/service-account-token' && token
			? [Buffer.from(token, 'base64').toString()]
			: [];
	});

/**
 * Everything that both API servers received. A ClusterPair carries the way into the cluster that it points to; a cluster is
 * logged in to with its own login: nothing else is in a request.
 * @param execs URLs of the execs seen before: there is one alone, and those seen now are added
 */
export function leaksInRequests(
	{ clusters }: Practice,
	given: Canaries,
	execs: Set<string> = new Set(),
): readonly string[] {
	const { east, west } = clusters;
	const all = { ...given, ...secretsOf({ clusters } as Practice) };
	for (const { url } of [...east.requests, ...west.requests]) {
		if (url.includes('/exec?')) execs.add(url.slice(url.indexOf('?')));
	}
	return [
		...east.requests.flatMap(request => leaksInRequest(request, all, 'east', 'west')),
		...west.requests.flatMap(request => leaksInRequest(request, all, 'west', 'east')),
		...(execs.size > 1 ? [`${execs.size} different exec URLs`] : []),
	];
}

function leaksInRequest(
	{ method, url, headers, body }: RequestRecord,
	all: Canaries,
	here: string,
	there: string,
): readonly string[] {
	const { authorization, ...others } = headers;
	const what = `${method} ${url.split('?')[0]} to ${here}`;
	const isPair = url.includes('/clusterpairs/');
	return [
		...leaksIn({ [`the URL of ${what}`]: url, [`the headers of ${what}`]: JSON.stringify(others) }, all),
		...leaksIn({ [`the login of ${what}`]: String(authorization) }, without(all, waysIn(here))),
		...leaksIn({ [`the body of ${what}`]: body }, isPair ? without(all, waysIn(there, 'cluster')) : all),
	];
}

const waysIn = (name: string, ...more: string[]): RegExp =>
	new RegExp(`^(line of the )?(${['login', 'account', ...more].join('|')}) .*of ${name}$`);

const without = (canaries: Canaries, names: RegExp): Canaries =>
	Object.fromEntries(Object.entries(canaries).filter(([name]) => !names.test(name)));
