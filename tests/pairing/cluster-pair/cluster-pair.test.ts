import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	differences,
	parseClusterPair,
	readClusterPair,
	withLogin,
	withMetadata,
	withServer,
	withStorageOptions,
} from '../../../source/pairing/cluster-pair/cluster-pair.ts';
import { type Manifest, printManifest, revealManifest } from '../../../source/pairing/words/manifest.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { recorded } from '../../helpers/pages/recorded.ts';
import { failureOf } from '../../helpers/problem-from.ts';

const west = {
	side: 'destination',
	name: 'remotecluster',
	namespace: 'migrationnamespace',
	context: 'west',
} as const;
const generated = recorded('generate-token').stdout;

test('what storkctl printed: placeholder, status, timestamp, origin and extensions are gone, all else stays', () => {
	expect(revealManifest(parseClusterPair(generated, west))).toEqual({
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'ClusterPair',
		metadata: { name: 'remotecluster', namespace: 'migrationnamespace' },
		spec: {
			config: {
				clusters: {
					west: { 'certificate-authority-data': 'Q0EgREFUQQ==', server: 'https://west.example.com:6443' },
				},
				contexts: { west: { cluster: 'west', namespace: 'apps', user: 'west-user' } },
				'current-context': 'west',
				preferences: {},
				users: { 'west-user': { token: 'west-token-value' } },
			},
			options: {},
			platformOptions: {},
		},
	});
});

test('another address of the same API server takes the place of the first, and of nothing else', () => {
	const before = parseClusterPair(generated, west);
	const after = withServer(before, 'https://vip.example.com');
	const { clusters: _old, ...restBefore } = configOf(before);
	const { clusters, ...restAfter } = configOf(after);
	expect(clusters).toEqual({
		west: { 'certificate-authority-data': 'Q0EgREFUQQ==', server: 'https://vip.example.com' },
	});
	expect(restAfter).toEqual(restBefore);
});

test('a name and password in the address do not outlive it', () => {
	const told = generated.replace('https://west.', 'https://someone:canary@west.');
	const before = parseClusterPair(told, west);
	expect(JSON.stringify(revealManifest(before))).toContain('canary');
	const after = JSON.stringify(revealManifest(withServer(before, 'https://west.example.com:6443')));
	expect(after).not.toMatch(/canary|someone/);
});

test('with a login of its own, nothing is left of the one that was generated, nor of its extensions', () => {
	const text = recorded('generate-exec').stdout;
	const before = parseClusterPair(text, { ...west, context: 'west-eks' });
	const after = withLogin(before, 'pxpair', new Secret('canary'));
	const { contexts, users, ...rest } = configOf(after);
	const { contexts: oldContexts, users: _users, ...restBefore } = configOf(before);
	expect(users).toEqual({ pxpair: { token: 'canary' } });
	expect(contexts).toEqual({
		'west-eks': { ...(oldContexts as Record<string, object>)['west-eks'], user: 'pxpair' },
	});
	expect(rest).toEqual(restBefore);
	expect(JSON.stringify(revealManifest(after))).not.toMatch(/extensions|LocationOfOrigin|eks-user|exec/);
	expect(printManifest(after)).not.toContain('canary');
});

test('a login plugin is kept to the letter, with the fields that Stork writes capitalised', () => {
	const manifest = parseClusterPair(recorded('generate-exec').stdout, { ...west, context: 'west-eks' });
	expect(revealManifest(manifest)).toMatchObject({
		spec: {
			config: {
				users: {
					'eks-user': {
						exec: {
							Config: null,
							InteractiveMode: 'IfAvailable',
							StdinUnavailable: false,
							StdinUnavailableMessage: '',
							apiVersion: 'client.authentication.k8s.io/v1beta1',
							args: ['eks', 'get-token', '--cluster-name', 'prod'],
							command: 'aws',
							env: [{ name: 'AWS_PROFILE', value: 'prod' }],
							provideClusterInfo: false,
						},
					},
				},
			},
		},
	});
});

