import { mkdir, readdir, readFile, watch } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { connect } from '../../../source/gateways/kubernetes/connection.ts';
import { execCredential } from '../../../source/gateways/kubernetes/exec-plugin.ts';
import type { Asked } from '../../../source/gateways/kubernetes/explain.ts';
import type { PluginCredential } from '../../../source/gateways/kubernetes/kubeconfig/login.ts';
import { shell } from '../../../source/pairing/words/command.ts';
import { command } from '../../../source/pairing/words/way.ts';
import { connectionTo, entryFor, startStub, stubCertificate } from '../../helpers/clusters/api-stub.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { type TemporaryFolder, temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const asked: Asked = { side: 'source', context: 'east', server: 'https://east.example', what: 'logging in' };
const server = { url: 'https://east.example', caPem: 'CA' };

const says = (status: object, version = 'v1') =>
	`cat <<'EOT'\n${JSON.stringify({ apiVersion: `client.authentication.k8s.io/${version}`, kind: 'ExecCredential', status })}\nEOT`;

test('a token, and when it ends', async () => {
	expect(await plugin(says({ token: 'canary', expirationTimestamp: '2030-01-01T00:00:10Z' }))).toEqual({
		token: 'canary',
		until: Date.parse('2030-01-01T00:00:00Z'),
	});
});

test('a client certificate, without an end', async () => {
	expect(await plugin(says({ clientCertificateData: 'CERT', clientKeyData: 'KEY' }))).toEqual({
		cert: 'CERT',
		key: 'KEY',
		until: Number.POSITIVE_INFINITY,
	});
});

test('it gets its arguments, its environment and KUBERNETES_EXEC_INFO; its standard input is at its end', async () => {
	const folder = await temporaryFolder();
	const script = `cat; { for word in "$@"; do echo "$word"; done; echo "$OWN $GIVEN"; echo "$KUBERNETES_EXEC_INFO"; } > "${folder.path}/seen"\n${says({ token: 't' }, 'v1beta1')}`;
	await plugin(script, {
		folder,
		exec: {
			args: ['get-token', "it's"],
			env: [{ name: 'OWN', value: 'own' }],
			apiVersion: 'client.authentication.k8s.io/v1beta1',
			provideClusterInfo: true,
		},
		cluster: { 'tls-server-name': 'name', 'proxy-url': 'http://proxy' },
		environment: { GIVEN: 'given' },
	});
	const [first, second, words, info = ''] = (await read(folder, 'seen')).split('\n');

	expect([first, second, words]).toEqual(['get-token', "it's", 'own given']);
	expect(JSON.parse(info)).toEqual({
		apiVersion: 'client.authentication.k8s.io/v1beta1',
		kind: 'ExecCredential',
		spec: {
			interactive: false,
			cluster: {
				server: 'https://east.example',
				'certificate-authority-data': Buffer.from('CA').toString('base64'),
				'tls-server-name': 'name',
				'proxy-url': 'http://proxy',
				config: null,
			},
		},
	});
});

test('of the cluster it is told the CA also when that is in a file, and what is set aside for plugins', async () => {
	const folder = await temporaryFolder();
	const ca = await folder.file('ca.pem', 'CA of the file');
	await plugin(`echo "$KUBERNETES_EXEC_INFO" > "${folder.path}/seen"\n${says({ token: 't' })}`, {
		folder,
		exec: { provideClusterInfo: true },
		cluster: {
			'certificate-authority': ca,
			'certificate-authority-data': undefined,
			extensions: [
				{ name: 'other', extension: { a: 1 } },
				{ name: 'client.authentication.k8s.io/exec', extension: { audience: '06e3fbd18de8' } },
			],
		},
	});
	expect(JSON.parse(await read(folder, 'seen'))).toHaveProperty('spec.cluster', {
		server: 'https://east.example',
		'certificate-authority-data': Buffer.from('CA of the file').toString('base64'),
		config: { audience: '06e3fbd18de8' },
	});
});

test('without provideClusterInfo it is not told of the cluster, and of our own environment it gets nothing', async () => {
	const folder = await temporaryFolder();
	process.env.PXPAIR_TEST_CANARY = 'canary';
	await plugin(`env > "${folder.path}/seen"\n${says({ token: 't' })}`, { folder });
	delete process.env.PXPAIR_TEST_CANARY;
	const environment = await read(folder, 'seen');

	expect(environment).not.toContain('canary');
	expect(environment).toContain(
		'KUBERNETES_EXEC_INFO={"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}}',
	);
});

