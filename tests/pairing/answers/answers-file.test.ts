import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import {
	answersJsonSchema,
	answersOf,
	parseAnswersFile,
} from '../../../source/pairing/answers/answers-file.ts';
import {
	isAddress,
	isHost,
	isNamespaceName,
	isPairName,
	isPort,
} from '../../../source/pairing/answers/well-formed.ts';
import { PairingError } from '../../../source/pairing/words/problem.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { problemFrom } from '../../helpers/problem-from.ts';

const s3 = `
apiVersion: pxpair/v1
source: {context: east}
destination: {context: west}
location: auto
objectStore:
  provider: s3
  accessKeyId: {env: AWS_ACCESS_KEY_ID}
  secretAccessKey: {env: AWS_SECRET_ACCESS_KEY}
  region: us-east-1
  endpoint: s3.amazonaws.com
  storageClass: STANDARD
pair: {name: remotecluster, namespace: migrationnamespace}
`;
const azure = s3.replace(
	/objectStore:[\s\S]*?pair/,
	'objectStore: {provider: azure, accountName: myaccount, accountKey: {file: key.txt}}\npair',
);
const google = s3.replace(
	/objectStore:[\s\S]*?pair/,
	'objectStore: {provider: google, projectId: my-project, jsonKeyFile: gcs.json}\npair',
);
const aCommand = 'a program and its arguments as a list of texts, none empty: {command: [PROGRAM, ARGUMENT]}';
const none = s3.replace(/objectStore:[\s\S]*?pair/, 'objectStore: {provider: none}\npair');

test('line ends of Windows, and a mark at the beginning, make no difference', () => {
	const windows = `\uFEFF${s3.replaceAll('\n', '\r\n')}`;
	const options = { clusters: 'required' } as const;
	expect(parseAnswersFile(windows, 'w.yaml', options)).toEqual(parseAnswersFile(s3, 'u.yaml', options));
});

test('the documented file', () => {
	expect(read(s3)).toEqual({
		apiVersion: 'pxpair/v1',
		source: { context: 'east' },
		destination: { context: 'west' },
		location: 'auto',
		objectStore: {
			provider: 's3',
			accessKeyId: { env: 'AWS_ACCESS_KEY_ID' },
			secretAccessKey: { env: 'AWS_SECRET_ACCESS_KEY' },
			region: 'us-east-1',
			endpoint: 's3.amazonaws.com',
			storageClass: 'STANDARD',
		},
		pair: { name: 'remotecluster', namespace: 'migrationnamespace', storage: 'paired', login: 'context' },
		existing: { credential: 'stop', pair: 'stop' },
	});
});

test('what may be left out', () => {
	const short = 'apiVersion: pxpair/v1\nobjectStore: {provider: none}\n';
	expect(parseAnswersFile(short, 'answers.yaml', { clusters: 'optional' })).toEqual({
		apiVersion: 'pxpair/v1',
		source: { context: 'east' },
		destination: { context: 'west' },
		location: 'auto',
		objectStore: { provider: 'none' },
		pair: { name: 'remotecluster', namespace: 'migrationnamespace', storage: 'paired', login: 'context' },
		existing: { credential: 'stop', pair: 'stop' },
	});
});

test('all there is to say about a pair', () => {
	const pair = `{
		name: a, namespace: b, mode: DisasterRecovery, login: service-account, server: 'https://west.example:6443',
		endpoint: {ip: 10.0.0.2, port: 9001}, back: {server: 'https://10.0.0.1', endpoint: {ip: east.example, port: 17001}}
	}`;
	const text = `${s3.replace(/pair: .*/, `pair: ${pair.replaceAll(/\s+/g, ' ')}`)}ignore: [clock-off, way-storage-closed]\n`;
	expect(read(text)).toMatchObject({
		pair: {
			name: 'a',
			namespace: 'b',
			storage: 'paired',
			mode: 'DisasterRecovery',
			login: 'service-account',
			server: 'https://west.example:6443',
			endpoint: { ip: '10.0.0.2', port: 9001 },
			back: { server: 'https://10.0.0.1', endpoint: { ip: 'east.example', port: 17001 } },
		},
		ignore: ['clock-off', 'way-storage-closed'],
	});
});

test('the way back may be just that', async () => {
	const text = s3.replace(/pair: .*/, 'pair: {back: {}}');
	const { pair } = await answersOf(read(text), async () => new Secret('x'));
	expect(pair).toStrictEqual({
		name: 'remotecluster',
		namespace: 'migrationnamespace',
		storage: 'paired',
		login: 'context',
		back: {},
	});
});

