import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { proxyFor } from '../../../source/gateways/kubernetes/kubeconfig/proxy.ts';
import { createServerCertificate } from '../../../source/practice/certificates.ts';
import { connectionTo, entryFor, startStub } from '../../helpers/clusters/api-stub.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const request = { method: 'GET', path: '/x', seconds: 5 } as const;
const ok = { body: {} };
const noCa = { 'certificate-authority-data': undefined };

async function headersSent(user: Record<string, unknown>): Promise<Record<string, unknown>> {
	const stub = await startStub([ok]);
	(await connectionTo(entryFor(stub, { user })).send(request)).resume();
	const { authorization, ...rest } = stub.received[0]?.headers ?? {};
	const impersonated = Object.entries(rest).filter(([name]) => name.startsWith('impersonate-'));
	return { authorization, ...Object.fromEntries(impersonated) };
}

test('all four kinds of impersonation are sent, extra keys escaped as client-go does', async () => {
	const user = {
		token: 'canary',
		as: 'jäne',
		'as-uid': '1234',
		'as-groups': ['dev', 'ops'],
		'as-user-extra': { 'Some.Key/x': ['a', 'b'] },
	};
	expect(await headersSent(user)).toEqual({
		authorization: 'Bearer canary',
		'impersonate-user': Buffer.from('jäne').toString('latin1'),
		'impersonate-uid': '1234',
		'impersonate-group': 'dev, ops',
		'impersonate-extra-some.key%2fx': 'a, b',
	});
});

test.each([
	['a token wins over an exec plugin, which is not run', { token: 'canary', exec: plugin('/nowhere') }],
	['a token wins over a valid id-token', { token: 'canary', 'auth-provider': oidc(4_000_000_000) }],
])('%s', async (_, user) => {
	expect(await headersSent(user)).toEqual({ authorization: 'Bearer canary' });
});

test('an id-token is used while it is valid', async () => {
	const provider = oidc(4_000_000_000);
	expect(await headersSent({ 'auth-provider': provider })).toEqual({
		authorization: `Bearer ${provider.config['id-token']}`,
	});
});

test.each<[string, Record<string, unknown>, RegExp]>([
	['a line break in a token', { token: 'canary\n' }, /^the token or password holds a line break/],
	['a line break in as', { token: 't', as: 'canary\n' }, /^what it impersonates holds a line break/],
	['groups without a user', { token: 't', 'as-groups': ['canary'] }, /without impersonating a user$/],
	['token and password', { token: 't', username: 'u', password: 'canary' }, /^more than one authentication/],
	['a password alone', { password: 'canary' }, /^its user "admin" has no complete login/],
	[
		'a certificate without a key',
		{ 'client-certificate-data': 'Y2Fu' },
		/^client-key-data or client-key must/,
	],
	['exec and auth-provider', { exec: plugin('x'), 'auth-provider': oidc(1) }, /cannot be combined/],
	[
		'exec of v1alpha1',
		{ exec: { ...plugin('x'), apiVersion: 'client.authentication.k8s.io/v1alpha1' } },
		/invalid apiVersion/,
	],
	[
		'another interactiveMode',
		{ exec: { ...plugin('x'), interactiveMode: 'never' } },
		/^invalid interactiveMode/,
	],
	[
		'no interactiveMode in v1',
		{ exec: { ...plugin('x'), interactiveMode: '' } },
		/^interactiveMode must be specified/,
	],
	['gcp', { 'auth-provider': { name: 'gcp' } }, /removed .*gke-gcloud-auth-plugin$/],
	['azure', { 'auth-provider': { name: 'azure' } }, /removed .*kubelogin convert-kubeconfig$/],
	['an expired id-token', { 'auth-provider': oidc(1) }, /^its OIDC login has expired/],
	[
		'oidc without issuer',
		{ 'auth-provider': { name: 'oidc' } },
		/^its auth-provider oidc names no idp-issuer-url$/,
	],
])('refused before anything is sent: %s', async (_, user, evidence) => {
	const stub = await startStub([ok]);
	const problem = await problemFrom(() => connectionTo(entryFor(stub, { user })).send(request));
	expect(problem).toMatchObject({ id: 'kubeconfig-unusable', side: 'source' });
	expect(problem.evidence?.replace(/^.*logging in: /, '')).toMatch(evidence);
	expect(JSON.stringify(problem)).not.toContain('canary');
	expect(stub.received).toEqual([]);
});

test.each<[string, Record<string, unknown>, RegExp]>([
	['CA data and CA file', { 'certificate-authority': '/nowhere' }, /are both specified for east/],
	['a CA beside insecure', { 'insecure-skip-tls-verify': true }, /^specifying a root certificates file/],
	[
		'a missing CA file',
		{ ...noCa, 'certificate-authority': '/nowhere' },
		/^unable to read certificate-authority \/nowhere/,
	],
	['another proxy', { 'proxy-url': 'ftp://x' }, /^its proxy-url is no/],
])('refused of the cluster: %s', async (_, cluster, evidence) => {
	const stub = await startStub([ok]);
	const problem = await problemFrom(() => connectionTo(entryFor(stub, { cluster })).send(request));
	expect(problem.evidence?.replace(/^.*logging in: /, '')).toMatch(evidence);
	expect(stub.received).toEqual([]);
});

