import { type Fields, make } from './make.ts';

export const v1 = 'client.authentication.k8s.io/v1';
const v1beta1 = 'client.authentication.k8s.io/v1beta1';

export const execSection = (fields: Fields): Fields => ({
	apiVersion: v1,
	command: './p.sh',
	interactiveMode: 'Never',
	...fields,
});

export const credential = (status: unknown, fields: Fields = {}): string =>
	JSON.stringify({ apiVersion: v1, kind: 'ExecCredential', status, ...fields });

export const pluginFile = (output: string, before = ''): string =>
	`#!/bin/sh\n${before}\ncat <<'END'\n${output}\nEND\n`;

const works = pluginFile(credential({ token: 'plugin-token' }));
/** What reaches the plugin, as the token. */
const telling = (what: string) =>
	`#!/bin/sh\nt=$(${what} | base64 | tr -d '\\n=')\nprintf '%s' '{"apiVersion":"${v1}","kind":"ExecCredential","status":{"token":"'"$t"'"}}'\n`;

const withPlugin = (name: string, exec: Fields, script = works, more: Parameters<typeof make>[2] = {}) =>
	make(
		`exec: ${name}`,
		{ user: { exec: execSection(exec) } },
		{ ...more, files: { 'p.sh': script, ...more.files } },
	);

const versioned = (version: string) =>
	withPlugin(
		`version ${version || 'none'}`,
		{ apiVersion: version },
		pluginFile(credential({ token: 't' }, { apiVersion: version })),
	);

export const plugins = [
	...[v1, v1beta1, 'client.authentication.k8s.io/v1alpha1', 'v1', ''].map(versioned),
	...['Never', 'IfAvailable', 'Always', 'never', ''].map(mode =>
		withPlugin(`interactiveMode ${mode || 'none'}`, { interactiveMode: mode }),
	),
	make(
		'exec: v1beta1 without interactiveMode',
		{ user: { exec: { apiVersion: v1beta1, command: './p.sh' } } },
		{ files: { 'p.sh': pluginFile(credential({ token: 't' }, { apiVersion: v1beta1 })) } },
	),
	withPlugin('no command', { command: '' }),
	withPlugin('env without a name', { env: [{ name: '', value: 'x' }] }),
	withPlugin('env with a number', { env: [{ name: 'A', value: 1 }] }),
	withPlugin(
		'env reaches it, the later wins',
		{
			env: [
				{ name: 'A', value: '$HOME' },
				{ name: 'A', value: 'two' },
			],
		},
		telling('printf %s "$A$B"'),
		{ env: { B: 'outer', A: 'lost' } },
	),
	withPlugin(
		'args',
		{ args: ['a b', '', '"', '$HOME'] },
		telling('for a in "$@"; do printf "<%s>" "$a"; done'),
	),
	withPlugin(
		'KUBERNETES_EXEC_INFO',
		{},
		telling(`printf %s "$KUBERNETES_EXEC_INFO" | grep -o '"interactive":[a-z]*'`),
	),
	withPlugin(
		'provideClusterInfo',
		{ provideClusterInfo: true },
		telling(
			`printf %s "$KUBERNETES_EXEC_INFO" | tr ',' '\\n' | grep -c -e certificate-authority-data -e server`,
		),
	),
	withPlugin('standard input is empty', {}, telling('cat')),
	withPlugin('working folder', {}, telling('basename "$(pwd)"')),
	withPlugin('command in PATH', { command: 'zoo-plugin' }, works, {
		files: { 'bin/zoo-plugin': works },
		env: { PATH: '<FOLDER>/bin:/usr/bin:/bin' },
	}),
	withPlugin('command in a relative folder of PATH', { command: 'zoo-plugin' }, works, {
		files: { 'bin/zoo-plugin': works },
		env: { PATH: 'bin:/usr/bin:/bin' },
	}),
	withPlugin('bare name beside the kubeconfig', { command: 'p.sh' }),
	withPlugin('absolute command', { command: '<FOLDER>/p.sh' }),
	withPlugin('command ~', { command: '~/p.sh' }, works, { files: { 'home/p.sh': works } }),
	withPlugin('command missing', { command: 'zoo-nowhere', installHint: 'Get it.' }),
	withPlugin('command with arguments in it', { command: './p.sh now' }),
	withPlugin('command a folder', { command: './sub' }, works, { files: { 'sub/x': '' } }),
	withPlugin('no #!', {}, 'echo x\n'),
	withPlugin('args null', { args: null, env: null }),
	withPlugin('args with a number', { args: [1] }),
	withPlugin('beside broken oidc', {}),
	make('exec: unused and broken beside a token', { user: { token: 'own', exec: { command: '' } } }),
	make('exec: unused, v1alpha1, beside a token', {
		user: { token: 'own', exec: execSection({ apiVersion: 'client.authentication.k8s.io/v1alpha1' }) },
	}),
	make('exec: null beside a token', { user: { token: 'own', exec: null } }),
	make('exec: empty beside a token', { user: { token: 'own', exec: {} } }),
	make(
		'exec: to a server without TLS',
		{ cluster: { server: 'http://127.0.0.1:<HTTP_PORT>' }, user: { exec: execSection({}) } },
		{ files: { 'p.sh': works } },
	),
	make('exec: v1alpha1 to a server without TLS', {
		cluster: { server: 'http://127.0.0.1:<HTTP_PORT>' },
		user: { exec: execSection({ apiVersion: 'client.authentication.k8s.io/v1alpha1' }) },
	}),
];

