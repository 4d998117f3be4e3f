import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { fingerprintOf, type PxctlState, type StoredPair } from './pxctl/state.ts';
import { request as send } from './request.ts';

export type Remote = Readonly<{ ip: string; port: string; token: string }>;

/** The management port of one cluster's Portworx (9001 on most real ones), on loopback. */
export type PortworxEndpoint = Readonly<{
	port: number;
	/** Pairs this cluster with a remote one and answers the remote's identity; rejects in the words of the real Portworx. */
	pairWith(remote: Remote, signal?: AbortSignal): Promise<StoredPair>;
	close(): Promise<void>;
}>;

export async function startPortworxEndpoint(state: PxctlState): Promise<PortworxEndpoint> {
	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		pairWith,
		async close() {
			server.closeAllConnections();
			await new Promise(resolve => server.close(resolve));
		},
	};

	async function answer(request: IncomingMessage, response: ServerResponse) {
		if (state.settings().health !== 'running') {
			request.socket.destroy();
			return;
		}

		const { code, body } = await respond(`${request.method} ${request.url}`, request).catch(
			(error: Error): Answer => ({ code: 500, body: error.message }),
		);
		response.writeHead(code, {
			'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
		});
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	}

	async function respond(route: string, request: IncomingMessage): Promise<Answer> {
		switch (route) {
			case 'GET /status':
				return { code: 200, body: statusOf(state) };
			case 'POST /cluster/pair/process':
				return { code: 200, body: acceptPair(state, JSON.parse(await text(request)) as PairRequest) };
			default:
				return { code: 404, body: '404 page not found\n' };
		}
	}

	async function pairWith(remote: Remote, signal?: AbortSignal): Promise<StoredPair> {
		if (state.settings().health !== 'running') {
			throw new Error('PX is not running on this host');
		}

		const answer = await askRemote(remote, state.settings().uuid, signal);
		if (typeof answer === 'string') {
			throw new Error(`Error from remote cluster: ${answer}`);
		}

		const { id, name } = answer;
		const fingerprint = fingerprintOf(remote.token);
		const known = state.pairs().find(pair => pair.id === id);
		if (known && known.fingerprint !== fingerprint) {
			throw new Error(`Invalid token for already paired cluster ${id}`);
		}

		const pair = { id, name, ip: remote.ip, port: remote.port, fingerprint };
		state.addPair(pair);
		return pair;
	}
}

type Answer = Readonly<{ code: number; body: string | object }>;
type PairRequest = Readonly<{ sourceClusterId: string; token: string }>;
type PairAnswer = Readonly<{ id: string; name: string }>;

function statusOf(state: PxctlState) {
	const { version, port, uuid, clusterName, nodes } = state.settings();
	return {
		Version: `${version}-practice`,
		SchedulerInfo: { Name: 'kubernetes', NodeName: nodes[0] },
		StorageSpec: { Kind: 'practice' },
		ClusterId: clusterName,
		ClusterUuid: uuid,
		MgmtIp: '127.0.0.1',
		StartPort: port,
	};
}

function acceptPair(state: PxctlState, { sourceClusterId, token }: PairRequest): PairAnswer {
	const { uuid, clusterName } = state.settings();
	if (sourceClusterId === uuid) {
		throw new Error('Cannot create cluster pair with self');
	}

	if (token !== state.clusterToken() || state.tokenIsStale()) {
		throw new Error('Token mismatch during pairing');
	}

	return { id: uuid, name: clusterName };
}

/** The remote's identity, or the reason it gave for refusing. */
async function askRemote(
	{ ip, port, token }: Remote,
	sourceClusterId: string,
	signal?: AbortSignal,
): Promise<PairAnswer | string> {
	try {
		const url = new URL(`http://${ip}:${port}/cluster/pair/process`);
		const answer = await send(
			url,
			{ method: 'POST', timeout: 5000, ...(signal && { signal }) },
			JSON.stringify({ sourceClusterId, token }),
		);
		return answer.code === 200 ? (JSON.parse(answer.body) as PairAnswer) : answer.body;
	} catch (error) {
		throw new Error(
			`error updating pair info for ${ip}:${port}, all endpoints are unreachable: ${(error as Error).message}`,
		);
	}
}

async function text(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) {
		chunks.push(chunk as Buffer);
	}

	return Buffer.concat(chunks).toString();
}
