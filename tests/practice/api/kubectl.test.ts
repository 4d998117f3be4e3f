import { expect, onTestFinished, test, vi } from 'vitest';
import type { KubeObject } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import { clusterPair, pod, startTestApi } from '../../helpers/clusters/practice-api.ts';
import { startKubectl } from '../../helpers/kubectl.ts';

// The first to come unpacks kubectl.
vi.setConfig({ testTimeout: 30_000 });

/** A real kubectl against the practice API; words are split at spaces. */
async function start(options: Parameters<typeof startTestApi>[0] = {}) {
	const api = await startTestApi(options);
	const kubectl = await startKubectl(api.kubeconfig);
	onTestFinished(() => kubectl.close());
	return { ...api, kubectl, run: (line: string, input?: string) => kubectl.run(line.split(' '), input) };
}

const manifest = (port?: string) => JSON.stringify(clusterPair('remote', port));
const exec = 'exec -n kube-system portworx-abcde -c portworx';

test('version and the types that there are', async () => {
	const { run } = await start();
	expect((await run('version')).stdout).toContain('Server Version: v1.31.4');
	const { stdout } = await run('api-resources --no-headers');
	expect(stdout.replaceAll(/ +/g, ' ').split('\n')).toEqual(
		expect.arrayContaining([
			'pods po v1 true Pod',
			'namespaces ns v1 false Namespace',
			'clusterpairs stork.libopenstorage.org/v1alpha1 true ClusterPair',
			'storageclusters stc core.libopenstorage.org/v1 true StorageCluster',
		]),
	);
});

test('get: table, wide, json, yaml, jsonpath', async () => {
	const { run } = await start();
	const table = await run('get pods -A');
	expect(table.stdout).toMatch(
		/^NAMESPACE +NAME +READY +STATUS +RESTARTS +AGE\nkube-system +portworx-abcde +2\/2 +Running +0 +\d+s$/,
	);
	const wide = await run('get pods -n kube-system -l name=portworx -o wide --no-headers');
	expect(wide.stdout).toMatch(/10\.0\.0\.1 +east-node +<none> +<none>$/);
	const json = JSON.parse((await run('get pod portworx-abcde -n kube-system -o json')).stdout) as KubeObject;
	expect(json).toMatchObject({ apiVersion: 'v1', kind: 'Pod', spec: { nodeName: 'east-node' } });
	expect((await run('get ns demo -o yaml')).stdout).toContain('kubernetes.io/metadata.name: demo');
	const uid = await run('get ns demo -o jsonpath={.metadata.uid}');
	expect(uid.stdout).toMatch(/^[0-9a-f-]{36}$/);
	const missing = await run('get clusterpair nope -n demo');
	expect([missing.exitCode, missing.stderr]).toEqual([
		1,
		'Error from server (NotFound): clusterpairs.stork.libopenstorage.org "nope" not found',
	]);
	const unknown = await run('get storagenodes');
	expect(unknown.stderr).toBe(`error: the server doesn't have a resource type "storagenodes"`);
});

test.each([
	[
		'label ns demo bad/label/x=1',
		"metadata.labels: Invalid value: \"bad/label/x\": a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
	],
	['label ns demo /x=1', 'metadata.labels: Invalid value: "/x": prefix part must be non-empty'],
	[
		'annotate ns demo UPPER/-x=1',
		`metadata.annotations: Invalid value: "UPPER/-x": name part must consist of`,
	],
	[
		'patch ns demo --type=merge -p {"metadata":{"labels":{"a":"_b"}}}',
		'metadata.labels: Invalid value: "_b": a valid label must be an empty string',
	],
	[
		'patch secret frozen -n demo -p {"stringData":{"a":"c"}}',
		'data: Forbidden: field is immutable when `immutable` is set',
	],
	[
		'patch sc fast --type=merge -p {"parameters":{"x":"y"}}',
		'parameters: Forbidden: updates to parameters are forbidden.',
	],
	['patch sc fast -p {"provisioner":"x"}', 'provisioner: Forbidden: updates to provisioner are forbidden.'],
])('%s is refused as by a real server', async (line, said) => {
	const { run, store } = await start();
	const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'frozen', namespace: 'demo' } };
	store.create(resources.secrets, { ...secret, type: 'Opaque', data: { a: 'Yg==' }, immutable: true });
	const fast = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' } };
	store.create(resources.storageclasses, { ...fast, provisioner: 'pxd.portworx.com' });
	const { exitCode, stderr } = await run(line);
	expect(exitCode).toBe(1);
	expect(stderr).toContain(said);
});