const withPair = (fields: string): string => s3.replace(/pair: .*/, `pair: {${fields}}`);
const server = 'https://host or https://host:port of a Kubernetes API server';

const mistakes: [string, string, unknown[]][] = [
	[
		'another login',
		withPair('login: root'),
		['pair.login: found "root"; allowed: "context", "service-account"'],
	],
	[
		'a server without https',
		withPair('server: http://west:6443'),
		[`pair.server: found "http://west:6443"; allowed: ${server}`],
	],
	['a server without a scheme', withPair('server: west'), [`pair.server: found "west"; allowed: ${server}`]],
	['a number for a server', withPair('server: 6443'), ['pair.server: found 6443; allowed: a string']],
	[
		'a server with a name and password',
		withPair("server: 'https://me:canary@west'"),
		[`pair.server: found a text (not shown); allowed: ${server}`],
	],
	[
		'a server with a password alone',
		withPair("server: 'https://:canary@west'"),
		[`pair.server: found a text (not shown); allowed: ${server}`],
	],
	['a truth for the way back', withPair('back: true'), ['pair.back: found true; allowed: a mapping']],
	[
		'an unknown field of the way back',
		withPair('back: {login: context}'),
		['pair.back.login: unknown field'],
	],
	[
		'a bad server and endpoint of the way back',
		withPair('back: {server: ftp://east, endpoint: {ip: "a b", port: 0}}'),
		[
			'pair.back.endpoint.ip: found "a b"; allowed: an IP address or a host name',
			'pair.back.endpoint.port: found 0; allowed: at least 1',
			`pair.back.server: found "ftp://east"; allowed: ${server}`,
		],
	],
	['a single word to ignore', `${s3}ignore: clock-off\n`, ['ignore: found "clock-off"; allowed: a list']],
	[
		'a title in place of an id to ignore',
		`${s3}ignore: [clock-off, Clock is off]\n`,
		['ignore.1: found "Clock is off"; allowed: the id of a problem, such as way-storage-closed'],
	],
	['an empty file', '', ['the file: found nothing; allowed: a mapping']],
	['a text, which may be a secret', 'hello', ['the file: found a text (not shown); allowed: a mapping']],
	['a list', '- a', ['the file: found a list; allowed: a mapping']],
	[
		'no contexts',
		s3.replace(/(source|destination): .*/g, ''),
		['source: found nothing; allowed: a mapping', 'destination: found nothing; allowed: a mapping'],
	],
	[
		'no store',
		s3.replace(/objectStore:[\s\S]*?pair/, 'pair'),
		['objectStore: found nothing; allowed: a mapping'],
	],
	[
		'no provider',
		s3.replace('  provider: s3\n', ''),
		['objectStore.provider: found nothing; allowed: one of s3, azure, google, nfs, none'],
	],
	[
		'another provider',
		s3.replace('provider: s3', 'provider: gcs'),
		['objectStore.provider: found "gcs"; allowed: one of s3, azure, google, nfs, none'],
	],
	[
		'another version',
		s3.replace('pxpair/v1', 'pxpair/v2'),
		['apiVersion: found "pxpair/v2"; allowed: "pxpair/v1"'],
	],
	[
		'another location',
		s3.replace('auto', 'moon'),
		['location: found "moon"; allowed: "auto", "cloud", "on-premises"'],
	],
	['a number for a context', s3.replace('east}', '7}'), ['source.context: found 7; allowed: a string']],
	[
		'an empty context',
		s3.replace('east}', '""}'),
		['source.context: found ""; allowed: the name of a kubeconfig context'],
	],
	[
		'a context over two lines',
		s3.replace('east}', '"a\\nb"}'),
		['source.context: found "a\\nb"; allowed: the name of a kubeconfig context'],
	],
	['an unknown field', s3.replace('location:', 'locatoin:'), ['locatoin: unknown field']],
	[
		'an unknown field further in',
		s3.replace('  region:', '  bukket: x\n  region:'),
		['objectStore.bukket: unknown field'],
	],
	[
		'the storage class of the documented page',
		s3.replace('STANDARD', 'STANDARD-IA'),
		['objectStore.storageClass: found "STANDARD-IA"; allowed: "STANDARD", "STANDARD_IA"'],
	],
	[
		'an endpoint with scheme',
		s3.replace('s3.amazonaws.com', 'https://s3.amazonaws.com/'),
		[
			'objectStore.endpoint: found a text (not shown); allowed: host or host:port, without http:// and without a path, and without a bucket',
		],
	],
	[
		'a region with a space',
		s3.replace('us-east-1', 'US East'),
		['objectStore.region: found a text (not shown); allowed: a region such as us-east-1'],
	],
	[
		'"yes" for a flag',
		s3.replace('  region', '  disableSsl: "yes"\n  region'),
		['objectStore.disableSsl: found "yes"; allowed: a boolean'],
	],
	[
		'a pair name in upper case',
		s3.replace('remotecluster', 'Remote_Cluster'),
		[
			'pair.name: found "Remote_Cluster"; allowed: lowercase letters, digits, "-" and ".", starting and ending with a letter or digit, at most 253',
		],
	],
	[
		'a namespace with a dot',
		s3.replace('migrationnamespace', 'a.b'),
		[
			'pair.namespace: found "a.b"; allowed: lowercase letters, digits and "-", starting and ending with a letter or digit, at most 63',
		],
	],
	[
		'another mode',
		s3.replace('{name', '{mode: dr, name'),
		['pair.mode: found "dr"; allowed: "DisasterRecovery", "Default", "OneTimeMigration"'],
	],
	[
		'a quoted port',
		s3.replace('{name', '{endpoint: {ip: 10.0.0.1, port: "9001"}, name'),
		['pair.endpoint.port: found "9001"; allowed: a number'],
	],
	[
		'a port too high',
		s3.replace('{name', '{endpoint: {ip: 10.0.0.1, port: 70000}, name'),
		['pair.endpoint.port: found 70000; allowed: at most 65535'],
	],
	[
		'port 0',
		s3.replace('{name', '{endpoint: {ip: 10.0.0.1, port: 0}, name'),
		['pair.endpoint.port: found 0; allowed: at least 1'],
	],
	[
		'half a port',
		s3.replace('{name', '{endpoint: {ip: 10.0.0.1, port: 90.5}, name'),
		['pair.endpoint.port: found 90.5; allowed: a whole number'],
	],
	[
		'an address with a port',
		s3.replace('{name', '{endpoint: {ip: "10.0.0.1:9001/", port: 9001}, name'),
		['pair.endpoint.ip: found "10.0.0.1:9001/"; allowed: an IP address or a host name'],
	],
	[
		'another policy',
		`${s3}existing: {credential: overwrite}`,
		['existing.credential: found "overwrite"; allowed: "stop", "keep", "replace"'],
	],
	[
		'a secret that is missing',
		s3.replace(/ {2}secretAccessKey.*\n/, ''),
		[
			'objectStore.secretAccessKey: found nothing; allowed: a reference: {env: NAME}, {file: PATH}, {stdin: LINE} or {command: [PROGRAM, ARGUMENT]}',
		],
	],
	[
		'a reference to nothing',
		s3.replace('{env: AWS_ACCESS_KEY_ID}', '{}'),
		[
			'objectStore.accessKeyId: found a mapping; allowed: a reference: {env: NAME}, {file: PATH}, {stdin: LINE} or {command: [PROGRAM, ARGUMENT]}',
		],
	],
	[
		'two references at once',
		s3.replace('{env: AWS_ACCESS_KEY_ID}', '{env: A, file: b}'),
		[
			'objectStore.accessKeyId: found a mapping; allowed: a reference: {env: NAME}, {file: PATH}, {stdin: LINE} or {command: [PROGRAM, ARGUMENT]}',
		],
	],
	[
		'a command as one text',
		s3.replace('{env: AWS_ACCESS_KEY_ID}', '{command: "op read op://vault/item"}'),
		[`objectStore.accessKeyId: found a mapping; allowed: ${aCommand}`],
	],
	[
		'a command of no words',
		s3.replace('{env: AWS_ACCESS_KEY_ID}', '{command: []}'),
		[`objectStore.accessKeyId.command: found a list; allowed: ${aCommand}`],
	],
	[
		'a command with a number',
		s3.replace('{env: AWS_ACCESS_KEY_ID}', '{command: [op, 1]}'),
		[`objectStore.accessKeyId: found a mapping; allowed: ${aCommand}`],
	],
	[
		'a command with an empty word',
		s3.replace('{env: AWS_ACCESS_KEY_ID}', '{command: [op, ""]}'),
		[`objectStore.accessKeyId.command.1: found a text (not shown); allowed: ${aCommand}`],
	],
	[
		'line 0 of standard input',
		s3.replace('{env: AWS_ACCESS_KEY_ID}', '{stdin: 0}'),
		['objectStore.accessKeyId.stdin: found a value (not shown); allowed: at least 1'],
	],
	[
		'an account name in upper case',
		azure.replace('myaccount', 'MyAccount'),
		[
			'objectStore.accountName: found a text (not shown); allowed: a storage account name: 3 to 24 lowercase letters and digits',
		],
	],
	[
		'a project with a space',
		google.replace('my-project', 'My Project'),
		['objectStore.projectId: found a text (not shown); allowed: a project ID such as my-project-123'],
	],
	[
		's3 fields with azure',
		azure.replace('provider: azure', 'provider: azure, region: x'),
		['objectStore.region: unknown field'],
	],
	[
		'fields of a store without a store',
		none.replace('none}', 'none, bucket: b}'),
		['objectStore.bucket: unknown field'],
	],
	[
		'a cloud without a store',
		none.replace('auto', 'cloud'),
		[
			'objectStore.provider: found "none"; clusters in a cloud need an object store: s3, azure, google or nfs',
		],
	],
	[
		'Metro with a mode',
		s3.replace('{name', '{storage: none, mode: Default, name'),
		['pair.storage: found "none"; remove mode and endpoint, which need storage'],
	],
	[
		'a long text is cut',
		s3.replace('auto', 'x'.repeat(100)),
		[`location: found "${'x'.repeat(60)}…"; allowed: "auto", "cloud", "on-premises"`],
	],
	[
		'several mistakes at once',
		s3.replace('auto', 'moon').replace('us-east-1', '5'),
		[
			'location: found "moon"; allowed: "auto", "cloud", "on-premises"',
			'objectStore.region: found a value (not shown); allowed: a string',
		],
	],
	// What is not even YAML.
	[
		'a tab for indentation',
		s3.replace('  provider', '\tprovider'),
		['not YAML: TAB_AS_INDENT in line 7, column 1'],
	],
	['a key twice', `${s3}location: cloud\n`, ['not YAML: DUPLICATE_KEY in line 14, column 1']],
	['two documents', `${s3}---\n${s3}`, ['not YAML: MULTIPLE_DOCS in line 14, column 1']],
	['YAML that breaks off', `${s3}existing: {credential`, ['not YAML: BAD_INDENT in line 14, column 22']],
	['a bomb of aliases', bomb(), ['it repeats itself through YAML aliases; write the values out']],
	['an alias of itself', 'a: &a\n  b: *a\n', ['a: unknown field']],
	[
		'nesting without end',
		'['.repeat(3000),
		[expect.stringMatching(/^not YAML: nested too deeply in line 1/)],
	],
	['UTF-16', '\uFFFD\uFFFDa\0:\0', ['it is not text in UTF-8']],
	['a NUL character', `${s3}\0`, ['it is not text in UTF-8']],
];

