import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { Connection } from '../../../source/gateways/kubernetes/connection.ts';
import { type ExecEnd, type ExecPlace, openExec } from '../../../source/gateways/pods/session/pod-exec.ts';
import { type Job, type JobResult, podSession } from '../../../source/gateways/pods/session/pod-session.ts';
import type { Fault, RequestRecord } from '../../../source/practice/contract.ts';
import { closedPort } from '../../../source/practice/way-in/loopback.ts';
import { connectionTo, entryFor, stubCertificate } from '../../helpers/clusters/api-stub.ts';
import { execStub } from '../../helpers/clusters/exec-stub.ts';
import { adminToken, startTestApi } from '../../helpers/clusters/practice-api.ts';
import { failureOf, problemFrom } from '../../helpers/problem-from.ts';

const versions = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;

test.each(versions)('%s: output, error output and exit status', async protocol => {
	const { exec } = await practice({ execProtocols: [protocol] });
	expect(await exec({ command: ['sh', '-c', 'echo out; echo err >&2; exit 7'] })).toEqual({
		kind: 'exited',
		code: 7,
		stdout: 'out\n',
		stderr: 'err\n',
	});
	expect(await exec({ command: ['true'] })).toEqual({ kind: 'exited', code: 0, stdout: '', stderr: '' });
});

test.each(versions)('%s: standard input is read by count, since its end cannot be told', async protocol => {
	const { exec } = await practice({ execProtocols: [protocol] });
	const command = ['sh', '-c', 'IFS= read -r one; IFS= read -r two; printf "%s|%s" "$two" "$one"'];
	expect(await exec({ command, stdin: `first "it's"\n$second\\n ü\n` })).toMatchObject({
		code: 0,
		stdout: `$second\\n ü|first "it's"`,
	});
});

test('the command is in the URL, standard input does not, and the token only in its header', async () => {
	const { exec, requests } = await practice();
	await exec({ command: ['sh', '-c', 'read line'], stdin: 'canary-input\n' });

	expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
		'GET /api/v1/namespaces/kube-system/pods/portworx-abcde/exec?command=sh&command=-c&command=read+line&stdin=true&stdout=true&stderr=true&container=portworx',
	]);
	const { authorization, ...headers } = requests[0]?.headers ?? {};
	expect(authorization).toBe(`Bearer ${adminToken}`);
	expect(JSON.stringify(headers)).not.toContain(adminToken);
	expect(JSON.stringify(requests)).not.toContain('canary-input');
});

test('a character cut in two between frames arrives whole', async () => {
	const { exec } = await stub(socket => {
		const bytes = Buffer.from('ü');
		socket.send(Buffer.concat([Buffer.of(1), bytes.subarray(0, 1)]));
		socket.send(Buffer.concat([Buffer.of(1), bytes.subarray(1)]));
		socket.send(success);
	});
	expect(await exec()).toMatchObject({ stdout: 'ü' });
});

test('frames of other channels, and empty ones, are passed over', async () => {
	const { exec } = await stub(socket => {
		for (const frame of [
			Buffer.alloc(0),
			Buffer.of(1),
			Buffer.of(0, 65),
			Buffer.of(255, 1),
			Buffer.of(9, 65),
			success,
		]) {
			socket.send(frame);
		}
	});
	expect(await exec()).toEqual({ kind: 'exited', code: 0, stdout: '', stderr: '' });
});

// Nothing has run.

test.each<[string, Partial<ExecPlace>, string, string]>([
	['no such program', { command: ['/nope'] }, 'server-error', '500 InternalError: '],
	[
		'no such pod',
		{ pod: { namespace: 'kube-system', name: 'gone' } },
		'not-found',
		'404 NotFound: pods "gone" not found',
	],
	['no such container', { container: 'nope' }, 'bad-request', '400 BadRequest: '],
])('%s', async (_, request, id, outcome) => {
	const { exec, url } = await practice();
	const { problem } = await notStarted(exec({ command: ['true'], ...request }));
	expect(problem.id).toBe(id);
	expect(problem.evidence).toContain(`${at(url, request.pod?.name)}: ${outcome}`);
});

