import { homedir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findContext, type Kubeconfig, loadKubeconfig } from '../../source/gateways/kubernetes/kubeconfig.ts';
import { PairingError } from '../../source/pairing/words/problem.ts';
import { failureOf, problemFrom } from '../helpers/problem-from.ts';
import { recordedFolder } from '../helpers/recorded.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

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

test('of two with one name in one file, the first wins', async () => {
	const folder = await temporaryFolder();
	const twice = await folder.file(
		'twice',
		`${kubeconfig({ contexts: { a: 'first' } })}\n`.replace(
			'users:',
			'- {name: a, cluster: {server: https://second}}\nusers:',
		),
	);
	expect(rows(await loadKubeconfig({ file: twice }))).toEqual(['a: https://first a']);
});

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

test('JSON, a name that is a number, and a relative path will do', async () => {
	const folder = await temporaryFolder();
	const file = await folder.file(
		'json',
		JSON.stringify({
			contexts: [{ name: 7, context: { cluster: 'c' } }],
			clusters: [{ name: 'c', cluster: { server: 'https://c' } }],
		}),
	);
	expect(rows(await loadKubeconfig({ file: relative(process.cwd(), file) }))).toEqual(['7: https://c ']);
});

test('half of a context, a list that is none, an entry without a name: passed over, not a crash', async () => {
	const folder = await temporaryFolder();
	const file = await folder.file(
		'odd',
		'clusters: 7\nusers: [null, 3, {user: {}}]\ncontexts: [{name: a}, {name: b, context: text}, {context: {}}]',
	);
	expect(rows(await loadKubeconfig({ file }))).toEqual(['a: undefined ', 'b: undefined ']);
});

test.each([
	['no YAML', 'a: 1\nb: [', /^not YAML: line 2$/],
	['another kind', 'kind: Secret\ndata: {token: canary}', /^it is not of kind Config$/],
	['a text', 'canary', /^it is not of kind Config$/],
	[
		'a bomb of aliases',
		`a: &a [x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: *a`).join('\n')}`,
		/^not YAML: line \d+$/,
	],
	['two documents', '{}\n---\n{}', /^not YAML: more than one document$/],
	['[] as a key', '[a]: 1', /^not YAML: line 1$/],
	['nesting without end', '['.repeat(3000), /^not YAML: line 1$/],
])('not a kubeconfig: %s', async (_, text, evidence) => {
	const folder = await temporaryFolder();
	const file = await folder.file('bad', text);
	const problem = await problemFrom(() => loadKubeconfig({ file }));

	expect(problem).toMatchObject({
		id: 'kubeconfig-invalid',
		kind: 'input',
		title: `${file} is not a kubeconfig`,
	});
	expect(problem.evidence).toMatch(evidence);
	expect(JSON.stringify(problem)).not.toContain('canary');
});

test('a file that is named has to be there', async () => {
	const folder = await temporaryFolder();
	expect(await failureOf(() => loadKubeconfig({ file: join(folder.path, 'none') }))).toEqual({
		id: 'kubeconfig-unreadable',
		evidence: 'there is no such file',
	});
	expect(await failureOf(() => loadKubeconfig({ environment: folder.path }))).toEqual({
		id: 'kubeconfig-unreadable',
		evidence: 'it is a folder',
	});
});

test('without any file, it says where it looked; ~ is the home folder', async () => {
	const environment = [join('/nowhere', 'a'), '~/pxpair-test-that-is-not-there'].join(delimiter);
	expect(await failureOf(() => loadKubeconfig({ environment }))).toEqual({
		id: 'kubeconfig-missing',
		evidence: `looked for /nowhere/a, ${homedir()}/pxpair-test-that-is-not-there`,
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
		'clusters: [{name: c, cluster: {server: "west.example.com:6443"}}]',
		'its cluster "c" has the server west.example.com:6443, which is no https:// address',
	],
	[
		'clusters: [{name: c, cluster: {server: nonsense}}]',
		'its cluster "c" has the server nonsense, which is no https:// address',
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
