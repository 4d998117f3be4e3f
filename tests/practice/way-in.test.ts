import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import { expect, test, vi } from 'vitest';
import type { ClusterPlan } from '../../source/practice/cluster-plan.ts';
import type { KubeObject } from '../../source/practice/contract.ts';
import { resources } from '../../source/practice/resources.ts';
import type { ScenarioName } from '../../source/practice/scenarios.ts';
import { ask, entriesOf, kubectlOn, start, startWest } from './real/ask.ts';

// The first to come unpacks kubectl.
vi.setConfig({ testTimeout: 30_000 });

const aDay = 24 * 60 * 60 * 1000;

test.each<[string, Partial<ClusterPlan>]>([
	['a token', { login: 'token' }],
	['a plugin', { login: 'plugin' }],
	['an auth provider', { login: 'auth-provider' }],
	['a certificate', { login: 'certificate' }],
	['an ending certificate', { login: 'ending-certificate' }],
	['an ending token', { login: 'ending-token' }],
	['no authority', { ca: 'unchecked' }],
	['a proxy', { proxy: 'here' }],
	['a plugin behind a proxy', { login: 'plugin', proxy: 'here' }],
])('%s: kubectl and client-node get in as the administrator', async (_, changes) => {
	const practice = await startWest(changes);
	const { kubeconfig, clusters } = practice;
	const { code } = await asClientNode(kubeconfig, '/api/v1/nodes');
	expect([code, clusters.west.requests.at(-1)?.user]).toEqual([200, 'practice-admin']);

	const whoami = await (await kubectlOn(practice)).run([
		'auth',
		'whoami',
		'-o',
		'jsonpath={.status.userInfo.username}',
	]);
	expect(whoami).toMatchObject({ exitCode: 0, stdout: 'practice-admin' });
	expect(new Set(clusters.west.wayIn.tunnels)).toEqual(
		new Set(changes.proxy ? [new URL(clusters.west.url).host] : []),
	);
});

test.each<[ClusterPlan['login'], number]>([
	['certificate', 365],
	['ending-certificate', 3],
])('%s: ends after %i days', async (login, days) => {
	const { user } = entriesOf((await startWest({ login })).kubeconfig, 'west');
	const { validToDate, subject } = new X509Certificate(
		Buffer.from(user['client-certificate-data'], 'base64'),
	);
	expect(Math.round((validToDate.getTime() - Date.now()) / aDay)).toBe(days);
	expect(subject).toBe('O=system:masters\nCN=practice-admin');
});

test('ending-token: ends within the hour', async () => {
	const { user } = entriesOf((await startWest({ login: 'ending-token' })).kubeconfig, 'west');
	const { exp } = JSON.parse(Buffer.from(user.token.split('.')[1], 'base64url').toString());
	expect(Math.round((exp * 1000 - Date.now()) / 60_000)).toBe(60);
});

test("a certificate of another cluster's authority is unauthorized, even where anybody may look", async () => {
	const practice = await start({
		override: ({ east, west }) => ({ east: { ...east, login: 'certificate' }, west }),
	});
	const { 'client-certificate-data': cert, 'client-key-data': key } = entriesOf(
		practice.kubeconfig,
		'east',
	).user;
	const [east, west] = await Promise.all(
		[practice.clusters.east, practice.clusters.west].map(({ url, caPem }) =>
			get(`${url}/version`, {
				cert: Buffer.from(cert, 'base64'),
				key: Buffer.from(key, 'base64'),
				ca: caPem,
			}),
		),
	);
	expect([east?.code, west?.code]).toEqual([200, 401]);
});

test('the plugin goes with the practice', async () => {
	const practice = await startWest({ login: 'plugin' });
	const { command } = entriesOf(practice.kubeconfig, 'west').user.exec;
	expect(existsSync(command)).toBe(true);
	await practice.close();
	expect(existsSync(command)).toBe(false);
});

test('the proxy points to its cluster alone', async () => {
	const practice = await startWest({ proxy: 'here' });
	const { server } = entriesOf(practice.kubeconfig, 'west').cluster;
	const kubeconfig = practice.kubeconfig.replaceAll(server, practice.clusters.east.url);
	const { stderr } = await (await kubectlOn({ kubeconfig })).run(['get', 'nodes']);
	expect(stderr).toContain('Forbidden');
});

test('api-is-a-web-page: all is well but for the answer', async () => {
	const practice = await start({ scenario: 'api-is-a-web-page' });
	const { code, json } = await ask(practice, 'west', '/api/v1/nodes');
	expect([code, json]).toEqual([200, expect.stringMatching(/^<!doctype html>/)]);
	expect(practice.clusters.west.requests).toEqual([]);
});