test.each<[string, Fault, string, string]>([
	[
		'forbidden',
		{
			kind: 'status',
			code: 403,
			reason: 'Forbidden',
			message: 'pods "x" is forbidden: cannot create resource "pods/exec"',
		},
		'forbidden',
		'403 Forbidden: pods "x" is forbidden: cannot create resource "pods/exec"',
	],
	[
		'unauthorized',
		{ kind: 'status', code: 401, reason: 'Unauthorized', message: 'Unauthorized' },
		'unauthorized',
		'401 Unauthorized: Unauthorized',
	],
	[
		'a page of a proxy',
		{ kind: 'raw', code: 502, contentType: 'text/html', body: '<html>\nBad gateway</html>' },
		'websocket-blocked',
		'the upgrade to WebSocket was answered with 502 Bad Gateway',
	],
	[
		'a page that says 200',
		{ kind: 'raw', code: 200, contentType: 'text/html', body: '<html>Log in</html>' },
		'websocket-blocked',
		'the upgrade to WebSocket was answered with 200 OK',
	],
	[
		'a wish for an upgrade that was lost on the way',
		{ kind: 'status', code: 400, reason: 'BadRequest', message: 'Upgrade request required' },
		'websocket-blocked',
		'the upgrade to WebSocket was answered with 400 Upgrade request required',
	],
	[
		'a policy',
		{
			kind: 'status',
			code: 400,
			reason: '',
			message: 'admission webhook "validate.kyverno.svc" denied the request: no exec',
		},
		'policy-denied',
		'400 without a reason: admission webhook "validate.kyverno.svc" denied the request: no exec',
	],
	['a reset', { kind: 'reset', when: 'before', afterBytes: 0 }, 'connection-lost', 'ECONNRESET'],
])('refused at the door: %s', async (_, fault, id, evidence) => {
	const { exec, url } = await practice({ fault: () => fault });
	const { problem } = await notStarted(exec());
	expect(problem).toMatchObject({ id, side: 'source', evidence: `${at(url)}: ${evidence}` });
});

test('no one there', async () => {
	const { problem } = await notStarted(runJob(`https://127.0.0.1:${await closedPort()}`));
	expect(problem.id).toBe('connection-refused');
});

test('another CA', async () => {
	const { url } = await stub(() => {});
	const { server } = await startTestApi();
	const connection = connectionTo(entryFor({ url, caPem: server.caPem }));
	const { problem } = await notStarted(execOnce(connection, request()));
	expect(problem.id).toBe('certificate-unknown');
});

// It may have run.

test('a connection that is cut without a status', async () => {
	const { exec } = await practice({ fault: () => ({ kind: 'exec-cut', afterBytes: 2 }) });
	expect(await failureOf(() => exec({ command: ['echo', 'hello'] }))).toMatchObject({
		id: 'connection-lost',
	});
});

test.each([
	['politely', (socket: WebSocket) => socket.close()],
	['abruptly', (socket: WebSocket) => socket.terminate()],
])('a server that ends it %s before the status', async (_, end) => {
	const { exec } = await stub(socket => {
		socket.send(Buffer.from('\u0001half'));
		end(socket);
	});
	expect(await problemFrom(exec)).toMatchObject({
		id: 'connection-lost',
		title: 'The source cluster (east) closed the connection',
	});
});

const failed = (message: string) =>
	`\u0003${JSON.stringify({ status: 'Failure', reason: 'InternalError', code: 500, message })}`;
const oci =
	'error executing command in container: failed to exec in container: OCI runtime exec failed: exec failed';

test.each([
	['a runtime that lost it', [failed('error executing command in container: ttrpc: closed')]],
	['a connection inside the cluster that broke', [failed('error dialing backend: EOF')]],
	['what looks like a start, after output', ['\u0001half', failed(oci)]],
])('a failure without an exit code: %s', async (_, frames) => {
	const { exec } = await stub(socket => {
		for (const frame of frames) socket.send(Buffer.from(frame));
	});
	expect(await problemFrom(exec)).toMatchObject({ id: 'server-error' });
});

test.each([
	['the runtime could not start it', oci],
	['there is no such container any more', 'unable to upgrade connection: container not found ("portworx")'],
])('a failure that says that nothing ran: %s', async (_, message) => {
	const { exec } = await stub(socket => socket.send(Buffer.from(failed(message))));
	expect((await notStarted(exec())).problem.evidence).toContain(message);
});

test.each([
	['no JSON', 'canary'],
	['no object', '["canary"]'],
	['nothing', ''],
])('a status that is %s', async (_, text) => {
	const { exec, url } = await stub(socket => socket.send(Buffer.from(`\u0003${text}`)));
	const problem = await problemFrom(exec);
	expect(problem).toMatchObject({
		id: 'not-kubernetes',
		evidence: `${at(url)}: it sent a status that is not JSON`,
	});
	expect(JSON.stringify(problem)).not.toContain('canary');
});

test.each([
	['without an exit code', {}],
	['with an exit code that is none', { details: { causes: [{ reason: 'ExitCode', message: 'seven' }] } }],
	['with causes that are none', { details: { causes: 'x' } }],
	['with details that are none', { details: 7 }],
])('a failure %s: it may have run', async (_, more) => {
	const status = { status: 'Failure', reason: 'InternalError', message: 'no runtime', code: 500, ...more };
	const { exec, url } = await stub(socket => socket.send(Buffer.from(`\u0003${JSON.stringify(status)}`)));
	expect(await problemFrom(exec)).toMatchObject({
		id: 'server-error',
		evidence: `${at(url)}: 500 InternalError: no runtime`,
	});
});

