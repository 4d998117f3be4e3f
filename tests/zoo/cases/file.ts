import { type Around, kubeconfigOf, make, makeText, plainCluster, plainUser, plainYaml } from './make.ts';

const wrong = kubeconfigOf({ cluster: { server: 'https://127.0.0.1:<DEAD_PORT>' } });
const right = kubeconfigOf();
const several = (name: string, KUBECONFIG: string, more: Record<string, string>, around: Around = {}) =>
	makeText(`files: ${name}`, right, { ...around, files: more, env: { KUBECONFIG } });
const part = (top: Record<string, unknown>) => JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...top });
const clusters = [{ name: 'east', cluster: plainCluster }];
const users = [{ name: 'east', user: plainUser }];
const contexts = [{ name: 'east', context: { cluster: 'east', user: 'east' } }];

export const files = [
	several('the first wins', 'kubeconfig:b', { b: wrong }),
	several('the second is right', 'b:kubeconfig', { b: wrong }),
	several('three parts', 'a:b:c', { a: part({ clusters }), b: part({ users }), c: part({ contexts }) }),
	several('fields are not merged', 'a:kubeconfig', {
		a: part({ clusters: [{ name: 'east', cluster: { server: 'https://127.0.0.1:<PORT>' } }] }),
	}),
	several('an empty entry first', 'a:kubeconfig', { a: part({ users: [{ name: 'east' }] }) }),
	several('missing ones are passed over', 'nowhere:kubeconfig:gone', {}),
	several('all missing', 'nowhere:gone', {}),
	several('the same twice', 'kubeconfig:kubeconfig', {}),
	several('one is broken', 'kubeconfig:b', { b: 'a: [' }),
	several('a folder among them', 'sub:kubeconfig', { 'sub/x': '' }),
	several('an empty one', 'a:kubeconfig', { a: '' }),
	several('~ in KUBECONFIG', '~/x', { 'home/x': right }),
	several('a folder called ~', '~/x', { '~/x': right }),
	several('a blank', ' ', { 'home/.kube/config': right }),
	several('empty, so the usual place', '', { 'home/.kube/config': right }),
	several('separators alone', '::', { 'home/.kube/config': right }),
	several('blanks around a name', ' kubeconfig', {}),
	several('--kubeconfig wins', 'b', { b: wrong }, { file: 'kubeconfig' }),
	several('--kubeconfig missing', 'kubeconfig', {}, { file: 'nowhere' }),
	several('--kubeconfig with a colon', 'kubeconfig', { 'a:b': right }, { file: 'a:b' }),
	several('relative paths start at their file', 'sub/k', {
		'sub/k': kubeconfigOf({
			user: { tokenFile: 'token' },
			cluster: { 'certificate-authority-data': undefined, 'certificate-authority': 'ca.crt' },
		}),
		'sub/token': 'sub-token',
		'sub/ca.crt': '<CA>',
	}),
	...['nowhere', 'EAST', 'east ', ' east'].map(context =>
		make(`context ${JSON.stringify(context)}`, {}, { context }),
	),
	...['größe-東京', 'a b (c)', '../../etc', '$HOME', "it's", 'a:b@c/d'].map(context =>
		make(
			`context ${JSON.stringify(context)} exists`,
			{ top: { contexts: [{ name: context, context: { cluster: 'east', user: 'east' } }] } },
			{ context },
		),
	),
	make(
		'context "a\\nb" exists, control character',
		{ top: { contexts: [{ name: 'a\nb', context: contexts[0]?.context }] } },
		{ context: 'a\nb' },
	),
	make(
		'context without a name',
		{ top: { contexts: [{ context: contexts[0]?.context }], 'current-context': '' } },
		{ context: '' },
	),
	make('context of a missing cluster', { context: { cluster: 'gone' } }),
	make('context of a missing user', { context: { user: 'gone' } }),
	make('context without a user', { context: { user: undefined } }),
	make('context with a strange namespace', { context: { namespace: 'A B' } }),
	make('another context is broken', {
		top: { contexts: [...contexts, { name: 'x', context: { cluster: 'gone' } }] },
	}),
	make('context null', { top: { contexts: [{ name: 'east' }] } }),
	...['clusters', 'users', 'contexts'].map(list =>
		make(`${list} twice`, {
			top: {
				[list]: [
					...({ clusters, users, contexts }[list] ?? []),
					...({ clusters, users, contexts }[list] ?? []),
				],
			},
		}),
	),
	...['clusters', 'users', 'contexts', 'preferences', 'extensions'].flatMap(list =>
		[null, {}, [], 'x', 1].map(value =>
			make(`${list}: ${JSON.stringify(value)}`, { top: { [list]: value } }),
		),
	),
	...[
		{ kind: 'config' },
		{ kind: 'List' },
		{ kind: null },
		{ kind: 1 },
		{ apiVersion: 'v2' },
		{ apiVersion: 'kubeconfig/v1' },
		{ apiVersion: null },
		{ apiVersion: undefined, kind: undefined },
		{ extra: { a: [1] } },
	].map(top => make(`top ${JSON.stringify(top)}`, { top })),
];

