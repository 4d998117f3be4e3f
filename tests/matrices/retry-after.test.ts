import { expect, test } from 'vitest';
import { clusterApi } from '../../source/gateways/kubernetes/cluster-api.ts';
import { systemClock } from '../../source/gateways/machine/clock.ts';
import { connectionTo, entryFor, startStub } from '../helpers/api-stub.ts';

test.each([
	['when it says', '3', 3000],
	['not before the usual pause', '0', 250],
	['at last, though it says in an hour', '3600', 10_000],
	['after the usual pause, when it names a date', 'Wed, 21 Oct 2026 07:28:00 GMT', 250],
])('a busy server is asked again %s', async (_, told, pause) => {
	const busy = { code: 429, headers: { 'retry-after': told }, body: { kind: 'Status', code: 429 } };
	const stub = await startStub([busy, { body: { gitVersion: 'v1.33.5' } }]);
	const pauses: number[] = [];
	const clock = { ...systemClock, sleep: async (milliseconds: number) => void pauses.push(milliseconds) };
	expect(await clusterApi(connectionTo(entryFor(stub)), clock).version()).toBe('v1.33.5');
	expect(pauses).toEqual([pause]);
});
