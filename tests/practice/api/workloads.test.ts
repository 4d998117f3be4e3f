import { expect, onTestFinished, test, vi } from 'vitest';
import type { KubeObject } from '../../../source/practice/contract.ts';
import { startPractice } from '../../../source/practice/practice.ts';
import { resources } from '../../../source/practice/resources.ts';
import { startKubectl } from '../../helpers/kubectl.ts';

// The first to come unpacks kubectl.
vi.setConfig({ testTimeout: 60_000 });

/** A real kubectl on the first of two practice clusters; words are split at spaces. */
async function start() {
	const practice = await startPractice();
	onTestFinished(() => practice.close());
	const kubectl = await startKubectl(practice.kubeconfig);
	onTestFinished(() => kubectl.close());
	const run = async (line: string) => {
		const { exitCode, stdout, stderr } = await kubectl.run(`--context east ${line}`.split(' '));
		expect({ exitCode, stderr }, line).toEqual({ exitCode: 0, stderr: '' });
		return stdout;
	};
	return { run, store: practice.clusters.east.store };
}

test('a pod of Portworx that is deleted comes back on its node, under another name', async () => {
	const { run, store } = await start();
	const pods = async () =>
		(
			await run(
				'get pods -n portworx -l name=portworx --no-headers -o custom-columns=:metadata.name,:spec.nodeName',
			)
		)
			.split('\n')
			.map(line => line.trim().split(/ +/));
	const before = await pods();
	const [gone = [], ...others] = before;
	expect(await run(`delete pod -n portworx ${gone[0]}`)).toContain('deleted');
	const after = await pods();
	expect(after).toHaveLength(before.length);
	expect(after).toEqual(expect.arrayContaining(others));
	expect(await run('label pods -n portworx -l name=portworx checked=yes')).toContain('labeled');
	const [fresh = []] = after.filter(([name]) => !before.some(([old]) => old === name));
	expect(fresh[1]).toBe(gone[1]);
	expect(await run(`exec -n portworx ${fresh[0]} -c portworx -- /opt/pwx/bin/pxctl status`)).toContain(
		'Status: PX is operational',
	);
	expect(messagesOf(store.list(resources.events, 'portworx'))).toContain(`Created pod: ${fresh[0]}`);
});

test('rollout restart of Stork rolls: a second ReplicaSet, other pods, events, and a history', async () => {
	const { run, store } = await start();
	const pods = async () => (await run('get pods -n portworx -l name=stork -o name')).split('\n');
	const before = await pods();
	expect(await run('rollout restart deployment stork -n portworx')).toBe('deployment.apps/stork restarted');
	expect(await run('rollout status deployment stork -n portworx --timeout 10s')).toBe(
		'deployment "stork" successfully rolled out',
	);
	const after = await pods();
	expect(after).toHaveLength(before.length);
	expect(after.filter(name => before.includes(name))).toEqual([]);
	expect(await run('get deployment stork -n portworx --no-headers')).toMatch(/^stork +3\/3 +3 +3 /);
	expect(await run('label pods -n portworx -l name=stork checked=yes')).toContain('labeled');
	const sets = store
		.list(resources.replicasets, 'portworx')
		.filter(({ metadata }) => metadata.labels?.name === 'stork');
	expect(sets.map(({ spec }) => (spec as { replicas: number }).replicas).toSorted()).toEqual([0, 3]);
	expect((await run('rollout history deployment stork -n portworx')).match(/^\d/gm)).toEqual(['1', '2']);
	expect(messagesOf(store.list(resources.events, 'portworx')).join('\n')).toMatch(
		/Scaled up replica set stork-\w+ to 3.*Scaled down replica set stork-\w+ to 0 from 3/s,
	);
});

