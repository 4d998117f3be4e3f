import { spawn } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { podView } from '../../../source/gateways/pods/pod-view.ts';
import type { PodView } from '../../../source/pairing/clusters/ports.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { createServerCertificate } from '../../../source/practice/certificates.ts';
import type { ExecRunner } from '../../../source/practice/contract.ts';
import { closedPort, listenOnLoopback } from '../../../source/practice/way-in/loopback.ts';
import { connectionTo, entryFor, startStub, stubCertificate } from '../../helpers/clusters/api-stub.ts';
import { adminToken, startTestApi } from '../../helpers/clusters/practice-api.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const basics = ['sh', 'head', 'base64'];

test.skipIf(!onThisMachine('curl'))('a curl of the real world says what the pretended one says', async () => {
	const view = await viewWith([...basics, 'curl']);
	const { url, received } = await startStub([{ body: { gitVersion: 'v1' } }]);
	const answer = { kind: 'answered', status: 200, body: '{"gitVersion":"v1"}' };

	expect(await view.ask({ url, ca: stubCertificate.caPem })).toEqual({ ...answer, trusted: true });
	expect(await view.ask({ url, ca: stubCertificate.caPem.repeat(20) })).toEqual({ ...answer, trusted: true });
	expect(await view.ask({ url })).toEqual({ ...answer, trusted: undefined });
	expect(await view.ask({ url, ca: createServerCertificate('other').caPem })).toEqual({
		...answer,
		trusted: false,
		because: expect.stringMatching(/^SSL certificate problem/),
	});
	expect(await view.ask({ url, ca: 'no certificate' })).toMatchObject({ ...answer, trusted: false });
	expect(await view.ask({ url, ca: stubCertificate.caPem, serverName: 'localhost' })).toMatchObject({
		trusted: true,
	});
	expect(
		await view.ask({
			url: url.replace('127.0.0.1', 'localhost'),
			ca: stubCertificate.caPem,
			serverName: 'api.example',
		}),
	).toMatchObject({ trusted: false, because: expect.stringContaining("'api.example'") });
	expect(received.at(-1)?.headers.host).toMatch(/^api\.example:/);
});

test.skipIf(!onThisMachine('curl'))('and fails as the pretended one fails', async () => {
	const view = await viewWith([...basics, 'curl']);
	const rude = await listenOnLoopback(createServer(socket => socket.once('data', () => socket.destroy())));
	const plain = await listenOnLoopback(
		createServer(socket => socket.once('data', () => socket.end('HTTP/1.0 400 Bad\r\n\r\n'))),
	);
	const port = await closedPort();
	expect(await view.ask({ url: `https://127.0.0.1:${port}` })).toEqual({
		kind: 'failed',
		cause: 'refused',
		because: expect.stringMatching(/^Failed to connect to 127\.0\.0\.1 port/),
	});
	expect(await view.ask({ url: `http://127.0.0.1:${rude.port}` })).toMatchObject({ cause: 'reset' });
	expect(await view.ask({ url: `https://127.0.0.1:${plain.port}` })).toMatchObject({ cause: 'tls' });
	await Promise.all([rude.close(), plain.close()]);
});

test.skipIf(!onThisMachine('curl'))('and sends what is signed as it is', async () => {
	const view = await viewWith([...basics, 'curl', 'date']);
	const received: string[] = [];
	const store = await listenOnLoopback(
		createHttpServer((request, response) => {
			received.push(request.headers.authorization ?? '', request.headers.host ?? '');
			response.end('<?xml version="1.0"?><ListAllMyBucketsResult></ListAllMyBucketsResult>');
		}),
	);
	const host = `127.0.0.1:${store.port}`;
	const trial = await view.tryStore({
		provider: 's3',
		accessKeyId: new Secret(`a"b\\c'd $HOME`),
		secretAccessKey: new Secret('s'),
		region: 'us-east-1',
		endpoint: host,
		disableSsl: true,
		disablePathStyle: true,
	});
	expect(trial).toEqual({
		kind: 'accepted',
		evidence: `${host} accepted the key (ListBuckets 200), asked from pod portworx-abcde`,
	});
	expect(received[0]).toMatch(/^AWS4-HMAC-SHA256 Credential=a"b\\c'd \$HOME\/\d{8}\/us-east-1\//);
	expect(received[1]).toBe(host);
	await store.close();
});

test.skipIf(!onThisMachine('bash'))('without curl, bash tells whether the port is open', async () => {
	const view = await viewWith([...basics, 'bash', 'timeout']);
	const { url } = await startStub([]);
	const port = await closedPort();
	expect(await view.ask({ url })).toEqual({
		kind: 'open',
		because: 'the port takes connections; the pod has no curl to ask with',
	});
	expect(await view.ask({ url: `https://127.0.0.1:${port}` })).toEqual({
		kind: 'failed',
		cause: 'refused',
		because: 'Connection refused',
	});
});

test('with neither, nothing can be told', async () => {
	const view = await viewWith(basics);
	expect(await view.ask({ url: 'https://127.0.0.1:1' })).toEqual({
		kind: 'untested',
		because: 'the pod has no curl',
	});
});

test('a date without fractions of a second is a second less certain', async () => {
	const view = await viewWith(basics, 'echo 1700000000.%N');
	const { ahead, uncertainty } = await view.clock();
	expect(uncertainty).toBeGreaterThanOrEqual(1000);
	expect(Math.abs(Date.now() + ahead - 1_700_000_000_000)).toBeLessThan(60_000);
});

test('a date that no one can read', async () => {
	const view = await viewWith(basics, 'echo "what time is it?"');
	await expect(view.clock()).rejects.toMatchObject({
		problem: { id: 'pod-clock-unreadable', side: 'source', evidence: 'date: what time is it?' },
	});
});

/** From a pod that has these commands of this machine, and perhaps a `date` of its own. */
async function viewWith(commands: readonly string[], date?: string): Promise<PodView> {
	const folder = await temporaryFolder();
	for (const name of commands) {
		symlinkSync(onThisMachine(name) ?? '', join(folder.path, name));
	}
	if (date) {
		await folder.file('date', `#!/bin/sh\n${date}\n`, 'executable');
	}
	const { server } = await startTestApi({ runner: runnerIn(folder.path) });
	const connection = connectionTo(entryFor(server, { user: { token: adminToken } }));
	return podView(connection, async () => ({
		install: 'operator',
		namespace: 'kube-system',
		pods: [{ namespace: 'kube-system', name: 'portworx-abcde' }],
		podCount: 1,
		secured: false,
		startPort: 9001,
	}));
}

const runnerIn =
	(PATH: string): ExecRunner =>
	({ command: [file = '', ...args] }) => {
		const child = spawn(file, args, { env: { PATH } });
		child.stdin.on('error', () => {});
		const { promise, resolve } = Promise.withResolvers<{ kind: 'exited'; code: number }>();
		child.on('close', code => resolve({ kind: 'exited', code: code ?? 137 }));
		return {
			stdin: { write: chunk => void child.stdin.write(chunk), end: () => void child.stdin.end() },
			onStdout: listener => void child.stdout.on('data', listener),
			onStderr: listener => void child.stderr.on('data', listener),
			done: promise,
			kill: () => void child.kill('SIGKILL'),
		};
	};

function onThisMachine(name: string): string | undefined {
	return (process.env.PATH ?? '')
		.split(delimiter)
		.map(folder => join(folder, name))
		.find(path => existsSync(path));
}