test('a namespace keeps its finalizer whatever a patch says', async () => {
	const { run } = await start();
	const patched = await run('patch ns demo --type=merge -p {"spec":{"finalizers":[]}}');
	expect(patched.stdout).toBe('namespace/demo patched (no change)');
	expect((await run('get ns demo -o jsonpath={.spec.finalizers}')).stdout).toBe('["kubernetes"]');
});

test('what a field is when it is absent is selected by as well', async () => {
	const { run, store } = await start();
	const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'east-node' } };
	store.create(resources.nodes, node);
	const found = (value: string) => run(`get nodes -o name --field-selector=spec.unschedulable=${value}`);
	expect([(await found('false')).stdout, (await found('true')).stdout]).toEqual(['node/east-node', '']);
});

test('get --watch follows what happens', async () => {
	const { kubectl, store } = await start();
	const watching = kubectl.start(['get', 'pods', '-n', 'kube-system', '-w', '--no-headers']);
	onTestFinished(() => void watching.kill());
	const lines = watching[Symbol.asyncIterator]();
	expect((await lines.next()).value).toMatch(/^portworx-abcde +2\/2 +Running/);
	store.create(resources.pods, { ...pod('young'), status: { phase: 'Pending' } });
	expect((await lines.next()).value).toMatch(/^young +0\/2 +Pending/);
	store.update(resources.pods, pod('young'));
	expect((await lines.next()).value).toMatch(/^young +2\/2 +Running/);
});

test('describe, with the events of the object', async () => {
	const { run, store } = await start();
	const { metadata } = store.create(resources.clusterpairs, clusterPair('remote'));
	store.create(resources.events, {
		apiVersion: 'v1',
		kind: 'Event',
		metadata: { name: 'remote.1', namespace: 'demo' },
		involvedObject: {
			kind: 'ClusterPair',
			apiVersion: 'stork.libopenstorage.org/v1alpha1',
			name: 'remote',
			namespace: 'demo',
			uid: metadata.uid,
		},
		reason: 'Error',
		message: 'Token mismatch during pairing',
		source: { component: 'stork' },
		firstTimestamp: metadata.creationTimestamp,
		lastTimestamp: metadata.creationTimestamp,
		count: 1,
		type: 'Warning',
	});
	const pair = (await run('describe clusterpair remote -n demo')).stdout;
	expect(pair).toMatch(/Port: +9001/);
	expect(pair).toMatch(/Warning +Error +\d+s +stork +Token mismatch during pairing/);
	const events = await run('get events -n demo --no-headers');
	expect(events.stdout).toMatch(/^\d+s +Warning +Error +clusterpair\/remote +Token mismatch during pairing$/);
	expect((await run('describe pod portworx-abcde -n kube-system')).stdout).toMatch(/Labels: +name=portworx/);
});

test('describe node', async () => {
	const { run, store } = await start();
	const capacity = { cpu: '4', memory: '16Gi', pods: '110' };
	store.create(resources.nodes, {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: { name: 'east-node' },
		spec: { providerID: 'aws:///us-east-1a/i-1' },
		status: { capacity, allocatable: capacity, conditions: [{ type: 'Ready', status: 'True' }] },
	});
	const { stdout } = await run('describe node east-node');
	expect(stdout).toMatch(/ProviderID: +aws:\/\/\/us-east-1a\/i-1/);
	expect(stdout).toMatch(/kube-system +portworx-abcde +0 \(0%\)/);
	expect((await run('get nodes --no-headers')).stdout).toMatch(/^east-node +Ready +<none>/);
});

