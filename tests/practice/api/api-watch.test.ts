import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { createObjectStore } from '../../../source/practice/object-store.ts';
import { resources } from '../../../source/practice/resources.ts';
import { adminToken, pod, startTestApi, type TestApi } from '../../helpers/clusters/practice-api.ts';

type WatchEvent = {
	type: string;
	object: { kind: string; metadata: { name: string; resourceVersion: string } };
};

/** Events in the order they come; the iterator ends with the answer. */
function watch({ server }: TestApi, query: string, accept = 'application/json'): AsyncGenerator<WatchEvent> {
	const { promise, resolve, reject } = Promise.withResolvers<NodeJS.ReadableStream>();
	const headers = { authorization: `Bearer ${adminToken}`, accept };
	const request = httpsRequest(`${server.url}/api/v1/pods?watch=1&${query}`, {
		ca: server.caPem,
		headers,
		agent: false,
	});
	request.on('response', resolve).on('error', reject).end();
	return (async function* () {
		for await (const line of createInterface({ input: await promise })) yield JSON.parse(line) as WatchEvent;
	})();
}

async function next(events: AsyncGenerator<WatchEvent>): Promise<string> {
	const { value, done } = await events.next();
	return done ? 'the end' : `${value.type} ${value.object.metadata.name}`;
}

test('what is there, then what happens', async () => {
	const api = await startTestApi();
	const events = watch(api, '');
	expect(await next(events)).toBe('ADDED portworx-abcde');
	api.store.create(resources.pods, pod('a'));
	expect(await next(events)).toBe('ADDED a');
	api.store.update(resources.pods, { ...pod('a'), spec: {} });
	expect(await next(events)).toBe('MODIFIED a');
	api.store.remove(resources.pods, 'kube-system', 'a');
	expect(await next(events)).toBe('DELETED a');
});

test('from a resource version on, nothing is missed', async () => {
	const api = await startTestApi();
	const { revision } = api.store;
	api.store.create(resources.pods, pod('a'));
	api.store.remove(resources.pods, 'kube-system', 'a');
	const events = watch(api, `resourceVersion=${revision}`);
	expect([await next(events), await next(events)]).toEqual(['ADDED a', 'DELETED a']);
});

test('a forgotten resource version is an error in the stream', async () => {
	const api = await startTestApi();
	const events = watch(api, 'resourceVersion=1');
	expect((await events.next()).value).toEqual({
		type: 'ERROR',
		object: {
			kind: 'Status',
			apiVersion: 'v1',
			metadata: {},
			status: 'Failure',
			message: expect.stringMatching(/^too old resource version: 1 \(\d+\)$/),
			reason: 'Expired',
			code: 410,
		},
	});
	expect(await next(events)).toBe('the end');
});

test('a store remembers a thousand changes', () => {
	const store = createObjectStore();
	const { revision } = store;
	for (let count = 0; count < 500; count++) {
		store.create(resources.pods, pod('a'));
		store.remove(resources.pods, 'kube-system', 'a');
	}
	expect([store.horizon, store.since(revision).length]).toEqual([revision, 1000]);
	store.create(resources.pods, pod('a'));
	expect(store.horizon).toBe(revision + 1);
});

test('what leaves the selection is deleted, what enters it is new', async () => {
	const api = await startTestApi();
	const events = watch(api, `labelSelector=tier%3Da&resourceVersion=${api.store.revision}`);
	api.store.create(resources.pods, pod('a', { tier: 'b' }));
	api.store.update(resources.pods, pod('a', { tier: 'a' }));
	expect(await next(events)).toBe('ADDED a');
	api.store.update(resources.pods, pod('a', { tier: 'b' }));
	expect(await next(events)).toBe('DELETED a');
});

test('ends when its time is over, with a bookmark for anyone who takes one', async () => {
	const api = await startTestApi();
	const events = watch(api, 'timeoutSeconds=1&allowWatchBookmarks=true');
	expect(await next(events)).toBe('ADDED portworx-abcde');
	const bookmark = (await events.next()).value as WatchEvent;
	expect(bookmark).toEqual({
		type: 'BOOKMARK',
		object: { kind: 'Pod', apiVersion: 'v1', metadata: { resourceVersion: String(api.store.revision) } },
	});
	expect(await next(events)).toBe('the end');
});

test('initial events end with a bookmark that says so', async () => {
	const api = await startTestApi();
	const query = 'sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
	const events = watch(api, query);
	expect(await next(events)).toBe('ADDED portworx-abcde');
	expect((await events.next()).value).toMatchObject({
		type: 'BOOKMARK',
		object: { metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } } },
	});
});

test('as tables, with columns in the first event alone', async () => {
	const api = await startTestApi();
	const events = watch(api, '', 'application/json;as=Table;v=v1;g=meta.k8s.io');
	const first = (await events.next()).value as { object: object };
	expect(first.object).toMatchObject({
		kind: 'Table',
		rows: [{ cells: expect.arrayContaining(['portworx-abcde']) }],
	});
	expect(first.object).toHaveProperty('columnDefinitions[0].name', 'Name');
	api.store.create(resources.pods, pod('a'));
	const second = (await events.next()).value as { object: object };
	expect(second.object).toMatchObject({ kind: 'Table', columnDefinitions: null });
});
