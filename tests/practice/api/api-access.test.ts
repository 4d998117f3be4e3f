import { expect, test } from 'vitest';
import type { KubeObject } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import { pod, startTestApi, type TestApi } from '../../helpers/clusters/practice-api.ts';

test('no one may look, but anybody may ask for the version', async () => {
	const { ask } = await startTestApi();
	const nodes = await ask('GET /api/v1/nodes', { token: undefined });
	expect(nodes.json).toEqual({
		kind: 'Status',
		apiVersion: 'v1',
		metadata: {},
		status: 'Failure',
		message:
			'nodes is forbidden: User "system:anonymous" cannot list resource "nodes" in API group "" at the cluster scope',
		reason: 'Forbidden',
		details: { kind: 'nodes' },
		code: 403,
	});
	const version = await ask('GET /version', { token: undefined });
	expect(version.json).toMatchObject({ major: '1', minor: '31', gitVersion: 'v1.31.4' });
});

test('a wrong token is unauthorized everywhere', async () => {
	const { ask } = await startTestApi();
	for (const path of ['/api/v1/nodes', '/version'])
		expect((await ask(`GET ${path}`, { token: 'wrong' })).json).toEqual({
			kind: 'Status',
			apiVersion: 'v1',
			metadata: {},
			status: 'Failure',
			message: 'Unauthorized',
			reason: 'Unauthorized',
			code: 401,
		});
});

test('what is denied is denied to the admin too, and the review says so', async () => {
	const denied = [{ verb: 'create', group: 'stork.libopenstorage.org', resource: 'clusterpairs' }];
	const { ask } = await startTestApi({ denied });
	const path = '/apis/stork.libopenstorage.org/v1alpha1/namespaces/demo/clusterpairs';
	const { json } = await ask(`POST ${path}`, { body: { metadata: { name: 'a' } } });
	expect(json).toMatchObject({
		message:
			'clusterpairs.stork.libopenstorage.org is forbidden: User "practice-admin" cannot create resource "clusterpairs" in API group "stork.libopenstorage.org" in the namespace "demo"',
		reason: 'Forbidden',
		code: 403,
	});
	expect((await ask(`GET ${path}`)).code).toBe(200);
	const mayI = async (verb: string) => {
		const spec = { resourceAttributes: { ...denied[0], verb, namespace: 'demo' } };
		return ask('POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { body: { spec } });
	};
	const no = await mayI('create');
	expect(no.code).toBe(201);
	expect(no.json).toMatchObject({ kind: 'SelfSubjectAccessReview', status: { allowed: false } });
	expect((await mayI('delete')).json).toMatchObject({ status: { allowed: true } });
});

test('a user has what roles grant, and no more', async () => {
	const { ask, store } = await startTestApi();
	const token = 'token-of-jane';
	store.create(
		resources.roles,
		rbac('Role', 'reader', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }] }),
	);
	store.create(
		resources.rolebindings,
		rbac('RoleBinding', 'jane', {
			roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
			subjects: [{ kind: 'User', name: 'jane' }],
		}),
	);
	store.create(resources.pods, pod('a'));
	const codeOf = async (what: string) => (await ask(what, { token })).code;
	expect(await codeOf('GET /api/v1/namespaces/kube-system/pods/a')).toBe(200);
	expect(await codeOf('GET /api/v1/namespaces/demo/pods')).toBe(403);
	expect(await codeOf('GET /api/v1/pods')).toBe(403);
	expect(await codeOf('DELETE /api/v1/namespaces/kube-system/pods/a')).toBe(403);
});

test('a token Secret is filled in, works as its service account, and dies with it', async () => {
	const { ask, store } = await startTestApi();
	await createAccount(store);
	const secret = {
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: { name: 'key', annotations: { 'kubernetes.io/service-account.name': 'pairing' } },
		type: 'kubernetes.io/service-account-token',
	};
	await ask('POST /api/v1/namespaces/demo/secrets', { body: secret });
	const { data } = (await ask('GET /api/v1/namespaces/demo/secrets/key')).json as {
		data: Record<string, string>;
	};
	expect(Object.keys(data).toSorted()).toEqual(['ca.crt', 'namespace', 'token']);
	const token = Buffer.from(data.token ?? '', 'base64').toString();
	const listing = await ask('GET /api/v1/nodes', { token });
	expect(listing.json).toMatchObject({
		message: expect.stringContaining(
			'User "system:serviceaccount:demo:pairing" cannot list resource "nodes"',
		),
	});
	store.create(
		resources.clusterrolebindings,
		rbac('ClusterRoleBinding', 'pairing', {
			roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
			subjects: [{ kind: 'ServiceAccount', name: 'pairing', namespace: 'demo' }],
		}),
	);
	expect((await ask('GET /api/v1/nodes', { token })).code).toBe(200);
	store.remove(resources.secrets, 'demo', 'key');
	expect((await ask('GET /api/v1/nodes', { token })).code).toBe(401);
});

test('a requested token', async () => {
	const { ask, store } = await startTestApi();
	await createAccount(store);
	const path = 'POST /api/v1/namespaces/demo/serviceaccounts/pairing/token';
	const { code, json } = await ask(path, { body: { spec: { expirationSeconds: 600 } } });
	expect(code).toBe(201);
	const { status } = json as { status: { token: string } };
	expect(json).toMatchObject({
		kind: 'TokenRequest',
		spec: { audiences: ['https://kubernetes.default.svc'], expirationSeconds: 600, boundObjectRef: null },
		status: {
			token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
			expirationTimestamp: expect.any(String),
		},
	});
	expect((await ask('GET /api/v1/nodes', { token: status.token })).code).toBe(403);
	expect((await ask('GET /api/v1/nodes', { token: `${status.token}x` })).code).toBe(401);
	const short = await ask(path, { body: { spec: { expirationSeconds: 5 } } });
	expect(short.code).toBe(422);
});

test('every request is recorded with its user and its body', async () => {
	const seen: string[] = [];
	const { ask } = await startTestApi({
		onRequest: ({ cluster, method, url, user, body }) =>
			seen.push(`${cluster} ${user} ${method} ${url} ${body}`),
	});
	await ask('GET /api/v1/nodes?limit=1');
	await ask('PUT /healthz', { token: undefined, body: 'hello' });
	await ask('GET /api/v1/nodes', { token: 'wrong' });
	expect(seen).toEqual([
		'east practice-admin GET /api/v1/nodes?limit=1 ',
		'east system:anonymous PUT /healthz hello',
		'east system:anonymous GET /api/v1/nodes ',
	]);
});

async function createAccount(store: TestApi['store']): Promise<void> {
	store.create(resources.serviceaccounts, {
		apiVersion: 'v1',
		kind: 'ServiceAccount',
		metadata: { name: 'pairing', namespace: 'demo' },
	});
}

function rbac(kind: string, name: string, rest: object): KubeObject {
	const namespace = kind.startsWith('Cluster') ? {} : { namespace: 'kube-system' };
	return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name, ...namespace }, ...rest };
}