const pem = { clientCertificateData: '<CERT>', clientKeyData: '<KEY>' };
/** Line breaks of a certificate inside a text of JSON. */
const pemFile = (status: Fields) =>
	`#!/bin/sh\nnode_free() { sed ':a;N;$!ba;s/\\n/\\\\n/g' "$1"; }\nc=$(node_free c.crt); k=$(node_free c.key)\ncat <<END\n${credential(status).replace('<CERT>', '$c').replace('<KEY>', '$k')}\nEND\n`;
const answer = (name: string, output: string, before = '') =>
	withPlugin(`answer: ${name}`, {}, pluginFile(output, before));
const expires = (expirationTimestamp: unknown) => credential({ token: 't', expirationTimestamp });
const withPem = (name: string, status: Fields) =>
	withPlugin(`answer: ${name}`, {}, pemFile(status), { files: { 'c.crt': '<CERT>', 'c.key': '<KEY>' } });

export const pluginAnswers = [
	answer('a version of another', credential({ token: 't' }, { apiVersion: v1beta1 })),
	answer('no version', credential({ token: 't' }, { apiVersion: undefined })),
	answer('another kind', credential({ token: 't' }, { kind: 'Token' })),
	answer('no kind', credential({ token: 't' }, { kind: undefined })),
	answer('no status', credential(undefined)),
	answer('status null', credential(null)),
	answer('status empty', credential({})),
	answer('token empty', credential({ token: '' })),
	answer('token a number', credential({ token: 1 })),
	answer('token null', credential({ token: null })),
	answer('token with a line break', credential({ token: 'a\nb' })),
	answer('unknown fields', credential({ token: 't', x: 1 }, { y: 2, spec: { interactive: true } })),
	answer('other case', credential({ Token: 't' })),
	answer('nothing', ''),
	answer('noise before', `hello\n${credential({ token: 't' })}`),
	answer('noise after', `${credential({ token: 't' })}\nbye`),
	answer('twice', `${credential({ token: 't' })}\n${credential({ token: 'u' })}`),
	answer('YAML', `apiVersion: ${v1}\nkind: ExecCredential\nstatus:\n  token: yaml-token`),
	answer('YAML with a comment', `# hello\napiVersion: ${v1}\nkind: ExecCredential\nstatus: {token: t}`),
	answer('two documents', `apiVersion: ${v1}\nkind: ExecCredential\nstatus: {token: t}\n---\nx: [`),
	answer('a mark before it', `\ufeff${credential({ token: 't' })}`),
	answer('a list', `[${credential({ token: 't' })}]`),
	answer('exit 1 after a credential', credential({ token: 't' }), 'trap "exit 1" EXIT'),
	answer('words on standard error', credential({ token: 't' }), 'echo hello >&2'),
	answer('expired', expires('2020-01-01T00:00:00Z')),
	answer('expires later', expires('2090-01-01T00:00:00Z')),
	answer('expires with an offset', expires('2090-01-01T00:00:00.123+02:00')),
	answer('expires without a zone', expires('2090-01-01T00:00:00')),
	answer('expires with a blank', expires('2090-01-01 00:00:00Z')),
	answer('expires in lowercase letters', expires('2090-01-01t00:00:00z')),
	answer('expires in seconds', expires(4_000_000_000)),
	answer('expires empty', expires('')),
	answer('expires null', expires(null)),
	withPem('certificate and key', pem),
	withPem('certificate, key and token', { ...pem, token: 't' }),
	withPem('certificate without key', { clientCertificateData: pem.clientCertificateData, token: 't' }),
	withPem('certificate that is none', { ...pem, clientCertificateData: 'zoo' }),
];