test('api-breaks-off: a head, half an answer, and the end', async () => {
	const { kubeconfig } = await start({ scenario: 'api-breaks-off' });
	await expect(asClientNode(kubeconfig, '/version')).rejects.toThrow('aborted');
});

test('api-hangs: it takes the connection and says nothing, until the practice ends', async () => {
	const practice = await start({ scenario: 'api-hangs' });
	const { server } = entriesOf(practice.kubeconfig, 'west').cluster;
	const outcome = get(server, { rejectUnauthorized: false }).then(
		({ code }) => code,
		(error: NodeJS.ErrnoException) => error.code,
	);
	// Anyone who answers would have done so by the time that someone else has answered twice.
	await ask(practice, 'east', '/version');
	await ask(practice, 'east', '/version');
	await practice.close();
	expect(await outcome).toBe('ECONNRESET');
});

const refusedBy = (what: string) =>
	new RegExp(`^Get "https://127\\.0\\.0\\.1:\\d+/version\\?timeout=32s": ${what}$`);
const ready = { status: 'Ready', words: 'Scheduler successfully paired' };

test.each<[ScenarioName, string, { status: string; words: string | RegExp }]>([
	['s3', '127.0.0.1', ready],
	['certificate-ending', '127.0.0.1', ready],
	['token-ending', '127.0.0.1', ready],
	['no-ca', '127.0.0.1', ready],
	[
		'login-plugin',
		'127.0.0.1',
		{
			status: 'Error',
			words: refusedBy('getting credentials: exec: fork/exec /\\S+/login-plugin: no such file or directory'),
		},
	],
	[
		'through-proxy',
		'127.0.0.1',
		{
			status: 'Error',
			words: refusedBy('proxyconnect tcp: dial tcp 127\\.0\\.0\\.1:\\d+: connect: connection refused'),
		},
	],
	[
		'api-private',
		'127.0.0.1',
		{ status: 'Error', words: refusedBy('dial tcp 127\\.0\\.0\\.1:\\d+: connect: connection refused') },
	],
	['api-private', 'localhost', ready],
	[
		'api-silent-from-pods',
		'127.0.0.1',
		{ status: 'Error', words: refusedBy('dial tcp 127\\.0\\.0\\.1:\\d+: i/o timeout') },
	],
	['api-silent-from-pods', 'localhost', ready],
])("%s: what Stork makes of the kubeconfig's way to %s", async (scenario, host, { status, words }) => {
	const practice = await start({ scenario });
	const { store } = practice.clusters.east;
	const settled = Promise.withResolvers<string>();
	store.subscribe(({ resource, object }) => {
		const found = resource.plural === 'clusterpairs' && schedulerStatusOf(object);
		if (found) settled.resolve(found);
	});
	store.create(resources.clusterpairs, pairTo(practice.kubeconfig, host));
	expect(await settled.promise).toBe(status);
	const messages = store.list(resources.events).map(({ message }) => message);
	expect(messages).toContainEqual(typeof words === 'string' ? words : expect.stringMatching(words));
});

/** Empty as long as Stork has written none. */
function schedulerStatusOf({ status }: KubeObject): string {
	return (status as { schedulerStatus?: string } | undefined)?.schedulerStatus ?? '';
}

/** A ClusterPair with the kubeconfig's context of west, and no storage. */
function pairTo(kubeconfig: string, host: string): KubeObject {
	const { cluster, user } = entriesOf(kubeconfig, 'west');
	const server = cluster.server.replace('127.0.0.1', host);
	const { interactiveMode: InteractiveMode, ...exec } = user.exec ?? {};
	return {
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'ClusterPair',
		metadata: { name: 'remotecluster', namespace: 'portworx' },
		spec: {
			config: {
				clusters: { west: { ...cluster, server } },
				contexts: { west: { cluster: 'west', user: 'west' } },
				'current-context': 'west',
				users: { west: { ...user, ...(user.exec && { exec: { ...exec, InteractiveMode } }) } },
			},
			options: {},
		},
	};
}

/** One request of the context `west`, with the options that client-node makes of the kubeconfig. */
async function asClientNode(kubeconfig: string, path: string) {
	const config = new KubeConfig();
	config.loadFromString(kubeconfig);
	config.setCurrentContext('west');
	const options: RequestOptions = {};
	await config.applyToHTTPSOptions(options);
	return get(`${config.getCurrentCluster()?.server}${path}`, options);
}

function get(url: string, options: RequestOptions) {
	const { promise, resolve, reject } = Promise.withResolvers<{ code: number; body: string }>();
	const sent = httpsRequest(url, { agent: false, ...options });
	sent.on('error', reject);
	sent.on('response', response => {
		text(response).then(body => resolve({ code: response.statusCode ?? 0, body }), reject);
	});
	sent.end();
	return promise;
}