test.each(mistakes)('%s', async (_, yaml, lines) => {
	const problem = await problemFrom(() => read(yaml));
	const evidence = problem.evidence?.split('\n') ?? [];

	expect(problem).toMatchObject({
		id: 'answers-file-invalid',
		kind: 'input',
		title: "answers.yaml can't be used as an answers file",
	});
	expect(evidence).toEqual(expect.arrayContaining(lines));
	if (yaml.includes('apiVersion: pxpair/v1')) {
		expect(evidence).toEqual(lines);
	}
});

const canary = 'AKIACANARYKEY7EXAMPLE';
const refusal =
	'a reference: {env: NAME}, {file: PATH}, {stdin: LINE} or {command: [PROGRAM, ARGUMENT]}; a secret must not be in the file';

test.each([
	[
		'access key ID',
		s3.replace('{env: AWS_ACCESS_KEY_ID}', canary),
		`objectStore.accessKeyId: found a text (not shown); allowed: ${refusal}`,
	],
	[
		'secret key',
		s3.replace('{env: AWS_SECRET_ACCESS_KEY}', `"${canary}"`),
		`objectStore.secretAccessKey: found a text (not shown); allowed: ${refusal}`,
	],
	[
		'secret key over several lines',
		s3.replace('{env: AWS_SECRET_ACCESS_KEY}', `|\n    ${canary}\n    ${canary}`),
		`objectStore.secretAccessKey: found a text (not shown); allowed: ${refusal}`,
	],
	[
		'account key',
		azure.replace('{file: key.txt}', canary),
		`objectStore.accountKey: found a text (not shown); allowed: ${refusal}`,
	],
	[
		'a key that is a number',
		azure.replace('{file: key.txt}', '7331773317'),
		'objectStore.accountKey: found a value (not shown); allowed: a reference: {env: NAME}, {file: PATH}, {stdin: LINE} or {command: [PROGRAM, ARGUMENT]}',
	],
	[
		'a key that is a key',
		azure.replace('{file: key.txt}', `{${canary}: x}`),
		'objectStore.accountKey: found a mapping; allowed: a reference: {env: NAME}, {file: PATH}, {stdin: LINE} or {command: [PROGRAM, ARGUMENT]}',
	],
	[
		'a key in a list',
		azure.replace('{file: key.txt}', `[${canary}]`),
		'objectStore.accountKey: found a list; allowed: a reference: {env: NAME}, {file: PATH}, {stdin: LINE} or {command: [PROGRAM, ARGUMENT]}',
	],
	[
		'a key file in place of its path',
		google.replace('gcs.json', `'{"private_key":"${canary}"}'`),
		'objectStore.jsonKeyFile: found a text (not shown); allowed: the path of a JSON key file on this machine',
	],
	[
		'a key file over several lines',
		google.replace(
			'{provider: google, projectId: my-project, jsonKeyFile: gcs.json}',
			`\n  provider: google\n  projectId: my-project\n  jsonKeyFile: |\n    {"private_key":\n    "${canary}"}`,
		),
		'objectStore.jsonKeyFile: found a text (not shown); allowed: the path of a JSON key file on this machine',
	],
	[
		'a key file as YAML',
		google.replace('gcs.json', `{private_key: ${canary}}`),
		'objectStore.jsonKeyFile: found a mapping; allowed: a string',
	],
])('a literal secret is refused, with the reason and without its value: %s', async (_, yaml, line) => {
	const problem = await problemFrom(() => read(yaml));
	expect(problem.evidence).toBe(line);
	expect(JSON.stringify(problem)).not.toMatch(/CANARY|7331773317/);
});

