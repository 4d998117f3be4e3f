import { type Fields, kubeconfigOf, make, makeText, plainCluster, plainYaml } from './make.ts';
import { credential, execSection, pluginFile, v1 } from './plugin.ts';
import { oidcSection } from './user.ts';

/** Kinds that few have tried: what parsers, URLs and lookups of other languages than Go take otherwise. */

const noCa = { 'certificate-authority-data': undefined };
const base64 = (text: string) => Buffer.from(text).toString('base64');
const jwt = (claims: string, rest = 'c') => `e30.${Buffer.from(claims).toString('base64url')}.${rest}`;
const text = (name: string, change: (plain: string) => string) =>
	makeText(`odd YAML: ${name}`, change(plainYaml));
const inUser = (name: string, written: string) =>
	text(name, plain => plain.replace('    token: <TOKEN>', written));
const extension = (name: string) => ({ name, extension: {} });

const written = [
	text('all of it indented', plain => plain.replaceAll(/^(?=.)/gm, '  ')),
	text('a directive that no one knows', plain => `%FOO bar\n---\n${plain}`),
	text('%TAG', plain => `%TAG !e! tag:yaml.org,2002:\n---\n${plain.replace('<TOKEN>', '!e!str 12')}`),
	inUser('a key that is null', '    ~: x\n    token: <TOKEN>'),
	text('a key that is null at the top', plain => `null: a\n${plain}`),
	inUser('a merge key of null', '    <<:\n    token: <TOKEN>'),
	inUser('a block with its indentation', '    token: |2-\n      zoo'),
	inUser('a text over lines', '    token: "zoo\\\n      more"'),
	inUser('a tag behind an anchor', '    token: &a !!str 12'),
	...['preferences', 'cluster', 'top'].map(place =>
		make(`odd: an extension twice, ${place}`, {
			...(place === 'cluster' && { cluster: { extensions: [extension('a'), extension('a')] } }),
			...(place === 'top' && { top: { extensions: [extension('a'), extension('a')] } }),
			...(place === 'preferences' && {
				top: { preferences: { extensions: [extension('a'), extension('a')] } },
			}),
		}),
	),
	...(
		[
			['text behind it', `${kubeconfigOf()} x`],
			['two of them', `${kubeconfigOf()}${kubeconfigOf()}`],
			['two of them, in lines', `${kubeconfigOf()}\n${kubeconfigOf({ user: { token: 'second' } })}`],
			['lines before it', `\n\n ${kubeconfigOf()}`],
			['an escaped slash', kubeconfigOf().replace('https://', 'https:\\/\\/')],
			['an escaped surrogate', kubeconfigOf({ user: { token: 'X' } }).replace('"X"', '"\\ud83d\\ude00"')],
			['an escaped backslash', kubeconfigOf({ context: { namespace: 'a\\/b' } })],
			['braces in a text', kubeconfigOf({ context: { namespace: '}"{' } })],
		] as const
	).map(([name, contents]) => makeText(`odd JSON: ${name}`, contents)),
];

const servers = [
	...['?', '#', '#x', '//x//', '/x y', '/x\\y', '/./x', '/x|y', '/"x"', '/{x}^`'].map(
		path => `https://127.0.0.1:<PORT>${path}`,
	),
	...[
		'127.1',
		'0x7f.1',
		'2130706433',
		'127.0.0.01',
		'127.0.0.1.',
		'lo%63alhost',
		'[127.0.0.1]',
		'local_host',
	].map(host => `https://${host}:<PORT>`),
	...['user:', ':pass', '', 'a:b:c', 'a@b', 'us er', 'ü:p', 'u%zz', 'u%ff:p'].map(
		login => `https://${login}@127.0.0.1:<PORT>`,
	),
	'127.0.0.1:<HTTP_PORT>#x',
	'https://127.0.0.1:-1',
	'https://127.0.0.1:65536',
].map(server => make(`odd server: ${JSON.stringify(server)}`, { cluster: { server } }));

