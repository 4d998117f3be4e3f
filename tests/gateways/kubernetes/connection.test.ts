import { createServer as createHttpServer } from 'node:http';
import {
	type AddressInfo,
	connect as connectTcp,
	createServer as createTcpServer,
	type Server,
} from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { clusterApi } from '../../../source/gateways/kubernetes/cluster-api.ts';
import type { Connection } from '../../../source/gateways/kubernetes/connection.ts';
import { type Asked, explainNetwork, hostOf } from '../../../source/gateways/kubernetes/explain.ts';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { shortLine } from '../../../source/pairing/words/outside-text.ts';
import { createServerCertificate } from '../../../source/practice/certificates.ts';
import { closedPort } from '../../../source/practice/way-in/loopback.ts';
import { connectionTo, entryFor, startStub, stubCertificate } from '../../helpers/clusters/api-stub.ts';
import { failureOf, problemFrom } from '../../helpers/problem-from.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

const ok = { body: { ok: true } };

// Who the server is.

test('another CA than the one in the kubeconfig', async () => {
	const stub = await startStub([ok]);
	const stranger = createServerCertificate('stranger').caPem;
	const connection = connectionTo(entryFor({ ...stub, caPem: stranger }));

	expect(await problemFrom(() => ask(connection))).toMatchObject({
		id: 'certificate-unknown',
		title: 'The source cluster (east) presents a certificate of an unknown CA',
		evidence: expect.stringMatching(new RegExp(`^${at(stub.port)}: [A-Z_]+$`)),
	});
	expect(stub.received).toEqual([]);
});

test('no CA in the kubeconfig: the usual ones count, and this is none of them', async () => {
	const stub = await startStub([ok]);
	const connection = connectionTo(entryFor(stub, { cluster: { 'certificate-authority-data': undefined } }));
	expect(await problemFrom(() => ask(connection))).toMatchObject({ id: 'certificate-unknown' });
});

test('a certificate for another host, unless the kubeconfig names that host', async () => {
	const stub = await startStub([ok]);
	const named = (name: string) => connectionTo(entryFor(stub, { cluster: { 'tls-server-name': name } }));

	expect(await failureOf(() => ask(named('other.example')))).toEqual({
		id: 'certificate-of-another-host',
		evidence: `${at(stub.port)}: ERR_TLS_CERT_ALTNAME_INVALID`,
	});
	expect(await ask(named('localhost'))).toBe('{"ok":true}');
	// No server is asked for by an address, but its certificate may name one.
	expect(await ask(named('127.0.0.1'))).toBe('{"ok":true}');
	expect(await failureOf(() => ask(named('10.0.0.1')))).toMatchObject({ id: 'certificate-of-another-host' });
});

test.each([
	['2020-01-01', 'certificate-expired', 'CERT_HAS_EXPIRED'],
	['2040-01-01', 'certificate-not-yet-valid', 'CERT_NOT_YET_VALID'],
])('a certificate of %s', async (date, id, code) => {
	vi.useFakeTimers({ toFake: ['Date'], now: new Date(date) });
	const certificate = createServerCertificate('of another time');
	vi.useRealTimers();
	const stub = await startStub([ok], { certificate });
	expect(await failureOf(() => ask(connectionTo(entryFor(stub))))).toEqual({
		id,
		evidence: `${at(stub.port)}: ${code}`,
	});
});

test('insecure-skip-tls-verify asks no questions', async () => {
	const stub = await startStub([ok]);
	const cluster = { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true };
	expect(await ask(connectionTo(entryFor(stub, { cluster })))).toBe('{"ok":true}');
});

test('a CA file beside the kubeconfig', async () => {
	const folder = await temporaryFolder();
	await folder.file('ca.pem', stubCertificate.caPem);
	const stub = await startStub([ok]);
	const cluster = { 'certificate-authority-data': undefined, 'certificate-authority': 'ca.pem' };
	expect(await ask(connectionTo(entryFor(stub, { cluster, folder: folder.path })))).toBe('{"ok":true}');
});

test('a CA that is none is a Problem, not a crash', async () => {
	const stub = await startStub([ok]);
	const broken = connectionTo(entryFor({ ...stub, caPem: 'canary' }));
	const missing = connectionTo(
		entryFor(stub, {
			cluster: { 'certificate-authority-data': undefined, 'certificate-authority': '/nowhere/ca.pem' },
		}),
	);
	for (const connection of [broken, missing]) {
		const problem = await problemFrom(() => ask(connection));
		expect(problem).toMatchObject({ kind: 'cluster', side: 'source' });
		expect(JSON.stringify(problem)).not.toContain('canary');
	}
});

// Whether there is a server.

test('nothing listens there', async () => {
	const port = await closedPort();
	expect(
		await failureOf(() =>
			ask(connectionTo(entryFor({ url: `https://127.0.0.1:${port}`, caPem: stubCertificate.caPem }))),
		),
	).toEqual({
		id: 'connection-refused',
		evidence: `${at(port)}: ECONNREFUSED`,
	});
});

