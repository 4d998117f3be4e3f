import { createServer } from 'node:net';
import { beforeEach, describe, expect, test } from 'vitest';
import { podLoop } from '../../../source/gateways/pods/session/pod-loop.ts';
import type { PodView } from '../../../source/pairing/clusters/ports.ts';
import { createServerCertificate } from '../../../source/practice/certificates.ts';
import { closedPort, listenOnLoopback } from '../../../source/practice/way-in/loopback.ts';
import { startStub } from '../../helpers/clusters/api-stub.ts';
import { type PodSide, podSide } from '../../helpers/clusters/pod-side.ts';
import { failureOf } from '../../helpers/problem-from.ts';

const otherCa = createServerCertificate('other').caPem;

describe('with a pod as it should be', () => {
	let side: PodSide;
	beforeEach(async () => {
		side = await podSide();
	});

	test("the other cluster's API server, with its own CA", async () => {
		const { view, west, execs } = side;
		const answer = await view.ask({ url: `${west.url}/version`, ca: west.caPem });
		expect(answer).toEqual({
			kind: 'answered',
			status: 200,
			body: expect.stringContaining('"gitVersion"'),
			trusted: true,
		});
		expect(execs()).toHaveLength(1);
	});

	test('with another CA it answers anyway, and is not trusted', async () => {
		const { view, west } = side;
		expect(await view.ask({ url: `${west.url}/version`, ca: otherCa })).toMatchObject({
			kind: 'answered',
			status: 200,
			trusted: false,
			because: expect.stringMatching(/^SSL certificate problem: (unable to get local|self-signed)/),
		});
	});

	test('a CA that is none is not blamed on the pod', async () => {
		const { view, west } = side;
		expect(await view.ask({ url: `${west.url}/version`, ca: 'no certificate' })).toMatchObject({
			kind: 'answered',
			trusted: false,
		});
	});

	test('without a CA nothing is said of trust', async () => {
		const { view, west } = side;
		const answer = await view.ask({ url: `${west.url}/version` });
		expect(answer).toMatchObject({ kind: 'answered', status: 200, trusted: undefined });
	});

	test('another server name, as tls-server-name has it', async () => {
		const { view, west } = side;
		const url = `${west.url}/version`;
		expect(await view.ask({ url, ca: west.caPem, serverName: 'localhost' })).toMatchObject({
			status: 200,
			trusted: true,
		});
		expect(await view.ask({ url, ca: west.caPem, serverName: 'api.example' })).toMatchObject({
			status: 200,
			trusted: false,
			because: "SSL: no alternative certificate subject name matches target host name 'api.example'",
		});
		// A name instead of an address: curl is to connect elsewhere rather than to resolve.
		expect(
			await view.ask({
				url: url.replace('127.0.0.1', 'localhost'),
				ca: west.caPem,
				serverName: 'api.example',
			}),
		).toMatchObject({ status: 200, trusted: false });
	});

	test("Portworx's own endpoint", async () => {
		const { view, west } = side;
		expect(await view.ask({ url: `http://127.0.0.1:${west.portworxPort}/status`, ca: otherCa })).toEqual({
			kind: 'answered',
			status: 200,
			body: expect.stringMatching(/^\{"Version":/),
			trusted: undefined,
		});
	});

	test('what the server says is cut, and not followed', async () => {
		const { url } = await startStub([
			{ code: 302, headers: { location: 'http://127.0.0.1:1/' }, type: 'text/plain', body: 'é'.repeat(9000) },
		]);
		const answer = await side.view.ask({ url });
		expect(answer).toMatchObject({ kind: 'answered', status: 302, body: expect.stringMatching(/^é{2000}/) });
		expect(answer.kind === 'answered' && Buffer.byteLength(answer.body)).toBeLessThanOrEqual(4096);
	});

	test('a port where nothing listens', async () => {
		const port = await closedPort();
		expect(await side.view.ask({ url: `https://127.0.0.1:${port}/version`, ca: otherCa })).toEqual({
			kind: 'failed',
			cause: 'refused',
			because: `Failed to connect to 127.0.0.1 port ${port}: Connection refused`,
		});
	});

	test('a server that hangs up, and one that speaks no TLS', async () => {
		const rude = await listenOnLoopback(createServer(socket => socket.destroy()));
		const plain = await listenOnLoopback(createServer(socket => socket.end('HTTP/1.0 400 Bad\r\n\r\n')));
		expect(await side.view.ask({ url: `http://127.0.0.1:${rude.port}/` })).toMatchObject({ cause: 'reset' });
		expect(await side.view.ask({ url: `https://127.0.0.1:${plain.port}/` })).toMatchObject({ cause: 'tls' });
		await Promise.all([rude.close(), plain.close()]);
	});

	test.each([
		[
			'https://api.nowhere.example:6443/version',
			'unknown-host',
			'Could not resolve host: api.nowhere.example',
		],
		[
			'https://10.1.2.3:6443/version',
			'no-route',
			'Failed to connect to 10.1.2.3 port 6443: No route to host',
		],
		[
			'https://[fd00::1]:6443/version',
			'no-route',
			'Failed to connect to fd00::1 port 6443: No route to host',
		],
		['no address', 'other', 'no address is not an address'],
		['file:///etc/passwd', 'other', 'file:///etc/passwd is not an address'],
	])('%s', async (url, cause, because) => {
		expect(await side.view.ask({ url, ca: otherCa })).toEqual({ kind: 'failed', cause, because });
	});

	test('the clock of the node, once for all who ask', async () => {
		const [clock, again] = await Promise.all([side.view.clock(), side.view.clock()]);
		expect(Math.abs(clock.ahead)).toBeLessThanOrEqual(clock.uncertainty);
		expect(again).toEqual(clock);
		expect(side.execs()).toHaveLength(1);
	});

	test('what is asked is in no URL', async () => {
		const { view, west, execs } = side;
		await view.clock();
		await view.ask({ url: `${west.url}/version`, ca: west.caPem });
		expect(
			new Set(execs().map(({ url }) => new URL(url, 'https://x').searchParams.getAll('command').at(-1))),
		).toEqual(new Set([podLoop]));
	});
});

test.each([
	['refused', 'refused', /: Connection refused$/],
	['silent', 'timeout', /timed out/],
] as const)('an API server that is %s to pods alone', async (apiFromPods, cause, because) => {
	const { view, west } = await podSide({ west: { apiFromPods } });
	const { server } = west.wayIn.cluster;
	expect(await view.ask({ url: `${server}/version`, ca: west.caPem })).toEqual({
		kind: 'failed',
		cause,
		because: expect.stringMatching(because),
	});
	expect(west.requests.filter(({ url }) => url === '/version')).toEqual([]);
	// The rest of that machine is open.
	expect(await view.ask({ url: `http://127.0.0.1:${west.portworxPort}/status` })).toMatchObject({
		status: 200,
	});
});

test.each([1200, -1200])('a clock that is off by %i seconds', async clockAhead => {
	const { view } = await podSide({ east: { clockAhead } });
	const { ahead, uncertainty } = await view.clock();
	expect(Math.abs(ahead - clockAhead * 1000)).toBeLessThanOrEqual(uncertainty);
});

test('a pod without curl', async () => {
	const { view, west } = await podSide({ east: { curl: 'missing', clockAhead: 60 } });
	expect(await view.ask({ url: `${west.url}/version`, ca: west.caPem })).toEqual({
		kind: 'untested',
		because: 'the pod has no curl',
	});
	expect(west.requests.filter(({ url }) => url === '/version')).toEqual([]);
	expect((await view.clock()).ahead).toBeGreaterThan(50_000);
});

test('when the first pod breaks off, the next is asked', async () => {
	let execs = 0;
	const { view, west } = await podSide({}, ({ url }) => {
		if (!url.includes('/exec?')) return undefined;
		execs += 1;
		return execs === 1 ? { kind: 'exec-cut', afterBytes: 0 } : undefined;
	});
	expect(await askVersion(view, west.url)).toMatchObject({ kind: 'answered' });
	expect(execs).toBe(2);
});

test('where exec is forbidden, nothing can be seen', async () => {
	const { view, west } = await podSide({ east: { forbidden: 'exec' } });
	expect(await failureOf(() => askVersion(view, west.url))).toMatchObject({ id: 'forbidden' });
	expect(await failureOf(() => view.clock())).toMatchObject({ id: 'forbidden' });
});

const askVersion = (view: PodView, url: string) => view.ask({ url: `${url}/version` });
