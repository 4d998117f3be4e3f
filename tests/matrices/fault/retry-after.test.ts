import { expect, test } from 'vitest';
import { clusterApi } from '../../../source/gateways/kubernetes/cluster-api.ts';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { namespaceType } from '../../../source/pairing/clusters/kubernetes.ts';
import { PairingError } from '../../../source/pairing/words/problem.ts';
import { connectionTo, entryFor, startStub } from '../../helpers/clusters/api-stub.ts';
import { problemFrom } from '../../helpers/problem-from.ts';

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } };
const date = 'Wed, 21 Oct 2026 07:28:00 GMT';

test.each<[string, string, number]>([
	['when it says', '3', 3000],
	['not before the usual pause', '0', 250],
	['at last, though it says in an hour', '3600', 10_000],
	['at the date that it names, by its own clock', 'Wed, 21 Oct 2026 07:28:04 GMT', 4000],
	['after the usual pause, when that date is over', 'Wed, 21 Oct 2026 07:00:00 GMT', 250],
	...['-1', '1.5', 'soon', '99999999999', '2099-01-01', ''].map((told): [string, string, number] => [
		'after the usual pause, when nothing can be made of what it says',
		told,
		250,
	]),
])('a busy server is asked again %s: "%s"', async (_, told, pause) => {
	const busy = { code: 429, headers: { date, 'retry-after': told }, body: { kind: 'Status', code: 429 } };
	const stub = await startStub([busy, { body: { gitVersion: 'v1.33.5' } }]);
	const pauses: number[] = [];
	const clock = { ...systemClock, sleep: async (milliseconds: number) => void pauses.push(milliseconds) };
	expect(await clusterApi(connectionTo(entryFor(stub)), clock).version()).toBe('v1.33.5');
	expect(pauses).toEqual([pause]);
});

test.each([
	[429, '3600', 'Wait 1 hour, as the server asks'],
	[429, '1', 'Wait 1 second, as the server asks'],
	[429, '90', 'Wait 90 seconds, as the server asks'],
	[429, '7201', 'Wait 3 hours, as the server asks'],
	[503, '172800', 'Wait 2 days, as the server asks'],
	[503, 'Wed, 21 Oct 2026 09:28:00 GMT', 'Wait 2 hours, as the server asks'],
	[503, 'soon', 'Wait until the API server is well again'],
	[429, '0', 'Wait a minute'],
	[429, '-60', 'Wait a minute'],
	[429, '99999999999', 'Wait a minute'],
	[403, '3600', 'Have the permission above granted, or use a context with more permissions'],
])('%i with Retry-After %s: %s', async (code, told, advice) => {
	const stub = await startStub([
		{ code, headers: { date, 'retry-after': told }, body: { kind: 'Status', code } },
	]);
	const clock = { ...systemClock, sleep: async () => {} };
	const problem = await problemFrom(() => clusterApi(connectionTo(entryFor(stub)), clock).version());
	expect(problem.remedies).toEqual([{ what: advice, way: { kind: 'retry' } }]);
});

test.each([
	['a second', 'created', 2],
	['nothing that can be obeyed', 'server-error', 1],
])('a write that a gateway turned away with %s', async (_, outcome, sent) => {
	const headers = { date, 'retry-after': outcome === 'created' ? '1' : '-1' };
	const stub = await startStub([{ code: 503, headers, body: '' }, { body: namespace }]);
	const api = clusterApi(connectionTo(entryFor(stub)), { ...systemClock, sleep: async () => {} });
	const created = api.create(namespaceType, namespace).then(
		() => 'created',
		(error: unknown) => (error instanceof PairingError ? error.problem.id : String(error)),
	);
	expect([await created, stub.received.length]).toEqual([outcome, sent]);
});
