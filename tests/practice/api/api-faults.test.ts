import { once } from 'node:events';
import { request as httpsRequest } from 'node:https';
import { expect, test } from 'vitest';
import type { Fault } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import { adminToken, startTestApi } from '../../helpers/clusters/practice-api.ts';

const create = 'POST /api/v1/namespaces/demo/configmaps';
const body = { metadata: { name: 'a' }, data: { a: 'b' } };

async function startFaulty(fault: Fault) {
	const api = await startTestApi({ fault: () => fault });
	const isCreated = () => api.store.get(resources.configmaps, 'demo', 'a') !== undefined;
	return { ...api, isCreated };
}

test('a status, with the time after which to come again', async () => {
	const { ask, isCreated } = await startFaulty({
		kind: 'status',
		code: 429,
		reason: 'TooManyRequests',
		message: 'too many requests, please try again later',
		retryAfterSeconds: 1,
	});
	const { json, headers } = await ask(create, { body });
	expect(json).toMatchObject({ kind: 'Status', code: 429, details: { retryAfterSeconds: 1 } });
	expect(headers).toMatchObject({ 'retry-after': '1' });
	expect(isCreated()).toBe(false);
});

test('something raw from whatever is in between', async () => {
	const { ask } = await startFaulty({
		kind: 'raw',
		code: 200,
		contentType: 'text/html',
		body: '<h1>Sign in',
	});
	expect(await ask(create, { body })).toMatchObject({ code: 200, type: 'text/html', text: '<h1>Sign in' });
});

test.each([
	['before', false],
	['after', true],
] as const)('a reset %s the work', async (when, isDone) => {
	const { ask, isCreated } = await startFaulty({ kind: 'reset', when, afterBytes: 0 });
	// A connection that merely ends is a socket that hung up.
	await expect(ask(create, { body })).rejects.toThrow('read ECONNRESET');
	expect(isCreated()).toBe(isDone);
});

test('a truncated answer', async () => {
	const { server } = await startFaulty({ kind: 'truncate', bytes: 7 });
	const headers = { authorization: `Bearer ${adminToken}` };
	const request = httpsRequest(`${server.url}/api/v1/nodes`, { ca: server.caPem, headers, agent: false });
	const [response] = await once(request.end(), 'response');
	const received: Buffer[] = [];
	response.on('data', (chunk: Buffer) => received.push(chunk));
	const [error] = await once(response, 'error');
	expect(error).toMatchObject({ code: 'ECONNRESET' });
	expect(Buffer.concat(received).toString()).toBe('{"kind"');
	expect(Number(response.headers['content-length'])).toBeGreaterThan(7);
});

test.each([
	['before', false],
	['after', true],
] as const)('a hang %s the work, until the server closes', async (when, isDone) => {
	const done = Promise.withResolvers<void>();
	const { ask, isCreated, server } = await startTestApi({
		fault: () => ({ kind: 'hang', when }),
		onRequest: () => done.resolve(),
	}).then(api => ({
		...api,
		isCreated: () => api.store.get(resources.configmaps, 'demo', 'a') !== undefined,
	}));
	const answer = ask(create, { body });
	const outcome = expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
	await done.promise;
	if (isDone) await expect.poll(isCreated).toBe(true);
	await server.close();
	await outcome;
	expect(isCreated()).toBe(isDone);
});

test('latency holds requests back, and closing does not wait for it', async () => {
	const received = Promise.withResolvers<void>();
	const { ask, server } = await startTestApi({ latency: () => 60_000, onRequest: () => received.resolve() });
	const outcome = expect(ask('GET /version')).rejects.toMatchObject({ code: 'ECONNRESET' });
	await received.promise;
	await server.close();
	await outcome;
});