const files = {
	token: 'file-token',
	blank: ' \n',
	empty: '',
	'marked.crt': '\ufeff<CERT>',
	'marked.key': '\ufeff<KEY>',
	'words.crt': 'words\n<CERT>words',
	'chain.crt': '<CERT><CA>',
	'c.crt': '<CERT>',
	'c.key': '<KEY>',
	'p.sh': pluginFile(credential({ token: 'plugin-token' })),
};
const oidc = (config: Fields) =>
	oidcSection({
		'idp-issuer-url': 'https://issuer.test',
		'client-id': 'zoo',
		'id-token': '<JWT>',
		...config,
	});

const users = Object.entries<Fields>({
	'a password beside a tokenFile': { password: 'x', tokenFile: 'token' },
	'a password beside a token': { password: 'x', token: 'own' },
	'a plugin beside a blank tokenFile': { tokenFile: 'blank', exec: execSection({}) },
	'a plugin beside an empty tokenFile': { tokenFile: 'empty', exec: execSection({}) },
	'a plugin beside a key alone': { 'client-key-data': '<KEY_DATA>', exec: execSection({}) },
	'extra keys that differ in case': { token: 'own', as: 'x', 'as-user-extra': { Key: ['1'], key: ['2'] } },
	'a certificate with a mark': { 'client-certificate': 'marked.crt', 'client-key': 'c.key' },
	'a key with a mark': { 'client-certificate': 'c.crt', 'client-key': 'marked.key' },
	'a certificate among words': { 'client-certificate': 'words.crt', 'client-key': 'c.key' },
	'a certificate with its CA': { 'client-certificate': 'chain.crt', 'client-key': 'c.key' },
	'oidc, its CA no base64': oidc({ 'idp-certificate-authority-data': '***' }),
	'oidc, its CA no PEM': oidc({ 'idp-certificate-authority-data': base64('zoo') }),
	'oidc, its CA missing': oidc({ 'idp-certificate-authority': 'nowhere' }),
	'oidc, its CA broken beside a token': {
		token: 'own',
		...oidc({ 'idp-certificate-authority-data': base64('x') }),
	},
	'oidc, an expiry in a text': oidc({ 'id-token': jwt('{"exp":"4000000000"}') }),
	'oidc, an expiry with a fraction': oidc({ 'id-token': jwt('{"exp":4000000000.5}') }),
	'oidc, an expiry in capitals': oidc({ 'id-token': jwt('{"EXP":4000000000}') }),
	'oidc, an expiry beyond numbers': oidc({ 'id-token': jwt('{"exp":1e30}') }),
	'oidc, a token of two parts': oidc({ 'id-token': 'e30.e30' }),
	'oidc, a token of four parts': oidc({ 'id-token': jwt('{"exp":4000000000}', 'c.d') }),
}).map(([name, user]) => make(`odd user: ${name}`, { user }, { files }));

const through: Fields = { server: 'https://api.zoo.test:<PORT>' };
const proxy = 'http://127.0.0.1:<PROXY_PORT>';

const ways = [
	make('odd: a CA and insecure, without TLS', {
		cluster: { server: 'http://127.0.0.1:<HTTP_PORT>', 'insecure-skip-tls-verify': true },
	}),
	...[
		'http://u%zz@127.0.0.1:<PROXY_PORT>',
		'http://u%ff:p@127.0.0.1:<PROXY_PORT>',
		'http://:p@127.0.0.1:<PROXY_PORT>',
		'http://ü:p@127.0.0.1:<PROXY_PORT>',
		`${proxy} `,
		`${proxy}\n`,
		'socks5://u%ff:p@127.0.0.1:<SOCKS_PORT>',
		'socks5://:p@127.0.0.1:<SOCKS_PORT>',
		`socks5://${'u'.repeat(256)}:p@127.0.0.1:<SOCKS_PORT>`,
	].map(url => make(`odd proxy-url: ${JSON.stringify(url)}`, { cluster: { ...through, 'proxy-url': url } })),
	...['zoo.test:', ':<PORT>', '[api.zoo.test]', '[zoo.test]:<PORT>', 'zoo.test:x', '*:<PORT>'].map(value =>
		make(`odd NO_PROXY: ${value}`, { cluster: through }, { env: { HTTPS_PROXY: proxy, NO_PROXY: value } }),
	),
	...['[0.0.0.0]', '[0.0.0.0]:<PORT>', '0.0.0.0:', '::ffff:0.0.0.0'].map(value =>
		make(
			`odd NO_PROXY: ${value} for an address`,
			{ cluster: { server: 'https://0.0.0.0:<PORT>' } },
			{ env: { HTTPS_PROXY: proxy, NO_PROXY: value } },
		),
	),
	make('odd HTTPS_PROXY: a blank behind it', { cluster: through }, { env: { HTTPS_PROXY: `${proxy} ` } }),
	make('odd HTTPS_PROXY: a broken escape', { cluster: through }, { env: { HTTPS_PROXY: 'http://u%zz@x' } }),
];

