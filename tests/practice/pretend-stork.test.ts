import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { KubeObject } from '../../source/practice/contract.ts';
import { type ClusterStore, createObjectStore } from '../../source/practice/object-store.ts';
import { type PortworxEndpoint, startPortworxEndpoint } from '../../source/practice/portworx-endpoint.ts';
import { type Practice, startPractice } from '../../source/practice/practice.ts';
import { type PretendStork, startPretendStork } from '../../source/practice/pretend-stork.ts';
import { createPxctlState, type PxctlState } from '../../source/practice/pxctl/state.ts';
import { resources } from '../../source/practice/resources.ts';

const { clusterpairs, events, secrets } = resources;
const token = 'b'.repeat(128);
const ownUuid = '11111111-1111-4111-8111-111111111111';
const remoteUuid = '22222222-2222-4222-8222-222222222222';

/** Its API server is what the pairs' kubeconfigs point to. */
let practice: Practice;
let own: PxctlState;
let remote: PxctlState;
let ownEndpoint: PortworxEndpoint;
let remoteEndpoint: PortworxEndpoint;
let store: ClusterStore;
let stork: PretendStork;
let log: string[];
let retries: { milliseconds: number; task: () => void }[];
let onChange: () => void;
let isUp: boolean;

beforeAll(async () => {
	practice = await startPractice();
});

afterAll(() => practice.close());

beforeEach(async () => {
	own = portworx(ownUuid);
	remote = portworx(remoteUuid);
	remote.setClusterToken(token);
	[ownEndpoint, remoteEndpoint] = await Promise.all([
		startPortworxEndpoint(own),
		startPortworxEndpoint(remote),
	]);
	store = createObjectStore();
	log = [];
	retries = [];
	onChange = () => {};
	isUp = true;
	store.subscribe(() => onChange());
	stork = startPretendStork({
		store,
		endpoint: ownEndpoint,
		portworx: own,
		isUp: () => isUp,
		schedule(milliseconds, task) {
			const retry = { milliseconds, task };
			retries.push(retry);
			onChange();
			return () => {
				retries = retries.filter(other => other !== retry);
			};
		},
		log(line) {
			log.push(line);
			onChange();
		},
	});
});

afterEach(async () => {
	await Promise.all([stork.close(), ownEndpoint.close(), remoteEndpoint.close()]);
});

test('without a pod nothing answers, and with one again all that waited', async () => {
	isUp = false;
	create(pair());
	await until(() => retries.length === 1);
	expect(get().metadata).not.toHaveProperty('finalizers');
	expect(get()).not.toHaveProperty('status');
	isUp = true;
	retries[0]?.task();
	await until(() => statusOf(get()) === 'Ready/Ready');
});

test('pairs storage, then the scheduler, and says so on the object and in events', async () => {
	const seen: string[] = [];
	store.subscribe(({ resource, object }) => {
		if (resource.plural === 'clusterpairs') seen.push(statusOf(object));
	});
	create(pair());
	await until(() => statusOf(get()) === 'Ready/Ready');
	expect(seen).toEqual(['/', '/', 'Ready/', 'Ready/Ready']);
	expect(get().metadata.finalizers).toEqual(['stork.libopenstorage.org/finalizer-cleanup']);
	expect(get().status).toEqual({
		storageStatus: 'Ready',
		schedulerStatus: 'Ready',
		remoteStorageId: remoteUuid,
	});
	expect(get().metadata.managedFields).toMatchObject([
		{
			manager: 'stork',
			operation: 'Update',
			fieldsV1: { 'f:status': { 'f:storageStatus': {} }, 'f:metadata': { 'f:finalizers': {} } },
		},
	]);
	expect(told()).toEqual([
		'Normal Ready 1: Scheduler successfully paired',
		'Normal Ready 1: Storage successfully paired',
	]);
	expect(own.pairs()).toMatchObject([
		{ id: remoteUuid, name: 'px-remote', port: String(remoteEndpoint.port) },
	]);
	expect(retries).toEqual([]);
});

