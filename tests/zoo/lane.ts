import {
	createServer as createPlainServer,
	type IncomingMessage,
	type RequestListener,
	request as requestPlain,
	type Server,
} from 'node:http';
import { createServer } from 'node:https';
import {
	type AddressInfo,
	connect,
	createServer as createTcpServer,
	type Server as TcpServer,
} from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { createAuthority } from '../../source/practice/certificates.ts';
import { certificateValues } from './certificates.ts';
import { answerSocks } from './socks-server.ts';

/** The first request that arrived, as far as the kubeconfig decides it, and the proxies on its way. Ports go by their names. */
export type Seen = Readonly<{
	request: Readonly<Record<string, unknown>> | undefined;
	proxies: readonly Readonly<Record<string, unknown>>[];
}>;

/** Servers of its own for one who is asked, so that no one else's requests are taken for theirs. */
export type Lane = AsyncDisposable &
	Readonly<{
		/** What `<NAME>` represents in a case. */
		values: Readonly<Record<string, string>>;
		/** What has arrived since the last time. */
		take(): Seen;
	}>;

const authority = createAuthority('zoo');
const stranger = createAuthority('stranger');
const names = ['api.zoo.test', '0.0.0.0'];
const client = authority.client('zoo-client', [], 30);
const second = authority.client('zoo-second', [], 30);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const linesOf = (text: string) => text.match(/.{1,64}/g) ?? [];
const jwt = (exp: number) =>
	['{"alg":"none"}', JSON.stringify({ exp })].map(part => Buffer.from(part).toString('base64url')).join('.');

const constants = {
	TOKEN: 'zoo-token',
	CA: authority.caPem,
	CA_DATA: base64(authority.caPem),
	CA_LINES: linesOf(base64(authority.caPem)).join('\n      '),
	CA_ESCAPED: linesOf(base64(authority.caPem)).join('\\n'),
	OTHER_CAS: stranger.caPem.repeat(Math.ceil(1_000_000 / stranger.caPem.length)),
	...certificateValues(authority),
	OTHER_CA: stranger.caPem,
	OTHER_CA_DATA: base64(stranger.caPem),
	CERT: client.certPem,
	CERT_DATA: base64(client.certPem),
	KEY: client.keyPem,
	KEY_DATA: base64(client.keyPem),
	CERT_SECOND: second.certPem,
	KEY_SECOND: second.keyPem,
	JWT: `${jwt(4_000_000_000)}.c2ln`,
	JWT_OLD: `${jwt(1_000_000_000)}.c2ln`,
	LAN_HOST: '0.0.0.0',
} as const;

