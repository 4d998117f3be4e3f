import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { startPractice } from '../../source/practice/practice.ts';
import { request } from '../../source/practice/request.ts';
import { type ScenarioName, scenarios } from '../../source/practice/scenarios.ts';
import { ask, start } from './real/ask.ts';

test('the kubeconfig points to two clusters with authorities and tokens of their own', async () => {
	const practice = await start();
	const kubeconfig = parse(practice.kubeconfig);
	expect(kubeconfig).toMatchObject({
		'current-context': 'east',
		contexts: [
			{ name: 'east', context: { cluster: 'practice-east', user: 'practice-east-admin' } },
			{ name: 'west', context: { cluster: 'practice-west', user: 'practice-west-admin' } },
		],
		clusters: [
			{ cluster: { server: practice.clusters.east.url } },
			{ cluster: { server: practice.clusters.west.url } },
		],
	});
	expect(await ask(practice, 'east', '/version')).toMatchObject({
		code: 200,
		json: { gitVersion: 'v1.33.5-eks-113cf36' },
	});
	const [{ user: east }, { user: west }] = [kubeconfig.users[0], kubeconfig.users[1]];
	expect(east.token).not.toBe(west.token);
	kubeconfig.users[0].user = west;
	const crossed = await ask({ ...practice, kubeconfig: JSON.stringify(kubeconfig) }, 'east', '/api/v1/nodes');
	expect(crossed.code).toBe(401);
});

test.each(Object.keys(scenarios) as ScenarioName[])(
	'%s: starts, and closes without a trace',
	async scenario => {
		const folder = mkdtempSync(join(tmpdir(), 'practice-test-'));
		onTestFinished(() => rmSync(folder, { recursive: true }));
		const practice = await startPractice({ scenario, folder });
		expect(readdirSync(folder)).toHaveLength(2);
		expect(statSync(join(folder, readdirSync(folder)[0] ?? '')).mode & 0o777).toBe(0o700);
		await practice.close();
		await practice.close();
		expect(readdirSync(folder)).toEqual([]);
		await expect(ask(practice, 'east', '/version')).rejects.toThrow('connection refused');
	},
);

test.each<[ScenarioName, string, string[]]>([
	['s3', 'aws:///us-west-2a/', ['eks.amazonaws.com/nodegroup']],
	['azure', 'azure:///subscriptions/', ['kubernetes.azure.com/cluster']],
	['google', 'gce://practice-project/us-west1-a/', ['cloud.google.com/gke-nodepool']],
	['on-premises', 'vsphere://', []],
])("%s: the destination's nodes say where they run", async (scenario, providerId, labels) => {
	const { json } = await ask(await start({ scenario }), 'west', '/api/v1/nodes');
	expect(json.items).toHaveLength(3);
	expect(json.items[0].spec.providerID.slice(0, providerId.length)).toBe(providerId);
	expect(Object.keys(json.items[0].metadata.labels)).toEqual(expect.arrayContaining(labels));
});