test('an object that Stork wrote has the fields of its Go types', async () => {
	create(pair());
	await until(() => statusOf(get()) === 'Ready/Ready');
	expect(get().spec).toMatchObject({
		config: {
			clusters: { west: { LocationOfOrigin: '' } },
			contexts: { west: { LocationOfOrigin: '' } },
			users: { admin: { LocationOfOrigin: '' } },
			preferences: {},
		},
		platformOptions: {},
	});
});

test('without a token there is no storage to pair', async () => {
	create(pair({ options: { mode: 'DisasterRecovery' } }));
	await until(() => statusOf(get()) === 'NotProvided/Ready');
	expect(told()).toContain(
		'Normal NotProvided 1: Skipping storage pairing since no storage options provided',
	);
});

test.each<[string, () => Record<string, string>, string | RegExp]>([
	['another token', () => ({ token: 'x' }), 'Error from remote cluster: Token mismatch during pairing'],
	['no number as port', () => ({ port: 'px' }), /^invalid port \(px\) specified for cluster pair: /],
	[
		'a closed port',
		() => ({ port: '1' }),
		/^error updating pair info for 127\.0\.0\.1:1, all endpoints are unreachable: dial tcp 127\.0\.0\.1:1: connect: connection refused$/,
	],
	[
		'a port that is not Portworx',
		() => ({ port: practice.clusters.west.url.split(':')[2] ?? '' }),
		/all endpoints are unreachable/,
	],
	[
		'itself',
		() => ({ port: String(ownEndpoint.port) }),
		'Error from remote cluster: Cannot create cluster pair with self',
	],
])('storage: %s is an Error with its reason', async (_, change, reason) => {
	create(pair({ options: { ...options(), ...change() } }));
	await until(() => retries.length === 1);
	expect(statusOf(get())).toBe('Error/Ready');
	const warning = told()
		.find(line => line.startsWith('Warning'))
		?.replace('Warning Error 1: ', '');
	expect(warning).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
});

test('storage: a stale token does not pair until it is replaced', async () => {
	remote.set({ clusterToken: 'stale' });
	create(pair());
	await until(() => retries.length === 1);
	expect(told()).toContain('Warning Error 1: Error from remote cluster: Token mismatch during pairing');
	remote.set({ clusterToken: 'fresh' });
	retries[0]?.task();
	await until(() => statusOf(get()) === 'Ready/Ready');
});

test('storage: a pair from before a token reset blocks it until it is deleted', async () => {
	own.addPair({ id: remoteUuid, name: 'px-remote', ip: '127.0.0.1', port: '1', fingerprint: '1' });
	create(pair());
	await until(() => retries.length === 1);
	expect(told()).toContain(`Warning Error 1: Invalid token for already paired cluster ${remoteUuid}`);
	own.removePair(remoteUuid);
	retries[0]?.task();
	await until(() => statusOf(get()) === 'Ready/Ready');
});

test.each<[string, () => object, string | RegExp]>([
	[
		'another authority',
		() => ({
			clusters: {
				west: {
					server: practice.clusters.west.url,
					'certificate-authority-data': base64(practice.clusters.east.caPem),
				},
			},
		}),
		/: tls: failed to verify certificate: x509: certificate signed by unknown authority$/,
	],
	[
		'a closed port',
		() => ({ clusters: { west: { server: 'https://127.0.0.1:1' } } }),
		'Get "https://127.0.0.1:1/version?timeout=32s": dial tcp 127.0.0.1:1: connect: connection refused',
	],
	['a refused token', () => ({ users: { admin: { token: 'old' } } }), 'Unauthorized'],
	[
		'a plugin',
		() => ({
			users: { admin: { exec: { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'aws' } } },
		}),
		/: getting credentials: exec: executable aws not found\n/,
	],
])('scheduler: %s is an Error with its reason', async (_, change, reason) => {
	create(pair({ config: { ...config(), ...change() } }));
	await until(() => retries.length === 1);
	expect(statusOf(get())).toBe('Ready/Error');
	const warning = told()
		.find(line => line.startsWith('Warning'))
		?.replace('Warning Error 1: ', '');
	expect(warning).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
});

