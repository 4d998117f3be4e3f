import { spawn } from 'node:child_process';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import {
	type ApiServer,
	type ApiServerOptions,
	startApiServer,
} from '../../../source/practice/api-server.ts';
import type { ExecRunner, KubeObject } from '../../../source/practice/contract.ts';
import { type ClusterStore, createObjectStore } from '../../../source/practice/object-store.ts';
import { customResourceDefinition, resources } from '../../../source/practice/resources.ts';

export const adminToken = 'token-of-the-admin';

type Reply = Readonly<{ code: number; type: string; headers: object; text: string; json: unknown }>;
type Ask = Readonly<{ body?: unknown; headers?: Record<string, string>; token?: string | undefined }>;

export type TestApi = Readonly<{
	server: ApiServer;
	store: ClusterStore;
	/** `GET /version`: method and path as one word each. A body that is not text is sent as JSON. */
	ask(what: string, ask?: Ask): Promise<Reply>;
	kubeconfig: string;
}>;

/** An API server with Stork's types, a namespace `demo` and a Portworx pod; closed when the test ends. */
export async function startTestApi(options: Partial<ApiServerOptions> = {}): Promise<TestApi> {
	const store = options.store ?? seededStore();
	const server = await startApiServer({
		name: 'east',
		version: 'v1.31.4',
		runner: shellRunner,
		tokens: { [adminToken]: 'practice-admin', 'token-of-jane': 'jane' },
		...options,
		store,
	});
	onTestFinished(() => server.close());
	return {
		server,
		store,
		ask: (what, ask) => askServer(server, what, ask),
		kubeconfig: kubeconfigOf(server),
	};
}

function seededStore(): ClusterStore {
	const store = createObjectStore();
	for (const resource of [resources.clusterpairs, resources.storageclusters])
		store.create(resources.customresourcedefinitions, customResourceDefinition(resource));
	for (const name of ['demo', 'kube-system'])
		store.create(resources.namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
	store.create(resources.pods, pod('portworx-abcde'));
	return store;
}

export function pod(name: string, labels: Record<string, string> = { name: 'portworx' }): KubeObject {
	const containers = ['portworx', 'csi-node-driver-registrar'];
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: { name, namespace: 'kube-system', labels },
		spec: {
			nodeName: 'east-node',
			containers: containers.map(container => ({ name: container, image: 'px' })),
		},
		status: {
			phase: 'Running',
			podIP: '10.0.0.1',
			conditions: [{ type: 'Ready', status: 'True' }],
			containerStatuses: containers.map(container => ({ name: container, ready: true, restartCount: 0 })),
		},
	};
}

export function clusterPair(name: string, port = '9001'): KubeObject {
	return {
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'ClusterPair',
		metadata: { name, namespace: 'demo' },
		spec: { config: { 'current-context': 'x' }, options: { ip: '127.0.0.1', port }, platformOptions: {} },
	};
}

/** Runs the command on this machine. */
const shellRunner: ExecRunner = ({ command: [file = '', ...args] }) => {
	const child = spawn(file, args);
	child.stdin.on('error', () => {});
	const done = Promise.withResolvers<
		{ kind: 'exited'; code: number } | { kind: 'not-started'; message: string }
	>();
	child.on('error', () =>
		done.resolve({ kind: 'not-started', message: `stat ${file}: no such file or directory` }),
	);
	child.on('close', code => done.resolve({ kind: 'exited', code: code ?? 137 }));
	return {
		stdin: { write: chunk => void child.stdin.write(chunk), end: () => void child.stdin.end() },
		onStdout: listener => void child.stdout.on('data', listener),
		onStderr: listener => void child.stderr.on('data', listener),
		done: done.promise,
		kill: () => void child.kill('SIGKILL'),
	};
};

async function askServer({ url, caPem }: ApiServer, what: string, ask: Ask = {}): Promise<Reply> {
	const [method, path] = what.split(' ');
	const token = 'token' in ask ? ask.token : adminToken;
	const body = ask.body === undefined || typeof ask.body === 'string' ? ask.body : JSON.stringify(ask.body);
	const headers = {
		'user-agent': 'curl/8.5.0',
		...(token !== undefined && { authorization: `Bearer ${token}` }),
		...(body !== undefined && {
			'content-type': 'application/json',
			// Without it Node sends the body of a DELETE unframed.
			'content-length': String(Buffer.byteLength(body)),
		}),
		...ask.headers,
	};
	const { promise, resolve, reject } = Promise.withResolvers<Reply>();
	const request = httpsRequest(`${url}${path}`, {
		method: method ?? 'GET',
		headers,
		ca: caPem,
		agent: false,
	});
	request.on('error', reject);
	request.on('response', response => {
		text(response).then(answer => {
			const type = response.headers['content-type'] ?? '';
			const json: unknown =
				type === 'application/json' && !answer.includes('}\n{') ? JSON.parse(answer) : undefined;
			resolve({ code: response.statusCode ?? 0, type, headers: response.headers, text: answer, json });
		}, reject);
	});
	request.end(body);
	return promise;
}

function kubeconfigOf({ url, caPem }: ApiServer): string {
	const authority = Buffer.from(caPem).toString('base64');
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{ name: 'east', cluster: { server: url, 'certificate-authority-data': authority } }],
		users: [{ name: 'admin', user: { token: adminToken } }],
		contexts: [{ name: 'east', context: { cluster: 'east', user: 'admin' } }],
		'current-context': 'east',
	});
}