test('what listens there speaks no TLS', async () => {
	const port = await listen(createHttpServer((_, response) => void response.end('hello')));
	expect(
		await problemFrom(() =>
			ask(connectionTo(entryFor({ url: `https://127.0.0.1:${port}`, caPem: stubCertificate.caPem }))),
		),
	).toMatchObject({ id: 'not-tls' });
});

test('a server without TLS that wants a login gets none, and that is why it refuses', async () => {
	let sent: string | undefined;
	const port = await listen(
		createHttpServer(({ headers }, response) => {
			sent = headers.authorization;
			response.writeHead(401, { 'content-type': 'application/json' }).end('{"reason":"Unauthorized"}');
		}),
	);
	const entry = entryFor(
		{ url: `http://127.0.0.1:${port}`, caPem: '' },
		{
			cluster: { 'certificate-authority-data': undefined },
		},
	);
	const api = clusterApi(connectionTo(entry), systemClock);
	expect(await problemFrom(() => api.version())).toMatchObject({
		id: 'unauthorized',
		title: expect.stringMatching(/asks for credentials, and none are sent over plain HTTP$/),
		remedies: [expect.stringMatching(/^Put https:\/\/ before the server address/)],
	});
	expect(sent).toBeUndefined();
});

test('what listens there says nothing', async () => {
	const port = await listen(createTcpServer(() => {}));
	const connection = connectionTo(
		entryFor({ url: `https://127.0.0.1:${port}`, caPem: stubCertificate.caPem }),
	);
	expect(await failureOf(() => ask(connection, 0.15))).toEqual({
		id: 'timeout',
		evidence: `${at(port)}: no answer within 0.15 s`,
	});
});

test('a server without TLS, as `kubectl proxy` is', async () => {
	const port = await listen(createHttpServer((_, response) => void response.end('hello')));
	expect(
		await ask(
			connectionTo(
				entryFor(
					{ url: `http://127.0.0.1:${port}`, caPem: '' },
					{ cluster: { 'certificate-authority-data': undefined } },
				),
			),
		),
	).toBe('hello');
});

test('a server below a path, as Rancher has it', async () => {
	const stub = await startStub([ok]);
	await ask(connectionTo(entryFor({ ...stub, url: `${stub.url}/k8s/clusters/c-1/` })));
	expect(stub.received[0]?.line).toBe('GET /k8s/clusters/c-1/x');
});

// Who we are.

test.each([
	['a token', { token: 'canary' }, 'Bearer canary'],
	[
		'name and password',
		{ username: 'jane', password: 'canary' },
		`Basic ${Buffer.from('jane:canary').toString('base64')}`,
	],
])('%s', async (_, user, authorization) => {
	const stub = await startStub([ok]);
	await ask(connectionTo(entryFor(stub, { user })));
	expect(stub.received[0]?.headers.authorization).toBe(authorization);
});

test('a token file beside the kubeconfig', async () => {
	const folder = await temporaryFolder();
	await folder.file('token', 'canary-of-the-file\n');
	const stub = await startStub([ok]);
	await ask(connectionTo(entryFor(stub, { user: { tokenFile: 'token' }, folder: folder.path })));
	expect(stub.received[0]?.headers.authorization).toBe('Bearer canary-of-the-file');
});

test('a token file is read again after a minute: someone may have renewed it', async () => {
	vi.useFakeTimers({ toFake: ['Date'], now: 0 });
	onTestFinished(() => void vi.useRealTimers());
	const folder = await temporaryFolder();
	await folder.file('token', 'first');
	const stub = await startStub([ok]);
	const connection = connectionTo(
		entryFor(stub, {
			cluster: { 'insecure-skip-tls-verify': true, 'certificate-authority-data': undefined },
			user: { tokenFile: 'token' },
			folder: folder.path,
		}),
	);
	for (const time of [0, 1, 60_001]) {
		vi.setSystemTime(time);
		await ask(connection);
		await folder.file('token', 'second');
	}
	expect(stub.received.map(({ headers }) => headers.authorization)).toEqual([
		'Bearer first',
		'Bearer first',
		'Bearer second',
	]);
});

test('a client certificate', async () => {
	const base64 = (pem: string) => Buffer.from(pem).toString('base64');
	const stub = await startStub([ok], { asksForCertificate: true });
	const user = {
		'client-certificate-data': base64(stubCertificate.certPem),
		'client-key-data': base64(stubCertificate.keyPem),
	};
	await ask(connectionTo(entryFor(stub, { user })));
	expect(stub.received[0]?.subject).toBe('pxpair practice cluster stub');
});

// By way of a proxy.

