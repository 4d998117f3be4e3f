import { expect, onTestFinished, test, vi } from 'vitest';
import { startPractice } from '../../../source/practice/practice.ts';
import { startKubectl } from '../../helpers/kubectl.ts';

// The first to come unpacks kubectl.
vi.setConfig({ testTimeout: 30_000 });

async function start() {
	const practice = await startPractice();
	onTestFinished(() => practice.close());
	const kubectl = await startKubectl(practice.kubeconfig);
	onTestFinished(() => kubectl.close());
	const run = (line: string, input?: string) => kubectl.run(['--context', 'east', ...line.split(' ')], input);
	/** As a person reads it: columns, whatever their width and age. */
	const shown = async (line: string) =>
		(await run(line)).stdout
			.split('\n')
			.map(row => row.replaceAll(/ {2,}/g, ' | ').replaceAll(/\d+s\b/g, 'AGE'));
	return { run, shown, store: practice.clusters.east.store };
}

const manifests = [
	{
		apiVersion: 'storage.k8s.io/v1',
		kind: 'StorageClass',
		metadata: { name: 'px', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
		provisioner: 'pxd.portworx.com',
		volumeBindingMode: 'Immediate',
		reclaimPolicy: 'Delete',
	},
	{
		apiVersion: 'v1',
		kind: 'PersistentVolume',
		metadata: { name: 'pvc-1' },
		spec: {
			capacity: { storage: '1Gi' },
			accessModes: ['ReadWriteOnce'],
			persistentVolumeReclaimPolicy: 'Delete',
			claimRef: { namespace: 'default', name: 'data' },
			storageClassName: 'px',
			csi: { driver: 'pxd.portworx.com', volumeHandle: '1' },
		},
	},
	{
		apiVersion: 'v1',
		kind: 'PersistentVolumeClaim',
		metadata: { name: 'data', namespace: 'default' },
		spec: {
			accessModes: ['ReadWriteOnce'],
			resources: { requests: { storage: '1Gi' } },
			storageClassName: 'px',
			volumeName: 'pvc-1',
		},
	},
	{
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'Migration',
		metadata: { name: 'nightly', namespace: 'default' },
		spec: { clusterPair: 'remotecluster', namespaces: ['default'] },
	},
];

test('volumes, workloads and migrations are shown as kubectl shows them', async () => {
	const { run, shown } = await start();
	const applied = await run('apply -f -', manifests.map(manifest => JSON.stringify(manifest)).join('\n'));
	expect(applied.stderr).toBe('');
	await run(
		'patch pvc data -n default --subresource=status --type=merge -p {"status":{"phase":"Bound","capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"]}}',
	);
	expect(await shown('get sc')).toEqual([
		'NAME | PROVISIONER | RECLAIMPOLICY | VOLUMEBINDINGMODE | ALLOWVOLUMEEXPANSION | AGE',
		'px (default) | pxd.portworx.com | Delete | Immediate | false | AGE',
		'px-csi-db | pxd.portworx.com | Delete | Immediate | true | AGE',
	]);
	expect(await shown('get pvc -n default')).toEqual([
		'NAME | STATUS | VOLUME | CAPACITY | ACCESS MODES | STORAGECLASS | VOLUMEATTRIBUTESCLASS | AGE',
		'data | Bound | pvc-1 | 1Gi | RWO | px | <unset> | AGE',
	]);
	expect(await shown('get pv')).toEqual([
		'NAME | CAPACITY | ACCESS MODES | RECLAIM POLICY | STATUS | CLAIM | STORAGECLASS | VOLUMEATTRIBUTESCLASS | REASON | AGE',
		'pvc-1 | 1Gi | RWO | Delete | Bound | default/data | px | <unset> | AGE',
	]);
	expect(await shown('get migrations -n default')).toEqual(['NAME | AGE', 'nightly | AGE']);
	expect(await shown('get rs -n portworx')).toEqual([
		'NAME | DESIRED | CURRENT | READY | AGE',
		'portworx-operator-6d5fbb9c7f | 1 | 1 | 1 | AGE',
		'stork-6d5fbb9c7f | 3 | 3 | 3 | AGE',
	]);
	for (const kind of ['statefulsets', 'jobs', 'cronjobs', 'schedulepolicies', 'backuplocations'])
		expect((await run(`get ${kind} -A`)).stderr, kind).toBe('No resources found');
});

test('a definition says which columns there are', async () => {
	const { run, shown, store } = await start();
	const definition = {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: { name: 'sails.example.com' },
		spec: {
			group: 'example.com',
			scope: 'Namespaced',
			names: { plural: 'sails', singular: 'sail', kind: 'Sail' },
			versions: [
				{
					name: 'v1',
					served: true,
					storage: true,
					schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
					additionalPrinterColumns: [
						{ name: 'Size', type: 'integer', jsonPath: '.spec.size' },
						{
							name: 'Up',
							type: 'string',
							jsonPath: '.status.conditions[?(@.type=="Up")].status',
						},
						{ name: 'First', type: 'string', jsonPath: ".spec.parts[0]['made.of']" },
						{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
					],
				},
			],
		},
	};
	await run('create -f -', JSON.stringify(definition));
	const sail = {
		apiVersion: 'example.com/v1',
		kind: 'Sail',
		metadata: { name: 'jib', namespace: 'default' },
		spec: { size: 12, parts: [{ 'made.of': 'linen' }] },
		status: {
			conditions: [
				{ type: 'Down', status: 'False' },
				{ type: 'Up', status: 'True' },
			],
		},
	};
	store.create({ group: 'example.com', version: 'v1', plural: 'sails' }, sail);
	expect(await shown('get sails -n default')).toEqual([
		'NAME | SIZE | UP | FIRST | AGE',
		'jib | 12 | True | linen | AGE',
	]);
});

test('scale reads and changes how many there are to be, and nothing else', async () => {
	const { run, store } = await start();
	const wrong = await run('scale deploy/stork -n portworx --current-replicas=7 --replicas=1');
	expect(wrong.stderr).toBe('error: Expected replicas to be 7, was 3');
	const scaled = await run('scale deploy/stork -n portworx --replicas=1');
	expect(scaled.stdout).toBe('deployment.apps/stork scaled');
	const [stork] = store
		.list({ group: 'apps', version: 'v1', plural: 'deployments' }, 'portworx')
		.filter(({ metadata }) => metadata.name === 'stork');
	expect(stork?.spec).toMatchObject({ replicas: 1, selector: { matchLabels: { name: 'stork' } } });
	const raw = async () => run('get --raw /apis/apps/v1/namespaces/portworx/deployments/stork/scale');
	await expect
		.poll(async () => JSON.parse((await raw()).stdout))
		.toMatchObject({
			kind: 'Scale',
			apiVersion: 'autoscaling/v1',
			spec: { replicas: 1 },
			status: { replicas: 1, selector: 'name=stork' },
		});
});

test("a pod of one's own waits, and its events say why", async () => {
	const { run } = await start();
	expect((await run('run web --image=nginx -n default')).stdout).toBe('pod/web created');
	expect((await run('get pod web -n default --no-headers')).stdout).toMatch(/^web +0\/1 +Pending/);
	expect((await run('describe pod web -n default')).stdout).toMatch(
		/Warning +FailedScheduling +\d+s +default-scheduler +practice runs no containers/,
	);
});