export async function openLane(): Promise<Lane> {
	const open: TcpServer[] = [];
	const sockets = new Set<Duplex>();
	let request: Seen['request'];
	let proxies: Record<string, unknown>[] = [];
	const tls = (days = 365) => {
		const { certPem, keyPem } = authority.server({ names, days });
		return { cert: certPem, key: keyPem, requestCert: true, rejectUnauthorized: false };
	};
	const api: RequestListener = (incoming, response) => {
		const { port } = incoming.socket.address() as AddressInfo;
		const answer = answerOf(incoming.url ?? '', `https://127.0.0.1:${port}`);
		request ??= answer.isAsked ? describeRequest(incoming) : undefined;
		response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
		response.end(JSON.stringify(answer.body));
	};
	const start = async (server: TcpServer, host = '127.0.0.1'): Promise<string> => {
		server.on('connection', socket => {
			sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => sockets.delete(socket));
		});
		await new Promise<void>(resolve => server.listen(0, host, resolve));
		open.push(server);
		return String((server.address() as AddressInfo).port);
	};
	const httpProxy = (server: Server, via: string) =>
		server
			.on('connect', (asked: IncomingMessage, socket: Duplex) => {
				proxies.push({ via, connect: asked.url, auth: asked.headers['proxy-authorization'] });
				pass(String(asked.url), socket, 'HTTP/1.1 200 OK\r\n\r\n');
			})
			.on('request', (asked: IncomingMessage, response) => {
				proxies.push({ via, ask: asked.url?.split('?')[0], auth: asked.headers['proxy-authorization'] });
				const { pathname, search, port } = URL.parse(String(asked.url)) ?? {};
				const options = { host: '127.0.0.1', port, path: `${pathname}${search}`, headers: asked.headers };
				requestPlain(options, answer => answer.pipe(response))
					.on('error', () => response.destroy())
					.end();
			});
	const socks = createTcpServer(socket =>
		answerSocks(socket, (connectTo, auth) => {
			proxies.push({ via: 'socks5', connect: connectTo, auth });
			pass(connectTo, socket, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
		}),
	);
	const ports: Record<string, string> = {
		PORT: await start(createServer(tls(), api)),
		PORT6: await start(createServer(tls(), api), '::1').catch(() => '1'),
		HTTP_PORT: await start(createPlainServer(api)),
		EXPIRED_PORT: await start(createServer(tls(-1), api)),
		PROXY_PORT: await start(httpProxy(createPlainServer(), 'http')),
		TLS_PROXY_PORT: await start(httpProxy(createServer(tls()), 'https')),
		SOCKS_PORT: await start(socks),
	};
	const nameOfPort = new Map(Object.entries(ports).map(([name, port]) => [port, `:${name}`]));
	const withNames = <T>(value: T): T =>
		JSON.parse(
			JSON.stringify(value).replaceAll(/:(\d+)\b/g, (text, port: string) => nameOfPort.get(port) ?? text),
		);
	return {
		values: { ...constants, ...ports, DEAD_PORT: '1' },
		take() {
			const seen: Seen = { request: request && withNames(request), proxies: withNames(proxies) };
			request = undefined;
			proxies = [];
			return seen;
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			await Promise.all(open.map(server => new Promise(resolve => server.close(resolve))));
		},
	};
}

/** The API server is the issuer of OpenID logins as well. */
function answerOf(path: string, issuer: string): Readonly<{ isAsked: boolean; body: unknown }> {
	if (path.endsWith('/.well-known/openid-configuration')) {
		return { isAsked: false, body: { issuer, token_endpoint: `${issuer}/token` } };
	}
	return path === '/token'
		? { isAsked: false, body: { id_token: constants.JWT, access_token: 'x', token_type: 'bearer' } }
		: { isAsked: true, body: { major: '1', minor: '35', gitVersion: 'v1.35.0' } };
}

function describeRequest({ method, url, headers, rawHeaders, socket }: IncomingMessage) {
	const secure = 'encrypted' in socket ? (socket as TLSSocket) : undefined;
	const impersonation = rawHeaders.flatMap((name, index) =>
		index % 2 === 0 && /^impersonate-/i.test(name) ? [`${name.toLowerCase()}: ${rawHeaders[index + 1]}`] : [],
	);
	return {
		method,
		path: url?.split('?')[0],
		scheme: secure ? 'https' : 'http',
		auth: headers.authorization,
		cert: secure?.getPeerCertificate()?.subject?.CN,
		// Names know no case; and an IPv6 address without brackets is sent with them.
		sni: (secure?.servername || undefined)?.toLowerCase(),
		host: headers.host?.toLowerCase().replaceAll(/[[\]]/g, ''),
		impersonation: impersonation.sort(),
	};
}

/** Names that only the proxies know are this machine. */
function pass(target: string, socket: Duplex, greeting: string | Buffer): void {
	const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(target) ?? [];
	const known = host.endsWith('.zoo.test') ? '127.0.0.1' : host.replaceAll(/[[\]]/g, '');
	const onward = connect(Number(port), known, () => {
		socket.write(greeting);
		onward.pipe(socket).pipe(onward);
	});
	onward.on('error', () => socket.destroy());
	socket.on('error', () => onward.destroy());
	socket.on('close', () => onward.destroy());
}