test('apply --server-side: create, nothing, conflict, force', async () => {
	const { run, store } = await start();
	const apply = 'apply --server-side -f -';
	const done = 'clusterpair.stork.libopenstorage.org/remote serverside-applied';
	expect((await run(`${apply} --field-manager=one`, manifest())).stdout).toBe(done);
	const { revision } = store;
	expect((await run(`${apply} --field-manager=one`, manifest())).stdout).toBe(done);
	expect(store.revision).toBe(revision);
	const refused = await run(`${apply} --field-manager=two`, manifest('9002'));
	expect(refused.exitCode).toBe(1);
	expect(refused.stderr).toContain(
		'error: Apply failed with 1 conflict: conflict with "one": .spec.options.port',
	);
	expect((await run(`${apply} --field-manager=two --force-conflicts`, manifest('9002'))).stdout).toBe(done);
	const port = await run('get clusterpair remote -n demo -o jsonpath={.spec.options.port}');
	expect(port.stdout).toBe('9002');
});

test('plain apply, and moving from it to the server side', async () => {
	const { run } = await start();
	const configmap = (value: string) =>
		JSON.stringify({
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: { name: 'a', namespace: 'demo' },
			data: { key: value },
		});
	expect((await run('apply -f -', configmap('1'))).stdout).toBe('configmap/a created');
	expect((await run('apply -f -', configmap('1'))).stdout).toBe('configmap/a unchanged');
	expect((await run('apply -f -', configmap('2'))).stdout).toBe('configmap/a configured');
	const onServer = (value: string) => run('apply --server-side -f -', configmap(value));
	expect((await onServer('3')).stderr).toContain(
		'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: .data.key',
	);
	expect((await onServer('2')).stdout).toBe('configmap/a serverside-applied');
	// By now kubectl has made the fields its own.
	expect((await onServer('3')).stdout).toBe('configmap/a serverside-applied');
	expect((await run('get cm a -n demo -o jsonpath={.data.key}')).stdout).toBe('3');
	expect((await run('apply -f -', manifest())).stdout).toContain('created');
	expect((await run('apply -f -', manifest('9002'))).stdout).toContain('configured');
});

test('diff and dry runs change nothing', async () => {
	const { run, store } = await start();
	await run('apply --server-side -f -', manifest());
	const { revision } = store;
	const dry = await run('apply --server-side --dry-run=server --force-conflicts -f -', manifest('9002'));
	expect(dry.stdout).toContain('serverside-applied (server dry run)');
	expect(store.revision).toBe(revision);
});

test('create, label, patch, delete', async () => {
	const { run } = await start();
	expect((await run('create ns migrations')).stdout).toBe('namespace/migrations created');
	const again = await run('create ns migrations');
	expect(again.stderr).toBe('Error from server (AlreadyExists): namespaces "migrations" already exists');
	expect((await run('label ns migrations team=a')).stdout).toBe('namespace/migrations labeled');
	expect((await run('get ns -l team=a -o name')).stdout).toBe('namespace/migrations');
	await run('create -f -', manifest());
	const patch = '{"spec":{"options":{"mode":"DisasterRecovery"}}}';
	await run(`patch clusterpair remote -n demo --type=merge -p ${patch}`);
	const options = await run('get clusterpair remote -n demo -o jsonpath={.spec.options}');
	expect(JSON.parse(options.stdout)).toEqual({ ip: '127.0.0.1', port: '9001', mode: 'DisasterRecovery' });
	expect((await run('delete clusterpair remote -n demo')).stdout).toContain('deleted');
	expect((await run('delete ns migrations')).stdout).toBe('namespace "migrations" deleted');
	expect((await run('get ns migrations')).stderr).toContain('not found');
});

test('a namespace goes with all that is in it, when its finalizers let it', async () => {
	const { run, store } = await start();
	store.create(resources.clusterpairs, {
		...clusterPair('remote'),
		metadata: { name: 'remote', namespace: 'demo', finalizers: ['stork/cleanup'] },
	});
	expect((await run('delete ns demo --wait=false')).stdout).toBe('namespace "demo" deleted');
	const phase = async () => (await run('get ns demo --no-headers')).stdout;
	expect(await phase()).toMatch(/^demo +Terminating/);
	const late = await run('create configmap a -n demo');
	expect(late.stderr).toContain('because it is being terminated');
	const held = store.get(resources.clusterpairs, 'demo', 'remote') as KubeObject;
	expect(held.metadata.deletionTimestamp).toBeDefined();
	store.update(resources.clusterpairs, { ...held, metadata: { ...held.metadata, finalizers: [] } });
	expect((await run('wait --for=delete ns/demo --timeout=10s')).exitCode).toBe(0);
});

