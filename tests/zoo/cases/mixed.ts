import { type Fields, kubeconfigOf, make, makeText, plainCluster, plainUser, plainYaml } from './make.ts';

/** Kinds that meet: several files that name the same things, odd but real ways to write them, and certificates of every make. */

const entry = (name: string, kind: 'cluster' | 'user' | 'context', of: Fields) => ({ name, [kind]: of });
const file = (top: Fields) => JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...top });
const east = entry('east', 'context', { cluster: 'east', user: 'east' });
const dead = { server: 'https://127.0.0.1:<DEAD_PORT>' };

const merged = (name: string, order: string, files: Readonly<Record<string, string>>) =>
	makeText(`merge: ${name}`, kubeconfigOf(), { env: { KUBECONFIG: order }, files });

const merges = [
	...[
		['right first', 'kubeconfig:b:c'],
		['right second', 'b:kubeconfig:c'],
		['right last', 'b:c:kubeconfig'],
	].map(([name, order]) =>
		merged(`three files with the same names, ${name}`, String(order), {
			b: file({
				clusters: [entry('east', 'cluster', dead)],
				users: [entry('east', 'user', { token: 'b' })],
				contexts: [east],
			}),
			c: file({ users: [entry('east', 'user', { token: 'c' })], contexts: [east] }),
		}),
	),
	merged('a user of one file, a cluster of another, a context of a third with a namespace', 'u:c:x', {
		u: file({ users: [entry('east', 'user', { token: 'from-u' })] }),
		c: file({ clusters: [entry('east', 'cluster', plainCluster)] }),
		x: file({ contexts: [entry('east', 'context', { cluster: 'east', user: 'east', namespace: 'n' })] }),
	}),
	merged('relative paths of two files', 'one/k:two/k', {
		'one/k': file({
			clusters: [
				entry('east', 'cluster', { server: 'https://127.0.0.1:<PORT>', 'certificate-authority': 'ca.crt' }),
			],
		}),
		'one/ca.crt': '<CA>',
		'two/k': file({ users: [entry('east', 'user', { tokenFile: 'token' })], contexts: [east] }),
		'two/token': 'second-token',
	}),
	merged('a relative path that is there beside the other file only', 'one/k:two/k', {
		'one/k': file({ users: [entry('east', 'user', { tokenFile: 'token' })], contexts: [east] }),
		'two/k': file({ clusters: [entry('east', 'cluster', plainCluster)] }),
		'two/token': 'second-token',
	}),
	merged('current-context of the first', 'a:kubeconfig', { a: file({ 'current-context': 'gone' }) }),
	merged('a name twice in the second file', 'a:b', {
		a: kubeconfigOf(),
		b: file({ users: [entry('east', 'user', {}), entry('east', 'user', {})] }),
	}),
	merged('preferences and extensions of all', 'a:kubeconfig', {
		a: file({ preferences: { colors: true }, extensions: [{ name: 'x', extension: { a: 1 } }] }),
	}),
	merged('an empty user first', 'a:kubeconfig', { a: file({ users: [entry('east', 'user', {})] }) }),
	merged('a user that is null first', 'a:kubeconfig', { a: file({ users: [{ name: 'east', user: null }] }) }),
];

const chunked = (text: string, sign: string) =>
	text.replace('data: <CA_DATA>', `data: ${sign}\n      <CA_LINES>`);

