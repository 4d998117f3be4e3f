import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PxctlSettings } from '../../../source/practice/pxctl/settings.ts';
import { createPxctlState, fingerprintOf, type PxctlState } from '../../../source/practice/pxctl/state.ts';
import { type TestPods, testPods } from '../../helpers/clusters/test-pods.ts';

const uuid = '5b6f1c1e-ea57-4a57-9a57-70726163ea57';
const settings: PxctlSettings = {
	version: '3.1.6',
	uuid,
	clusterName: 'px-practice-east',
	nodes: ['practice-east-1', 'practice-east-2'],
	port: 9001,
	health: 'running',
	podsDown: ['down'],
	license: 'enterprise',
	adminToken: undefined,
	secretsEndpoint: 'open',
	storeRefuses: undefined,
	clusterToken: 'fresh',
};
const s3 = [
	['--provider', 's3', '--s3-access-key', 'AKIAEXAMPLE', '--s3-secret-key', 'se"c r$et/+='],
	['--s3-region', 'us-east-1', '--s3-endpoint', 's3.amazonaws.com'],
].flat();
const google = [
	'--provider',
	'google',
	'--google-project-id',
	'practice',
	'--google-json-key-file',
	'/etc/pwx/key.json',
];

let pods: TestPods;
let state: PxctlState;

beforeEach(() => {
	state = createPxctlState(settings);
	pods = testPods({ portworx: state, pods: ['up', 'down'] });
});

afterEach(async () => {
	await pods.close();
});

test('status of each generation has one Cluster UUID line and the lines of its time', async () => {
	const firstLines: Record<string, string[]> = {};
	for (const version of ['2.5.1', '2.9.0', '2.11.4', '3.1.6']) {
		state.set({ version });
		const { output } = await pxctl('status');
		expect(output.match(/^\s*Cluster UUID:\s*([0-9a-f-]{36})\s*$/gm)).toEqual([`\tCluster UUID: ${uuid}`]);
		firstLines[version] = output
			.split('\n')
			.slice(0, 4)
			.map(line => line.split(':')[0] ?? '');
	}

	expect(firstLines).toEqual({
		'2.5.1': ['Status', 'License', 'Node ID', '\tIP'],
		'2.9.0': ['Status', 'Telemetry', 'License', 'Node ID'],
		'2.11.4': ['Status', 'Telemetry', 'Metering', 'License'],
		'3.1.6': ['Status', 'Telemetry', 'Metering', 'License'],
	});
});

test('status -j says STATUS_OK and names the nodes', async () => {
	const { output } = await pxctl('-j', 'status');
	const status = JSON.parse(output);
	expect([status.status, status.cluster.Nodes.length]).toEqual(['STATUS_OK', 2]);
});

test.each<[Partial<PxctlSettings>, string[], string]>([
	[{ health: 'not-running' }, ['status'], 'PX is not running on this host.'],
	[
		{ health: 'not-running', version: '2.5.1' },
		['cluster', 'token', 'show'],
		'PX is not running on this host',
	],
	[{ secretsEndpoint: 'closed' }, ['credentials', 'list'], 'Not authenticated with the secrets endpoint'],
	[{ adminToken: 'a.b.c' }, ['cluster', 'token', 'show'], accessDenied()],
	[{ adminToken: 'a.b.c' }, ['credentials', 'list'], accessDenied()],
	[{}, ['credentials', 'validate', 'nope'], 'ValidateCred: credential with name or uuid nope not found'],
	[{}, ['credentials', 'create', '--s3-oops', 'x', 'name'], 'Error: unknown flag: --s3-oops'],
	[
		{},
		['credentials', 'create', '--provider', 's3', '--s3-access-key', 'a', 'n'],
		'createCred: Must supply Secret Key',
	],
	[
		{ version: '2.5.2' },
		['cred', 'c', ...s3, '--s3-storage-class', 'STANDARD', 'n'],
		'Error: unknown flag: --s3-storage-class',
	],
	[{ storeRefuses: '*' }, ['cred', 'c', ...s3, 'n'], `${refused()}InvalidAccessKeyId:`],
	[{}, ['cred', 'c', ...s3, '--s3-access-key', 'AKIAWRONG', 'n'], `${refused()}InvalidAccessKeyId:`],
	[{}, ['cred', 'c', ...s3, '--s3-secret-key', 'WRONG', 'n'], `${refused()}SignatureDoesNotMatch:`],
	[
		{ refusedSecret: 'x' },
		['cred', 'c', ...s3, '--s3-secret-key', 'x', 'n'],
		`${refused()}SignatureDoesNotMatch:`,
	],
	[
		{},
		['cred', 'c', ...s3, '--s3-endpoint=nowhere.example', 'n'],
		`${refused()}RequestError: send request failed`,
	],
	[{}, ['cred', 'c', ...s3, '--s3-endpoint=virtual.example', 'n'], `${refused()}SecondLevelDomainForbidden:`],
	[
		{},
		['cred', 'c', '--provider', 'azure', '--azure-account-name', 'a', '--azure-account-key', 'WRONG', 'n'],
		`${refused()}RESPONSE 403`,
	],
	[{}, ['cred', 'c', ...google, 'n'], 'createCred: open /etc/pwx/key.json: no such file or directory'],
	[{}, ['oops'], 'unknown command "oops" for "pxctl"'],
])('%j %j fails with its reason', async (changes, args, reason) => {
	state.set(changes);
	const { code, output } = await pxctl(...args);
	expect([code, output.slice(0, reason.length)]).toEqual([1, reason]);
});