test('no value that breaks the YAML is quoted', async () => {
	const problem = await problemFrom(() => read(s3.replace('{env: AWS_ACCESS_KEY_ID}', `{${canary}`)));
	expect(JSON.stringify(problem)).not.toContain('CANARY');
});

test('secrets take their places, each asked for by its field', async () => {
	const asked: unknown[] = [];
	const look = async (reference: object, field: string) => {
		asked.push([field, reference]);
		return new Secret(`value of ${field}`);
	};
	const stores = await Promise.all(
		[s3, azure, google].map(async yaml => (await answersOf(read(yaml), look)).objectStore),
	);

	expect(asked.toSorted()).toEqual([
		['objectStore.accessKeyId', { env: 'AWS_ACCESS_KEY_ID' }],
		['objectStore.accountKey', { file: 'key.txt' }],
		['objectStore.jsonKeyFile', { file: 'gcs.json' }],
		['objectStore.secretAccessKey', { env: 'AWS_SECRET_ACCESS_KEY' }],
	]);
	expect(
		stores.map(store =>
			Object.entries(store).flatMap(([key, value]) =>
				value instanceof Secret ? [`${key}: ${value.reveal()}`] : [],
			),
		),
	).toEqual([
		[
			'accessKeyId: value of objectStore.accessKeyId',
			'secretAccessKey: value of objectStore.secretAccessKey',
		],
		['accountKey: value of objectStore.accountKey'],
		['jsonKey: value of objectStore.jsonKeyFile'],
	]);
	expect(stores[2]).not.toHaveProperty('jsonKeyFile');
});

