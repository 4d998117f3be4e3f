import { homedir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	findContext,
	type Kubeconfig,
	loadKubeconfig,
} from '../../../source/gateways/kubernetes/kubeconfig.ts';
import { PairingError } from '../../../source/pairing/words/problem.ts';
import { recordedFolder } from '../../helpers/pages/recorded.ts';
import { failureOf, problemFrom } from '../../helpers/problem-from.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

test('one file: every context with its cluster and user', async () => {
	const config = await loadKubeconfig({ file: `${recordedFolder}/kubeconfig.yaml` });

	expect(rows(config)).toEqual([
		'west: https://west.example.com:6443 west-user in apps',
		'west-eks: https://west.example.com:6443 eks-user',
		'west-file: https://west.example.com:6443 file-user',
		'here: https://127.0.0.1:16443 west-user',
	]);
	expect([config.currentContext, config.files]).toEqual(['here', [`${recordedFolder}/kubeconfig.yaml`]]);
});

test('several files are merged as kubectl does: the first to name something wins, and the first current context', async () => {
	const folder = await temporaryFolder();
	const files = [
		await folder.file('one', kubeconfig({ current: '', contexts: { a: 'one-a' } })),
		await folder.file('two', kubeconfig({ current: 'b', contexts: { a: 'two-a', b: 'two-b' } })),
		await folder.file('three', kubeconfig({ current: 'c', contexts: { c: 'three-c', b: 'three-b' } })),
	];
	const config = await loadKubeconfig({ environment: files.join(delimiter) });

	expect(rows(config)).toEqual(['a: https://one-a a', 'b: https://two-b b', 'c: https://three-c c']);
	expect([config.currentContext, config.files]).toEqual(['b', files]);
});

test('a context may find its cluster and its user in other files; relative paths start at each', async () => {
	const folder = await temporaryFolder();
	const one = await folder.file('one', 'contexts: [{name: x, context: {cluster: c, user: u}}]');
	const two = await folder.file(
		'two',
		'clusters: [{name: c, cluster: {server: https://c, certificate-authority: ca.pem}}]',
	);
	const config = await loadKubeconfig({
		environment: [one, two, `${recordedFolder}/kubeconfig.yaml`].join(delimiter),
	});

	expect(findContext(config, 'x')).toMatchObject({
		server: 'https://c',
		cluster: { fields: { 'certificate-authority': 'ca.pem' }, folder: folder.path },
		user: undefined,
	});
	expect(findContext(config, 'west-file').user).toEqual({
		fields: { tokenFile: 'token.txt' },
		folder: recordedFolder,
	});
});

test.each([
	['users', 'user', '{token: canary}'],
	['clusters', 'cluster', '{server: "https://a"}'],
	['contexts', 'context', '{cluster: a}'],
])(
	'a name twice in the %s of one file is refused, as kubectl does, and no value is told',
	async (list, kind, value) => {
		const folder = await temporaryFolder();
		const file = await folder.file(
			'twice',
			`${list}:\n- {name: a, ${kind}: ${value}}\n- {name: a, ${kind}: ${value}}\n`,
		);
		const problem = await problemFrom(() => loadKubeconfig({ file }));
		expect(problem).toMatchObject({
			id: 'kubeconfig-invalid',
			kind: 'input',
			evidence: `the ${kind} "a" is in it twice: rename or delete one`,
		});
		expect(JSON.stringify(problem)).not.toContain('canary');
	},
);

test('missing files of a list are passed over, empty ones are empty, empty names are none', async () => {
	const folder = await temporaryFolder();
	const empty = await folder.file('empty', '');
	const some = await folder.file('some', kubeconfig({ contexts: { a: 'a' } }));
	const environment = ['', join(folder.path, 'missing'), empty, '', some].join(delimiter);

	expect(rows(await loadKubeconfig({ environment }))).toEqual(['a: https://a a']);
	expect(rows(await loadKubeconfig({ file: empty }))).toEqual([]);
});