test.each(['./plugin', 'bin/../plugin'])('a relative command starts at the kubeconfig: %s', async command => {
	const folder = await temporaryFolder();
	await folder.file('plugin', `#!/bin/sh\n${says({ token: 'canary' })}`, 'executable');
	await mkdir(`${folder.path}/bin`);
	const entry = entryFor(server, { user: { exec: { command } }, folder: folder.path });
	expect(await execCredential(entry, asked, surroundings())).toMatchObject({ token: 'canary' });
});

test('a command without a path is looked for in PATH', async () => {
	const folder = await temporaryFolder();
	await folder.file('our-plugin', `#!/bin/sh\n${says({ token: 'canary' })}`, 'executable');
	const entry = entryFor(server, { user: { exec: { command: 'our-plugin' } } });
	const environment = { PATH: `${folder.path}:${process.env.PATH}` };
	expect(await execCredential(entry, asked, { ...surroundings(), environment })).toMatchObject({
		token: 'canary',
	});
});

const ended = (status: unknown) => `PLUGIN exited with status ${status}`;
const nonsense = 'PLUGIN printed something that is not an ExecCredential';
const failedBecause = {
	'plugin-failed': 'the login plugin failed',
	'plugin-nonsense': 'the login plugin printed something unexpected',
	'plugin-prompts': 'the login plugin needs input',
	'plugin-hangs': 'the login plugin timed out',
	'plugin-missing': 'the login plugin is not installed',
	'plugin-not-started': 'the login plugin could not be started',
	'plugin-invalid': 'the kubeconfig does not say how to run its login plugin',
} as const;
type Id = keyof typeof failedBecause;

test.each<[string, string, Id, unknown]>([
	['fails', 'echo canary; echo canary >&2; exit 7', 'plugin-failed', ended(7)],
	['fails for a password', 'echo "canary: password has ended" >&2; exit 1', 'plugin-failed', ended(1)],
	['dies', 'kill -9 $$', 'plugin-failed', ended('unknown')],
	['prints nothing', 'true', 'plugin-nonsense', nonsense],
	['prints garbage', 'echo canary', 'plugin-nonsense', nonsense],
	[
		'prints another kind',
		`echo '{"kind":"Canary","status":{"token":"canary"}}'`,
		'plugin-nonsense',
		nonsense,
	],
	[
		'prints without end',
		'yes canary',
		'plugin-failed',
		'PLUGIN printed more than an ExecCredential can have',
	],
	['asks', 'printf "canary Password: " >&2; read -r word', 'plugin-prompts', ended(1)],
	['finds no one to ask', 'echo "canary: unexpected EOF" >&2; exit 2', 'plugin-prompts', ended(2)],
	['is in Python, and finds no one', 'echo "EOFError: canary" >&2; exit 1', 'plugin-prompts', ended(1)],
	[
		'finds no terminal',
		'echo "canary: inappropriate ioctl for device" >&2; exit 1',
		'plugin-prompts',
		ended(1),
	],
	['wants a terminal', 'echo "canary: not a terminal" >&2; exit 3', 'plugin-prompts', ended(3)],
])('it %s', async (_, script, id, evidence) => {
	const folder = await temporaryFolder();
	const problem = await problemFrom(() => plugin(script, { folder }));
	expect(problem).toMatchObject(loginFailed(id));
	expect(problem.evidence?.replace(`${folder.path}/plugin`, 'PLUGIN')).toEqual(evidence);
	expect(JSON.stringify(problem)).not.toContain('canary');
});

const asksKubectl = command('See what it says', shell`kubectl --context east version`);

test('one that needs a terminal is not run without one; another may have no need to ask', async () => {
	const inShell = expect.stringMatching(/^Log in with it in a shell, then run this again: /);
	const always = { exec: { interactiveMode: 'Always' } };
	expect(await problemFrom(() => plugin(says({ token: 't' }), always))).toMatchObject({
		id: 'plugin-prompts',
		remedies: [inShell, asksKubectl],
	});
	const exec = { interactiveMode: 'IfAvailable' };
	expect(await problemFrom(() => plugin('exit 1', { exec }))).toMatchObject({ id: 'plugin-failed' });
	expect(await plugin(says({ token: 't' }), { exec })).toMatchObject({ token: 't' });
});

