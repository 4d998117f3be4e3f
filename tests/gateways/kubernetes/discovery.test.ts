import { expect, test } from 'vitest';
import type { ClusterPlan } from '../../../source/practice/cluster-plan.ts';
import { resources } from '../../../source/practice/resources.ts';
import { practiceSide } from '../../helpers/clusters/practice-side.ts';
import { failureOf, problemFrom } from '../../helpers/problem-from.ts';

const daemonSet: Partial<ClusterPlan> = {
	install: 'daemonset',
	namespace: 'kube-system',
	portworxVersion: '2.11.4',
};

test('an operator install', async () => {
	const { discovery, cluster } = await practiceSide();

	expect(await discovery.api()).toEqual({
		version: expect.stringMatching(/^v1\.\d+/),
		uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
	});
	expect(await discovery.platform()).toMatchObject({
		location: 'cloud',
		name: 'Amazon EKS',
		provider: 's3',
		region: 'us-east-1',
	});
	expect(await discovery.portworx()).toEqual({
		install: 'operator',
		namespace: 'portworx',
		pods: Array(3).fill({
			namespace: 'portworx',
			name: expect.stringMatching(/^px-practice-east-\w+$/),
			hostIP: '127.0.0.1',
		}),
		podCount: 3,
		version: '3.1.6',
		reportedUuid: cluster.uuid,
		secured: false,
		startPort: cluster.portworxPort,
		phase: 'Running',
		secretsProvider: 'k8s',
	});
	expect(await discovery.uuid()).toBe(cluster.uuid);
	expect(await discovery.stork()).toEqual({
		adminNamespace: 'kube-system',
		image: 'docker.io/openstorage/stork:24.3.0',
		namespace: 'portworx',
		version: '24.3.0',
		ready: 3,
		wanted: 3,
	});
	expect(await discovery.endpoints()).toEqual([{ ip: '127.0.0.1', port: cluster.portworxPort }]);
});

test('a DaemonSet install', async () => {
	const { discovery, cluster } = await practiceSide(daemonSet);

	expect(await discovery.portworx()).toMatchObject({
		install: 'daemonset',
		namespace: 'kube-system',
		podCount: 3,
		startPort: cluster.portworxPort,
	});
	expect(await discovery.portworx()).not.toHaveProperty('reportedUuid');
	expect(await discovery.uuid()).toBe(cluster.uuid);
	expect(await discovery.endpoints()).toEqual([{ ip: '127.0.0.1', port: cluster.portworxPort }]);
});

test.each([
	['operator', {}],
	['DaemonSet', daemonSet],
])('%s: a pod that is not Ready is not asked', async (_, plan) => {
	const { discovery, execs, cluster } = await practiceSide({ ...plan, pods: 'two-ready' });
	const { pods, podCount } = await discovery.portworx();

	expect([pods.length, podCount]).toEqual([2, 3]);
	expect(await discovery.uuid()).toBe(cluster.uuid);
	expect(execs().every(({ url }) => pods.some(pod => url.includes(`/${pod.name}/`)))).toBe(true);
});

test('PX-Security', async () => {
	const { discovery } = await practiceSide({ security: 'on' });
	expect((await discovery.portworx()).secured).toBe(true);
});

test('StorageCluster and pxctl disagree about the UUID', async () => {
	const { discovery, cluster } = await practiceSide(
		{},
		{
			prepare: ({ store }) => {
				const [found] = store.list(resources.storageclusters);
				if (found) {
					store.update(resources.storageclusters, { ...found, status: { clusterUid: 'another' } });
				}
			},
		},
	);
	expect(await failureOf(() => discovery.uuid())).toEqual({
		id: 'uuid-disagreement',
		evidence: `the StorageCluster says another, pxctl status says ${cluster.uuid}`,
	});
});

