import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { BegunExec, Fault } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import { adminToken, pod, startTestApi, type TestApi } from '../../helpers/clusters/practice-api.ts';

const both = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const streams = 'stdout=true&stderr=true';

type Session = Readonly<{
	protocol: string;
	socket: WebSocket;
	/** The first output that is not empty. */
	output: Promise<string>;
	/** `1 out\n`: channel and text of each frame, then how the socket closed. */
	end: Promise<readonly string[]>;
}>;

function connect({ server }: TestApi, path: string, protocols: string[], token: string): WebSocket {
	const url = `${server.url.replace('https', 'wss')}/api/v1/namespaces/kube-system/pods/${path}`;
	return new WebSocket(url, protocols, { ca: server.caPem, headers: { authorization: `Bearer ${token}` } });
}

async function exec(api: TestApi, command: string[], query = streams, protocols = both): Promise<Session> {
	const words = command.map(word => `command=${encodeURIComponent(word)}`).join('&');
	const path = `portworx-abcde/exec?container=portworx&${words}&${query}`;
	const socket = connect(api, path, protocols, adminToken);
	const frames: string[] = [];
	const output = Promise.withResolvers<string>();
	socket.on('message', (data: Buffer) => {
		frames.push(`${data[0]} ${data.subarray(1)}`);
		if (data.length > 1) output.resolve(String(data.subarray(1)));
	});
	const end = once(socket, 'close').then(([code]) => [...frames, `close ${code}`]);
	await once(socket, 'open');
	return { protocol: socket.protocol, socket, output: output.promise, end };
}

async function refused(api: TestApi, path: string, protocols = both, token = adminToken) {
	const socket = connect(api, path, protocols, token);
	socket.on('error', () => {});
	const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
	return { code: response.statusCode, body: await text(response) };
}

test('output, errors and success, frame by frame', async () => {
	const api = await startTestApi();
	const { protocol, end } = await exec(api, ['sh', '-c', 'echo out; echo err >&2']);
	expect(protocol).toBe('v5.channel.k8s.io');
	const [first, ...frames] = await end;
	expect(first).toBe('1 ');
	// Two pipes: which is read first is no one's promise.
	expect(frames.slice(0, 2).toSorted()).toEqual(['1 out\n', '2 err\n']);
	expect(frames.slice(2)).toEqual(['3 {"metadata":{},"status":"Success"}', 'close 1000']);
});

test('an exit code comes with the command line', async () => {
	const api = await startTestApi({ execProtocols: ['v4.channel.k8s.io'] });
	const { protocol, end } = await exec(api, ['sh', '-c', 'echo out; exit 3']);
	expect(protocol).toBe('v4.channel.k8s.io');
	expect(await end).toEqual([
		'1 ',
		'1 out\n',
		'3 {"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: error executing command [sh -c echo out; exit 3], exit code 3","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}',
		'close 1000',
	]);
});

test('a command that cannot start', async () => {
	const api = await startTestApi();
	const { end } = await exec(api, ['/nope']);
	const [, frame = ''] = await end;
	const cause =
		/^error executing command in container: failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "\/nope": stat \/nope: no such file or directory: unknown$/;
	expect(JSON.parse(frame.slice(2))).toEqual({
		metadata: {},
		status: 'Failure',
		message: expect.stringMatching(/^Internal error occurred: error executing command in container: /),
		reason: 'InternalError',
		details: { causes: [{ message: expect.stringMatching(cause) }] },
		code: 500,
	});
});

test('standard input by line, and its end in version 5', async () => {
	const api = await startTestApi();
	const lines = await exec(api, ['sh', '-c', 'read -r a; echo "got:$a"'], `${streams}&stdin=true`, [
		'v4.channel.k8s.io',
	]);
	lines.socket.send(Buffer.from('\0hello\n'));
	expect(await lines.end).toContain('1 got:hello\n');

	const whole = await exec(api, ['wc', '-c'], `${streams}&stdin=true`);
	whole.socket.send(Buffer.from('\0hello\n'));
	whole.socket.send(Buffer.of(255, 0));
	expect(await whole.end).toContain('1 6\n');
});

test('without stdin the command finds nothing to read', async () => {
	const api = await startTestApi();
	const { end } = await exec(api, ['cat']);
	expect(await end).toEqual(['1 ', '3 {"metadata":{},"status":"Success"}', 'close 1000']);
});