test('maintenance mode names no cluster UUID', async () => {
	state.set({ health: 'maintenance' });
	const { output } = await pxctl('status');
	expect(output).toMatch(/^PX is in maintenance mode\. {2}Use the service mode option/);
	expect(output).not.toContain('UUID');
});

test('a pod whose own node is down says so while the others answer', async () => {
	expect(await run('down', ['/opt/pwx/bin/pxctl', 'status'])).toMatchObject({ code: 1 });
	expect(await run('up', ['/opt/pwx/bin/pxctl', 'status'])).toMatchObject({ code: 0 });
});

test('a credential is created, validated, listed, refused a second time, and deleted', async () => {
	expect(
		await pxctl('credentials', 'create', ...s3, '--s3-storage-class', 'STANDARD', 'clusterPair_x'),
	).toEqual({
		code: 0,
		output: expect.stringMatching(/^Credentials created successfully, UUID:[0-9a-f-]{36}\n$/),
	});
	expect(state.credentials()).toMatchObject([
		{
			name: 'clusterPair_x',
			provider: 's3',
			account: 'AKIAEXAMPLE',
			region: 'us-east-1',
			endpoint: 's3.amazonaws.com',
			storageClass: 'STANDARD',
			fingerprint: fingerprintOf('se"c r$et/+='),
		},
	]);
	const [credential] = state.credentials();
	expect(await pxctl('credentials', 'validate', 'clusterPair_x')).toEqual(
		said('Credential validated successfully\n'),
	);
	expect(await pxctl('cred', 'validate', credential?.uuid ?? '')).toEqual(
		said('Credential validated successfully\n'),
	);
	expect((await pxctl('cred', 'c', 'clusterPair_x', ...s3)).output).toContain('already exists');
	expect((await pxctl('cred', 'list')).output.split('\n')).toEqual([
		'S3 Credentials',
		expect.stringMatching(/^UUID\tNAME\t/),
		expect.stringContaining(`${credential?.uuid}\tclusterPair_x\tus-east-1\ts3.amazonaws.com\tAKIAEXAMPLE\t`),
		'',
	]);
	expect(JSON.parse((await pxctl('cred', 'list', '-j')).output)).toMatchObject([{ uuid: credential?.uuid }]);
	expect(await pxctl('cred', 'delete', 'clusterPair_x')).toEqual(said('Credential deleted successfully\n'));
	expect(state.credentials()).toEqual([]);
});

test('validation fails once the store stops accepting the key', async () => {
	await pxctl('cred', 'c', ...s3, 'clusterPair_x');
	state.set({ storeRefuses: 'AKIAEXAMPLE' });
	expect((await pxctl('cred', 'validate', 'clusterPair_x')).output).toMatch(
		/^ValidateCred: InvalidAccessKeyId/,
	);
});

test('a Google key is read from the pod and has to be one of a service account', async () => {
	const write = (text: string) => pods.files('up').write('/etc/pwx/key.json', text);
	write('{"type": "authorized_user"}');
	expect((await pxctl('cred', 'c', ...google, 'n')).output).toContain('not of a service_account');
	write('{"type": "service_account", "private_key": "cut o');
	expect((await pxctl('cred', 'c', ...google, 'n')).output).toContain('could not parse JSON key');
	const whole = '{\n  "type": "service_account",\n  "private_key": "canary"\n}\n';
	write(whole);
	expect(await pxctl('cred', 'c', ...google, 'n')).toMatchObject({ code: 0 });
	expect(state.credentials()[0]?.fingerprint).toBe(fingerprintOf(whole));
});

test('of two that create one name at once, one fails', async () => {
	const codes = await Promise.all([1, 2, 3, 4].map(async () => (await pxctl('cred', 'c', ...s3, 'n')).code));
	expect(codes.toSorted()).toEqual([0, 1, 1, 1]);
});