test('output without end is cut off', async () => {
	const { exec, url } = await stub(socket => {
		const megabyte = Buffer.alloc(1024 * 1024, 1);
		for (let sent = 0; sent < 6; sent++) socket.send(megabyte);
		socket.send(success);
	});
	expect(await failureOf(exec)).toMatchObject({
		id: 'not-kubernetes',
		evidence: `${at(url)}: it sent more than 2097152 bytes of output`,
	});
});

test('one frame without end is cut off as well', async () => {
	const { exec } = await stub(socket => socket.send(Buffer.alloc(5 * 1024 * 1024, 1)));
	expect(await problemFrom(exec)).toMatchObject({ id: 'connection-lost' });
});

test('it hangs', async () => {
	const { exec, url } = await stub(() => {});
	expect(await failureOf(() => exec({ seconds: 0.2 }))).toEqual({
		id: 'timeout',
		evidence: `${at(url)}: no answer within 0.2 s`,
	});
});

test('the door itself hangs', async () => {
	const { connection } = await practice({ fault: () => ({ kind: 'hang', when: 'before' }) });
	const job = podSession(connection, pod).run({ work: 'look', stdin: '', seconds: 0.2 });
	expect(['timeout', 'connection-lost']).toContain((await problemOfEither(job)).id);
});

test('abandoned, before and during', async () => {
	const abandon = new AbortController();
	const { url, exec } = await stub(() => abandon.abort(), abandon.signal);
	expect(await problemFrom(exec)).toMatchObject({ id: 'cancelled', side: 'source' });
	expect(await problemFrom(exec)).toMatchObject({ id: 'cancelled' });
	expect(url).toBeTruthy();
});

const success = Buffer.from('\u0003{"metadata":{},"status":"Success"}');

/** With what evidence begins. */
const at = (url: string, pod = 'portworx-abcde'): string =>
	`${url.replace('://', ' ')}, exec in pod kube-system/${pod}`;

type Request = ExecPlace & Readonly<{ stdin: string; seconds: number }>;
type Exec = (changes?: Partial<Request>) => Promise<JobResult>;

function request(changes: Partial<Request> = {}): Request {
	return { pod, container: 'portworx', command: ['true'], stdin: '', seconds: 5, ...changes };
}

const pod = { namespace: 'kube-system', name: 'portworx-abcde' };

/** A command of its own, without the loop of a session. */
async function execOnce(connection: Connection, { stdin, seconds, ...place }: Request): Promise<JobResult> {
	const { side, context, server } = connection;
	const asked = { side, context, server, what: `exec in pod ${place.pod.namespace}/${place.pod.name}` };
	const output = { stdout: '', stderr: '' };
	const { promise, resolve } = Promise.withResolvers<ExecEnd>();
	const opened = await openExec(connection, place, asked, seconds, {
		output(stream, bytes) {
			output[stream] += bytes.toString();
		},
		ended: resolve,
	});
	if (!('kind' in opened)) opened.send(stdin);
	const end = await promise;
	if (end.kind === 'broken') throw end.error;
	return end.kind === 'exited' ? { ...end, ...output } : end;
}

async function practice(
	options: Parameters<typeof startTestApi>[0] = {},
): Promise<{ exec: Exec; connection: Connection; url: string; requests: RequestRecord[] }> {
	const requests: RequestRecord[] = [];
	const { server } = await startTestApi({ onRequest: record => void requests.push(record), ...options });
	const connection = connectionTo(entryFor(server, { user: { token: adminToken } }));
	return { requests, connection, url: server.url, exec: changes => execOnce(connection, request(changes)) };
}

type RunJob = (changes?: Partial<Job>) => Promise<JobResult>;

/** A server that takes every exec, and does with its socket what it is told. */
async function stub(
	onSocket: (socket: WebSocket) => void,
	signal?: AbortSignal,
): Promise<{ exec: RunJob; url: string }> {
	const url = await execStub(onSocket);
	return { url, exec: changes => runJob(url, changes, signal) };
}

/** The first job of a session. */
const runJob = (url: string, changes: Partial<Job> = {}, signal?: AbortSignal): Promise<JobResult> =>
	podSession(connectionTo(entryFor({ url, caPem: stubCertificate.caPem }), signal), pod).run({
		...{ work: 'look', stdin: '', seconds: 5 },
		...changes,
	});

async function notStarted(work: Promise<JobResult>) {
	const result = await work;
	if (result.kind !== 'not-started') {
		throw new Error(`it has run, and ended with ${result.code}`);
	}
	return result.error;
}

async function problemOfEither(work: Promise<JobResult>) {
	return problemFrom(async () => {
		throw await notStarted(work);
	});
}