test('wait for a field', async () => {
	const { run, store } = await start();
	const created = store.create(resources.clusterpairs, clusterPair('remote'));
	const waiting = run(
		'wait clusterpair/remote -n demo --for=jsonpath={.status.storageStatus}=Ready --timeout=10s',
	);
	store.update(resources.clusterpairs, { ...created, status: { storageStatus: 'Ready' } });
	expect((await waiting).stdout).toBe('clusterpair.stork.libopenstorage.org/remote condition met');
	const never = await run('wait pod/portworx-abcde -n kube-system --for=condition=Never --timeout=1s');
	expect(never.stderr).toContain('timed out waiting for the condition');
});

test('auth can-i and who I am', async () => {
	const denied = [{ verb: 'create', group: '', resource: 'pods', subresource: 'exec' }];
	const { run } = await start({ denied });
	const no = await run('auth can-i create pods --subresource=exec -n kube-system');
	expect([no.exitCode, no.stdout]).toEqual([1, 'no']);
	expect((await run('auth can-i create clusterpairs.stork.libopenstorage.org -n demo')).stdout).toBe('yes');
	expect((await run('auth whoami -o jsonpath={.status.userInfo.username}')).stdout).toBe('practice-admin');
	const forbidden = await run(`${exec} -- true`);
	expect(forbidden.stderr).toContain('cannot create resource "pods/exec" in API group ""');
});

test('a service account made by hand, with a token and a role', async () => {
	const { run, server } = await start();
	await run('create serviceaccount pairing -n demo');
	await run('create clusterrolebinding pairing --clusterrole=cluster-admin --serviceaccount=demo:pairing');
	const { stdout: token } = await run('create token pairing -n demo');
	const other = await run(`get pods -A --no-headers --token=${token} --server=${server.url}`);
	expect(other.stdout).toContain('portworx-abcde');
	const secret = await run('create secret generic key -n demo --from-literal=a=b -o jsonpath={.data.a}');
	expect(secret.stdout).toBe('Yg==');
});

test('exec: output, exit codes, standard input', async () => {
	const { kubectl, run } = await start();
	const sh = (script: string, input?: string) =>
		kubectl.run([...exec.split(' '), '-i', '--', 'sh', '-c', script], input);
	expect(await sh('echo out; echo err >&2; exit 3')).toEqual({
		exitCode: 3,
		stdout: 'out',
		stderr: 'err\ncommand terminated with exit code 3',
	});
	expect((await sh('wc -c', 'x'.repeat(300_000))).stdout.trim()).toBe('300000');
	expect((await sh('head -c 300000 /dev/zero | tr "\\0" x')).stdout).toHaveLength(300_000);
	const missing = await run(`${exec} -- /nope`);
	expect([missing.exitCode, missing.stderr]).toEqual([
		1,
		expect.stringContaining('exec: "/nope": stat /nope: no such file or directory'),
	]);
	expect((await run('exec -n kube-system portworx-abcde -c nope -- true')).stderr).toBe(
		'Error from server (BadRequest): container nope is not valid for pod portworx-abcde',
	);
	expect((await run('exec -n kube-system portworx-abcde -- echo first')).stderr).toBe(
		'Defaulted container "portworx" out of: portworx, csi-node-driver-registrar',
	);
});

test('diff shows what changes, and nothing else', async () => {
	const { run } = await start();
	const map = (value: string) =>
		JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: value } });
	await run('apply -n demo -f -', map('one'));
	expect(await run('diff -n demo -f -', map('one'))).toMatchObject({ exitCode: 0, stdout: '' });
	const { exitCode, stdout } = await run('diff -n demo -f -', map('two'));
	expect(exitCode).toBe(1);
	expect(stdout.split('\n').filter(line => /^[-+] /.test(line))).toEqual(['-  a: one', '+  a: two']);
	const { stdout: made } = await run('diff -n demo -f -', map('one').replace('"a"', '"b"'));
	expect(made).not.toContain('resourceVersion');
});