test('options that were given stay, as strings', () => {
	const manifest = parseClusterPair(recorded('generate-options').stdout, west);
	expect(revealManifest(manifest)).toMatchObject({
		spec: { options: { ip: '10.0.0.1', port: '9001', token: 'abc' } },
	});
});

test.each(['insert_storage_options_here', '<insert_storage_options_here>'])(
	'the placeholder %s goes',
	key => {
		const text = generated.replace('insert_storage_options_here', key);
		expect(parseClusterPair(text, west).spec).toHaveProperty('options', {});
	},
);

test('unknown keys stay, wherever they are', () => {
	const text = generated
		.replace(
			'  platformOptions: {}',
			'  platformOptions: {rancher: {projectMappings: {a: b}}}\n  newField: [1, two]',
		)
		.replace('        cluster: west\n', '        cluster: west\n        later: {x: null}\n')
		.replace('        token:', '        as: someone\n        token:');
	expect(revealManifest(parseClusterPair(text, west))).toMatchObject({
		spec: {
			platformOptions: { rancher: { projectMappings: { a: 'b' } } },
			newField: [1, 'two'],
			config: { contexts: { west: { later: { x: null } } }, users: { 'west-user': { as: 'someone' } } },
		},
	});
});

const refused: [string, string, string][] = [
	['nothing', '', 'the output is not a ClusterPair'],
	['an error message', recorded('generate-nocontext').stderr, 'the output is not a ClusterPair'],
	['another kind', generated.replace('kind: ClusterPair', 'kind: Secret'), 'the output is not a ClusterPair'],
	['another version', generated.replace('v1alpha1', 'v1'), 'the output is not a ClusterPair'],
	['no config', generated.replace('  config:', '  other:'), 'the output is not a ClusterPair'],
	[
		'a key twice',
		generated.replace('kind: ClusterPair', 'kind: ClusterPair\nkind: ClusterPair'),
		'the output is not a ClusterPair',
	],
	['two documents', `${generated}---\n${generated}`, 'the output is not a ClusterPair'],
	['YAML that breaks off', `${generated}\n  x: [`, 'the output is not a ClusterPair'],
	['nesting without end', '['.repeat(50_000), 'the output is not a ClusterPair'],
	['aliases that unfold', `a: &a [1]\nb: [*a, *a]\n${generated}`, 'the output is not a ClusterPair'],
	[
		'another context',
		generated.replace(
			'      west:\n        LocationOfOrigin: kubeconfig.yaml\n        cluster:',
			'      other:\n        cluster:',
		),
		'it has another context instead of only west',
	],
	[
		'a context too many',
		generated.replace('    contexts:\n', '    contexts:\n      east: {cluster: east, user: canary}\n'),
		'it has 2 contexts instead of only west',
	],
	[
		'no context, as when storkctl does not know it and prints everything',
		generated.replace(/ {4}contexts:\n[\s\S]*? {4}current/, '    contexts: {}\n    current'),
		'it has 0 contexts instead of only west',
	],
];

test.each(refused)('refused: %s', async (_, yaml, evidence) => {
	expect(await failureOf(() => parseClusterPair(yaml, west))).toEqual({
		id: 'generated-spec-refused',
		evidence,
	});
});

test('any text is a ClusterPair or a Problem, never anything else', async () => {
	const texts = fc.oneof(
		fc.string(),
		fc.json(),
		fc.nat(generated.length).map(at => generated.slice(0, at)),
		fc
			.tuple(fc.nat(generated.length), fc.string({ maxLength: 3 }))
			.map(([at, put]) => generated.slice(0, at) + put + generated.slice(at)),
	);
	await fc.assert(
		fc.asyncProperty(texts, async text => {
			const failure = await failureOf(() => parseClusterPair(text, west)).catch(error =>
				error.message === 'it was to fail, and did not' ? undefined : error,
			);
			expect([undefined, 'generated-spec-refused']).toContain(failure?.id);
		}),
		{ numRuns: 150 },
	);
});