test.each<[string, Partial<ClusterPlan>, 'portworx' | 'uuid' | 'stork', string]>([
	['no Portworx', { install: 'none', stork: 'crd-missing' }, 'portworx', 'portworx-not-found'],
	['no pod Ready', { pods: 'none-ready' }, 'portworx', 'portworx-not-ready'],
	['Portworx is down in its pods', { health: 'not-running' }, 'uuid', 'portworx-not-running'],
	['Portworx is in maintenance', { health: 'maintenance' }, 'uuid', 'portworx-maintenance'],
	['no Stork', { stork: 'not-deployed' }, 'stork', 'stork-not-found'],
	['no ClusterPairs', { stork: 'crd-missing' }, 'stork', 'clusterpair-type-missing'],
	['exec is forbidden', { forbidden: 'exec' }, 'uuid', 'forbidden'],
])('%s', async (_, plan, what, id) => {
	const { discovery } = await practiceSide(plan);
	const problem = await problemFrom(() => discovery[what]());
	expect(problem).toMatchObject({ id, kind: 'cluster', side: 'source', evidence: expect.any(String) });
});

test('Stork is deployed, and none of its pods is Ready', async () => {
	const { discovery } = await practiceSide({ stork: 'down' });
	expect(await failureOf(() => discovery.stork())).toEqual({
		id: 'stork-not-ready',
		evidence: 'deployment portworx/stork: no Ready replica',
	});
});

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each<[string, string | undefined]>([
	['registry.example:5000/stork:24.2.1', '24.2.1'],
	[`docker.io/openstorage/stork:24.2.1@${digest}`, '24.2.1'],
	['registry.example:5000/stork', undefined],
	// The operator keeps the image that it chose.
	[`docker.io/openstorage/stork@${digest}`, 'chosen'],
])("Stork's version by its image: %s", async (image, version) => {
	const { discovery } = await practiceSide(
		{},
		{
			prepare: ({ store }) => {
				const stork = store.list(resources.deployments).find(({ metadata }) => metadata.name === 'stork');
				if (stork) {
					const template = { spec: { containers: [{ name: 'stork', image }] } };
					store.update(resources.deployments, { ...stork, spec: { replicas: 3, template } });
				}
				for (const cluster of store.list(resources.storageclusters)) {
					const status = {
						...Object(cluster.status),
						desiredImages: version === 'chosen' ? { stork: 'openstorage/stork:chosen' } : {},
					};
					store.update(resources.storageclusters, { ...cluster, status });
				}
			},
		},
	);
	expect((await discovery.stork()).version).toBe(version);
});

test('of two deployments of Stork, the one that works is the one', async () => {
	const { discovery } = await practiceSide(
		{},
		{
			prepare: ({ store }) => {
				const stork = store.list(resources.deployments).find(({ metadata }) => metadata.name === 'stork');
				store.create(resources.deployments, {
					apiVersion: 'apps/v1',
					kind: 'Deployment',
					spec: stork?.spec,
					metadata: { name: 'stork', namespace: 'a-leftover' },
				});
			},
		},
	);
	expect(await discovery.stork()).toMatchObject({ namespace: 'portworx' });
});

test('everything is asked once, however often and from wherever it is wanted', async () => {
	const { discovery, cluster } = await practiceSide();
	await Promise.all([discovery.uuid(), discovery.portworx(), discovery.endpoints(), discovery.uuid()]);
	await discovery.uuid();
	const paths = cluster.requests.map(({ url }) =>
		url.replace(/\?command.*|limit=500&?|[?&]fieldSelector/g, ''),
	);
	expect(paths.toSorted()).toEqual([...new Set(paths)].toSorted());
});

test('a failure is asked again: what was wrong may be fixed by then', async () => {
	const { discovery, cluster } = await practiceSide({ health: 'not-running' });
	expect(await problemFrom(() => discovery.uuid())).toMatchObject({ id: 'portworx-not-running' });
	cluster.set({ health: 'running' });
	expect(await discovery.uuid()).toBe(cluster.uuid);
});
