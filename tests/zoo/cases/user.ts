import { type Fields, make, subsets } from './make.ts';
import { credential, execSection, pluginFile } from './plugin.ts';

export const oidcSection = (config: Fields): Fields => ({ 'auth-provider': { name: 'oidc', config } });
const issuer = { 'idp-issuer-url': 'https://127.0.0.1:<PORT>', 'client-id': 'zoo' };
const valid = { ...issuer, 'id-token': '<JWT>' };

/** Who wins among all that may log in. */
export const logins = subsets<Fields>({
	token: { token: 'own-token' },
	tokenFile: { tokenFile: 'token' },
	basic: { username: 'jane', password: 'päss' },
	certificate: { 'client-certificate-data': '<CERT_DATA>', 'client-key-data': '<KEY_DATA>' },
	exec: { exec: execSection({}) },
	oidc: oidcSection(valid),
}).map(({ name, of }) =>
	make(
		`logins: ${name}`,
		{ user: Object.assign({}, ...of) },
		{ files: { token: 'file-token\n', 'p.sh': pluginFile(credential({ token: 'plugin-token' })) } },
	),
);

export const impersonation = subsets<Fields>({
	as: { as: 'jane' },
	uid: { 'as-uid': '1234' },
	groups: { 'as-groups': ['dev', 'ops, all', 'dev'] },
	extra: { 'as-user-extra': { reason: ['a', 'b'], 'Some.Key/ü%': ['c'] } },
	token: { token: '<TOKEN>' },
}).map(({ name, of }) => make(`impersonates: ${name}`, { user: Object.assign({}, ...of) }));

const files = {
	token: 'file-token\n',
	blank: ' \n',
	'two.lines': 'one\ntwo\n',
	marked: '\ufeffmarked-token',
	'c.crt': '<CERT>',
	'c.key': '<KEY>',
	'second.crt': '<CERT_SECOND>',
	'sub/token': 'sub-token',
};
const base64 = (text: string) => Buffer.from(text).toString('base64');
const certificate = { 'client-certificate-data': '<CERT_DATA>', 'client-key-data': '<KEY_DATA>' };

