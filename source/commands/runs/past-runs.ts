import { oddLines, surveyRecords } from '../../gateways/machine/recorded.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import { shell } from '../../pairing/words/command.ts';
import { asRecord, defined, isRecord } from '../../pairing/words/json.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { refuse } from '../../pairing/words/problem.ts';
import { command } from '../../pairing/words/way.ts';
import { type Made, madeBy } from '../../runner/made.ts';
import type { RunEvent, RunResult } from '../../runner/run-event.ts';
import type { UndoneCounts } from '../../runner/undone-text.ts';
import type { Host } from '../line/host.ts';

export type Standing = 'done' | 'failed' | 'stopped' | 'broken-off' | 'taken-back';

/** Events of a record are as anyone who wrote it saw them; those of a newer version are passed over by who reads them. */
export const eventsOf = ({ attempts }: Pick<RunRecord, 'attempts'>): readonly RunEvent[] =>
	attempts.flatMap(({ events }) => events.filter(isWhole) as unknown as readonly RunEvent[]);

const isWhole = ({ type, outcome }: RunRecord['attempts'][number]['events'][number]): boolean =>
	type !== 'step-finished' || isRecord(outcome);

export const madeIn = (record: RunRecord): readonly Made[] => madeBy(eventsOf(record));

/** What the last attempt, an undo, came to. */
export const undoneIn = (record: RunRecord, { changes, kind }: RunResult): UndoneCounts => ({
	deleted: changes,
	absent: (record.attempts.at(-1)?.events ?? []).filter(
		({ outcome }) => isRecord(outcome) && outcome.absent === true,
	).length,
	left: madeIn(record).length,
	isStopped: kind === 'cancelled',
});

/** The state of the run, by its last attempt. */
export function standingOf(record: RunRecord): Standing {
	const last = record.attempts.at(-1);
	const end = last?.events.findLast(({ type }) => type === 'run-finished');
	const result = end?.result as RunResult | undefined;
	if (last?.kind === 'undo' && madeIn(record).length === 0) {
		return 'taken-back';
	}
	switch (result?.kind) {
		case 'done':
			return last?.kind === 'undo' ? 'stopped' : 'done';
		case 'failed':
			return 'failed';
		case 'cancelled':
			return 'stopped';
		default:
			return 'broken-off';
	}
}

/** Why the last attempt failed, if it did. */
export function problemOf({ attempts }: RunRecord): Readonly<{ title: string }> | undefined {
	const end = attempts.at(-1)?.events.findLast(({ type }) => type === 'run-finished');
	const { problem } = asRecord(end?.result);
	const { title } = asRecord(problem);
	return typeof title === 'string' ? { title: outsideText(title) } : undefined;
}

/** What is being undone is not gone on with unless someone names it. */
export const isUnfinished = (record: RunRecord): boolean =>
	!record.practice &&
	record.attempts.at(-1)?.kind !== 'undo' &&
	['failed', 'stopped', 'broken-off'].includes(standingOf(record));

/** The one whose last attempt began last, whenever its first did. */
export const lastTried = (records: readonly RunRecord[]): RunRecord | undefined =>
	records.toSorted((one, other) => lastBegan(other).localeCompare(lastBegan(one)))[0];

/** ISO 8601, which sorts as time goes. */
const lastBegan = ({ attempts }: RunRecord): string => attempts.at(-1)?.startedAt ?? '';

/** @throws PairingError when all came to their end */
export async function latestUnfinished({ environment }: Host): Promise<RunRecord> {
	const { records, odd } = await surveyRecords(environment);
	const found = lastTried(records.filter(isUnfinished));
	if (!found) {
		refuse({
			id: 'nothing-to-resume',
			title: 'No run to resume',
			...defined({ evidence: oddLines(odd) }),
			remedies: [
				command('List the runs', shell`pxpair runs`),
				command('Begin a new one', shell`pxpair run FILE`),
			],
		});
	}
	return found;
}
