import { type Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, request } from 'node:https';
import type { Socket } from 'node:net';

/** Milliseconds that a proxy may take to open the way. */
const patience = 15_000;

/**
 * From now on the agent's connections go through an HTTP proxy. client-node's own agents for that keep the client's key and
 * the proxy's password among their options, all of which Node prints with NODE_DEBUG=http.
 */
export function leadThrough(proxy: URL, agent: PlainAgent): void {
	const connect = agent.createConnection.bind(agent);
	agent.createConnection = (options, callback) => {
		tunnelTo(`${options.host}:${options.port}`, proxy).then(
			// Types know nothing of sockets that stand already; `tls.connect`, which is behind this, does.
			socket => callback?.(null, agent instanceof Agent ? connectOver(socket) : socket),
			error => callback?.(error, undefined as never),
		);
		const connectOver = (socket: Socket) => connect(Object.assign({ ...options }, { socket })) as Socket;
		return undefined;
	};
}

function tunnelTo(address: string, proxy: URL): Promise<Socket> {
	const { promise, resolve, reject } = Promise.withResolvers<Socket>();
	const open = proxy.protocol === 'https:' ? request : plainRequest;
	const asking = open({
		method: 'CONNECT',
		host: proxy.hostname.replaceAll(/[[\]]/g, ''),
		port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
		path: address,
		headers: { host: address },
		agent: false,
		timeout: patience,
	});
	if (proxy.username || proxy.password) {
		const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
		asking.setHeader('Proxy-Authorization', `Basic ${Buffer.from(login).toString('base64')}`);
	}
	asking.on('connect', ({ statusCode }, socket) => {
		if (statusCode === 200) {
			socket.setTimeout(0);
			resolve(socket as Socket);
		} else {
			socket.destroy();
			reject(failed(`the proxy answers ${statusCode}`));
		}
	});
	asking.on('response', response => {
		response.destroy();
		reject(failed(`the proxy answers ${response.statusCode}`));
	});
	asking.on('timeout', () => asking.destroy(failed('the proxy does not answer')));
	asking.on('error', reject);
	asking.end();
	return promise;
}

const failed = (code: string): Error => Object.assign(new Error(code), { code });