test.each<[string, () => object]>([
	['no context', () => ({ 'current-context': 'nope' })],
	[
		'a certificate that is none',
		() => ({
			clusters: { west: { server: 'https://127.0.0.1:1', 'certificate-authority-data': base64('x') } },
		}),
	],
	['a file of another machine', () => ({ users: { admin: { tokenFile: '/nope' } } })],
	[
		'a plugin of v1alpha1',
		() => ({
			users: { admin: { exec: { command: 'aws', apiVersion: 'client.authentication.k8s.io/v1alpha1' } } },
		}),
	],
	[
		'a CA beside insecure',
		() => ({
			clusters: {
				west: {
					server: 'https://127.0.0.1:1',
					'certificate-authority-data': base64(practice.clusters.west.caPem),
					'insecure-skip-tls-verify': true,
				},
			},
		}),
	],
	['groups without a user', () => ({ users: { admin: { token: 't', 'act-as-groups': ['dev'] } } })],
	['a token and a password', () => ({ users: { admin: { token: 't', username: 'u' } } })],
	[
		'OpenID Connect that has ended',
		() => ({
			users: {
				admin: {
					'auth-provider': { name: 'oidc', config: { 'idp-issuer-url': 'https://x', 'client-id': 'x' } },
				},
			},
		}),
	],
	['a retired kind of login', () => ({ users: { admin: { 'auth-provider': { name: 'gcp' } } } })],
])('scheduler: %s leaves the status empty, and only the log tells', async (_, change) => {
	create(pair({ config: { ...config(), ...change() } }));
	await until(() => retries.length === 1);
	expect(statusOf(get())).toBe('Ready/');
	expect(told().filter(line => line.startsWith('Warning'))).toEqual([]);
	expect(log).toEqual([expect.stringMatching(/^Error reconciling migrationnamespace\/remotecluster: /)]);
});

test('an Error is tried again after two seconds, and its event counts', async () => {
	create(pair({ options: { ...options(), token: 'x' } }));
	await until(() => retries.length === 1);
	expect(retries[0]?.milliseconds).toBe(2000);
	retries.pop()?.task();
	await until(() => retries.length === 1);
	expect(told()).toContain('Warning Error 2: Error from remote cluster: Token mismatch during pairing');
});

test('a corrected pair is looked at at once, and what is Ready stays so', async () => {
	create(pair({ options: { ...options(), token: 'x' } }));
	await until(() => retries.length === 1);
	store.update(clusterpairs, { ...get(), spec: pair().spec });
	await until(() => statusOf(get()) === 'Ready/Ready');
	expect(retries).toEqual([]);

	const broken = pair({
		options: { ...options(), token: 'x' },
		config: { ...config(), clusters: { west: { server: 'https://127.0.0.1:1' } } },
	});
	store.update(clusterpairs, { ...get(), spec: broken.spec });
	create(pair({ name: 'later' }));
	await until(() => statusOf(get('later')) === 'Ready/Ready');
	expect(statusOf(get())).toBe('Ready/Ready');
});

test.each<[string, object]>([
	['a number', { options: { port: 9001, token } }],
	['an extension', { config: { clusters: { west: { extensions: { info: { provider: 'minikube' } } } } } }],
	['a list', { config: { users: [] } }],
	['broken base64', { config: { users: { admin: { 'client-key-data': '%' } } } }],
])('%s where Go expects something else stops every pair until that one is gone', async (_, change) => {
	create(pair({ name: 'spoiler', ...change }));
	create(pair());
	await until(() => log.length > 0);
	expect([statusOf(get()), get().metadata.finalizers]).toEqual(['/', undefined]);
	store.remove(clusterpairs, 'migrationnamespace', 'spoiler');
	await until(() => statusOf(get()) === 'Ready/Ready');
});

