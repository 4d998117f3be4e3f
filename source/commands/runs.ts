import { surveyRecords } from '../gateways/machine/recorded.ts';
import { runsUnderWay } from '../gateways/machine/run-lock.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import { counted } from '../pairing/words/counted.ts';
import { printableJson } from '../pairing/words/outside-text.ts';
import { ageOf } from '../plain/columns.ts';
import { wrapBehind } from '../plain/lines.ts';
import { type Page, type Tone, wrap } from '../plain/page.ts';
import { waysOn } from '../plain/words.ts';
import type { Made } from '../runner/made.ts';
import { type ExitCode, exitCode } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import { refusable } from './refusable.ts';
import { eventsOf, isUnfinished, madeIn, problemOf, type Standing, standingOf } from './runs/past-runs.ts';

export type RunsRequest = Readonly<{
	json: boolean;
}>;

export const runsSchema = 'pxpair.runs/v1';

/** `pxpair runs`: what was run from this machine, the newest first, and what lies among the records besides. */
export const runsCommand = (host: Host, request: RunsRequest): Promise<ExitCode> =>
	refusable(host, { json: request.json, practice: false, schema: runsSchema }, async () => {
		const { environment } = host;
		const [{ records, odd }, running] = await Promise.all([
			surveyRecords(environment),
			runsUnderWay(environment),
		]);
		const print = printer(host.out);
		if (request.json) {
			const runs = records.map(record => summaryOf(record, running.has(record.id)));
			print(printableJson({ schema: runsSchema, runs, odd }, 2));
			return exitCode.done;
		}
		if (records.length === 0 && odd.length === 0) {
			print('No runs yet. Start one: pxpair, or pxpair run FILE');
		}
		const now = Date.now();
		if (records.length > 0) {
			print(host.page.paint('muted', rowOf(['RUN', 'AGE', 'RESULT', 'WHAT'])));
		}
		records.flatMap(record => linesOf(record, now, running.has(record.id), host.page)).forEach(print);
		odd.flatMap(({ path, because }) => [host.page.paint('warning', path), `    ${because}`]).forEach(print);
		return exitCode.done;
	});

/** The name of a record is as long as a time and six characters. */
const rowOf = (
	[id, age, result, what]: readonly [string, string, string, string],
	paint = (cell: string) => cell,
): string => [id.padEnd(26), age.padEnd(8), paint(result.padEnd(11)), what].join('  ');

const summaryOf = (record: RunRecord, isRunning: boolean) => ({
	id: record.id,
	startedAt: record.attempts[0]?.startedAt ?? null,
	practice: record.practice,
	title: record.plan.title,
	standing: isRunning ? ('running' as const) : standingOf(record),
	made: madeIn(record),
});

/** As people know it from a log: which, when, how it ended, what of it exists, how to go on. */
function linesOf(record: RunRecord, now: number, isRunning: boolean, page: Page): readonly string[] {
	const { id, practice, plan } = record;
	const made = madeIn(record);
	const title = `${plan.title}${practice ? '  (practice)' : ''}`;
	const rows = (result: string, tone: Tone) =>
		wrapBehind(
			({ paint }) => rowOf([id, age(record, now), result, ''], cell => paint(tone, cell)),
			title,
			page,
		);
	if (isRunning) {
		return rows('running', 'changed');
	}
	const { resume, undo } = waysOn(id);
	const problem = problemOf(record);
	const details = [
		...(problem ? [problem.title] : []),
		existing(record, made),
		...(isUnfinished(record) ? [resume] : []),
		...(made.length > 0 && !practice && !record.rotates ? undo.slice(0, 1) : []),
	];
	return [
		...rows(...(proofOf(record) ?? results[standingOf(record)])),
		...details.flatMap(text => wrap(`    ${text}`, page, 6)),
	];
}

const results: Readonly<Record<Standing, readonly [string, Tone]>> = {
	done: ['done', 'ok'],
	failed: ['failed', 'error'],
	stopped: ['stopped', 'warning'],
	'broken-off': ['interrupted', 'warning'],
	'taken-back': ['undone', 'muted'],
};

/** A proof that left nothing is not undone: what counts is what it came to. */
function proofOf(record: RunRecord): readonly [string, Tone] | undefined {
	if (!record.proof || standingOf(record) !== 'taken-back') {
		return undefined;
	}
	const end = eventsOf({ attempts: record.attempts.filter(one => one.kind === 'run') }).findLast(
		event => event.type === 'run-finished',
	);
	const kind = end?.result.kind;
	return kind === 'done'
		? ['proved', 'ok']
		: kind === 'failed'
			? ['not proved', 'error']
			: ['stopped', 'warning'];
}

/** Of the record alone: no cluster is asked what is still there. */
function existing(record: RunRecord, made: readonly Made[]): string {
	if (record.practice) {
		return 'its practice clusters no longer exist';
	}
	const certain = made.filter(({ isCertain }) => isCertain).length;
	const doubtful = made.length - certain;
	const parts = [
		...(certain > 0 ? [`${counted(certain, 'object')} created, not undone`] : []),
		...(doubtful > 0
			? [
					`${certain > 0 ? `${doubtful} more` : counted(doubtful, 'object')} may exist: how that change ended is not recorded`,
				]
			: []),
	];
	return parts.length > 0
		? parts.join(', ')
		: standingOf(record) === 'taken-back'
			? 'nothing left to undo'
			: 'changed nothing';
}

/** Since its last attempt began, as kubectl shows an age. */
function age({ attempts }: RunRecord, now: number): string {
	const began = Date.parse(attempts.at(-1)?.startedAt ?? '');
	return Number.isNaN(began) ? 'unknown' : `${ageOf(now - began)} ago`;
}
