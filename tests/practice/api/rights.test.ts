import { expect, test } from 'vitest';
import { startTestApi } from '../../helpers/clusters/practice-api.ts';

const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/demo';
const jane = { token: 'token-of-jane' };
const subjects = [{ kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' }];

const role = (name: string, ...rules: object[]) => ({
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'Role',
	metadata: { name },
	rules,
});

const binding = (name: string, kind: string, to: string) => ({
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'RoleBinding',
	metadata: { name },
	roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: to },
	subjects,
});

const rule = (group: string, resources: string[], verbs: string[], more: object = {}) => ({
	apiGroups: [group],
	resources,
	verbs,
	...more,
});

/** Jane may read Pods, write Roles and bindings, and whatever else is named. */
async function withJane(...more: object[]) {
	const { ask } = await startTestApi();
	const writes = rule('rbac.authorization.k8s.io', ['roles', 'rolebindings'], ['create', 'update', 'patch']);
	const own = role('own', rule('', ['pods'], ['get', 'list']), writes, ...more);
	await ask(`POST ${rbac}/roles`, { body: own });
	await ask(`POST ${rbac}/rolebindings`, { body: binding('own', 'Role', 'own') });
	return {
		ask,
		post: async (what: string, body: object) => {
			const { code, json } = await ask(`POST ${rbac}/${what}`, { body, ...jane });
			return [code, (json as { message?: string }).message?.split('\n').slice(1)];
		},
	};
}

test('the rights that one has may be given, and no others', async () => {
	const { post, ask } = await withJane();
	expect(await post('roles', role('a', rule('', ['pods'], ['get'])))).toEqual([201, undefined]);
	expect(await post('roles', role('b', rule('', ['pods', 'secrets'], ['get', 'watch'])))).toEqual([
		403,
		[
			'{APIGroups:[""], Resources:["pods"], Verbs:["watch"]}',
			'{APIGroups:[""], Resources:["secrets"], Verbs:["get" "watch"]}',
		],
	]);
	const named = rule('', ['secrets'], ['get'], { resourceNames: ['one'] });
	expect(await post('roles', role('c', named))).toEqual([
		403,
		['{APIGroups:[""], Resources:["secrets"], ResourceNames:["one"], Verbs:["get"]}'],
	]);
	const { code } = await ask(`PATCH ${rbac}/roles/a`, {
		body: { rules: [rule('*', ['*'], ['*'])] },
		headers: { 'content-type': 'application/merge-patch+json' },
		...jane,
	});
	expect(code).toBe(403);
});

test('a binding gives no more either, unless its author may bind that role', async () => {
	const may = rule('rbac.authorization.k8s.io', ['clusterroles'], ['bind'], { resourceNames: ['edit'] });
	const { post } = await withJane(may);
	expect((await post('rolebindings', binding('a', 'ClusterRole', 'admin')))[0]).toBe(403);
	expect((await post('rolebindings', binding('b', 'Role', 'none')))[0]).toBe(404);
	expect(await post('rolebindings', binding('c', 'Role', 'own'))).toEqual([201, undefined]);
	expect(await post('rolebindings', binding('d', 'ClusterRole', 'edit'))).toEqual([201, undefined]);
});

test('someone who may escalate writes any role', async () => {
	const { post } = await withJane(rule('rbac.authorization.k8s.io', ['roles'], ['escalate']));
	expect(await post('roles', role('a', rule('*', ['*'], ['*'])))).toEqual([201, undefined]);
});

test('a built-in role gives what it gives on a real cluster', async () => {
	const { ask } = await startTestApi();
	const secrets = '/api/v1/namespaces/demo/secrets';
	const give = (name: string) =>
		ask(`POST ${rbac}/rolebindings`, { body: binding(name, 'ClusterRole', name) });
	await give('view');
	expect((await ask('GET /api/v1/namespaces/demo/configmaps', jane)).code).toBe(200);
	expect((await ask(`GET ${secrets}`, jane)).code).toBe(403);
	await give('edit');
	expect((await ask(`GET ${secrets}`, jane)).code).toBe(200);
	expect((await ask(`GET ${rbac}/roles`, jane)).code).toBe(403);
});

test('what a server says about itself is for those who have logged in', async () => {
	const { ask } = await startTestApi();
	const codes = async (token: string | undefined) =>
		Promise.all(
			['/version', '/healthz', '/api', '/apis', '/openapi/v3', '/metrics'].map(
				async path => (await ask(`GET ${path}`, { token })).code,
			),
		);
	expect(await codes(undefined)).toEqual([200, 200, 403, 403, 403, 403]);
	expect(await codes(jane.token)).toEqual([200, 200, 200, 200, 200, 403]);
});
