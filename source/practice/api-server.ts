import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { authenticator, createTokenIssuer } from './api/access/authentication.ts';
import { authorizer, type DeniedRule } from './api/access/authorization.ts';
import { type Front, serveRequest, serveUpgrade } from './api/serve.ts';
import { createSlots } from './api/slots.ts';
import { startControllers } from './api/writes/controllers.ts';
import { type Authority, createAuthority } from './certificates.ts';
import type { BegunExec, ExecRunner, FaultHook, RequestRecord } from './contract.ts';
import type { PodLogs } from './logs/pod-logs.ts';
import type { ClusterStore } from './object-store.ts';

type ExecProtocol = 'v5.channel.k8s.io' | 'v4.channel.k8s.io';

export type ApiServerOptions = Readonly<{
	/** Of the cluster, for the request records. */
	name: string;
	/** The Kubernetes version to claim: `v1.31.4`, `v1.28.9-eks-1234567`. */
	version: string;
	store: ClusterStore;
	runner: ExecRunner;
	/** Bearer token -> user name. `practice-admin` may do everything that is not denied; others need RBAC objects. */
	tokens: Readonly<Record<string, string>>;
	denied?: readonly DeniedRule[];
	/** Newest first. */
	execProtocols?: readonly ExecProtocol[];
	/** Milliseconds by which each request is held back before it is handled. It is what an exec costs, and two execs pay it at a time. */
	latency?: number | (() => number);
	/** Milliseconds that a deleted namespace is Terminating at least; 0 when absent. */
	namespacePause?: number;
	logs?: PodLogs;
	fault?: FaultHook;
	onRequest?: (record: RequestRecord) => void;
	onExec?: (exec: BegunExec) => void;
}>;

/** The cores of a node, for which execs compete while they begin. */
const cores = 2;

export type ApiServer = Readonly<{
	/** `https://127.0.0.1:PORT` */
	url: string;
	port: number;
	/** The certificate of the authority that signed the server's own. */
	caPem: string;
	/** The same authority, which signs client certificates too. */
	authority: Authority;
	/** Ends open sockets, watches and execs at once. */
	close(): Promise<void>;
}>;

export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
	const authority = createAuthority(options.name);
	const { caPem } = authority;
	const { certPem, keyPem } = authority.server();
	const server = createServer({
		cert: certPem,
		key: keyPem,
		// Who has a client certificate shows it; anyone who has none may still have a token.
		ca: caPem,
		requestCert: true,
		rejectUnauthorized: false,
		// Idle connections stay open: a client that reuses one must not find it just closed.
		keepAliveTimeout: 0,
	});
	const { reset, closeAll } = followSockets(server);
	const port = await listen(server);

	const issuer = createTokenIssuer();
	const now = () => new Date();
	const { store, name, version, runner, latency = 0, tokens, denied = [] } = options;
	const address = `127.0.0.1:${port}`;
	const authorize = authorizer(store, denied);
	const authenticate = authenticator(store, tokens, issuer, now);
	const closing = new AbortController();
	const front: Front = {
		name,
		authenticate,
		fault: options.fault,
		onRequest: options.onRequest,
		onExec: options.onExec,
		cluster: { store, version, address, authenticate, authorize, issuer, logs: options.logs, now },
		runner,
		protocols: options.execProtocols ?? ['v5.channel.k8s.io', 'v4.channel.k8s.io'],
		latency: typeof latency === 'number' ? () => latency : latency,
		beginning: createSlots(cores),
		closing: closing.signal,
		reset,
	};
	const stopControllers = startControllers(store, {
		issuer,
		caPem,
		port,
		namespacePause: options.namespacePause ?? 0,
	});
	// What fails here is a client that went away, or the end of the server: no one is left to be told.
	server.on('request', (message, response) => {
		serveRequest(front, message, response).catch(() => message.socket.destroy());
	});
	server.on('upgrade', (message, socket, head) => {
		serveUpgrade(front, message, socket, head).catch(() => socket.destroy());
	});

	return {
		url: `https://${address}`,
		port,
		caPem,
		authority,
		async close() {
			closing.abort();
			stopControllers();
			const closed = new Promise(resolve => server.close(resolve));
			closeAll();
			await closed;
		},
	};
}

/** Knows every TCP socket, and which one lies under a TLS socket. */
function followSockets(server: Server) {
	const sockets = new Map<number | undefined, Socket>();
	server.on('connection', (socket: Socket) => {
		const { remotePort } = socket;
		sockets.set(remotePort, socket);
		socket.once('close', () => sockets.delete(remotePort));
	});
	return {
		reset(socket: Duplex) {
			sockets.get((socket as Socket).remotePort)?.resetAndDestroy();
			socket.destroy();
		},
		closeAll() {
			for (const socket of sockets.values()) socket.destroy();
		},
	};
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	return (server.address() as AddressInfo).port;
}
