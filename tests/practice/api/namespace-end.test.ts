import { expect, test, vi } from 'vitest';
import type { KubeObject } from '../../../source/practice/contract.ts';
import { brokenApi } from '../../../source/practice/objects/existing-pairs.ts';
import { resources } from '../../../source/practice/resources.ts';
import { startTestApi } from '../../helpers/clusters/practice-api.ts';

type Condition = { type: string; status: string; message: string };

const conditions = (namespace: KubeObject | undefined) =>
	(namespace?.status as { conditions?: Condition[] } | undefined)?.conditions ?? [];

const holding = (namespace: KubeObject | undefined) =>
	conditions(namespace)
		.filter(({ status }) => status === 'True')
		.map(({ type, message }) => `${type}: ${message}`);

async function deleted(...held: readonly KubeObject[]) {
	const api = await startTestApi();
	for (const object of held)
		api.store.create(object.kind === 'APIService' ? resources.apiservices : resources.configmaps, object);
	await api.ask('DELETE /api/v1/namespaces/demo');
	const found = () => api.store.get(resources.namespaces, undefined, 'demo');
	await vi.waitUntil(() => conditions(found()).length > 0);
	return { ...api, found };
}

test('a finalizer in it holds a namespace, and its conditions say which', async () => {
	const metadata = { name: 'a', namespace: 'demo', finalizers: ['e.com/x'] };
	const { found, store } = await deleted({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
	expect(holding(found())).toEqual([
		'NamespaceContentRemaining: Some resources are remaining: configmaps. has 1 resource instances',
		'NamespaceFinalizersRemaining: Some content in the namespace has finalizers remaining: e.com/x in 1 resource instances',
	]);
	const held = store.get(resources.configmaps, 'demo', 'a');
	if (held) store.update(resources.configmaps, { ...held, metadata: { ...held.metadata, finalizers: [] } });
	await vi.waitUntil(() => found() === undefined);
});

test('an API without its server holds every namespace until it is removed', async () => {
	const { found, ask } = await deleted(brokenApi);
	expect(holding(found())).toEqual([
		'NamespaceDeletionDiscoveryFailure: Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery: metrics.k8s.io/v1beta1',
	]);
	expect((await ask('GET /apis/metrics.k8s.io/v1beta1')).code).toBe(503);
	expect((await ask('GET /apis/metrics.k8s.io/v1beta1/nodes')).code).toBe(503);
	await ask(`DELETE /apis/apiregistration.k8s.io/v1/apiservices/${brokenApi.metadata.name}`);
	await vi.waitUntil(() => found() === undefined);
});

test('a namespace with nothing in it is Terminating for a while', async () => {
	const { ask } = await startTestApi({ namespacePause: 600_000 });
	await ask('DELETE /api/v1/namespaces/demo');
	const read = async () => (await ask('GET /api/v1/namespaces/demo')).json as KubeObject;
	await vi.waitUntil(async () => conditions(await read()).length > 0);
	expect(await read()).toMatchObject({ status: { phase: 'Terminating' } });
	expect(holding(await read())).toEqual([]);
});
