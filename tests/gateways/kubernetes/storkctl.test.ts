import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { findContext, loadKubeconfig } from '../../../source/gateways/kubernetes/kubeconfig.ts';
import { type StorkctlChoice, specGenerator } from '../../../source/gateways/kubernetes/storkctl.ts';
import { parseClusterPair } from '../../../source/pairing/cluster-pair/cluster-pair.ts';
import { revealManifest } from '../../../source/pairing/words/manifest.ts';
import { recorded, recordedFolder } from '../../helpers/pages/recorded.ts';
import { failureOf, problemFrom } from '../../helpers/problem-from.ts';
import { type TemporaryFolder, temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const west = {
	side: 'destination',
	name: 'remotecluster',
	namespace: 'migrationnamespace',
	context: 'west',
} as const;

test('what it prints is read', async () => {
	const { generator, storkctl } = await withStorkctl(prints(recorded('generate-token').stdout));

	expect(generator.title).toBe(`storkctl (${storkctl})`);
	expect(revealManifest(await generate(generator))).toEqual(
		revealManifest(parseClusterPair(recorded('generate-token').stdout, west)),
	);
});

test('it is told context, namespace and name, and where the kubeconfigs are; of our own environment it sees nothing', async () => {
	const folder = await temporaryFolder();
	process.env.PXPAIR_TEST_CANARY = 'canary';
	const script = `{ printf '%s\\n' "$@"; env; } > "${folder.path}/seen"; cat; ${prints(recorded('generate-token').stdout)}`;
	const { generator } = await withStorkctl(
		script,
		{ environment: { GIVEN: 'given' }, kubeconfigFiles: ['/a', '/b c'] },
		folder,
	);
	await generate(generator);
	delete process.env.PXPAIR_TEST_CANARY;
	const seen = await readFile(`${folder.path}/seen`, 'utf8');

	expect(seen.split('\n').slice(0, 7)).toEqual([
		'--context=west',
		'generate',
		'clusterpair',
		'-n',
		'migrationnamespace',
		'--',
		'remotecluster',
	]);
	expect(seen).toMatch(/^KUBECONFIG=\/a:\/b c$/m);
	expect(seen).toMatch(/^GIVEN=given$/m);
	expect(seen).not.toMatch(/canary|west-token-value/);
});

test('it runs once for as often as the spec is asked for', async () => {
	const folder = await temporaryFolder();
	const { generator } = await withStorkctl(
		`echo run >> "${folder.path}/runs"\n${prints(recorded('generate-token').stdout)}`,
		{},
		folder,
	);
	const specs = await Promise.all([generate(generator), generate(generator)]);
	specs.push(await generate(generator));

	expect(new Set(specs).size).toBe(1);
	expect(await readFile(`${folder.path}/runs`, 'utf8')).toBe('run\n');
});

test('after a failure it runs again', async () => {
	const folder = await temporaryFolder();
	const script = `[ -f "${folder.path}/second" ] || { touch "${folder.path}/second"; exit 1; }\n${prints(recorded('generate-token').stdout)}`;
	const { generator } = await withStorkctl(script, {}, folder);
	expect(await problemFrom(() => generate(generator))).toMatchObject({ id: 'storkctl-failed' });
	await generate(generator);
});

test.each<[string, string, { id: string; evidence: unknown }]>([
	[
		'an unknown context, in its own words',
		fails(recorded('generate-nocontext')),
		{
			id: 'storkctl-failed',
			evidence: expect.stringMatching(/storkctl: exit status 1: error: context "nope" does not exist$/),
		},
	],
	[
		'a bad name, in its own words on one line',
		fails(recorded('generate-badname')),
		{
			id: 'storkctl-failed',
			evidence: expect.stringMatching(
				/exit status 1: error: the Name "Remote_Cluster" is not valid: .{100,}$/,
			),
		},
	],
	[
		'all users of a kubeconfig, as client-go prints them for a name that is there twice',
		fails({
			stderr:
				'error: error loading config file "k": error converting *[]NamedAuthInfo into *map[string]*api.AuthInfo: duplicate name "x" in list: [{x {   canary-token [] map[]}}]\n',
			exit: 1,
		}),
		{
			id: 'storkctl-failed',
			evidence: expect.stringMatching(/its output is not shown, because it can contain tokens$/),
		},
	],
	[
		'silence',
		'exit 3',
		{ id: 'storkctl-failed', evidence: expect.stringMatching(/storkctl: exit status 3: without output$/) },
	],
	[
		'a sudden end',
		'kill -9 $$',
		{
			id: 'storkctl-failed',
			evidence: expect.stringMatching(/storkctl: exit status unknown: without output$/),
		},
	],
	[
		'nothing on its output',
		'true',
		{ id: 'generated-spec-refused', evidence: 'the output is not a ClusterPair' },
	],
	['garbage', 'echo canary', { id: 'generated-spec-refused', evidence: 'the output is not a ClusterPair' }],
	[
		'another context than asked for',
		prints(recorded('generate-exec').stdout),
		{ id: 'generated-spec-refused', evidence: 'it has another context instead of only west' },
	],
	[
		'output on success mixed with a failure: only success counts',
		`${prints(recorded('generate-token').stdout)}\nexit 1`,
		{ id: 'storkctl-failed', evidence: expect.stringMatching(/exit status 1/) },
	],
])('%s', async (_, script, failure) => {
	const { generator } = await withStorkctl(script);
	const problem = await problemFrom(() => generate(generator));

	expect({ id: problem.id, evidence: problem.evidence }).toEqual(failure);
	expect(problem.side).toBe('destination');
	expect(JSON.stringify(problem)).not.toMatch(/canary|west-token-value/);
});

test('it hangs', { timeout: 5000 }, async () => {
	const { generator, storkctl } = await withStorkctl('sleep 9; true', { seconds: 0.2 });
	expect(await failureOf(() => generate(generator))).toEqual({
		id: 'storkctl-failed',
		evidence: `${storkctl}: no answer within 0.2 s`,
	});
});

test('abandoned while it runs', { timeout: 5000 }, async () => {
	const abandon = new AbortController();
	const { generator } = await withStorkctl('sleep 9; true', { signal: abandon.signal });
	const spec = problemFrom(() => generate(generator));
	abandon.abort();
	expect(await spec).toMatchObject({ id: 'cancelled', side: 'destination' });
});

test('it is no program for this machine', async () => {
	const folder = await temporaryFolder();
	const wanted = await folder.file('storkctl', '\u007fELF of another kind', 'executable');
	const generator = await specGenerator('destination', await entry('west'), choice({ wanted }));
	expect(await failureOf(() => generate(generator))).toEqual({
		id: 'storkctl-failed',
		evidence: expect.stringMatching(/storkctl: \w+/),
	});
});

// Which one.

test('the one that is named has to be there', async () => {
	const folder = await temporaryFolder();
	const wanted = await folder.file('not-executable', '');
	for (const file of [wanted, `${folder.path}/none`, folder.path, 'no-such-program']) {
		expect(
			await problemFrom(async () =>
				specGenerator('destination', await entry('west'), choice({ wanted: file })),
			),
		).toMatchObject({
			id: 'storkctl-missing',
			kind: 'input',
			title: `${file} is not an executable program`,
		});
	}
});

test('a bare name is looked for in PATH, as a shell does', async () => {
	const folder = await temporaryFolder();
	const storkctl = await folder.file('my-storkctl', '#!/bin/sh\n', 'executable');
	const environment = { PATH: `/nowhere:${folder.path}` };
	const generator = await specGenerator(
		'destination',
		await entry('west'),
		choice({ wanted: 'my-storkctl', environment }),
	);
	expect(generator.title).toBe(`storkctl (${storkctl})`);
});

test('without a word it is looked for in PATH, and folders that are none are passed over', async () => {
	const folder = await temporaryFolder();
	const storkctl = await folder.file('storkctl', '#!/bin/sh\n', 'executable');
	const inTheWay = await temporaryFolder();
	await mkdir(`${inTheWay.path}/storkctl`);
	const environment = { PATH: `/nowhere::${storkctl}:${inTheWay.path}:${folder.path}` };
	const generator = await specGenerator('destination', await entry('west'), choice({ environment }));
	expect(generator.title).toBe(`storkctl (${storkctl})`);
});

test('--storkctl none, or none in PATH: the built-in generator', async () => {
	const folder = await temporaryFolder();
	await folder.file('storkctl', '#!/bin/sh\n', 'executable');
	const named = await specGenerator(
		'destination',
		await entry('west'),
		choice({ wanted: 'none', environment: { PATH: folder.path } }),
	);
	const none = await specGenerator('destination', await entry('west'), choice({ environment: {} }));
	expect([named.title, none.title]).toEqual(['the built-in generator', 'the built-in generator']);
});

// The built-in generator makes what storkctl made.

test.each([
	['west', 'generate-token'],
	['west-eks', 'generate-exec'],
])('for the context %s, what storkctl printed', async (context, recording) => {
	const expected = parseClusterPair(recorded(recording).stdout, { ...west, context });
	expect(await builtIn(context)).toEqual(revealManifest(expected));
});

test('a token file becomes a token', async () => {
	const folder = await temporaryFolder();
	await folder.file('token.txt', 'canary-of-the-file\n');
	const file = await folder.file('config', await readFile(`${recordedFolder}/kubeconfig.yaml`, 'utf8'));
	expect(await builtIn('west-file', file)).toMatchObject({
		spec: {
			config: {
				users: { 'file-user': { token: 'canary-of-the-file' } },
				contexts: { 'west-file': { cluster: 'west', user: 'file-user' } },
			},
		},
	});
});

test('proxy, server name and skipped verification travel as they are', async () => {
	expect(await builtIn('here')).toMatchObject({
		spec: {
			config: {
				clusters: {
					east: {
						server: 'https://127.0.0.1:16443',
						'insecure-skip-tls-verify': true,
						'tls-server-name': 'east.internal',
						'proxy-url': 'http://proxy.example.com:3128',
					},
				},
				users: { 'west-user': { token: 'west-token-value' } },
			},
		},
	});
});

test('files are put in by their contents, and their paths stay behind', async () => {
	const folder = await temporaryFolder();
	await Promise.all(['ca', 'cert', 'key'].map(name => folder.file(name, `canary-${name}`)));
	const file = await folder.file(
		'config',
		'{clusters: [{name: c, cluster: {server: "https://c", certificate-authority: ca}}], users: [{name: u, user: {client-certificate: cert, client-key: key}}], contexts: [{name: x, context: {cluster: c, user: u}}]}',
	);
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	const spec = await builtIn('x', file);

	expect(spec).toMatchObject({
		spec: {
			config: {
				clusters: { c: { server: 'https://c', 'certificate-authority-data': base64('canary-ca') } },
				users: {
					u: { 'client-certificate-data': base64('canary-cert'), 'client-key-data': base64('canary-key') },
				},
			},
		},
	});
	expect(JSON.stringify(spec)).not.toContain(folder.path);
});

test('data beside a path wins, as in kubectl', async () => {
	const folder = await temporaryFolder();
	const file = await folder.file(
		'config',
		'{clusters: [{name: c, cluster: {server: "https://c", certificate-authority: nowhere, certificate-authority-data: Q0E=}}], contexts: [{name: x, context: {cluster: c, user: u}}]}',
	);
	expect(await builtIn('x', file)).toMatchObject({
		spec: {
			config: {
				clusters: { c: { server: 'https://c', 'certificate-authority-data': 'Q0E=' } },
				users: { u: {} },
			},
		},
	});
});

test('only what Stork knows goes in, as it calls it: it writes the rest away, and the pair would differ for ever', async () => {
	const { file } = await temporaryFolder();
	const config = await file(
		'config',
		`
clusters: [{name: c, cluster: {server: "https://c", insecure-skip-tls-verify: false, proxy-url: '', disable-compression: true, of-a-later-day: 1}}]
users: [{name: u, user: {token: t, as: jane, as-uid: '7', as-groups: [a, b], as-user-extra: {scopes: [x]}, username: '', future: {x: 1}, auth-provider: {}}}]
contexts: [{name: x, context: {cluster: c, user: u, later: 1}}]
`,
	);
	expect(await builtIn('x', config)).toMatchObject({
		spec: {
			config: {
				clusters: { c: expect.toSatisfy(same({ server: 'https://c', 'disable-compression': true })) },
				contexts: { x: expect.toSatisfy(same({ cluster: 'c', user: 'u' })) },
				users: {
					u: expect.toSatisfy(
						same({
							token: 't',
							'act-as': 'jane',
							'act-as-uid': '7',
							'act-as-groups': ['a', 'b'],
							'act-as-user-extra': { scopes: ['x'] },
						}),
					),
				},
			},
		},
	});
});

/** To the field: toMatchObject takes more than was asked for. */
const same = (expected: object) => (value: unknown) => isDeepStrictEqual(value, expected);

test('a file that is not there is a Problem', async () => {
	const generator = await specGenerator('destination', await entry('west-file'), choice({ wanted: 'none' }));
	expect(await failureOf(() => generate(generator))).toEqual({
		id: 'kubeconfig-file-unreadable',
		evidence: expect.stringMatching(/token\.txt: /),
	});
});

function prints(text: string): string {
	return `cat <<'EOT'\n${text}EOT`;
}

function fails({ stderr, exit }: { stderr: string; exit: number }): string {
	return `cat >&2 <<'EOT'\n${stderr}EOT\nexit ${exit}`;
}

async function withStorkctl(script: string, changes: Partial<StorkctlChoice> = {}, folder?: TemporaryFolder) {
	const { file } = folder ?? (await temporaryFolder());
	const storkctl = await file('storkctl', `#!/bin/sh\n${script}\n`, 'executable');
	const environment = { PATH: `${dirname(storkctl)}:${process.env.PATH}`, ...changes.environment };
	return {
		storkctl,
		generator: await specGenerator('destination', await entry('west'), choice({ ...changes, environment })),
	};
}

const entry = async (context: string, file = `${recordedFolder}/kubeconfig.yaml`) =>
	findContext(await loadKubeconfig({ file }), context);

const generate = (generator: Awaited<ReturnType<typeof specGenerator>>) =>
	generator.generate(west.name, west.namespace);

async function builtIn(context: string, file?: string): Promise<unknown> {
	const generator = await specGenerator(
		'destination',
		await entry(context, file),
		choice({ wanted: 'none' }),
	);
	return revealManifest(await generate(generator));
}

function choice(changes: Partial<StorkctlChoice>): StorkctlChoice {
	return {
		wanted: undefined,
		environment: { PATH: process.env.PATH },
		kubeconfigFiles: ['/nowhere'],
		signal: new AbortController().signal,
		...changes,
	};
}
