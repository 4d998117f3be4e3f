import { expect, test } from 'vitest';
import { defaultPair } from '../../../source/pairing/answers/answers.ts';
import type { ClusterApi, ListQuery, World } from '../../../source/pairing/clusters/ports.ts';
import type { StepContext } from '../../../source/pairing/step/step.ts';
import { waitUntilReady } from '../../../source/pairing/steps/wait-until-ready.ts';
import { fakeClock } from '../../helpers/fake-clock.ts';

test('only what was said of this very pair counts, not of its namesake before', async () => {
	const { context, queries } = source([]);
	await look(context);
	expect(queries[0]?.fieldSelector).toBe(
		'involvedObject.name=remotecluster,involvedObject.kind=ClusterPair,involvedObject.uid=u-2,type=Warning',
	);
});

test.each<[string, object[]]>([
	['lastTimestamp', [{ lastTimestamp: '2026-11-22T18:00:09Z' }, { lastTimestamp: '2026-11-22T18:00:05Z' }]],
	[
		'eventTime, of newer recorders',
		[
			{ lastTimestamp: null, eventTime: '2026-11-22T18:00:09.500000Z' },
			{ lastTimestamp: '2026-11-22T18:00:09Z' },
		],
	],
	[
		'creationTimestamp, for want of both',
		[
			{ lastTimestamp: null, eventTime: null, created: '2026-11-22T18:00:09Z' },
			{ lastTimestamp: '2026-11-22T18:00:05Z' },
		],
	],
])('the latest warning is told, by %s', async (_, [latest, earlier]) => {
	const { context } = source([
		{ ...latest, message: 'the latest' },
		{ ...earlier, message: 'an earlier one' },
	]);
	expect(await look(context)).toMatchObject({
		kind: 'pending',
		latest: 'storage Error, scheduler Ready: the latest',
	});
});

const look = (context: StepContext) => waitUntilReady('source', 'east', defaultPair, 60).check(context);

/** A source on which the pair is, not Ready, with these events. */
function source(events: readonly Record<string, unknown>[]) {
	const queries: ListQuery[] = [];
	const api = {
		async get() {
			return {
				metadata: { name: 'remotecluster', uid: 'u-2', resourceVersion: '1' },
				status: { storageStatus: 'Error', schedulerStatus: 'Ready' },
			};
		},
		async list(_type: unknown, query: ListQuery) {
			queries.push(query);
			return events.map(({ created, ...event }) => ({
				metadata: { name: 'e', creationTimestamp: created },
				...event,
			}));
		},
	} as unknown as ClusterApi;
	const world = { source: { side: 'source', context: 'east', api } } as unknown as World;
	const context: StepContext = {
		runId: 'run-1',
		world,
		clock: fakeClock(),
		signal: new AbortController().signal,
		note: () => {},
	};
	return { context, queries };
}