const users = {
	token: { token: 'canary-token' },
	'a token that is a number': { token: 7_337_733_773 },
	'basic auth': { username: 'jane', password: 'canary-password' },
	'client certificate': {
		'client-certificate-data': 'canaryCertificate123',
		'client-key-data': 'canaryKey123',
	},
	'login plugin': {
		exec: { command: 'aws', args: ['--token', 'canary-arg'], env: [{ name: 'TOKEN', value: 'canary-env' }] },
	},
	'auth provider': {
		'auth-provider': {
			name: 'oidc',
			config: { 'id-token': 'canary-id', 'refresh-token': 'canary-refresh', nested: 'canary-deep' },
		},
	},
	'a field of a later day': { exec: { command: 'x', Config: { token: 'canary-later' } } },
};

test.each(Object.entries(users))('the credentials in a user are boxed: %s', (_, user) => {
	const manifest = readClusterPair(pairWith({ users: { u: user } }), west);
	const shown = `${printManifest(manifest)} ${JSON.stringify(manifest)} ${inspect(manifest, { depth: null, showHidden: true })}`;

	expect(shown).not.toMatch(/canary|7337733773/);
	expect(JSON.stringify(revealManifest(manifest)).match(/canary-\w+|7337733773/g)).toEqual(
		JSON.stringify(user).match(/canary-\w+|7337733773/g),
	);
});

test("a proxy's password is boxed as well", () => {
	const clusters = { c: { server: 'https://west', 'proxy-url': 'http://jane:canary@proxy:3128' } };
	const manifest = readClusterPair(pairWith({ clusters }), west);
	expect(printManifest(manifest)).not.toContain('canary');
	expect(JSON.stringify(revealManifest(manifest))).toContain('http://jane:canary@proxy:3128');
});

test('filling in the storage options: all strings, the token boxed', () => {
	const token = new Secret('canary-cluster-token');
	const filled = withStorageOptions(parseClusterPair(generated, west), {
		endpoint: { ip: '10.0.0.2', port: 17001 },
		token,
		mode: 'DisasterRecovery',
	});

	expect(filled.spec).toHaveProperty('options', {
		ip: '10.0.0.2',
		port: '17001',
		token,
		mode: 'DisasterRecovery',
	});
	expect(printManifest(filled)).toContain(
		[
			'  options:',
			'    ip: 10.0.0.2',
			'    port: "17001"',
			'    token: ••••••••',
			'    mode: DisasterRecovery',
		].join('\n'),
	);
	expect(`${printManifest(filled)}${JSON.stringify(filled)}`).not.toMatch(/canary|west-token-value/);
});

test('metadata is added to, not replaced', () => {
	expect(withMetadata(parseClusterPair(generated, west), { labels: { a: 'b' } }).metadata).toEqual({
		name: 'remotecluster',
		namespace: 'migrationnamespace',
		labels: { a: 'b' },
	});
});

const planned = withStorageOptions(parseClusterPair(generated, west), {
	endpoint: { ip: '10.0.0.2', port: 9001 },
	token: new Secret('canary-planned'),
});
const same = JSON.parse(JSON.stringify(revealManifest(planned))).spec;

test('what was applied is not different, nor is it with what never travels', () => {
	const older = structuredClone(same);
	older.config.clusters.west.LocationOfOrigin = '/home/jane/config';
	older.config.clusters.west.extensions = { x: 1 };
	older.options.insert_storage_options_here = '';
	delete older.config.preferences;
	expect([differences(planned.spec, same), differences(planned.spec, older)]).toEqual([[], []]);
});