test('a file that is named wins over KUBECONFIG', async () => {
	const folder = await temporaryFolder();
	const file = await folder.file('named', kubeconfig({ contexts: { a: 'named' } }));
	const config = await loadKubeconfig({ file, environment: `${recordedFolder}/kubeconfig.yaml` });
	expect(rows(config)).toEqual(['a: https://named a']);
});

test('JSON and a relative path will do', async () => {
	const folder = await temporaryFolder();
	const file = await folder.file(
		'json',
		JSON.stringify({
			contexts: [{ name: 'seven', context: { cluster: 'c' } }],
			clusters: [{ name: 'c', cluster: { server: 'https://c' } }],
		}),
	);
	expect(rows(await loadKubeconfig({ file: relative(process.cwd(), file) }))).toEqual(['seven: https://c ']);
});

test('half of a context, nulls, an entry without a name: empty values, not a crash', async () => {
	const folder = await temporaryFolder();
	const file = await folder.file(
		'odd',
		'clusters: null\nusers: [null]\ncontexts: [{name: a}, {name: b, context: null}, {context: {}}]',
	);
	expect(rows(await loadKubeconfig({ file }))).toEqual(['a: undefined ', 'b: undefined ']);
});

test.each([
	['the second of two documents is not even parsed', 'contexts: [{name: a}]\n---\n[ broken'],
	['a mark at the end', 'contexts: [{name: a}]\n---\n'],
	['comments before the first mark', '# one\n\n---\ncontexts: [{name: a}]\n...\n'],
	['hundreds of aliases', `x: &a text\ny: [${'*a,'.repeat(500)}]\ncontexts: [{name: a}]`],
	['a merge key', 'x: &a {name: a}\ncontexts: [{<<: *a}]'],
	['a key twice: the last counts', 'contexts: [{name: b}]\ncontexts: [{name: a}]'],
	['UTF-16 with a mark', Buffer.from('\ufeffcontexts: [{name: a}]', 'utf16le')],
	['an unknown tag', 'contexts: [{name: !own a}]'],
	['a tab between colon and value', 'current-context:\ta\ncontexts: [{name: a}]'],
])('read as kubectl reads it: %s', async (_, contents) => {
	const folder = await temporaryFolder();
	const file = await folder.file('odd', contents);
	expect(rows(await loadKubeconfig({ file }))).toEqual(['a: undefined ']);
});

const bomb = Array.from({ length: 9 }, (_, n) => `x${n + 1}: &x${n + 1} [${`*x${n},`.repeat(9)}]`).join('\n');

test.each([
	['no YAML', 'a: 1\nb: [', /^not YAML: line 2$/],
	['another kind', 'kind: Secret\ndata: {token: canary}', /^it is not of kind Config$/],
	['another version', 'kind: Config\napiVersion: v2', /^its apiVersion is not v1$/],
	['a text', 'canary', /^it is not of kind Config$/],
	['a bomb of aliases', `x0: &x0 [x]\n${bomb}`, /^not usable: its aliases expand to too much$/],
	['an anchor inside itself', 'a: &a [*a]', /^not /],
	['[] as a key', '[a]: 1', /^not YAML: line 1$/],
	['nesting without end', '['.repeat(3000), /^not YAML: /],
	['a control character in a comment', '# \u001b[31m canary', /^not YAML: line 1 has a control character$/],
	['YAML 1.2', '%YAML 1.2\n---\na: 1', /^not YAML 1\.1: /],
	['UTF-16 without a mark', Buffer.from('kind: Config', 'utf16le'), /control character$/],
	[
		'a number as a name',
		'users: [{name: 1234}]',
		/^users\[0\]\.name is a number, not a text: put it in quotes$/,
	],
	['on as a name', 'users: [{name: on}]', /^users\[0\]\.name is a boolean, not a text: put it in quotes$/],
	['1_000 as a token', 'users: [{user: {token: 1_000}}]', /^users\[0\]\.user\.token is a number/],
	['a text for a list', 'users: [{user: {as-groups: canary}}]', /as-groups is a text, not a list$/],
	[
		'"true" for a flag',
		'clusters: [{cluster: {insecure-skip-tls-verify: "true"}}]',
		/is a text, not true or false$/,
	],
	[
		'a blank in base64',
		'clusters: [{cluster: {certificate-authority-data: "QUJD REVG"}}]',
		/-data is not base64$/,
	],
	['base64 without padding', 'users: [{user: {client-key-data: QQ}}]', /client-key-data is not base64$/],
	['a number for a list', 'clusters: 7', /^clusters is a number, not a list$/],
])('what kubectl refuses is refused: %s', async (_, contents, evidence) => {
	const folder = await temporaryFolder();
	const file = await folder.file('bad', contents);
	const problem = await problemFrom(() => loadKubeconfig({ file }));

	expect(problem).toMatchObject({
		id: 'kubeconfig-invalid',
		kind: 'input',
		title: `${file} is not a kubeconfig that kubectl accepts`,
	});
	expect(problem.evidence).toMatch(evidence);
	expect(JSON.stringify(problem)).not.toContain('canary');
});