test.each([
	['it hangs', 'exec sleep 9'],
	['something that it started hangs', 'sleep 9; true'],
	['it does not want to be ended', 'trap "" TERM; sleep 9'],
])('%s', { timeout: 5000 }, async (_, script) => {
	const folder = await temporaryFolder();
	expect(await problemFrom(() => plugin(script, { folder, seconds: 0.2 }))).toMatchObject({
		...loginFailed('plugin-hangs'),
		evidence: `${folder.path}/plugin did not finish within 0.2 s`,
		remedies: [
			{
				what: expect.stringContaining('log in with it in a shell'),
				way: { kind: 'retry' },
			},
			asksKubectl,
		],
	});
});

test.each<[string, object, Id, string, RegExp]>([
	[
		'it is not there',
		{ command: 'pxpair-no-such-plugin' },
		'plugin-missing',
		'pxpair-no-such-plugin: ENOENT',
		/^Install pxpair-no-such-plugin, /,
	],
	[
		'it may not be run',
		{ command: '/etc/passwd' },
		'plugin-not-started',
		'/etc/passwd: EACCES',
		/^Check that \/etc\/passwd /,
	],
	[
		'its section names no command',
		{ args: ['x'] },
		'plugin-invalid',
		'its exec section has no command',
		/^Fix the exec section /,
	],
])('%s', async (_, exec, id, evidence, remedy) => {
	const entry = entryFor(server, { user: { exec } });
	expect(await problemFrom(() => execCredential(entry, asked, surroundings()))).toMatchObject({
		...loginFailed(id),
		evidence,
		remedies: [expect.stringMatching(remedy), asksKubectl],
	});
});

test('abandoned while it runs', { timeout: 5000 }, async () => {
	const abandon = new AbortController();
	const folder = await temporaryFolder();
	await folder.file('plugin', '#!/bin/sh\n: > "$(dirname "$0")/running"; sleep 9; true', 'executable');
	const entry = entryFor(server, { user: { exec: { command: `${folder.path}/plugin` } } });
	const running = watch(folder.path).next();
	const login = problemFrom(() =>
		execCredential(entry, asked, { ...surroundings(), signal: abandon.signal }),
	);
	await running;
	abandon.abort();
	expect(await login).toMatchObject({ id: 'cancelled' });
});

test('abandoned before it runs', async () => {
	const folder = await temporaryFolder();
	const command = await folder.file('plugin', '#!/bin/sh\n: > "$(dirname "$0")/running"', 'executable');
	const entry = entryFor(server, { user: { exec: { command } } });
	expect(
		await problemFrom(() => execCredential(entry, asked, { ...surroundings(), signal: AbortSignal.abort() })),
	).toMatchObject({ id: 'cancelled' });
	expect(await readdir(folder.path)).toEqual(['plugin']);
});

test.each([
	['another version', says({ token: 'canary' }, 'v1beta1'), / refuse any other$/],
	['a certificate without its key', says({ clientCertificateData: 'canary' }), /neither a token nor/],
	['an empty token', says({ token: '' }), /neither a token nor/],
	[
		'a time that is none',
		says({ token: 'canary', expirationTimestamp: 'tomorrow' }),
		/not an ExecCredential$/,
	],
	['noise before it', `echo noise\n${says({ token: 'canary' })}`, /not an ExecCredential$/],
])('what kubectl refuses of an answer is refused: %s', async (_, script, evidence) => {
	const problem = await problemFrom(() => plugin(script));
	expect(problem).toMatchObject({ id: 'plugin-nonsense', evidence: expect.stringMatching(evidence) });
	expect(JSON.stringify(problem)).not.toContain('canary');
});

test('the hint of the kubeconfig is shown for a plugin that is not there', async () => {
	const exec = { command: 'pxpair-no-such-plugin', installHint: 'brew install\u001b[31m it' };
	const entry = entryFor(server, { user: { exec } });
	expect(await problemFrom(() => execCredential(entry, asked, surroundings()))).toMatchObject({
		remedies: [
			expect.stringMatching(/^Install pxpair-no-such-plugin, /),
			'The kubeconfig says how: brew install [31m it',
			asksKubectl,
		],
	});
});

test('a script without #! is not handed to a shell, and relative folders of PATH do not count', async () => {
	const folder = await temporaryFolder();
	const command = await folder.file('plugin', says({ token: 'canary' }), 'executable');
	const tried = (exec: object, environment = surroundings().environment) =>
		problemFrom(() =>
			execCredential(entryFor(server, { user: { exec } }), asked, { ...surroundings(), environment }),
		);
	expect(await tried({ command })).toMatchObject({ evidence: `${command}: ENOEXEC` });
	expect(await tried({ command: 'build.js' }, { PATH: '.' })).toMatchObject({ evidence: 'build.js: ENOENT' });
});

