import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { countedInput } from '../../../source/gateways/pods/session/counted-input.ts';
import type { Job } from '../../../source/gateways/pods/session/pod-session.ts';
import { type PodSessions, sessionsOf } from '../../../source/gateways/pods/session/pod-sessions.ts';
import type { Credential } from '../../../source/pairing/answers/credential.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import type { Fault, FaultHook } from '../../../source/practice/contract.ts';
import { connectionTo, entryFor, stubCertificate } from '../../helpers/clusters/api-stub.ts';
import { execStub } from '../../helpers/clusters/exec-stub.ts';
import { practiceSide } from '../../helpers/clusters/practice-side.ts';
import { failureOf, problemFrom } from '../../helpers/problem-from.ts';

test('all that is asked at the same time, and later, is one exec', async () => {
	const { pxctl, cluster, execs } = await practiceSide();
	const names = Array.from({ length: 12 }, (_, index) => `clusterPair_${index}`);
	const [uuid, token, ...states] = await Promise.all([
		pxctl.clusterUuid(),
		pxctl.showClusterToken(),
		...names.map(name => pxctl.validateCredential(name)),
	]);
	expect([uuid, token.reveal()]).toEqual([cluster.uuid, cluster.clusterToken()]);
	expect(states).toEqual(names.map(() => ({ kind: 'absent' })));
	await pxctl.createCredential('clusterPair_3', s3);
	expect(await pxctl.validateCredential('clusterPair_3')).toEqual({ kind: 'valid' });
	expect(execs()).toHaveLength(1);
});

// The same pod again: the connection may have died while there was nothing to do.

test.each<[string, Fault]>([
	['reset', { kind: 'reset', when: 'before', afterBytes: 0 }],
	['cut', { kind: 'exec-cut', afterBytes: 0 }],
	['told to end', { kind: 'status', code: 500, reason: 'InternalError', message: 'no' }],
])('a session that is %s with a job in it: what can be repeated is, in the same pod', async (_, fault) => {
	const { pxctl, execs } = await practiceSide({}, { fault: atPiece(2, fault) });
	await pxctl.clusterUuid();
	expect(await pxctl.pairs()).toEqual([]);
	const urls = execs().map(({ url }) => url);
	expect([urls.length, new Set(urls).size]).toEqual([2, 1]);
});

test.each<[string, Fault, number]>([
	['before', { kind: 'reset', when: 'before', afterBytes: 0 }, 0],
	['after', { kind: 'exec-cut-before', words: ' ended ' }, 1],
])('a session that is cut %s a creation: it is not repeated', async (_, fault, made) => {
	const { pxctl, cluster, execs } = await practiceSide({}, { fault: atPiece(2, fault) });
	await pxctl.clusterUuid();
	expect(await problemFrom(() => pxctl.createCredential('clusterPair_1', s3))).toMatchObject({
		id: 'connection-lost',
	});
	expect(execs()).toHaveLength(1);
	expect(cluster.credentials()).toHaveLength(made);
	expect(await pxctl.validateCredential('clusterPair_1')).toEqual({ kind: made > 0 ? 'valid' : 'absent' });
	expect(execs()).toHaveLength(2);
});

// What the other end does with a job.

test('a job that takes too long ends its session, and the next opens another', async () => {
	let isSilent = true;
	const ended = Promise.withResolvers<void>();
	const { sessions } = await stub((job, socket) => {
		socket.on('close', ended.resolve);
		if (!isSilent) answer(socket, job.mark, 'late');
	});
	expect(await failureOf(() => sessions.run(look(1)))).toMatchObject({ id: 'timeout' });
	isSilent = false;
	expect(await sessions.run(look())).toMatchObject({ stdout: 'late' });
	await ended.promise;
});