const text = (name: string, change: (plain: string) => string | Buffer) =>
	makeText(`YAML: ${name}`, change(plainYaml));
const utf16 = (plain: string) => Buffer.from(plain, 'utf16le');

export const yaml = [
	text('a mark before it', plain => `\ufeff${plain}`),
	text('two marks', plain => `\ufeff\ufeff${plain}`),
	text('CRLF', plain => plain.replaceAll('\n', '\r\n')),
	text('CR alone', plain => plain.replaceAll('\n', '\r')),
	text('not UTF-8 in a comment', plain =>
		Buffer.concat([Buffer.from('# '), Buffer.of(0xff), Buffer.from(`\n${plain}`)]),
	),
	text('a control character in a comment', plain => `# \u0007\n${plain}`),
	text('no-break blanks', plain => plain.replaceAll('    server', '\u00a0\u00a0\u00a0\u00a0server')),
	text('tabs as indentation', plain => plain.replaceAll('    server', '\tserver')),
	text('a tab behind the colon', plain => plain.replace('server: ', 'server:\t')),
	text('--- before it', plain => `---\n${plain}`),
	text('--- behind it', plain => `${plain}---\n`),
	text('... behind it', plain => `${plain}...\n`),
	text('a broken second document', plain => `${plain}---\na: [\n`),
	text('an empty first document', plain => `---\n---\n${plain}`),
	text('comments, then ---', plain => `# hello\n\n---\n${plain}`),
	text('%YAML 1.1', plain => `%YAML 1.1\n---\n${plain}`),
	text('%YAML 1.2', plain => `%YAML 1.2\n---\n${plain}`),
	text('empty', () => ''),
	text('blanks', () => ' \n\n'),
	text('comments alone', () => '# nothing\n'),
	text('null', () => 'null\n'),
	text('a text', () => 'hello\n'),
	text('a list', () => '- a\n'),
	text('a key twice, the second right', plain => plain.replace('    token:', '    token: wrong\n    token:')),
	text('users twice, the second right', plain => `users: []\n${plain}`),
	text('Users with a capital', plain => plain.replace('users:', 'Users:')),
	text('an alias', plain => plain.replace('token: <TOKEN>', 'token: &t <TOKEN>\n    other: *t')),
	text('an alias to nothing', plain => plain.replace('<TOKEN>', '*gone')),
	text('a merge key', plain => `x: &x {token: merged}\n${plain.replace('    token: <TOKEN>', '    <<: *x')}`),
	text(
		'a merge key beside an own one',
		plain => `x: &x {token: merged}\n${plain.replace('    token:', '    <<: *x\n    token:')}`,
	),
	text(
		'a merge key of a list',
		plain =>
			`x: &x {token: one}\ny: &y {token: two}\n${plain.replace('    token: <TOKEN>', '    <<: [*x, *y]')}`,
	),
	text('a merge key of a text', plain => plain.replace('    token:', '    <<: x\n    token:')),
	text('an anchor in itself', plain => `x: &x {y: *x}\n${plain}`),
	text('an alias bomb', plain => `${bomb(9)}${plain}`),
	text('five hundred aliases', plain => `x: &x zoo\ny: [${Array(500).fill('*x').join(', ')}]\n${plain}`),
	text('data over several lines', plain => plain.replace('data: <CA_DATA>', 'data: |\n      <CA_DATA>')),
	text('data folded', plain => plain.replace('data: <CA_DATA>', 'data: >-\n      <CA_DATA>')),
	text('JSON with a comma too many', () => right.replace('}]', '},]')),
	text('JSON with a comma at the end', () => right.replace(/\}$/, ',}')),
	text('JSON with tabs', () => JSON.stringify(JSON.parse(right), null, '\t')),
	text('UTF-16LE with a mark', plain => utf16(`\ufeff${plain}`)),
	text('UTF-16BE with a mark', plain => utf16(`\ufeff${plain}`).swap16()),
	text('UTF-16LE without a mark', utf16),
	text('deep', plain => `${plain}x: ${'['.repeat(500)}${']'.repeat(500)}\n`),
	text('keys that are no texts', plain => `1: a\ntrue: b\n${plain}`),
	text('a question mark as key', plain => `? x\n: y\n${plain}`),
	text('a key that is a list', plain => `? [a]\n: y\n${plain}`),
];

function bomb(levels: number): string {
	const lines = Array.from({ length: levels }, (_, level) =>
		level === 0
			? 'l0: &l0 [a, a]'
			: `l${level}: &l${level} [${Array(9)
					.fill(`*l${level - 1}`)
					.join(', ')}]`,
	);
	return `${lines.join('\n')}\n`;
}