test('answers carry neither the version of the file nor fields that are not set', async () => {
	const answers = await answersOf(
		read(s3.replace('  storageClass: STANDARD\n', '')),
		async () => new Secret('x'),
	);
	expect(Object.keys(answers)).toEqual([
		'source',
		'destination',
		'location',
		'objectStore',
		'pair',
		'existing',
	]);
	expect(Object.keys(answers.objectStore)).not.toContain('storageClass');
});

test.each([
	[
		'hosts',
		isHost,
		['s3.amazonaws.com', 'minio:9000', '10.0.0.1', '10.0.0.1:443', '[::1]', '[fd00::1]:9000', 'a'],
		['', 'http://x', 'x/y', 'x:', 'x:0', 'x:65536', 'x y', '-x', 'x-', '::1', 'a@b', 'x:1:2', '[x]'],
	],
	[
		'addresses',
		isAddress,
		['10.0.0.1', 'lb.example.com', '::1', 'fd00::1', 'a'],
		['', 'x:9001', 'x/y', '-x', '[::1]', 'a b', 'http://x', 'ü.example'],
	],
	[
		'pair names',
		isPairName,
		['a', 'remote-cluster', 'a.b-c.d', '9'],
		['', 'A', 'a_b', '-a', 'a-', 'a..b', '.a', 'a.', 'a'.repeat(254), 'a\n'],
	],
	[
		'namespaces',
		isNamespaceName,
		['a', 'kube-system', '9'],
		['', 'A', 'a.b', '-a', 'a-', 'a'.repeat(64), 'a\n'],
	],
] as const)('%s', (_, is, good, bad) => {
	expect([good.filter(value => !is(value)), bad.filter(value => is(value))]).toEqual([[], []]);
});