test('deleting the last pair that points to a cluster removes the Portworx pair, and then the object', async () => {
	create(pair());
	create(pair({ name: 'second' }));
	await until(() => [get(), get('second')].every(object => statusOf(object) === 'Ready/Ready'));
	store.remove(clusterpairs, 'migrationnamespace', 'second');
	await until(() => store.list(clusterpairs).length === 1);
	expect(own.pairs()).toHaveLength(1);
	store.remove(clusterpairs, 'migrationnamespace', 'remotecluster');
	await until(() => store.list(clusterpairs).length === 0);
	expect(own.pairs()).toEqual([]);
});

test('with PX-Security the pair has to name the Secret with the admin token', async () => {
	own.set({ adminToken: 'a.b.c' });
	store.create(secrets, {
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: { name: 'px-admin-token', namespace: 'portworx' },
		data: { 'auth-token': base64('a.b.c') },
	});
	create(pair());
	await until(() => retries.length === 1);
	expect(told()).toContain(
		'Warning Error 1: rpc error: code = PermissionDenied desc = Access denied without authentication token',
	);
	const annotations = {
		'openstorage.io/auth-secret-name': 'px-admin-token',
		'openstorage.io/auth-secret-namespace': 'portworx',
	};
	store.update(clusterpairs, { ...get(), metadata: { ...get().metadata, annotations } });
	await until(() => statusOf(get()) === 'Ready/Ready');
});

test.each<[string, (port: number) => object, string]>([
	['Portworx', port => ({ options: { ...options(), port: String(port) } }), '/'],
	[
		'API server',
		port => ({ config: { ...config(), clusters: { west: { server: `https://127.0.0.1:${port}` } } } }),
		'Ready/',
	],
])('closing does not wait for a remote %s that never answers', async (_, change, status) => {
	const silent = createServer();
	await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
	const called = new Promise(resolve => silent.once('connection', resolve));
	create(pair(change((silent.address() as AddressInfo).port)));
	await called;
	await stork.close();
	expect(statusOf(get())).toBe(status);
	silent.close();
});

function portworx(uuid: string): PxctlState {
	return createPxctlState({
		version: '3.1.6',
		uuid,
		clusterName: uuid === ownUuid ? 'px-own' : 'px-remote',
		nodes: ['node'],
		port: 0,
		health: 'running',
		podsDown: [],
		license: 'enterprise',
		adminToken: undefined,
		secretsEndpoint: 'open',
		storeRefuses: undefined,
		clusterToken: 'fresh',
	});
}

function pair({
	name = 'remotecluster',
	...spec
}: {
	name?: string;
	options?: object;
	config?: object;
} = {}): KubeObject {
	return {
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'ClusterPair',
		metadata: { name, namespace: 'migrationnamespace' },
		spec: { config: config(), options: options(), ...spec },
	};
}

function options() {
	return { ip: '127.0.0.1', port: String(remoteEndpoint.port), token };
}

function config() {
	const { url, caPem, token: apiToken } = practice.clusters.west;
	return {
		clusters: { west: { server: url, 'certificate-authority-data': base64(caPem) } },
		contexts: { west: { cluster: 'west', user: 'admin' } },
		users: { admin: { token: apiToken } },
		'current-context': 'west',
	};
}

function create(object: KubeObject) {
	store.create(clusterpairs, object);
}

function get(name = 'remotecluster'): KubeObject {
	const object = store.get(clusterpairs, 'migrationnamespace', name);
	if (!object) throw new Error(`no ClusterPair ${name}`);
	return object;
}

function statusOf({ status }: KubeObject): string {
	const { storageStatus = '', schedulerStatus = '' } = (status ?? {}) as Record<string, string>;
	return `${storageStatus}/${schedulerStatus}`;
}

function told(): string[] {
	return store
		.list(events)
		.map(({ type, reason, count, message }) => `${type} ${reason} ${count}: ${message}`)
		.toSorted();
}

/** Resolves as soon as something changed and the condition holds. */
async function until(holds: () => boolean) {
	const { promise, resolve } = Promise.withResolvers<void>();
	onChange = () => holds() && resolve();
	onChange();
	await promise;
}

function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}
