import { expect, test, vi } from 'vitest';
import type { ClusterPlan, PlatformName } from '../../../source/practice/cluster-plan.ts';
import type { Practice } from '../../../source/practice/practice.ts';
import type { ScenarioName } from '../../../source/practice/scenarios.ts';
import { ask, kubectlOn, start, startWest } from '../real/ask.ts';

// The first to come unpacks kubectl.
vi.setConfig({ testTimeout: 30_000 });

const aws = /^aws:\/\/\/us-west-2[abc]\/i-/;
const vsphere = /^vsphere:\/\/42300000-/;

type NodeFacts = Readonly<{ ids: readonly (RegExp | undefined)[]; label?: string; version?: string }>;

test.each<[ScenarioName, NodeFacts]>([
	['s3', { ids: [aws, aws, aws], label: 'eks.amazonaws.com/nodegroup', version: '-eks-' }],
	['platform-openshift', { ids: [aws, aws, aws], label: 'node.openshift.io/os_id' }],
	['platform-openshift-vsphere', { ids: [vsphere, vsphere, vsphere], label: 'node.openshift.io/os_id' }],
	[
		'platform-eks-anywhere',
		{ ids: [vsphere, vsphere, vsphere], label: 'eks.amazonaws.com/nodegroup', version: '-eks-' },
	],
	['platform-aks-hci', { ids: Array(3).fill(/^moc:\/\//), label: 'kubernetes.azure.com/cluster' }],
	[
		'platform-k3s',
		{
			ids: Array(3).fill(/^k3s:\/\/practice-west-\d$/),
			label: 'node.k3s.io/instance-type',
			version: '+k3s1',
		},
	],
	['platform-kubeadm', { ids: [undefined, undefined, undefined] }],
	['platform-mixed-nodes', { ids: [vsphere, vsphere, aws] }],
])('%s: what nodes and version tell', async (scenario, { ids, label, version = '' }) => {
	const practice = await start({ scenario });
	const [nodes, server] = await Promise.all([
		ask(practice, 'west', '/api/v1/nodes'),
		ask(practice, 'west', '/version'),
	]);
	const found: unknown[] = nodes.json.items.map((node: { spec: object }) =>
		'providerID' in node.spec ? node.spec.providerID : undefined,
	);
	expect(found).toEqual(ids.map(id => id && expect.stringMatching(id)));
	expect(Object.keys(nodes.json.items[0].metadata.labels)).toEqual(
		expect.arrayContaining(label === undefined ? [] : [label]),
	);
	expect(server.json.gitVersion).toContain(version);
});

test.each<[PlatformName, object | undefined]>([
	['openshift-aws', { type: 'AWS', aws: { region: 'us-west-2' } }],
	['openshift-vsphere', { type: 'VSphere', vsphere: {} }],
	['eks', undefined],
	['kubeadm', undefined],
])("%s: OpenShift's Infrastructure object, its type, and the mark of Portworx", async (platform, status) => {
	const practice = await startWest({ platform });
	const path = '/apis/config.openshift.io/v1';
	const found = await ask(practice, 'west', `${path}/infrastructures/cluster`);
	expect(found.json.status?.platformStatus).toEqual(status);
	expect(Boolean(found.json.status?.infrastructureName)).toBe(status !== undefined);
	expect((await ask(practice, 'west', path)).code).toBe(status === undefined ? 404 : 200);
	const groups = (await ask(practice, 'west', '/apis')).json.groups.map(({ name }: { name: string }) => name);
	expect(groups.includes('config.openshift.io')).toBe(status !== undefined);
	const { metadata } = await storageCluster(practice);
	expect('portworx.io/is-openshift' in metadata.annotations).toBe(status !== undefined);
});

const pairs = '/apis/stork.libopenstorage.org/v1alpha1/namespaces/portworx/clusterpairs';
const pair = { metadata: { name: 'a' }, spec: { config: {}, options: {} } };
const bindings = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
const binding = { metadata: { name: 'a' }, roleRef: { kind: 'ClusterRole', name: 'a' }, subjects: [] };
const rbac = 'rbac.authorization.k8s.io';
const stork = 'stork.libopenstorage.org';

type Verdict = Readonly<{
	verb: string;
	group?: string;
	resource: string;
	subresource?: string;
	namespace?: string;
	name?: string;
}>;

/** What is forbidden, the request that shows it (where one can), and the review of the same. */
test.each<[ClusterPlan['forbidden'], string | undefined, object | undefined, Verdict]>([
	['create-namespaces', '/api/v1/namespaces', { metadata: { name: 'a' } }, of('create', '', 'namespaces')],
	['list-nodes', '/api/v1/nodes', undefined, of('list', '', 'nodes')],
	['make-pairs', pairs, pair, { ...of('create', stork, 'clusterpairs'), namespace: 'portworx' }],
	['make-pairs', undefined, undefined, { ...of('patch', stork, 'clusterpairs'), namespace: 'x', name: 'a' }],
	['make-pairs', undefined, undefined, { ...of('delete', stork, 'clusterpairs'), namespace: 'x', name: 'a' }],
	['bind-roles', bindings, binding, of('create', rbac, 'clusterrolebindings')],
	['bind-roles', undefined, undefined, { ...of('bind', rbac, 'clusterroles'), name: 'cluster-admin' }],
	['exec', undefined, undefined, { ...of('create', '', 'pods'), subresource: 'exec', namespace: 'portworx' }],
	['list-nodes', undefined, undefined, of('*', '*', '*')],
])('forbidden: %s: request and review agree (%s)', async (forbidden, path, body, verdict) => {
	const [free, bound] = await Promise.all([startWest({}), startWest({ forbidden })]);
	for (const [practice, allowed] of [
		[free, true],
		[bound, false],
	] as const) {
		expect(await review(practice, verdict)).toBe(allowed);
		if (path !== undefined) expect((await ask(practice, 'west', path, body)).code < 400).toBe(allowed);
	}
});

test.each<[ClusterPlan['forbidden'], Verdict]>([
	['list-nodes', { ...of('get', '', 'nodes'), name: 'practice-west-1' }],
	['exec', of('list', '', 'pods')],
	['make-pairs', of('list', stork, 'clusterpairs')],
	['create-namespaces', of('get', '', 'namespaces')],
])('forbidden: %s: and nothing more', async (forbidden, verdict) => {
	expect(await review(await startWest({ forbidden }), verdict)).toBe(true);
});

test('forbidden: create-namespaces: what applies may still change, and not create', async () => {
	const { run } = await kubectlOn(await startWest({ forbidden: 'create-namespaces' }));
	const apply = (name: string) => run(['apply', '--server-side', '-f', '-'], manifestOf(name));
	expect((await apply('apps')).stderr).toContain(
		'namespaces "apps" is forbidden: User "practice-admin" cannot create resource "namespaces"',
	);
	expect((await apply('portworx')).stdout).toBe('namespace/portworx serverside-applied');
});

test.each<[ClusterPlan['license'], string, string]>([
	['enterprise', 'PX-Enterprise (expires in 364 days)', 'yes'],
	['trial-ending', 'Trial (expires in 3 days)', 'yes'],
	['essential', 'PX-Essential (lease renewal in 23h, 31m)', 'no'],
])('license: %s', async (license, shown, recovery) => {
	const practice = await startWest({ license });
	const { run } = await kubectlOn(practice);
	const pxctl = [
		'exec',
		'-n',
		'portworx',
		'px-practice-west-4kq2m',
		'-c',
		'portworx',
		'--',
		'/opt/pwx/bin/pxctl',
	];
	const status = await run([...pxctl, 'status']);
	expect(status.stdout).toContain(`\nLicense: ${shown}\n`);
	const list = await run([...pxctl, 'license', 'list']);
	expect(/Disaster Recovery \[PX-DR\] *\t *(\w+)/.exec(list.stdout)?.[1]).toBe(recovery);
});

test('degraded: the StorageCluster says so, and its Portworx is up', async () => {
	const practice = await start({ scenario: 'degraded' });
	const { status } = await storageCluster(practice);
	expect(status).toMatchObject({ phase: 'Degraded', conditions: [{ status: 'Online' }] });
});

test('5,000 nodes come in pages, those of Portworx first', async () => {
	const practice = await startWest({ extraNodes: 4997 });
	const page = async (query: string) => (await ask(practice, 'west', `/api/v1/nodes?limit=50${query}`)).json;
	const first = await page('');
	expect(namesOf(first).slice(0, 4)).toEqual([
		'practice-west-1',
		'practice-west-2',
		'practice-west-3',
		'practice-west-worker-00001',
	]);
	expect(first.metadata.remainingItemCount).toBe(4950);
	const second = await page(`&continue=${first.metadata.continue}`);
	expect(namesOf(second)[0]).toBe('practice-west-worker-00048');
	expect(second.items).toHaveLength(50);
});

function manifestOf(name: string): string {
	return JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

function of(verb: string, group: string, resource: string): Verdict {
	return { verb, group, resource };
}

async function review(practice: Practice, resourceAttributes: Verdict): Promise<boolean> {
	const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
	return (await ask(practice, 'west', path, { spec: { resourceAttributes } })).json.status.allowed;
}

async function storageCluster(practice: Practice) {
	return (await ask(practice, 'west', '/apis/core.libopenstorage.org/v1/storageclusters')).json.items[0];
}

function namesOf({ items }: { items: { metadata: { name: string } }[] }): string[] {
	return items.map(({ metadata }) => metadata.name);
}