test('ports', () => {
	expect([1, 9001, 65_535, 0, -1, 65_536, 1.5, Number.NaN].filter(isPort)).toEqual([1, 9001, 65_535]);
});

test('the published schema knows the same fields', () => {
	expect(answersJsonSchema()).toMatchObject({
		$schema: expect.stringContaining('json-schema.org'),
		type: 'object',
		additionalProperties: false,
		required: ['apiVersion', 'objectStore'],
		properties: {
			apiVersion: { const: 'pxpair/v1' },
			location: { enum: ['auto', 'cloud', 'on-premises'], default: 'auto' },
			objectStore: {
				oneOf: expect.arrayContaining([expect.objectContaining({ additionalProperties: false })]),
			},
		},
	});
});

test('any text is read, or ends in a Problem about the file', () => {
	const pieces = fc.array(
		fc.oneof(
			fc.constantFrom(
				...s3.split(/(?<=\n)/),
				'---\n',
				'*a ',
				'&a ',
				'!!binary ',
				'? ',
				'%YAML 9\n',
				'<<: ',
				'\t',
			),
			fc.string(),
		),
	);
	const texts = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.json(),
		pieces.map(parts => parts.join('')),
	);
	fc.assert(
		fc.property(texts, text => void outcome(text)),
		{ numRuns: 400 },
	);
});

test('a value that does not belong there is never accepted, wherever it is', () => {
	const whole = read(s3);
	const paths = leaves(whole);
	const strange = fc.oneof(
		fc.constant(null),
		fc.array(fc.string(), { minLength: 1 }),
		fc.dictionary(fc.string(), fc.anything(), { minKeys: 1 }),
		fc.double({ noInteger: true, noNaN: true }),
	);
	fc.assert(
		fc.property(fc.constantFrom(...paths), strange, (path, value) => {
			const copy = structuredClone(whole);
			place(copy, path, value);
			expect(outcome(yamlOf(copy))).toBe('refused');
		}),
		{ numRuns: 200 },
	);
});

function read(yaml: string) {
	return parseAnswersFile(yaml, 'answers.yaml', { clusters: 'required' });
}

function outcome(yaml: string): 'read' | 'refused' {
	try {
		read(yaml);
		return 'read';
	} catch (error) {
		expect(error).toBeInstanceOf(PairingError);
		expect(error).toHaveProperty('problem.id', 'answers-file-invalid');
		return 'refused';
	}
}

/** `lol` of `lol` of `lol` …: a few lines that unfold into 10^9 values. */
function bomb(): string {
	const lines = Array.from(
		{ length: 9 },
		(_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]`,
	);
	return `a0: &a0 lol\n${lines.join('\n')}\n`;
}

function leaves(value: object, path: string[] = []): string[][] {
	return Object.entries(value).flatMap(([key, item]) =>
		typeof item === 'object' ? leaves(item, [...path, key]) : [[...path, key]],
	);
}

function place(root: object, path: readonly string[], value: unknown): void {
	const parent = path.slice(0, -1).reduce<object>((at, key) => Reflect.get(at, key), root);
	Reflect.set(parent, path.at(-1) ?? '', value);
}

function yamlOf(value: unknown): string {
	try {
		return stringify(value);
	} catch {
		return '{}';
	}
}
