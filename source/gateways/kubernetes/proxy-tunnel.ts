import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, request } from 'node:https';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { basicOf } from './kubeconfig/address.ts';
import { failed, socks5 } from './socks5.ts';

/** Milliseconds that a proxy may take to open the way. */
const patience = 15_000;

/**
 * From now on the agent's connections go through a proxy.
 * @param tls how an https proxy is checked: client-go does it by the settings of the cluster
 */
export function leadThrough(proxy: URL, agent: PlainAgent, tls: ConnectionOptions): void {
	const connect = agent.createConnection.bind(agent);
	agent.createConnection = (options, callback) => {
		const to = { host: String(options.host), port: Number(options.port) };
		const opened = proxy.protocol.startsWith('socks5')
			? socks5(proxy, to, patience)
			: tunnelTo(to, proxy, tls);
		opened.then(
			// Types know nothing of sockets that stand already; `tls.connect`, which is behind this, does.
			socket => callback?.(null, agent instanceof Agent ? connectOver(socket) : socket),
			error => callback?.(error, undefined as never),
		);
		const connectOver = (socket: Socket) => connect(Object.assign({ ...options }, { socket })) as Socket;
		return undefined;
	};
}

/** Where requests to a server without TLS go instead. */
export type Forward = Readonly<{
	agent: PlainAgent;
	protocol: string;
	hostname: string;
	port: number;
	headers: Readonly<Record<string, string>>;
}>;

/** An HTTP proxy is asked for whole addresses by Go where there is no TLS to the server (RFC 9112, 3.2.2); undefined for SOCKS5. */
export function forwardTo(proxy: URL, tls: ConnectionOptions): Forward | undefined {
	if (proxy.protocol.startsWith('socks5')) {
		return undefined;
	}
	const secure = proxy.protocol === 'https:';
	return {
		...addressOf(proxy),
		agent: secure ? new Agent({ keepAlive: true, ...tls }) : new PlainAgent({ keepAlive: true }),
		protocol: proxy.protocol,
		headers: loginTo(proxy),
	};
}

const addressOf = (proxy: URL) => ({
	hostname: proxy.hostname.replaceAll(/[[\]]/g, ''),
	port: Number(proxy.port || (proxy.protocol === 'https:' ? 443 : 80)),
});

function loginTo(proxy: URL): Readonly<Record<string, string>> {
	if (proxy.username === '' && proxy.password === '') {
		return {};
	}
	return { 'Proxy-Authorization': basicOf(proxy) };
}

type Address = Readonly<{ host: string; port: number }>;

function tunnelTo({ host, port }: Address, proxy: URL, tls: ConnectionOptions): Promise<Socket> {
	const { promise, resolve, reject } = Promise.withResolvers<Socket>();
	const secure = proxy.protocol === 'https:';
	const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
	const asking = (secure ? request : plainRequest)({
		...(secure && tls),
		method: 'CONNECT',
		...addressOf(proxy),
		path: address,
		headers: { host: address },
		agent: false,
	});
	// In all: an idle timeout begins again with each byte.
	const deadline = setTimeout(() => asking.destroy(failed('the proxy does not respond')), patience);
	for (const [name, value] of Object.entries(loginTo(proxy))) {
		asking.setHeader(name, value);
	}
	asking.on('connect', ({ statusCode }, socket) => {
		if (statusCode === 200) {
			resolve(socket as Socket);
		} else {
			socket.destroy();
			reject(failed(`the proxy answered ${statusCode}`));
		}
	});
	asking.on('response', response => {
		response.destroy();
		reject(failed(`the proxy answered ${response.statusCode}`));
	});
	asking.on('error', reject);
	asking.end();
	return promise.finally(() => clearTimeout(deadline));
}