const variants: Readonly<Record<string, Fields>> = {
	'token with blanks around': { token: ' a b ' },
	'token with a line break': { token: 'zoo\n' },
	'token beyond Latin-1': { token: 'zoo…ü' },
	'token with a tab': { token: 'a\tb' },
	'token with Bearer before it': { token: 'Bearer zoo' },
	'token of another case': { Token: 'zoo' },
	'tokenFile in a folder': { tokenFile: 'sub/token' },
	'tokenFile absolute': { tokenFile: '<FOLDER>/token' },
	'tokenFile blank': { tokenFile: 'blank' },
	'tokenFile blank, token beside it': { tokenFile: 'blank', token: 'own' },
	'tokenFile of two lines': { tokenFile: 'two.lines' },
	'tokenFile with a mark': { tokenFile: 'marked' },
	'tokenFile missing': { tokenFile: 'nowhere' },
	'tokenFile missing, token beside it': { tokenFile: 'nowhere', token: 'own' },
	'tokenFile a folder': { tokenFile: 'sub' },
	'tokenFile ~': { tokenFile: '~/token' },
	'certificate files': { 'client-certificate': 'c.crt', 'client-key': 'c.key' },
	'certificate file, key data': { 'client-certificate': 'c.crt', 'client-key-data': '<KEY_DATA>' },
	'certificate data and file': { ...certificate, 'client-certificate': 'second.crt' },
	'key data and file': { ...certificate, 'client-key': 'c.key' },
	'certificate without key': { 'client-certificate-data': '<CERT_DATA>' },
	'certificate without key, token': { 'client-certificate-data': '<CERT_DATA>', token: 'own' },
	'key without certificate': { 'client-key-data': '<KEY_DATA>' },
	'key file missing without certificate, token': { 'client-key': 'nowhere', token: 'own' },
	'key data and file without certificate, token': {
		'client-key-data': '<KEY_DATA>',
		'client-key': 'c.key',
		token: 'own',
	},
	'certificate file missing': { 'client-certificate': 'nowhere', 'client-key': 'c.key' },
	'key file missing': { 'client-certificate': 'c.crt', 'client-key': 'nowhere' },
	'key of another certificate': { 'client-certificate': 'second.crt', 'client-key': 'c.key' },
	'certificate not PEM': { 'client-certificate-data': base64('zoo'), 'client-key-data': '<KEY_DATA>' },
	'key not PEM': { 'client-certificate-data': '<CERT_DATA>', 'client-key-data': base64('zoo') },
	'certificate data not base64': { 'client-certificate-data': '***', 'client-key-data': '<KEY_DATA>' },
	'certificate and key swapped': {
		'client-certificate-data': '<KEY_DATA>',
		'client-key-data': '<CERT_DATA>',
	},
	'username alone': { username: 'jane' },
	'password alone': { password: 'x' },
	'username with a colon': { username: 'a:b', password: 'c' },
	'username and password with a line break': { username: 'a\nb', password: 'c\n' },
	'as blank': { token: 'own', as: ' ' },
	'as with a line break': { token: 'own', as: 'a\nb' },
	'as beyond Latin-1': { token: 'own', as: 'größe…' },
	'extra with an empty list': { token: 'own', as: 'a', 'as-user-extra': { reason: [] } },
	'extra with null': { token: 'own', as: 'a', 'as-user-extra': { reason: null } },
	'groups with an empty name': { token: 'own', as: 'a', 'as-groups': ['', 'b'] },
	'groups empty without as': { token: 'own', 'as-groups': [] },
	nothing: {},
	null: { token: null },
	'oidc expired, living issuer': oidcSection({
		...issuer,
		'id-token': '<JWT_OLD>',
		'refresh-token': 'r',
		'idp-certificate-authority-data': '<CA_DATA>',
	}),
	'oidc expired, no refresh token': oidcSection({ ...issuer, 'id-token': '<JWT_OLD>' }),
	'oidc expired, dead issuer': oidcSection({
		...issuer,
		'idp-issuer-url': 'https://127.0.0.1:<DEAD_PORT>',
		'id-token': '<JWT_OLD>',
		'refresh-token': 'r',
	}),
	'oidc without token': oidcSection(issuer),
	'oidc without issuer': oidcSection({ 'client-id': 'zoo', 'id-token': '<JWT>' }),
	'oidc without client': oidcSection({ 'idp-issuer-url': 'https://127.0.0.1:<PORT>', 'id-token': '<JWT>' }),
	'oidc with an opaque token': oidcSection({ ...issuer, 'id-token': 'opaque' }),
	'oidc without config, token': { token: 'own', 'auth-provider': { name: 'oidc' } },
	gcp: { 'auth-provider': { name: 'gcp', config: { 'access-token': 'x' } } },
	azure: { 'auth-provider': { name: 'azure', config: { 'access-token': 'x' } } },
	openstack: { 'auth-provider': { name: 'openstack' } },
	'gcp beside a token': { token: 'own', 'auth-provider': { name: 'gcp' } },
	'unknown provider beside a password': { username: 'a', password: 'b', 'auth-provider': { name: 'x' } },
	'provider without a name': { token: 'own', 'auth-provider': { config: {} } },
	'provider null': { token: 'own', 'auth-provider': null },
	'provider empty': { token: 'own', 'auth-provider': {} },
	'config with a number': { token: 'own', 'auth-provider': { name: 'oidc', config: { a: 1 } } },
};

const onPlain = { cluster: { server: 'http://127.0.0.1:<HTTP_PORT>' } };

/** One login after the other; some of them to a server without TLS as well. */
export const users = [
	...Object.entries(variants).map(([name, user]) => make(`user: ${name}`, { user }, { files })),
	...Object.entries(variants)
		.filter((_, index) => index % 3 === 0)
		.map(([name, user]) => make(`user over http: ${name}`, { ...onPlain, user }, { files })),
];
