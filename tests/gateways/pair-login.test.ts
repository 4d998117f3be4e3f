import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairLogin } from '../../source/gateways/kubernetes/login-facts.ts';
import { PairingError } from '../../source/pairing/words/problem.ts';
import { createServerCertificate } from '../../source/practice/certificates.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

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
	const user = { 'client-certificate-data': base64(certPem) };
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
	});
});

test('what nobody can use is told as that of the pair', async () => {
	const login = pairLogin(config({ 'proxy-url': 'ftp://proxy' }, {}), 'destination');
	await expect(login).rejects.toThrow(
		"The destination cluster (west) can't be logged in to as the kubeconfig in the pair says",
	);
});

test('whatever stands there is read, or refused with a Problem', async () => {
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
