import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { clusterApi } from '../../../source/gateways/kubernetes/cluster-api.ts';
import { connect } from '../../../source/gateways/kubernetes/connection.ts';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { curlInPod } from '../../../source/gateways/pods/pod-probe.ts';
import { pxctl } from '../../../source/gateways/pods/pxctl.ts';
import { tryStore } from '../../../source/gateways/pods/store-trial.ts';
import type { Credential } from '../../../source/pairing/answers/credential.ts';
import type { PortworxFacts } from '../../../source/pairing/clusters/cluster.ts';
import { PairingError } from '../../../source/pairing/words/problem.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import type { StoreCanaries } from '../../helpers/canaries.ts';
import type { Store } from '../../helpers/program/ground.ts';
import { endless, large } from '../hostile/hostile-answers.ts';

/** How a session ends that has told its server everything; `said` is all that came on standard input, and the request's login. */
export const endings = {
	'a status that quotes it': (socket, said) =>
		status(socket, { status: 'Failure', code: 500, reason: 'InternalError', message: said.join(' ') }),
	'a status that quotes it line by line': (socket, said) =>
		status(socket, { status: 'Failure', code: 403, reason: said.join(' '), message: said.join('\n') }),
	'a runtime that quotes it': (socket, said) =>
		status(socket, {
			status: 'Failure',
			code: 500,
			message: `OCI runtime exec failed: ${JSON.stringify(said.join(' '))}`,
		}),
	'error output that quotes it': (socket, said) =>
		fail(socket, 2, [...said, `\ncurl: (7) ${said.join(' ')}\ncurl 7\n`]),
	'output that quotes it': (socket, said) => fail(socket, 1, said),
	'a success that quotes it': (socket, said) => {
		const uuid = '01234567-89ab-cdef-0123-456789abcdef';
		socket.send(frame(1, `Cluster UUID: ${uuid}\nLicense: ${said.join(' ')}\nToken is ${said.join('')}\n`));
		status(socket, { status: 'Success' });
	},
	'half of a status': (socket, said) => socket.send(frame(3, `{"message":${JSON.stringify(said.join(' '))}`)),
	'control sequences': (socket, said) =>
		fail(
			socket,
			2,
			['\u200B', '\u202E', '\u001B[1m', '\u0000', '\u009B0m'].flatMap(sign =>
				said.map(line => [...line].join(sign)),
			),
		),
	'40 MB': (socket, said) => {
		for (const part of large(said.join('\n'))) socket.send(frame(1, part));
		status(socket, { status: 'Success' });
	},
	'never ending': (socket, said) => {
		const parts = endless(said.join('\n'));
		const next = () =>
			void (socket.readyState === socket.OPEN && socket.send(frame(2, parts.next().value), next));
		next();
	},
	cut: (socket, said) =>
		fail(
			socket,
			2,
			said.flatMap(line => [line.slice(0, line.length * 0.7), line.slice(line.length * 0.3)]),
		),
	'wrong type': (socket, said) =>
		status(socket, { status: 'Failure', code: said, reason: { said }, message: { said } }),
	'wrong shape': (socket, said) => socket.send(frame(3, JSON.stringify([{ message: said }, said]))),
	'no status': (socket, said) => {
		socket.send(frame(2, said.join(' ')));
		socket.terminate();
	},
} as const satisfies Readonly<Record<string, (socket: WebSocket, said: readonly string[]) => void>>;

export type EndingName = keyof typeof endings;

/** What is sent into pods, by what it is. */
const works = {
	async create(connection, credential) {
		await commandsOf(connection).createCredential('clusterPair_1', credential);
	},
	async validate(connection) {
		return commandsOf(connection).validateCredential('clusterPair_1');
	},
	async status(connection) {
		return commandsOf(connection).license();
	},
	async token(connection) {
		return commandsOf(connection).showClusterToken();
	},
	async delete(connection) {
		await commandsOf(connection).deleteCredential('clusterPair_1');
	},
	async try(connection, credential) {
		const curl: Parameters<typeof tryStore>[0]['curl'] = request => curlInPod(connection, facts, request);
		return tryStore({ side: 'source', curl, now: () => new Date() }, credential);
	},
} as const satisfies Readonly<
	Record<string, (connection: Connected, credential: Credential) => Promise<unknown>>