test('a rollout that is undone and whose pods are deleted leaves pods that can be labeled', async () => {
	const { run } = await start();
	await run('rollout restart deployment stork -n portworx');
	await run('rollout undo deployment stork -n portworx');
	expect(await run('label pods -n portworx -l name=stork checked=yes')).toContain('labeled');
	await run('delete pods -n portworx -l name=stork');
	expect(await run('label pods -n portworx -l name=stork checked=again')).toContain('labeled');
});

test('Stork scaled down has fewer pods, scaled up again as many as before', async () => {
	const { run } = await start();
	const pods = async () =>
		(await run('get pods -n portworx -l name=stork -o name')).split('\n').filter(Boolean);
	for (const replicas of [1, 0, 3]) {
		await run(`scale deployment stork -n portworx --replicas=${replicas}`);
		expect(await run('rollout status deployment stork -n portworx --timeout 10s')).toContain('rolled out');
		expect(await pods()).toHaveLength(replicas);
		expect(await run('get deployment stork -n portworx --no-headers')).toMatch(
			new RegExp(`^stork +${replicas}/${replicas} +${replicas} +${replicas} `),
		);
	}
});

test('a Deployment of one’s own gets ReplicaSets and pods that wait, and can be undone and deleted', async () => {
	const { run, store } = await start();
	const defaults = await run('create deployment web -n default --image=local/base:1 --replicas=2 -o yaml');
	expect(defaults.replaceAll(/^ +(creationTimestamp|resourceVersion|uid).*\n/gm, '')).toBe(webDeployment);
	const columns = async (kind: string) =>
		(await run(`get ${kind} -n default --no-headers`)).split('\n').map(line => line.trim().split(/ +/));
	expect((await columns('pods')).map(([, ...rest]) => rest.slice(0, 2))).toEqual([
		['0/1', 'Pending'],
		['0/1', 'Pending'],
	]);
	expect(messagesOf(store.list(resources.events, 'default'))).toContain('practice runs no containers');
	await run('set image deployment/web -n default base=local/base:2');
	expect((await run('rollout history deployment web -n default')).match(/^\d/gm)).toEqual(['1', '2']);
	expect(await run('rollout undo deployment web -n default')).toBe('deployment.apps/web rolled back');
	expect((await run('rollout history deployment web -n default')).match(/^\d/gm)).toEqual(['2', '3']);
	expect((await columns('rs')).map(([, ...rest]) => rest.slice(0, 3)).toSorted()).toEqual([
		['0', '0', '0'],
		['2', '2', '0'],
	]);
	await run('delete deployment web -n default');
	expect(await run('get rs,pods -n default --ignore-not-found -o name')).toBe('');
});

test('a Deployment that had no labels of its own, or a ReplicaSet before, is reconciled as well', async () => {
	const { store } = await start();
	const deployment = {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: { name: 'bare', namespace: 'default' },
		spec: { replicas: 1, selector: { matchLabels: {} }, template: {} },
	};
	const replicas = () =>
		store
			.list(resources.replicasets, 'default')
			.map(({ metadata, spec }) => [metadata.ownerReferences, (spec as { replicas: number }).replicas]);
	for (const round of [1, 2]) {
		const { uid } = store.create(resources.deployments, deployment).metadata;
		await expect
			.poll(replicas, { message: `round ${round}` })
			.toEqual([[[expect.objectContaining({ uid })], 1]]);
		const live = store.get(resources.deployments, 'default', 'bare') ?? deployment;
		store.update(resources.deployments, {
			...live,
			spec: { ...deployment.spec, minReadySeconds: 1 },
		});
		await expect
			.poll(() => store.get(resources.deployments, 'default', 'bare')?.status)
			.toMatchObject({ observedGeneration: 2 });
		const [set] = store.list(resources.replicasets, 'default');
		if (set)
			store.update(resources.replicasets, { ...set, metadata: { ...set.metadata, ownerReferences: [] } });
		store.remove(resources.deployments, 'default', 'bare');
	}
});