const written = [
	makeText('mixed: base64 in lines, kept', chunked(plainYaml, '|')),
	makeText('mixed: base64 in lines, folded', chunked(plainYaml, '>')),
	makeText('mixed: base64 in lines, plain', chunked(plainYaml, '')),
	makeText('mixed: base64 in lines, in quotes', plainYaml.replace('<CA_DATA>', '"<CA_ESCAPED>"')),
	makeText('mixed: a mark, CRLF and JSON', `\ufeff${kubeconfigOf().replaceAll(',', ',\r\n')}`),
	makeText(
		'mixed: CRLF and a token in a block',
		plainYaml.replace('token: <TOKEN>', 'token: |-\n      <TOKEN>').replaceAll('\n', '\r\n'),
	),
	makeText(
		'mixed: tabs in JSON inside YAML',
		plainYaml.replace('    token: <TOKEN>', '    {"token":\t"<TOKEN>"}'),
	),
	makeText(
		'mixed: an anchor for a whole user',
		plainYaml.replace(
			'- name: east\n  user:\n    token: <TOKEN>',
			'- name: other\n  user: &u\n    token: <TOKEN>\n- name: east\n  user: *u',
		),
	),
	makeText(
		'mixed: an anchor for a CA, in three clusters',
		plainYaml
			.replace('data: <CA_DATA>', 'data: &ca <CA_DATA>')
			.replace(
				'contexts:',
				'- name: b\n  cluster: {server: x, certificate-authority-data: *ca}\n- name: c\n  cluster: {server: y, certificate-authority-data: *ca}\ncontexts:',
			),
	),
	makeText(
		'mixed: a merge key over a cluster, with an own server',
		`x: &x {server: "https://127.0.0.1:<DEAD_PORT>", certificate-authority-data: <CA_DATA>}\n${plainYaml.replace('    certificate-authority-data: <CA_DATA>', '    <<: *x')}`,
	),
	makeText(
		'mixed: a merge key of a list behind an own one',
		`x: &x {token: one}\ny: &y {token: two}\n${plainYaml.replace('    token: <TOKEN>', '    token: own\n    <<: [*x, *y]')}`,
	),
	makeText(
		'mixed: an own key behind and before a merge key',
		`x: &x {token: one}\n${plainYaml.replace('    token: <TOKEN>', '    token: before\n    <<: *x\n    token: behind')}`,
	),
	makeText(
		'mixed: a merge key in quotes',
		`x: &x {token: merged}\n${plainYaml.replace('    token: <TOKEN>', '    "<<": *x')}`,
	),
	makeText(
		'mixed: an override of a key after an anchor of the same name',
		`x: &x a\ny: &x <TOKEN>\n${plainYaml.replace('token: <TOKEN>', 'token: *x')}`,
	),
	...['clusters', 'users', 'contexts'].map(list =>
		makeText(
			`mixed: ${list} twice, the same both times`,
			plainYaml.replace(new RegExp(`^${list}:\\n(?:- .*\\n|  .*\\n)+`, 'm'), found => `${found}${found}`),
		),
	),
	makeText(
		'mixed: the server twice',
		plainYaml.replace('    server:', '    server: https://127.0.0.1:<DEAD_PORT>\n    server:'),
	),
	makeText(
		'mixed: the name twice',
		plainYaml.replace('- name: east\n  user:', '- name: other\n  name: east\n  user:'),
	),
	makeText('mixed: a token twice in JSON', kubeconfigOf().replace('"token":', '"token":"first","token":')),
];

const numeric = (name: string, written: string) =>
	makeText(
		`mixed: ${name} as a name`,
		plainYaml
			.replaceAll('- name: east', `- name: ${written}`)
			.replaceAll('cluster: east', `cluster: ${written}`)
			.replaceAll('user: east', `user: ${written}`),
		{ context: name },
	);

const names = [
	numeric('1', '"1"'),
	numeric('1', '1'),
	numeric('1e3', '1e3'),
	numeric('1e3', '"1e3"'),
	numeric('0x10', '0x10'),
	numeric('012', '012'),
	numeric('true', 'true'),
	numeric('no', 'no'),
	numeric('null', 'null'),
	numeric('~', '"~"'),
	numeric('2026-11-28', '2026-11-28'),
	numeric('-', '"-"'),
	numeric('-n', '-n'),
	numeric('12:30:45', '12:30:45'),
	numeric('.inf', '.inf'),
	numeric('1_000', '1_000'),
];

const key = (name: string, cert: string, secret: string) =>
	make(`mixed: client key ${name}`, {
		user: { 'client-certificate-data': `<${cert}>`, 'client-key-data': `<${secret}>` },
	});