test('a user who is missing is named as missing', async () => {
	const stub = await startStub([ok]);
	const entry = { ...entryFor(stub), user: undefined };
	expect((await problemFrom(() => connectionTo(entry).send(request))).evidence).toMatch(
		/its user "admin" is not in the kubeconfig$/,
	);
});

test('no credentials go to a server without TLS', async () => {
	const seen: unknown[] = [];
	const server = createServer(({ headers }, response) => {
		seen.push(headers.authorization);
		response.end();
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	for (const user of [{ token: 'canary' }, { username: 'jane', password: 'canary' }]) {
		(await connectionTo(entryFor({ url, caPem: '' }, { cluster: noCa, user })).send(request)).resume();
	}
	expect(seen).toEqual([undefined, undefined]);
});

test('NODE_TLS_REJECT_UNAUTHORIZED takes nothing of the CA away', async () => {
	vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
	onTestFinished(() => void vi.unstubAllEnvs());
	const stub = await startStub([ok]);
	const stranger = createServerCertificate('stranger').caPem;
	for (const entry of [entryFor({ ...stub, caPem: stranger }), entryFor(stub, { cluster: noCa })]) {
		expect(await problemFrom(() => connectionTo(entry).send(request))).toMatchObject({
			id: 'certificate-unknown',
		});
	}
	expect(stub.received).toEqual([]);
});

test('a CA of the system counts where the kubeconfig names none', async () => {
	const stub = await startStub([ok]);
	const folder = await temporaryFolder();
	const file = await folder.file('ca.pem', stub.caPem);
	const { connect } = await import('../../../source/gateways/kubernetes/connection.ts');
	const connection = connect('source', entryFor(stub, { cluster: noCa }), {
		environment: { SSL_CERT_FILE: file },
		signal: new AbortController().signal,
	});
	onTestFinished(() => connection.close());
	expect((await connection.send(request)).resume().statusCode).toBe(200);
});

const proxy = 'http://proxy:1';

test.each<[string, string, Record<string, string>, string | undefined]>([
	['a variable', 'https://a.zoo', { HTTPS_PROXY: proxy }, proxy],
	['in lowercase letters', 'https://a.zoo', { https_proxy: proxy }, proxy],
	['capitals win', 'https://a.zoo', { HTTPS_PROXY: proxy, https_proxy: 'http://x' }, proxy],
	['without a scheme it is http', 'https://a.zoo', { HTTPS_PROXY: 'proxy:1' }, proxy],
	['that of http is another', 'https://a.zoo', { HTTP_PROXY: proxy }, undefined],
	['ALL_PROXY is not read', 'https://a.zoo', { ALL_PROXY: proxy }, undefined],
	['never for loopback', 'https://127.1.2.3', { HTTPS_PROXY: proxy }, undefined],
	['never for localhost', 'https://localhost', { HTTPS_PROXY: proxy }, undefined],
	['a name and those below it', 'https://a.zoo', { HTTPS_PROXY: proxy, NO_PROXY: 'x, zoo' }, undefined],
	['those below alone', 'https://zoo', { HTTPS_PROXY: proxy, NO_PROXY: '.zoo' }, proxy],
	['no part of a name', 'https://a.zoo', { HTTPS_PROXY: proxy, NO_PROXY: 'oo' }, proxy],
	['a range', 'https://10.1.2.3', { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }, undefined],
	['another port', 'https://10.1.2.3', { HTTPS_PROXY: proxy, NO_PROXY: '10.1.2.3:6443' }, proxy],
	['everything', 'https://a.zoo', { HTTPS_PROXY: proxy, no_proxy: 'x,*' }, undefined],
])('the proxy by variables: %s', (_, server, environment, wanted) => {
	expect(proxyFor(new URL(server), undefined, environment)?.href.replace(/\/$/, '')).toBe(wanted);
});

function plugin(command: string) {
	return { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command };
}

function oidc(exp: number) {
	const payload = Buffer.from(JSON.stringify({ exp })).toString('base64url');
	const config = { 'idp-issuer-url': 'https://x', 'client-id': 'x', 'id-token': `x.${payload}.x` };
	return { name: 'oidc', config };
}

test('after a 401, a plugin is asked again, once until a request succeeds', async () => {
	const folder = await temporaryFolder();
	const command = await folder.file(
		'plugin',
		`#!/bin/sh\necho x >> ${folder.path}/runs; n=$(wc -l < ${folder.path}/runs)\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t'$n'"}}'\n`,
		'executable',
	);
	const refused = { code: 401, body: {} };
	const stub = await startStub([refused, ok, refused, refused, refused, refused]);
	const connection = connectionTo(entryFor(stub, { user: { exec: plugin(command) } }));
	const codes: unknown[] = [];
	for (const _ of [1, 2, 3]) {
		const answer = await connection.send(request);
		answer.resume();
		codes.push(answer.statusCode);
	}
	expect(codes).toEqual([200, 401, 401]);
	expect(stub.received.map(({ headers }) => headers.authorization?.split(' ')[1])).toEqual([
		't1',
		't2',
		't2',
		't3',
		't3',
	]);
});