test('Stork without replicas pairs nothing, and pairs when it has some again', async () => {
	const { run, store } = await start();
	await run('scale deployment stork -n portworx --replicas 0');
	store.create(resources.clusterpairs, {
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'ClusterPair',
		metadata: { name: 'later', namespace: 'default' },
		spec: { options: {}, config: {} },
	});
	const found = () => store.get(resources.clusterpairs, 'default', 'later');
	expect(await run('get pods -n portworx -l name=stork -o name')).toBe('');
	expect(found()).not.toHaveProperty('status');
	await run('scale deployment stork -n portworx --replicas 1');
	await expect.poll(found, { timeout: 10_000 }).toHaveProperty('status');
});

test('with --cascade=orphan it stays, and belongs to no one', async () => {
	const { run, store } = await start();
	await run('delete deployment stork -n portworx --cascade=orphan');
	const sets = () =>
		store.list(resources.replicasets, 'portworx').filter(({ metadata }) => metadata.labels?.name === 'stork');
	expect(sets()).toHaveLength(1);
	expect(sets()[0]?.metadata).not.toHaveProperty('ownerReferences');
	expect((await run('get pods -n portworx -l name=stork -o name')).split('\n')).toHaveLength(3);
});

test('every namespace has the certificate of its server, and default the address, also when they are deleted', async () => {
	const { run, store } = await start();
	await run('create namespace fresh');
	expect(await run('get cm -n fresh --no-headers')).toMatch(/^kube-root-ca\.crt +1 /);
	await run('delete cm kube-root-ca.crt -n fresh');
	await expect.poll(() => store.get(resources.configmaps, 'fresh', 'kube-root-ca.crt')).toBeDefined();
	expect(await run('get svc kubernetes -n default --no-headers')).toMatch(
		/^kubernetes +ClusterIP +10\.96\.0\.1 +<none> +443\/TCP /,
	);
	expect(await run('get endpoints kubernetes -n default -o name')).toBe('endpoints/kubernetes');
});

test('what belongs to a deleted owner goes with it, and what has another owner stays', async () => {
	const { run, store } = await start();
	const owner = (name: string) =>
		store.create(resources.configmaps, {
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: { name, namespace: 'default' },
		});
	const refTo = ({ apiVersion, kind, metadata: { name, uid } }: KubeObject) => ({
		apiVersion,
		kind,
		name,
		uid,
	});
	const [one, two] = [owner('one'), owner('two')];
	const owned = (name: string, ...owners: KubeObject[]) =>
		store.create(resources.configmaps, {
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: { name, namespace: 'default', ownerReferences: owners.map(refTo) },
		});
	owned('of-of-one', owned('of-one', one));
	owned('of-both', one, two);
	await run('delete configmap one -n default --dry-run=server');
	expect(store.get(resources.configmaps, 'default', 'of-one')).toBeDefined();
	await run('delete configmap one -n default');
	const left = () => store.list(resources.configmaps, 'default').map(({ metadata }) => metadata.name);
	await expect.poll(() => left().filter(name => /one|two|both/.test(name))).toEqual(['of-both', 'two']);
});

const messagesOf = (events: readonly KubeObject[]): string[] => events.map(({ message }) => String(message));

/** As Kubernetes 1.26 answers, but for times and IDs. */
const webDeployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  generation: 1
  labels:
    app: web
  name: web
  namespace: default
spec:
  progressDeadlineSeconds: 600
  replicas: 2
  revisionHistoryLimit: 10
  selector:
    matchLabels:
      app: web
  strategy:
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 25%
    type: RollingUpdate
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - image: local/base:1
        imagePullPolicy: IfNotPresent
        name: base
        resources: {}
        terminationMessagePath: /dev/termination-log
        terminationMessagePolicy: File
      dnsPolicy: ClusterFirst
      restartPolicy: Always
      schedulerName: default-scheduler
      securityContext: {}
      terminationGracePeriodSeconds: 30
status: {}`;
