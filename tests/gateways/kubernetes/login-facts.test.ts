import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContextEntry } from '../../../source/gateways/kubernetes/kubeconfig.ts';
import { loginFacts } from '../../../source/gateways/kubernetes/login-facts.ts';
import type { LoginFacts } from '../../../source/pairing/clusters/login.ts';
import { PairingError } from '../../../source/pairing/words/problem.ts';
import { createServerCertificate } from '../../../source/practice/certificates.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

type Fields = Record<string, unknown>;

const { caPem, certPem, keyPem } = createServerCertificate('west');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const tokenWith = (claims: unknown): string =>
	['{"alg":"none"}', JSON.stringify(claims), 'signature']
		.map(part => Buffer.from(part).toString('base64url'))
		.join('.');

const address = 'https://west.example:6443';
const nothingSaid: LoginFacts = {
	server: address,
	proxy: undefined,
	ca: { kind: 'system' },
	serverName: undefined,
	user: { kind: 'none' },
};

// The cluster.

test.each<[string, Fields, Partial<LoginFacts>]>([
	['an address alone', {}, {}],
	[
		'an address with a name and a password',
		{ server: 'https://me:p@ss@west.example:6443' },
		{ user: { kind: 'password' } },
	],
	['an http proxy', { 'proxy-url': 'http://me:pass@proxy.example:3128/' }, { proxy: 'proxy.example:3128' }],
	['a proxy without a port', { 'proxy-url': 'https://proxy.example' }, { proxy: 'proxy.example:443' }],
	['a socks proxy', { 'proxy-url': 'socks5://[::1]' }, { proxy: '[::1]:1080' }],
	['a CA', { 'certificate-authority-data': base64(caPem) }, { ca: { kind: 'own', pem: caPem } }],
	[
		'a CA and more in one file',
		{ 'certificate-authority-data': base64(`${keyPem}\n# ours\n${caPem}`) },
		{ ca: { kind: 'own', pem: caPem } },
	],
	['no look at certificates', { 'insecure-skip-tls-verify': true }, { ca: { kind: 'unchecked' } }],
	['a look at certificates after all', { 'insecure-skip-tls-verify': false }, {}],
	['a server name', { 'tls-server-name': 'api.west' }, { serverName: 'api.west' }],
	['empty fields', { 'proxy-url': '', 'certificate-authority-data': '', 'tls-server-name': '' }, {}],
])('%s', async (_title, cluster, told) => {
	expect(await loginFacts(entryWith({}, cluster))).toEqual({ ...nothingSaid, ...told });
});

test('a CA in a file, whose path starts at the kubeconfig', async () => {
	const folder = await temporaryFolder();
	await folder.file('ca.pem', caPem);
	const entry = entryWith({}, { 'certificate-authority': 'ca.pem' }, folder.path);
	expect((await loginFacts(entry)).ca).toEqual({ kind: 'own', pem: caPem });
	const both = entryWith(
		{},
		{ 'certificate-authority': 'ca.pem', 'certificate-authority-data': base64(certPem) },
		folder.path,
	);
	expect((await loginFacts(both)).ca).toEqual({ kind: 'own', pem: certPem });
});

// The user: the one that client-go would send.

const exec = { exec: { command: 'aws', args: ['--secret'], apiVersion: 'v' } };
const provider = {
	'auth-provider': { name: 'oidc', config: { 'id-token': 'x.secret.x', 'refresh-token': 'secret' } },
};
const gcp = { 'auth-provider': { name: 'gcp', config: { 'cmd-path': './helper', expiry: '2030-01-01' } } };
const openId = (config: Fields) => ({
	'auth-provider': {
		name: 'oidc',
		config: { 'idp-issuer-url': 'https://id.example', 'client-id': 'c', ...config },
	},
});
const token = { token: 'opaque-secret' };
const certificate = {
	'client-certificate-data': base64(certPem + caPem),
	'client-key-data': base64(keyPem),
};
const password = { username: 'me', password: 'secret' };