test('proxy-url of the kubeconfig is used, and sees nothing but the address', async () => {
	const stub = await startStub([ok]);
	const proxy = await startProxy();
	const connection = connectionTo(
		entryFor(stub, { cluster: { 'proxy-url': `http://127.0.0.1:${proxy.port}` } }),
	);

	expect(await ask(connection)).toBe('{"ok":true}');
	expect(proxy.heard).toEqual([expect.stringContaining(`CONNECT 127.0.0.1:${stub.port} HTTP/1.1`)]);
	expect(proxy.heard.join()).not.toContain('canary');
	expect(stub.received[0]?.headers.authorization).toBe('Bearer canary-token');
});

test('a proxy that is not there is a Problem', async () => {
	const stub = await startStub([ok]);
	const connection = connectionTo(
		entryFor(stub, { cluster: { 'proxy-url': `http://jane:canary@127.0.0.1:${await closedPort()}` } }),
	);
	const problem = await problemFrom(() => ask(connection));
	expect(problem).toMatchObject({ id: 'connection-refused', side: 'source' });
	expect(JSON.stringify(problem)).not.toContain('canary');
});

// What errors say.

const asked: Asked = {
	side: 'destination',
	context: 'west',
	server: 'https://jane:canary@west.example/path',
	what: 'GET /x',
};

test.each([
	['ENOTFOUND', 'host-not-found', 'has a host name that does not resolve'],
	['EAI_AGAIN', 'name-service-down', 'has a host name that could not be looked up: DNS does not respond'],
	['ETIMEDOUT', 'connect-timeout', 'does not accept the connection'],
	['EHOSTUNREACH', 'host-unreachable', 'is unreachable'],
	['ENETUNREACH', 'network-unreachable', 'is unreachable'],
	['EPIPE', 'connection-lost', 'closed the connection'],
])('%s: %s', (code, id, title) => {
	const error = new Error('canary', {
		cause: Object.assign(new AggregateError([Object.assign(new Error('canary'), { code })]), {}),
	});
	const { problem } = explainNetwork(asked, error);
	expect(problem).toMatchObject({
		id,
		title: `The destination cluster (west) ${title}`,
		evidence: `https west.example:443, GET /x: ${code}`,
	});
	expect(JSON.stringify(problem)).not.toContain('canary');
});

test('what is no Error at all is a lost connection', () => {
	expect(explainNetwork(asked, 'canary').problem).toMatchObject({
		id: 'connection-lost',
		evidence: 'https west.example:443, GET /x: connection failed',
	});
});

test('an address without TLS is named as such', () => {
	const plain = { ...asked, server: 'http://jane:canary@west.example:8001' };
	expect(explainNetwork(plain, undefined).problem.evidence).toBe(
		'http west.example:8001, GET /x: connection failed',
	);
});

test.each([
	['https://a.example', 'a.example:443'],
	['http://a.example', 'a.example:80'],
	['https://[::1]:6443/x', '[::1]:6443'],
	['nonsense', 'the server'],
])('%s is shown as %s', (server, host) => {
	expect(hostOf(server)).toBe(host);
});

test('evidence is one line without control characters', () => {
	expect(shortLine(' a\n\tb\u001b[2Jc\u0000 ')).toBe('a b [2Jc');
});

test('name and password in the address log in before a token, and are not part of what people see', async () => {
	const stub = await startStub([ok]);
	const address = stub.url.replace('https://', 'https://jane:can%20ary@');
	const connection = connectionTo({
		...entryFor(stub, { cluster: { server: address } }),
		server: stub.url,
	});

	expect(await ask(connection)).toBe('{"ok":true}');
	expect([connection.server, stub.received[0]?.headers.authorization]).toEqual([
		stub.url,
		`Basic ${Buffer.from('jane:can ary').toString('base64')}`,
	]);
});

/** With what evidence begins. */
const at = (port: number): string => `https 127.0.0.1:${port}, GET /x`;

async function ask(connection: Connection, seconds = 5): Promise<string> {
	return text(await connection.send({ method: 'GET', path: '/x', seconds }));
}

async function listen(server: Server): Promise<number> {
	const sockets = new Set<{ destroy(): void }>();
	server.on('connection', socket => void sockets.add(socket));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		const closed = new Promise(resolve => server.close(resolve));
		for (const socket of sockets) socket.destroy();
		await closed;
	});
	return (server.address() as AddressInfo).port;
}

/** A proxy that joins what asks it with CONNECT, and keeps what it was told before that. */
async function startProxy(): Promise<{ port: number; heard: string[] }> {
	const heard: string[] = [];
	const server = createTcpServer(client => {
		client.on('error', () => {});
		client.once('data', head => {
			heard.push(String(head));
			const [host = '', port] = /^CONNECT (\S+) /.exec(String(head))?.[1]?.split(':') ?? [];
			const onward = connectTcp(Number(port), host, () => {
				client.write('HTTP/1.1 200 Connection established\r\n\r\n');
				client.pipe(onward).pipe(client);
			});
			onward.on('error', () => client.destroy());
		});
	});
	return { port: await listen(server), heard };
}
