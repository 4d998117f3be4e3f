import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairLogin } from '../../../source/gateways/kubernetes/login-facts.ts';
import { PairingError } from '../../../source/pairing/words/problem.ts';
import { createServerCertificate } from '../../../source/practice/certificates.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const { caPem, certPem } = createServerCertificate('west');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const config = (cluster: object, user: object) => ({
	clusters: { west: { server: 'https://west.example:6443', ...cluster }, other: { server: 'https://other' } },
	contexts: { 'not-it': { cluster: 'other', user: 'other' }, west: { cluster: 'west', user: 'admin' } },
	users: { admin: user, other: { token: 'other' } },
	'current-context': 'west',
	preferences: {},
});

test('what the kubeconfig in a pair says, by its current context', async () => {
	const cluster = { 'certificate-authority-data': base64(caPem), 'tls-server-name': 'api' };
	const user = { 'client-certificate-data': base64(certPem), 'client-key-data': base64('key') };
	expect(await pairLogin(config(cluster, user), 'destination')).toEqual({
		server: 'https://west.example:6443',
		proxy: undefined,
		ca: { kind: 'own', pem: caPem },
		serverName: 'api',
		user: { kind: 'certificate', from: expect.any(Number), until: expect.any(Number) },
	});
});

test('files that it names are not read on this machine', async () => {
	const folder = await temporaryFolder();
	const ca = await folder.file('ca.pem', caPem);
	const token = await folder.file('token', 'canary');
	const cluster = { 'certificate-authority': ca };
	const user = { tokenFile: token, 'client-certificate': ca };
	expect(await pairLogin(config(cluster, user), 'destination')).toMatchObject({
		ca: { kind: 'system' },
		user: { kind: 'none' },
		refused: `it names files of another machine: certificate-authority ${ca}, tokenFile ${token}, client-certificate ${ca}`,
	});
});

test('what no one can use is told as that of the pair', async () => {
	const login = pairLogin(config({ 'proxy-url': 'ftp://proxy' }, {}), 'destination');
	await expect(login).rejects.toThrow(
		"The destination cluster (west) can't be logged in to with the kubeconfig in the pair",
	);
});

test('whatever is there is read, or refused with a Problem', async () => {
	await fc.assert(
		fc.asyncProperty(fc.anything(), async anything => {
			const outcome = await pairLogin(anything, 'source').then(
				({ server }) => typeof server,
				(error: unknown) => (error instanceof PairingError ? 'refused' : error),
			);
			expect(['string', 'refused']).toContain(outcome);
		}),
	);
});

test.each<[string, object, object, string]>([
	[
		'a CA beside insecure',
		{ 'certificate-authority-data': base64(caPem), 'insecure-skip-tls-verify': true },
		{},
		'specifying a root certificates file with the insecure flag is not allowed',
	],
	[
		'groups without a user',
		{},
		{ token: 't', 'act-as-groups': ['dev'] },
		'requesting uid, groups or user-extra for admin without impersonating a user',
	],
	[
		'a plugin of v1alpha1',
		{},
		{ exec: { command: 'aws', apiVersion: 'client.authentication.k8s.io/v1alpha1' } },
		'exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1"; kubectl and Stork know client.authentication.k8s.io/v1beta1 and client.authentication.k8s.io/v1',
	],
	[
		'gcp',
		{},
		{ 'auth-provider': { name: 'gcp' } },
		'the auth-provider "gcp" was removed from Kubernetes clients in 1.26: run gcloud container clusters get-credentials, which sets up gke-gcloud-auth-plugin',
	],
])('what client-go refuses is told: %s', async (_, cluster, user, refused) => {
	expect(await pairLogin(config(cluster, user), 'destination')).toMatchObject({ refused });
});

test('a plugin whose mode is under the name that Stork writes is fine', async () => {
	const exec = {
		command: 'aws',
		apiVersion: 'client.authentication.k8s.io/v1',
		InteractiveMode: 'IfAvailable',
	};
	expect(await pairLogin(config({}, { exec }), 'destination')).not.toHaveProperty('refused');
});