test('secrets are in no file and no output', async () => {
	await pxctl('cred', 'c', ...s3, '--s3-secret-key', 'canary-secret', 'n');
	state.set({ refusedSecret: 'canary-secret-refused' });
	await pxctl('cred', 'c', ...s3, '--s3-secret-key', 'canary-secret-refused', 'm');
	const files = pods.files('up');
	const outputs = await Promise.all([
		pxctl('cred', 'list'),
		pxctl('cred', 'list', '-j'),
		pxctl('cred', 'c', ...s3, 'n'),
	]);
	const held = files.all().map(path => (files.get(path, 'keep').kind === 'file' ? files.read(path) : ''));
	expect(held.length).toBeGreaterThan(4);
	expect(
		[...held, JSON.stringify(state.credentials()), ...outputs.map(({ output }) => output)].join('\n'),
	).not.toContain('canary');
});

test('the cluster token stays until it is reset, also when two ask first at once', async () => {
	const [first, second] = await Promise.all([
		pxctl('cluster', 'token', 'show'),
		pxctl('cluster', 'token', 'show'),
	]);
	expect(first.output).toMatch(/^Token is [0-9a-f]{128}\n$/);
	expect(second).toEqual(first);
	expect(`Token is ${state.clusterToken()}\n`).toBe(first.output);
	const reset = await pxctl('cluster', 'token', 'reset');
	expect(reset.output).toMatch(/^Token is [0-9a-f]{128}\n$/);
	expect(reset).not.toEqual(first);
});

test('a reset ends a stale cluster token', async () => {
	state.set({ clusterToken: 'stale' });
	await pxctl('cluster', 'token', 'show');
	expect(state.tokenIsStale()).toBe(true);
	await pxctl('cluster', 'token', 'reset');
	expect(state.tokenIsStale()).toBe(false);
});

test('with security the cluster token is a JWT, shown to who has the admin token', async () => {
	state.set({ adminToken: 'a.b.c' });
	const show = ['/opt/pwx/bin/pxctl', 'cluster', 'token', 'show'];
	const withToken = (token: string) =>
		run('up', ['sh', '-c', 'PXCTL_AUTH_TOKEN=$1 exec "$0" cluster token show', ...show.slice(0, 1), token]);
	expect((await withToken('a.b.c')).output).toMatch(/^Token is eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+\n$/);
	expect((await withToken('a.b.x')).output).toBe(`${accessDenied()}\n`);
	expect((await withToken('a.b.c\r')).output).toContain('RST_STREAM with error code: PROTOCOL_ERROR');
	expect((await withToken('a.b.c\n')).output).toContain('RST_STREAM with error code: PROTOCOL_ERROR');
});

test('logging in opens the secrets endpoint', async () => {
	state.set({ secretsEndpoint: 'closed' });
	expect((await pxctl('secrets', 'kvdb', 'login')).output).toBe('Successful Login to Secrets Endpoint!\n');
	expect(await pxctl('cred', 'c', ...s3, 'n')).toMatchObject({ code: 0 });
});

test('pairs are listed and deleted', async () => {
	state.addPair({ id: 'abc', name: 'px-west', ip: '127.0.0.1', port: '9001', fingerprint: '1' });
	expect((await pxctl('cluster', 'pair', 'list')).output).toBe(
		'CLUSTER-ID\tNAME\tENDPOINT\tCREDENTIAL-ID\nabc(default)\tpx-west\thttp://127.0.0.1:9001\tclusterPair_abc\n',
	);
	expect(await pxctl('cluster', 'pair', 'delete', '--id', 'abc')).toMatchObject({ code: 0 });
	expect(state.pairs()).toEqual([]);
});

function pxctl(...args: string[]) {
	return run('up', ['/opt/pwx/bin/pxctl', ...args]);
}

async function run(pod: string, command: string[]) {
	const started = pods.runner({
		namespace: 'portworx',
		pod,
		container: 'portworx',
		command,
		stdin: false,
		stdout: true,
		stderr: true,
		tty: false,
	});
	const chunks: Uint8Array[] = [];
	started.onStdout(chunk => chunks.push(chunk));
	started.onStderr(chunk => chunks.push(chunk));
	const end = await started.done;
	return { code: end.kind === 'exited' ? end.code : end.message, output: Buffer.concat(chunks).toString() };
}

function said(output: string) {
	return { code: 0, output };
}

function accessDenied(): string {
	return 'rpc error: code = PermissionDenied desc = Access denied without authentication token';
}

function refused(): string {
	return 'createCred: error validating credential during create: ';
}