test.each<[string, Fields, Fields]>([
	['no one', {}, { kind: 'none' }],
	['a password', { ...password, ...provider }, { kind: 'password' }],
	['a certificate', { ...password, ...certificate, ...exec }, { kind: 'certificate' }],
	['an opaque token', { ...certificate, ...token, ...exec }, { kind: 'token', until: undefined }],
	['OpenID Connect', provider, { kind: 'auth-provider', until: undefined, renews: true }],
	['gcp, which no client has any more', gcp, { kind: 'removed-provider', name: 'gcp' }],
	['a provider without a name', { 'auth-provider': {} }, { kind: 'removed-provider', name: '' }],
	['OpenID Connect without tokens', openId({}), { kind: 'auth-provider', until: undefined, renews: false }],
	['a plugin', exec, { kind: 'exec', command: 'aws', apiVersion: 'v' }],
	['a plugin without a command', { exec: true }, { kind: 'exec', command: '' }],
])('%s', async (_title, user, told) => {
	expect((await loginFacts(entryWith(user))).user).toMatchObject(told);
});

test('of a token and a certificate, both of which are sent, the one that lasts longer', async () => {
	const ended = tokenWith({ exp: 1_700_000_000 });
	expect((await loginFacts(entryWith({ ...certificate, token: ended }))).user).toMatchObject({
		kind: 'certificate',
	});
});

test.each<[string, Fields, string | undefined]>([
	[
		'gcp',
		gcp,
		'the auth-provider "gcp" was removed from Kubernetes clients in 1.26: run gcloud container clusters get-credentials, which sets up gke-gcloud-auth-plugin',
	],
	['OpenID Connect without an issuer', provider, 'its auth-provider oidc names no idp-issuer-url'],
	['OpenID Connect', openId({ 'id-token': tokenWith({ exp: 4_000_000_000 }) }), undefined],
])('client-go refuses %s beforehand, or not', async (_name, user, refused) => {
	expect((await loginFacts(entryWith(user))).refused).toBe(refused);
	expect((await loginFacts(entryWith({ ...user, ...token }))).refused).toBe(refused);
});

test('whom it acts as', async () => {
	expect(await loginFacts(entryWith({ ...token, as: 'jane' }))).toMatchObject({ actsAs: 'jane' });
});

const eksUrl =
	'https://sts.amazonaws.com/?Action=GetCallerIdentity&X-Amz-Date=20261128T101500Z&X-Amz-Expires=60';

test.each<[string, Fields]>([
	['sha256~abc', { issuer: 'openshift', until: undefined }],
	['ya29.abc', { issuer: 'google', until: undefined }],
	['kubeconfig-u-abc:xyz', { issuer: 'rancher', until: undefined }],
	['token-abc:xyz', { issuer: 'rancher', until: undefined }],
	[
		`k8s-aws-v1.${Buffer.from(eksUrl).toString('base64url')}`,
		{ issuer: 'eks', until: Date.UTC(2026, 10, 28, 10, 30) },
	],
	['k8s-aws-v1.nonsense', { issuer: 'eks', until: undefined }],
])('the form of a token tells who gave it: %s', async (text, told) => {
	expect((await loginFacts(entryWith({ token: text }))).user).toEqual({ kind: 'token', ...told });
});

test.each<[string, string, number | undefined]>([
	['that ends', tokenWith({ exp: 1_700_000_000 }), 1_700_000_000_000],
	['that never ends', tokenWith({ iss: 'kubernetes/serviceaccount' }), undefined],
	['whose end is no number', tokenWith({ exp: '1700000000' }), undefined],
	['whose end is no date', tokenWith({ exp: 1e20 }), undefined],
	['whose claims are none', tokenWith('text'), undefined],
	['of two parts', tokenWith({ exp: 1_700_000_000 }).split('.').slice(0, 2).join('.'), undefined],
])('a token %s', async (_title, text, until) => {
	expect((await loginFacts(entryWith({ token: text }))).user).toEqual({ kind: 'token', until });
});

test('a token file counts more than a token', async () => {
	const folder = await temporaryFolder();
	await folder.file('token', `${tokenWith({ exp: 1_800_000_000 })}\n`);
	const user = { token: tokenWith({ exp: 1_700_000_000 }), tokenFile: 'token' };
	expect((await loginFacts(entryWith(user, {}, folder.path))).user).toEqual({
		kind: 'token',
		until: 1_800_000_000_000,
	});
});