test('the operator install reports what the Portworx really is', async () => {
	const practice = await start();
	const { portworxPort, uuid } = practice.clusters.west;
	const { json } = await ask(practice, 'west', '/apis/core.libopenstorage.org/v1/storageclusters');
	expect(json.items).toMatchObject([
		{ spec: { startPort: portworxPort }, status: { clusterUid: uuid, phase: 'Running' } },
	]);
	const services = await ask(practice, 'west', '/api/v1/namespaces/portworx/services');
	expect(services.json.items.map((service: { spec: { ports: unknown[] } }) => service.spec.ports[0])).toEqual(
		[
			{ name: 'px-api', port: 9001, protocol: 'TCP', targetPort: portworxPort },
			{ name: 'px-api', port: 9001, protocol: 'TCP', targetPort: portworxPort },
		],
	);
	const probe = await request(new URL(`http://127.0.0.1:${portworxPort}/status`), { timeout: 5000 });
	expect(probe.body).toMatch(/^\{"Version":.*,"SchedulerInfo":.*,"StorageSpec":.*"ClusterUuid":"91d2a7c4/);
});

test('the label name=portworx finds the pods of Portworx and no others', async () => {
	const { json } = await ask(await start(), 'east', '/api/v1/pods?labelSelector=name%3Dportworx');
	expect(json.items.map((pod: { metadata: { name: string } }) => pod.metadata.name)).toEqual([
		'px-practice-east-4kq2m',
		'px-practice-east-7xbsn',
		'px-practice-east-w9d5t',
	]);
});

test('mixed-installs: the first pod is not Ready, and its pxctl says why', async () => {
	const practice = await start({ scenario: 'mixed-installs' });
	const { json } = await ask(
		practice,
		'west',
		'/api/v1/namespaces/kube-system/pods?labelSelector=name%3Dportworx',
	);
	const ready = json.items.map(
		({ status }: { status: { conditions: { type: string; status: string }[] } }) =>
			status.conditions.find(({ type }) => type === 'Ready')?.status,
	);
	expect(ready).toEqual(['False', 'True', 'True']);
	expect((await ask(practice, 'west', '/apis/core.libopenstorage.org/v1/storageclusters')).code).toBe(404);
});

test.each<[ScenarioName, 'east' | 'west', string, number]>([
	['no-portworx', 'west', '/apis/core.libopenstorage.org/v1/storageclusters', 404],
	['no-stork', 'east', '/apis/apps/v1/namespaces/portworx/deployments/stork', 404],
	['no-stork', 'east', '/apis/stork.libopenstorage.org/v1alpha1/clusterpairs', 200],
	['crd-missing', 'east', '/apis/stork.libopenstorage.org/v1alpha1/clusterpairs', 404],
	['wrong-token', 'west', '/api/v1/nodes', 401],
	['wrong-token', 'east', '/api/v1/nodes', 200],
	['secured', 'west', '/api/v1/namespaces/portworx/secrets/px-admin-token', 200],
	['s3', 'west', '/api/v1/namespaces/portworx/secrets/px-admin-token', 404],
	[
		'pair-differs',
		'east',
		'/apis/stork.libopenstorage.org/v1alpha1/namespaces/migrationnamespace/clusterpairs/remotecluster',
		200,
	],
	[
		'undecodable-pair',
		'east',
		'/apis/stork.libopenstorage.org/v1alpha1/namespaces/apps/clusterpairs/unquoted',
		200,
	],
])('%s: %s answers %s with %i', async (scenario, context, path, code) => {
	expect((await ask(await start({ scenario }), context, path)).code).toBe(code);
});

test('unreachable: nothing listens where the destination should be', async () => {
	await expect(ask(await start({ scenario: 'unreachable' }), 'west', '/version')).rejects.toThrow(
		'connection refused',
	);
});

test('same-cluster: both contexts find one kube-system', async () => {
	const practice = await start({ scenario: 'same-cluster' });
	const [east, west] = await Promise.all([
		ask(practice, 'east', '/api/v1/namespaces/kube-system'),
		ask(practice, 'west', '/api/v1/namespaces/kube-system'),
	]);
	expect(east.json.metadata.uid).toBe(west.json.metadata.uid);
});

test('forbidden: the administrator is told that exec is not for them', async () => {
	const practice = await start({ scenario: 'forbidden' });
	const review = { resource: 'pods', subresource: 'exec', verb: 'create', namespace: 'portworx' };
	const body = {
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SelfSubjectAccessReview',
		spec: { resourceAttributes: review },
	};
	const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
	expect((await ask(practice, 'east', path, body)).json.status.allowed).toBe(false);
	expect((await ask(practice, 'west', path, body)).json.status.allowed).toBe(true);
});

test('endpoint-closed: the port that the objects name is not the one where Portworx listens', async () => {
	const practice = await start({ scenario: 'endpoint-closed' });
	const { json } = await ask(practice, 'west', '/apis/core.libopenstorage.org/v1/storageclusters');
	const { startPort } = json.items[0].spec;
	expect(startPort).not.toBe(practice.clusters.west.portworxPort);
	await expect(request(new URL(`http://127.0.0.1:${startPort}/status`), { timeout: 5000 })).rejects.toThrow(
		'refused',
	);
});

test('store-refuses: the credential for pairing is there already', async () => {
	const { clusters } = await start({ scenario: 'store-refuses' });
	expect(clusters.east.credentials()).toMatchObject([{ name: `clusterPair_${clusters.west.uuid}` }]);
	expect(clusters.west.credentials()).toEqual([]);
});

test('a test can change any scenario, and see every request', async () => {
	const practice = await start({
		override: ({ east, west }) => ({ east, west: { ...west, namespace: 'storage', security: 'on' } }),
	});
	expect(practice.clusters.west.adminToken).toMatch(/^eyJ/);
	await ask(practice, 'west', '/api/v1/namespaces/storage/secrets/px-admin-token');
	expect(practice.clusters.west.requests.map(({ method, url, user }) => [method, url, user])).toEqual([
		['GET', '/api/v1/namespaces/storage/secrets/px-admin-token', 'practice-admin'],
	]);
});

test('a process that ends without closing leaves no folder', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'practice-test-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const module = new URL('../../source/practice/practice.ts', import.meta.url).href;
	const script = `
		const { readdirSync } = await import('node:fs');
		const { startPractice } = await import('${module}');
		await startPractice({ folder: '${folder}' });
		console.log(readdirSync('${folder}').length);
		process.exit(0);`;
	const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
	expect(stdout).toBe('2\n');
	expect(readdirSync(folder)).toEqual([]);
});