test('a file of five megabytes is read, as kubectl reads it', async () => {
	const { file } = await temporaryFolder();
	const others = Array.from({ length: 9_000 }, (_, index) => {
		const ca = Buffer.alloc(390, index).toString('base64');
		return `- {name: c${index}, cluster: {server: "https://c${index}", certificate-authority-data: ${ca}}}\n`;
	});
	const text = [
		'apiVersion: v1\nkind: Config\n',
		'contexts: [{name: east, context: {cluster: east, user: east}}]\n',
		'clusters:\n',
		...others,
		'- {name: east, cluster: {server: "https://east:6443"}}\n',
	].join('');
	expect(text.length).toBeGreaterThan(5_000_000);
	const found = await loadKubeconfig({ file: await file('large', text) });
	expect(findContext(found, 'east').server).toBe('https://east:6443');
});

test('a file that is named has to be there', async () => {
	const folder = await temporaryFolder();
	expect(await failureOf(() => loadKubeconfig({ file: join(folder.path, 'none') }))).toEqual({
		id: 'kubeconfig-unreadable',
		evidence: 'no such file',
	});
	expect(await failureOf(() => loadKubeconfig({ environment: folder.path }))).toEqual({
		id: 'kubeconfig-unreadable',
		evidence: 'it is a directory',
	});
});

test('without any file, it says where it looked; ~ is the home folder where no shell has seen to it', async () => {
	const environment = [join('/nowhere', 'a'), '~/b'].join(delimiter);
	expect(await failureOf(() => loadKubeconfig({ environment }))).toEqual({
		id: 'kubeconfig-missing',
		evidence: `looked for /nowhere/a, ${process.cwd()}/~/b`,
	});
	expect(await problemFrom(() => loadKubeconfig({ file: '~/pxpair-not-there' }))).toMatchObject({
		id: 'kubeconfig-unreadable',
		title: `The kubeconfig ${homedir()}/pxpair-not-there can't be read`,
	});
});

test('a context that is not there: the ones that are', async () => {
	const config = await loadKubeconfig({ file: `${recordedFolder}/kubeconfig.yaml` });
	expect(await problemFrom(() => findContext(config, 'nope', 'destination'))).toMatchObject({
		id: 'context-unknown',
		kind: 'input',
		side: 'destination',
		title: 'There is no context "nope" for the destination',
		evidence: `the contexts of ${recordedFolder}/kubeconfig.yaml are: west, west-eks, west-file, here`,
	});
});

test('the context whose name is nearest, if one is near', async () => {
	const config = await loadKubeconfig({ file: `${recordedFolder}/kubeconfig.yaml` });
	expect(await problemFrom(() => findContext(config, 'wset-eks'))).toMatchObject({
		title: 'There is no context "wset-eks"; did you mean west-eks?',
	});
});