>;

export type WorkName = keyof typeof works;
export const workNames = Object.keys(works) as readonly WorkName[];
export const endingNames = Object.keys(endings) as readonly EndingName[];

export type HostileExec = AsyncDisposable &
	Readonly<{
		/** All that can be seen of how it ended. */
		try(work: WorkName, ending: EndingName, provider: Exclude<Store, 'none'>): Promise<string>;
	}>;

type Connected = ReturnType<typeof connect>;

/** An API server that listens to what is sent into its pods, and gives it back. */
export async function openHostileExec(secrets: StoreCanaries, token: string): Promise<HostileExec> {
	let ending: EndingName = 'no status';
	const server = createServer((_request, response) => {
		const data = { 'auth-token': Buffer.from(token).toString('base64') };
		response
			.writeHead(200, { 'content-type': 'application/json' })
			.end(JSON.stringify({ metadata: { name: 'px-admin-token' }, data }));
	});
	const sockets = new WebSocketServer({ server, handleProtocols: offered => [...offered][0] ?? false });
	sockets.on('connection', (socket, { headers }) => {
		socket.on('message', (data: Buffer) => {
			const input = data.subarray(1).toString();
			endings[ending](socket, [...input.split('\n').toSorted(longestFirst), String(headers.authorization)]);
		});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const entry = {
		name: 'east',
		namespace: undefined,
		clusterName: 'east',
		userName: 'jane',
		server: address,
		cluster: { fields: { server: address }, folder: '/' },
		user: { fields: { token }, folder: '/' },
	};
	return {
		async try(work, chosen, provider) {
			ending = chosen;
			const connection = connect('source', entry, { environment: {}, signal: new AbortController().signal });
			try {
				return JSON.stringify(await works[work](connection, credentialFor(provider, secrets))) ?? '';
			} catch (error) {
				return error instanceof PairingError
					? JSON.stringify([error.problem, error.message, error.stack])
					: `${work}, ${chosen}: ${error}`;
			} finally {
				connection.close();
			}
		},
		async [Symbol.asyncDispose]() {
			sockets.close();
			server.closeAllConnections();
			server.close();
		},
	};
}

const facts = {
	namespace: 'portworx',
	secured: true,
	pods: [{ namespace: 'portworx', name: 'portworx-1', node: 'node-1' }],
} as unknown as PortworxFacts;

const commandsOf = (connection: Connected) =>
	pxctl(connection, clusterApi(connection, systemClock), async () => facts);

function credentialFor(provider: Exclude<Store, 'none'>, secrets: StoreCanaries): Credential {
	switch (provider) {
		case 's3':
			return {
				provider,
				accessKeyId: new Secret(secrets.accessKeyId),
				secretAccessKey: new Secret(secrets.secretAccessKey),
				region: 'us-east-1',
				endpoint: 's3.amazonaws.com',
				disableSsl: false,
				disablePathStyle: false,
			} as Credential;
		case 'azure':
			return { provider, accountName: 'myaccount', accountKey: new Secret(secrets.accountKey) } as Credential;
		case 'google':
			return { provider, projectId: 'my-project', jsonKey: new Secret(secrets.jsonKey) } as Credential;
	}
}

const longestFirst = (one: string, other: string): number => other.length - one.length;

const frame = (channel: number, text: string): Buffer =>
	Buffer.concat([Buffer.from([channel]), Buffer.from(text)]);

const status = (socket: WebSocket, object: object): void =>
	socket.send(frame(3, JSON.stringify({ kind: 'Status', ...object })));

function fail(socket: WebSocket, channel: number, said: readonly string[]): void {
	socket.send(frame(channel, said.join(' ')));
	status(socket, {
		status: 'Failure',
		reason: 'NonZeroExitCode',
		details: { causes: [{ reason: 'ExitCode', message: '1' }] },
		message: 'command terminated with non-zero exit code',
	});
}