test.each<[string, (spec: typeof same) => unknown, string[]]>([
	['another token', spec => (spec.options.token = 'canary-existing'), ['spec.options.token']],
	['no token', spec => delete spec.options.token, ['spec.options.token']],
	['a number for the port', spec => (spec.options.port = 9001), ['spec.options.port']],
	['a mode more', spec => (spec.options.mode = 'DisasterRecovery'), ['spec.options.mode']],
	[
		'another server',
		spec => (spec.config.clusters.west.server = 'https://canary'),
		['spec.config.clusters.west.server'],
	],
	[
		'another user',
		spec => (spec.config.users = { jane: { token: 'canary' } }),
		['spec.config.users.west-user.token', 'spec.config.users.jane.token'],
	],
	['a text where a map was', spec => (spec.options = 'canary'), ['spec.options']],
	['a map where a text was', spec => (spec.config['current-context'] = {}), ['spec.config.current-context']],
	['a text where nothing was', spec => (spec.platformOptions = 'canary'), ['spec.platformOptions']],
	[
		'no credentials',
		spec => {
			for (const key of Object.keys(spec)) delete spec[key];
		},
		expect.arrayContaining(['spec.options.ip', 'spec.config.current-context']),
	],
])('differences name paths, not values: %s', (_, change, paths) => {
	const existing = structuredClone(same);
	change(existing);
	expect(differences(planned.spec, existing)).toEqual(paths);
	expect(JSON.stringify(differences(planned.spec, existing))).not.toContain('canary');
});

test.each<[unknown, unknown, string[]]>([
	[['a', 'b'], ['a', 'b'], []],
	[['a', 'b'], ['a'], ['spec']],
	[['a'], ['a', 'b'], ['spec']],
	[['a'], {}, ['spec']],
	[[], {}, []],
	[{}, [], []],
	[{ a: 1 }, ['a'], ['spec']],
	[{}, ['a'], ['spec']],
	['a', {}, ['spec']],
	['', undefined, []],
	[null, '', []],
	[undefined, { a: { b: 'x' } }, ['spec.a.b']],
	[false, undefined, []],
	[undefined, false, []],
	[false, {}, []],
	[{ a: false }, {}, []],
	[true, false, ['spec']],
	[false, 'false', ['spec']],
	[0, undefined, ['spec']],
])('planned %j, existing %j: %j', (left, right, paths) => {
	expect(differences(left as never, right)).toEqual(paths);
});

test('no two values that differ in more than emptiness are taken for the same', () => {
	const meaningful = (value: unknown): unknown => {
		if (Array.isArray(value)) {
			return value.length === 0 ? undefined : value.map(item => meaningful(item) ?? null);
		}
		if (typeof value === 'object' && value !== null) {
			const entries = Object.entries(value).flatMap(([key, item]) => {
				const kept = meaningful(item);
				return kept === undefined ? [] : [[key, kept] as const];
			});
			return entries.length === 0 ? undefined : Object.fromEntries(entries.sort());
		}
		return value === '' || value === null || value === false ? undefined : value;
	};
	const values = fc.jsonValue({ maxDepth: 3, depthSize: 'small', stringUnit: fc.constantFrom('a', 'b') });
	fc.assert(
		fc.property(values, values, (left, right) => {
			const isSame = JSON.stringify(meaningful(left)) === JSON.stringify(meaningful(right));
			expect(differences(left as never, right).length === 0).toBe(isSame);
			expect(differences(left as never, left)).toEqual([]);
		}),
		{ numRuns: 300 },
	);
});

function pairWith(config: object): unknown {
	return {
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'ClusterPair',
		metadata: { name: 'x' },
		spec: {
			config: { contexts: { west: { cluster: 'c', user: 'u' } }, 'current-context': 'west', ...config },
		},
	} satisfies Manifest;
}

const configOf = (manifest: Manifest): Record<string, unknown> =>
	(revealManifest(manifest) as { spec: { config: Record<string, unknown> } }).spec.config;