test('a file with the line ends of Windows, and a mark at its beginning', async () => {
	const folder = await temporaryFolder();
	const text = kubeconfig({ contexts: { a: 'a' } });
	const plain = rows(await loadKubeconfig({ file: await folder.file('plain', text) }));
	const file = await folder.file('windows', `\uFEFF${text.replaceAll('\n', '\r\n')}`);
	expect(rows(await loadKubeconfig({ file }))).toEqual(plain);
});

test('name and password in an address are not shown', async () => {
	const folder = await temporaryFolder();
	const file = await folder.file('login', kubeconfig({ contexts: { a: 'jane:canary@a' } }));
	expect(rows(await loadKubeconfig({ file }))).toEqual(['a: https://a a']);
});

test('of very many contexts, the first twelve are listed', async () => {
	const folder = await temporaryFolder();
	const contexts = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`c${index}`, 'x']));
	const config = await loadKubeconfig({ file: await folder.file('many', kubeconfig({ contexts })) });
	const { evidence } = await problemFrom(() => findContext(config, 'nope'));
	expect(evidence).toMatch(/are: c0, c1, .*, c11, and 3 more$/);
});

test.each([
	['clusters: []', 'its cluster "c" is not in the kubeconfig'],
	['clusters: [{name: c, cluster: {}}]', 'its cluster "c" has no server'],
	[
		'clusters: [{name: c, cluster: {server: "ftp://west.example.com"}}]',
		'its cluster "c" has the server ftp://west.example.com, which is not an https:// address',
	],
	[
		'clusters: [{name: c, cluster: {server: non/sense}}]',
		'its cluster "c" has the server non/sense, which is not an https:// address',
	],
])('a context that leads nowhere: %s', async (clusters, evidence) => {
	const folder = await temporaryFolder();
	const file = await folder.file(
		'half',
		`contexts: [{name: a, context: {cluster: c, user: u}}]\n${clusters}`,
	);
	const config = await loadKubeconfig({ file });
	expect(await failureOf(() => findContext(config, 'a'))).toEqual({ id: 'context-incomplete', evidence });
});

test('any file is read, or ends in a Problem', async () => {
	const folder = await temporaryFolder();
	const file = join(folder.path, 'any');
	const part = fc.constantFrom(
		'clusters:\n',
		'users:\n',
		'contexts:\n',
		'- name: a\n',
		'  context: ',
		'{cluster: a}\n',
		'kind: Config\n',
		'? ',
		'*a',
		'&a ',
		'---\n',
	);
	const texts = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.json(),
		fc.array(fc.oneof(part, fc.string()), { maxLength: 15 }).map(parts => parts.join('')),
	);
	await fc.assert(
		fc.asyncProperty(texts, async text => {
			await folder.file('any', text);
			try {
				await loadKubeconfig({ file });
			} catch (error) {
				expect(error).toBeInstanceOf(PairingError);
			}
		}),
		{ numRuns: 100 },
	);
});

const rows = (config: Kubeconfig): string[] =>
	config.contexts.map(
		({ name, server, userName, namespace }) =>
			`${name}: ${server} ${userName}${namespace ? ` in ${namespace}` : ''}`,
	);

function kubeconfig({ contexts, current }: { contexts: Record<string, string>; current?: string }): string {
	const names = Object.entries(contexts);
	return [
		'apiVersion: v1',
		'kind: Config',
		...(current === undefined ? [] : [`current-context: "${current}"`]),
		'clusters:',
		...names.map(([name, server]) => `- {name: ${name}, cluster: {server: https://${server}}}`),
		'users:',
		...names.map(([name]) => `- {name: ${name}, user: {token: token-of-${name}}}`),
		'contexts:',
		...names.map(([name]) => `- {name: ${name}, context: {cluster: ${name}, user: ${name}}}`),
	].join('\n');
}

test('JSON whose text is never closed, with very many escaped quotes in it, is refused as soon as it is read', async () => {
	const folder = await temporaryFolder();
	const file = await folder.file('kubeconfig', `{${'"a\\'.repeat(500_000)}`);
	expect(await failureOf(() => loadKubeconfig({ file }))).toEqual({
		id: 'kubeconfig-invalid',
		evidence: 'not YAML: line 1',
	});
});