const works = pluginFile(credential({ token: 'plugin-token' }));
const tellsInfo = `#!/bin/sh\nt=$(printf %s "$KUBERNETES_EXEC_INFO" | sed 's/certificate-authority-data.:.[^"]*/CA/; s/127.0.0.1:[0-9]*/HOST/g' | base64 | tr -d '\\n=')\nprintf '%s' '{"apiVersion":"${v1}","kind":"ExecCredential","status":{"token":"'"$t"'"}}'\n`;
const plugin = (
	name: string,
	exec: Fields,
	more: Readonly<Record<string, string>>,
	cluster: Fields = {},
	PATH?: string,
) =>
	make(
		`odd exec: ${name}`,
		{ cluster, user: { exec: execSection(exec) } },
		{ files: { 'p.sh': works, ...more }, ...(PATH !== undefined && { env: { PATH } }) },
	);
const named = { command: 'zoo-plugin' };
const answered = (name: string, output: string) =>
	plugin(`printed ${name}`, {}, { 'p.sh': pluginFile(output) });
const plain = credential({ token: 'plugin-token' });

const plugins = [
	plugin(
		'a folder of PATH where it can not be run',
		named,
		{ 'a/zoo-plugin': 'no', 'b/zoo-plugin': works },
		{},
		'<FOLDER>/a:<FOLDER>/b:/usr/bin:/bin',
	),
	plugin(
		'a folder of PATH where it is a folder',
		named,
		{ 'a/zoo-plugin/x': '', 'b/zoo-plugin': works },
		{},
		'<FOLDER>/a:<FOLDER>/b:/usr/bin:/bin',
	),
	plugin(
		'a relative folder of PATH before a right one',
		named,
		{ 'zoo-plugin': works, 'b/zoo-plugin': works },
		{},
		'.:<FOLDER>/b:/usr/bin:/bin',
	),
	plugin('an empty folder of PATH', named, { 'zoo-plugin': works }, {}, ':/usr/bin:/bin'),
	...Object.entries<Fields>({
		plain: {},
		'with a name': { 'tls-server-name': 'localhost' },
		insecure: { ...noCa, 'insecure-skip-tls-verify': true },
		'with an extension': {
			extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'a<b>&c\u2028' } }],
		},
	}).map(([name, cluster]) =>
		plugin(
			`what it is told of a cluster, ${name}`,
			{ provideClusterInfo: true },
			{ 'p.sh': tellsInfo },
			cluster,
		),
	),
	plugin('what it is told', {}, { 'p.sh': tellsInfo }),
	answered('lines before it', `\n\n ${plain}`),
	answered('a comma too many', plain.replace('"plugin-token"', '"plugin-token",')),
	answered('quotes of one stroke', plain.replaceAll('"', "'")),
	answered('a raw tab in a text', plain.replace('plugin-token', 'a\tb')),
	answered('text behind it', `${plain} bye`),
	answered('another one behind it', `${plain}${plain}`),
];

const fallbacks = [
	make('odd: data that is no base64, of another cluster', {
		top: {
			clusters: [
				{ name: 'east', cluster: plainCluster },
				{ name: 'other', cluster: { 'certificate-authority-data': 'YWJ-_w==' } },
			],
		},
	}),
];

export const odd = [...written, ...servers, ...users, ...ways, ...plugins, ...fallbacks];