test('who waits for a slow job gets a session of its own, and the others follow in it', async () => {
	const { sessions, opened, abandon } = await stub(
		(job, socket) => opened() > 1 && answer(socket, job.mark, job.mark),
	);
	const first = failureOf(() => sessions.run(look()));
	const others = await Promise.all([sessions.run(look()), sessions.run(look()), sessions.run(look())]);
	expect(new Set(others.map(each => each.kind === 'exited' && each.stdout)).size).toBe(3);
	expect(opened()).toBe(2);
	abandon();
	expect(await first).toMatchObject({ id: 'cancelled' });
});

test('a session that ends on its own between two jobs is followed by another', async () => {
	const { sessions, opened } = await stub((job, socket) => {
		answer(socket, job.mark, 'first');
		socket.send(Buffer.from('\u0003{"status":"Success"}'));
	});
	expect(await sessions.run(look())).toMatchObject({ stdout: 'first' });
	expect(await sessions.run(look()).catch(() => sessions.run(look()))).toMatchObject({ stdout: 'first' });
	expect(opened()).toBe(2);
});

test('output is cut at the lines of its own job, however it comes', async () => {
	const other = '0'.repeat(32);
	const said = `\n\npxpair ${other} ended 0\n\0ü\npxpair `;
	const { sessions } = await stub(({ mark }, socket) => {
		const all = Buffer.from(`late words\npxpair ${mark} begins\n${said}\npxpair ${mark} ended 7\n`);
		for (const byte of all) socket.send(Buffer.of(1, byte));
		socket.send(Buffer.from(`\u0002pxpair ${mark} begins\nerr\n\npxpair ${mark} ended 7\nafter`));
	});
	const results = [await sessions.run(look()), await sessions.run(look())];
	expect(results).toEqual(results.map(() => ({ kind: 'exited', code: 7, stdout: said, stderr: 'err\n' })));
});

test('an exec that ends with a job begun says nothing of how that ended', async () => {
	const { sessions } = await stub(({ mark }, socket) => {
		socket.send(Buffer.from(`\u0001pxpair ${mark} begins\nhalf`));
		socket.send(Buffer.from('\u0003{"status":"Success"}'));
	});
	expect(await problemFrom(() => sessions.run(look()))).toMatchObject({ id: 'connection-lost' });
});

const s3 = {
	...{ provider: 's3', endpoint: 's3.amazonaws.com', region: 'us-east-1' },
	...{ accessKeyId: new Secret('AKIAKEY'), secretAccessKey: new Secret('canary') },
	...{ disableSsl: false, disablePathStyle: false },
} as Credential;

const look = (seconds = 60): Job => ({ work: 'look', stdin: countedInput(['', '', '', '0']), seconds });

function atPiece(number: number, fault: Fault): FaultHook {
	let isLeft = true;
	return ({ piece }) => {
		const isIt = isLeft && piece === number;
		isLeft &&= !isIt;
		return isIt ? fault : undefined;
	};
}

function answer(socket: WebSocket, mark: string, stdout: string): void {
	for (const [channel, text] of [
		[1, stdout],
		[2, ''],
	] as const) {
		socket.send(
			Buffer.concat([
				Buffer.of(channel),
				Buffer.from(`pxpair ${mark} begins\n${text}\npxpair ${mark} ended 0\n`),
			]),
		);
	}
}

async function stub(
	onJob: (job: Readonly<{ mark: string }>, socket: WebSocket) => unknown,
): Promise<Readonly<{ sessions: PodSessions; opened(): number; abandon(): void }>> {
	let count = 0;
	const url = await execStub(socket => {
		count += 1;
		socket.on('message', (data: Buffer) => onJob({ mark: data.toString('utf8', 1, 33) }, socket));
	});
	const signal = new AbortController();
	const connection = connectionTo(entryFor({ url, caPem: stubCertificate.caPem }), signal.signal);
	const pod = { namespace: 'kube-system', name: 'portworx-abcde' };
	return { sessions: sessionsOf(connection, pod), opened: () => count, abandon: () => signal.abort() };
}