// In a connection.

test('all who ask at the same time wait for one login, and share one connection each in turn', async () => {
	const folder = await temporaryFolder();
	const stub = await startStub([{ body: {} }]);
	const connection = connectionTo(await entryWith(folder, stub, says({ token: 'canary' })));
	await Promise.all([ask(connection), ask(connection), ask(connection)]);
	await ask(connection);

	expect(await runs(folder)).toBe(1);
	expect(stub.received.map(({ headers }) => headers.authorization)).toEqual(Array(4).fill('Bearer canary'));
});

test('a login that is over is made again, once for all who ask', async () => {
	const folder = await temporaryFolder();
	const stub = await startStub([{ body: {} }]);
	const entry = await entryWith(
		folder,
		stub,
		says({ token: 'canary', expirationTimestamp: '2020-01-01T00:00:00Z' }),
	);
	const connection = connectionTo(entry);
	await ask(connection);
	expect(await runs(folder)).toBe(2);
	await Promise.all([ask(connection), ask(connection), ask(connection)]);
	expect(await runs(folder)).toBe(3);
});

test('a login that failed is tried again by the next who asks', async () => {
	const folder = await temporaryFolder();
	const stub = await startStub([{ body: {} }]);
	const script = `[ -f "${folder.path}/second" ] || { touch "${folder.path}/second"; exit 1; }\n${says({ token: 'canary' })}`;
	const connection = connectionTo(await entryWith(folder, stub, script));

	expect(await problemFrom(() => ask(connection))).toMatchObject({ id: 'plugin-failed' });
	await ask(connection);
	expect(stub.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer canary']);
});

test('a certificate from a plugin is shown to the server', async () => {
	const folder = await temporaryFolder();
	const stub = await startStub([{ body: {} }], { asksForCertificate: true });
	const { certPem, keyPem } = stubCertificate;
	await ask(
		connectionTo(
			await entryWith(folder, stub, says({ clientCertificateData: certPem, clientKeyData: keyPem })),
		),
	);
	expect(stub.received[0]?.subject).toBe('pxpair practice cluster stub');
});

test('two clusters whose users have one name get each its own token', async () => {
	const [folder, other] = await Promise.all([temporaryFolder(), temporaryFolder()]);
	const [east, west] = await Promise.all([startStub([{ body: {} }]), startStub([{ body: {} }])]);
	await ask(connectionTo(await entryWith(folder, east, says({ token: 'canary-east' }))));
	await ask(connectionTo(await entryWith(other, west, says({ token: 'canary-west' }))));
	expect([...east.received, ...west.received].map(({ headers }) => headers.authorization)).toEqual([
		'Bearer canary-east',
		'Bearer canary-west',
	]);
});

const loginFailed = (id: Id) => ({
	id,
	kind: 'cluster',
	side: 'source',
	title: `Logging in to the source cluster (east) failed: ${failedBecause[id]}`,
});

type Options = {
	folder?: TemporaryFolder;
	exec?: object;
	cluster?: Record<string, unknown>;
	environment?: Record<string, string>;
	seconds?: number;
};

async function plugin(script: string, options: Options = {}): Promise<PluginCredential> {
	const { folder = await temporaryFolder(), exec, cluster = {}, environment, seconds } = options;
	const command = await folder.file('plugin', `#!/bin/sh\n${script}\n`, 'executable');
	const entry = entryFor(server, { cluster, user: { exec: { command, ...exec } } });
	return execCredential(
		entry,
		asked,
		{ environment: { PATH: process.env.PATH, ...environment }, signal: new AbortController().signal },
		seconds,
	);
}

async function entryWith(folder: TemporaryFolder, stub: { url: string; caPem: string }, script: string) {
	const command = await folder.file(
		'plugin',
		`#!/bin/sh\necho run >> "${folder.path}/runs"\n${script}\n`,
		'executable',
	);
	return entryFor(stub, {
		user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command } },
	});
}

const runs = async (folder: TemporaryFolder) => (await read(folder, 'runs')).trim().split('\n').length;

async function ask(connection: ReturnType<typeof connect>): Promise<string> {
	return text(await connection.send({ method: 'GET', path: '/x', seconds: 5 }));
}

function surroundings() {
	return { environment: { PATH: process.env.PATH }, signal: new AbortController().signal };
}

async function read(folder: TemporaryFolder, name: string): Promise<string> {
	return readFile(`${folder.path}/${name}`, 'utf8');
}
