import { listRecords } from '../gateways/machine/records.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import { printableJson } from '../pairing/words/outside-text.ts';
import { type ExitCode, exitCode } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import { refusable } from './refusable.ts';
import { madeIn, standingOf } from './runs/past-runs.ts';

export type RunsRequest = Readonly<{ json: boolean }>;

export const runsSchema = 'pxpair.runs/v1';

/** `pxpair runs`: what was run from this machine, the newest first. */
export const runsCommand = (host: Host, { json }: RunsRequest): Promise<ExitCode> =>
	refusable(host, { json, practice: false, schema: runsSchema }, async () => {
		const records = await listRecords(host.environment);
		const print = printer(host.out);
		if (json) {
			print(printableJson({ schema: runsSchema, runs: records.map(summaryOf) }, 2));
		} else if (records.length === 0) {
			print('No run yet. Begin one: pxpair, or pxpair run FILE');
		} else {
			records.map(lineOf).forEach(print);
		}
		return exitCode.done;
	});

const summaryOf = (record: RunRecord) => ({
	id: record.id,
	startedAt: record.attempts[0]?.startedAt ?? null,
	practice: record.practice,
	title: record.plan.title,
	standing: standingOf(record),
	made: madeIn(record),
});

function lineOf(record: RunRecord): string {
	const made = madeIn(record).length;
	const stands = record.practice
		? 'its clusters are gone, with all that was made in them'
		: made === 0
			? 'nothing of it stands'
			: `${made} ${made === 1 ? 'thing' : 'things'} of it stand`;
	return [
		`${record.id}  ${standingOf(record).padEnd(10)}  ${record.plan.title}${record.practice ? '  (practice)' : ''}`,
		`    ${stands}`,
	].join('\n');
}