test('a certificate in a file says from when till when it is good', async () => {
	const folder = await temporaryFolder();
	await folder.file('user.pem', `${keyPem}${certPem}`);
	const { user } = await loginFacts(entryWith({ 'client-certificate': 'user.pem' }, {}, folder.path));
	const aDay = 86_400_000;
	expect(user).toEqual({
		kind: 'certificate',
		from: expect.closeTo(Date.now() - aDay, -6),
		until: expect.closeTo(Date.now() + 365 * aDay, -6),
	});
});

test.each<[string, string]>([
	['no PEM', 'nonsense'],
	['PEM of nothing', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
])('a certificate that can not be read has no dates: %s', async (_title, text) => {
	expect((await loginFacts(entryWith({ 'client-certificate-data': base64(text) }))).user).toEqual({
		kind: 'certificate',
		from: undefined,
		until: undefined,
	});
});

// What no one can use.

test.each<[string, Fields, Fields, string]>([
	[
		'a CA file that is not there',
		{ 'certificate-authority': '/no/ca.pem' },
		{},
		'unable to read certificate-authority /no/ca.pem: no such file',
	],
	[
		'a CA that is none',
		{ 'certificate-authority-data': base64(keyPem) },
		{},
		'its certificate-authority contains no PEM certificate',
	],
	[
		'a token file that is not there',
		{},
		{ tokenFile: '/no/token' },
		'unable to read tokenFile /no/token: no such file',
	],
	[
		'a certificate that is a folder',
		{},
		{ 'client-certificate': '/' },
		'unable to read client-certificate /: it is a directory',
	],
	[
		'a proxy of a kind unknown',
		{ 'proxy-url': 'ftp://me:secret@proxy.example' },
		{},
		'its proxy-url is not an http://, https:// or socks5:// address',
	],
	[
		'a proxy without a kind',
		{ 'proxy-url': 'proxy.example:3128' },
		{},
		'its proxy-url is not an http://, https:// or socks5:// address',
	],
])('%s', async (_title, cluster, user, evidence) => {
	expect(await problemFrom(() => loginFacts(entryWith(user, cluster), 'destination'))).toMatchObject({
		id: 'kubeconfig-unusable',
		side: 'destination',
		title: "The destination cluster (west) can't be logged in to with this kubeconfig",
		evidence,
	});
});

test('nothing secret is kept, whatever the kubeconfig holds', async () => {
	const user = { ...exec, ...provider, ...token, ...certificate, ...password };
	for (const left of [
		user,
		{ ...user, exec: undefined },
		{ ...token },
		{ ...certificate },
		{ ...password },
	]) {
		const facts = JSON.stringify(await loginFacts(entryWith(left)));
		expect(facts).not.toMatch(/secret|PRIVATE/);
	}
});

test('whatever is in an entry, nothing but a PairingError is thrown', async () => {
	const folder = await temporaryFolder();
	await folder.file('a', 'anything');
	const value = fc.oneof(
		fc.anything(),
		fc.string(),
		fc.constantFrom('a', '/', '\0', 'https://x', 'http://[', tokenWith({ exp: -1e300 }), base64(caPem)),
	);
	const fieldsOf = (...names: string[]) =>
		fc.record(Object.fromEntries(names.map(name => [name, value])), { requiredKeys: [] });
	await fc.assert(
		fc.asyncProperty(
			fieldsOf(
				'exec',
				'auth-provider',
				'token',
				'tokenFile',
				'client-certificate',
				'client-certificate-data',
				'username',
			),
			fieldsOf(
				'server',
				'proxy-url',
				'certificate-authority',
				'certificate-authority-data',
				'tls-server-name',
				'insecure-skip-tls-verify',
			),
			async (user, cluster) => {
				try {
					const { user: found } = await loginFacts(entryWith(user, cluster, folder.path));
					// Anyone who tells of it names the date.
					if ('until' in found && found.until !== undefined) new Date(found.until).toISOString();
				} catch (error) {
					expect(error).toBeInstanceOf(PairingError);
				}
			},
		),
	);
});

function entryWith(user: Fields, cluster: Fields = {}, folder = '/'): ContextEntry {
	const server = typeof cluster.server === 'string' ? cluster.server : address;
	return {
		name: 'west',
		namespace: undefined,
		clusterName: 'west',
		userName: 'west-admin',
		server,
		cluster: { fields: { server, ...cluster }, folder },
		user: { fields: user, folder },
	};
}