test.each([
	[
		'a container that the pod has not',
		`portworx-abcde/exec?command=true&container=nope&${streams}`,
		400,
		'container nope is not valid for pod portworx-abcde',
	],
	[
		'no container where there are several',
		`portworx-abcde/exec?command=true&${streams}`,
		400,
		'a container name must be specified for pod portworx-abcde',
	],
	['a missing pod', `nope/exec?command=true&container=portworx&${streams}`, 404, 'pods \\"nope\\" not found'],
	[
		'no stream',
		'portworx-abcde/exec?command=true&container=portworx',
		400,
		'you must specify at least 1 of stdin, stdout, stderr',
	],
	[
		'a pod that has ended',
		`dead/exec?command=true&container=portworx&${streams}`,
		400,
		'cannot exec into a container in a completed pod; current phase is Failed',
	],
	[
		'a pod that has not begun',
		`young/exec?command=true&container=portworx&${streams}`,
		500,
		'unable to upgrade connection: container not found (\\"portworx\\")',
	],
])('%s is an answer before the upgrade', async (_, path, code, message) => {
	const api = await startTestApi();
	api.store.create(resources.pods, { ...pod('dead'), status: { phase: 'Failed' } });
	api.store.create(resources.pods, { ...pod('young'), status: { phase: 'Pending' } });
	const answer = await refused(api, path);
	expect(answer.code).toBe(code);
	expect(answer.body).toContain(message);
});

test('no common protocol, a wrong token, and a denied exec', async () => {
	const denied = [{ verb: 'create', group: '', resource: 'pods', subresource: 'exec' }];
	const path = `portworx-abcde/exec?command=true&container=portworx&${streams}`;
	const open = await startTestApi();
	expect(await refused(open, path, ['v9.channel.k8s.io'])).toEqual({ code: 403, body: '' });
	expect((await refused(open, path, both, 'wrong')).code).toBe(401);
	const closed = await startTestApi({ denied });
	const answer = await refused(closed, path);
	expect(answer.code).toBe(403);
	expect(JSON.parse(answer.body)).toMatchObject({
		message:
			'pods "portworx-abcde" is forbidden: User "practice-admin" cannot create resource "pods/exec" in API group "" in the namespace "kube-system"',
		details: { name: 'portworx-abcde', kind: 'pods' },
	});
});

test('a cut session closes without a status', async () => {
	const fault: Fault = { kind: 'exec-cut', afterBytes: 2 };
	const api = await startTestApi({ fault: () => fault });
	const { end } = await exec(api, ['sh', '-c', 'echo hello; exec sleep 600']);
	expect(await end).toEqual(['1 ', '1 he', 'close 1006']);
});

test('closing the server ends the session and the command', async () => {
	const api = await startTestApi();
	const { output, end } = await exec(api, ['sh', '-c', 'echo $$; exec sleep 600']);
	const pid = Number(await output);
	await api.server.close();
	expect((await end).at(-1)).toBe('close 1006');
	await expect.poll(() => isRunning(pid)).toBe(false);
});

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

test('with latency two execs begin at a time, and one whose client goes away makes room', async () => {
	let beginning = 0;
	let received = Promise.withResolvers<void>();
	const api = await startTestApi({
		onRequest: () => received.resolve(),
		latency: () => {
			beginning += 1;
			return 3_600_000;
		},
	});
	const path = `portworx-abcde/exec?command=true&container=portworx&${streams}`;
	const sockets: WebSocket[] = [];
	while (sockets.length < 5) {
		received = Promise.withResolvers();
		sockets.push(connect(api, path, both, adminToken).on('error', () => {}));
		await received.promise;
	}
	await nextTurn();
	expect(beginning).toBe(2);
	for (const [index, socket] of sockets.slice(0, 3).entries()) {
		socket.terminate();
		await expect.poll(() => beginning).toBe(3 + index);
	}
});

test('five execs at once all begin, and each is told of', async () => {
	const execs: BegunExec[] = [];
	const api = await startTestApi({ latency: () => 5, onExec: exec => void execs.push(exec) });
	const sessions = await Promise.all(Array.from({ length: 5 }, () => exec(api, ['true'])));
	for (const { end } of sessions) expect((await end).at(-1)).toBe('close 1000');
	expect(execs).toHaveLength(5);
	for (const { asked, begun } of execs) expect(begun).toBeGreaterThanOrEqual(asked);
});
