import { listRecords } from '../../gateways/machine/recorded.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import type { MadeAt } from '../../pairing/status/credentials.ts';
import type { Host } from '../line/host.ts';
import { eventsOf } from './past-runs.ts';

/** By the records of this machine. Without them it is only not known. */
export async function madeAtOf({ environment }: Pick<Host, 'environment'>): Promise<MadeAt> {
	const records = await listRecords(environment).catch((): readonly RunRecord[] => []);
	const attempts = records.flatMap(record => record.attempts);
	const dates = new Map(
		attempts.flatMap(attempt =>
			eventsOf({ attempts: [attempt] }).flatMap(event =>
				event.type === 'step-finished' && event.outcome.kind === 'changed' && event.outcome.identity
					? [[event.outcome.identity, attempt.startedAt.slice(0, 10)] as const]
					: [],
			),
		),
	);
	return identity => dates.get(identity);
}