const certificates = [
	key('of EC in PKCS 8', 'EC_CERT_DATA', 'EC_KEY_DATA'),
	key('of EC in SEC 1', 'EC_CERT_DATA', 'EC_SEC1_DATA'),
	key('of RSA in PKCS 8', 'RSA_CERT_DATA', 'RSA_KEY_DATA'),
	key('of RSA in PKCS 1', 'RSA_CERT_DATA', 'RSA_PKCS1_DATA'),
	key('of Ed25519', 'ED_CERT_DATA', 'ED_KEY_DATA'),
	key('encrypted, PKCS 8', 'RSA_CERT_DATA', 'RSA_ENCRYPTED_DATA'),
	key('encrypted, PKCS 1', 'RSA_CERT_DATA', 'RSA_OLD_ENCRYPTED_DATA'),
	key('behind its parameters', 'EC_CERT_DATA', 'EC_PARAMETERS_DATA'),
	key('of another kind than the certificate', 'EC_CERT_DATA', 'RSA_KEY_DATA'),
	key('of another certificate', 'EC_CERT_DATA', 'ED_KEY_DATA'),
	key('of an expired certificate', 'OLD_CERT_DATA', 'OLD_KEY_DATA'),
	make(
		'mixed: client key and certificate in one file',
		{ user: { 'client-certificate': 'both.pem', 'client-key': 'both.pem' } },
		{ files: { 'both.pem': '<RSA_CERT><RSA_KEY>' } },
	),
	make('mixed: expired certificate beside a token', {
		user: { 'client-certificate-data': '<OLD_CERT_DATA>', 'client-key-data': '<OLD_KEY_DATA>', token: 'own' },
	}),
];

const bundle = (before: boolean) => (before ? '<OTHER_CAS><CA>' : '<CA><OTHER_CAS>');
const trust = [
	...[true, false].map(before =>
		make(
			`mixed: a CA bundle of 1 MB, ours ${before ? 'last' : 'first'}`,
			{
				cluster: { 'certificate-authority-data': undefined, 'certificate-authority': 'bundle.crt' },
			},
			{ files: { 'bundle.crt': bundle(before) } },
		),
	),
	make(
		'mixed: a CA bundle with text between',
		{
			cluster: { 'certificate-authority-data': undefined, 'certificate-authority': 'bundle.crt' },
		},
		{ files: { 'bundle.crt': 'Subject: one\n<OTHER_CA>\n# two\n<CA>\nend' } },
	),
	make(
		'mixed: a CA bundle with a key in it',
		{
			cluster: { 'certificate-authority-data': undefined, 'certificate-authority': 'bundle.crt' },
		},
		{ files: { 'bundle.crt': '<KEY><CA>' } },
	),
	make(
		'mixed: a CA bundle whose first is broken',
		{
			cluster: { 'certificate-authority-data': undefined, 'certificate-authority': 'bundle.crt' },
		},
		{ files: { 'bundle.crt': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n<CA>' } },
	),
	make('mixed: tls-server-name through a proxy', {
		cluster: {
			server: 'https://127.0.0.1:<PORT>',
			'tls-server-name': 'localhost',
			'proxy-url': 'socks5h://127.0.0.1:<SOCKS_PORT>',
		},
	}),
	make('mixed: tls-server-name with a wildcard', { cluster: { 'tls-server-name': '*.zoo.test' } }),
	make('mixed: tls-server-name and insecure', {
		cluster: {
			'certificate-authority-data': undefined,
			'tls-server-name': 'other.test',
			'insecure-skip-tls-verify': true,
		},
	}),
];

const userFields = [
	make(
		'mixed: token and tokenFile',
		{ user: { token: 'own', tokenFile: 'token' } },
		{ files: { token: 'file' } },
	),
	make(
		'mixed: tokenFile of 1 MB',
		{ user: { tokenFile: 'token' } },
		{ files: { token: 'a'.repeat(1_000_000) } },
	),
	make('mixed: a token of 7,000 characters', { user: { token: 'a'.repeat(7000) } }),
	make('mixed: an empty user with as', { user: { as: 'jane' } }),
	make('mixed: a user of empty fields', {
		user: {
			token: '',
			tokenFile: '',
			username: '',
			password: '',
			'client-certificate': '',
			'client-key-data': '',
			as: '',
			'as-groups': [],
			'auth-provider': null,
			exec: null,
		},
	}),
	make('mixed: fields in another case beside right ones', { user: { ...plainUser, TOKEN: 'other' } }),
];

export const mixed = [...merges, ...written, ...names, ...certificates, ...trust, ...userFields];
