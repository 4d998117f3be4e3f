import { surveyRecords } from '../gateways/machine/recorded.ts';
import { runsUnderWay } from '../gateways/machine/run-lock.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import { counted } from '../pairing/words/counted.ts';
import { printableJson } from '../pairing/words/outside-text.ts';
import { ageOf } from '../plain/columns.ts';
import { type Page, type Tone, wrap } from '../plain/page.ts';
import { waysOn } from '../plain/words.ts';
import type { Made } from '../runner/made.ts';
import { truncateMiddle } from '../ui/text/display-width.ts';
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
		tableOf(records, running, host.page).forEach(print);
		odd.flatMap(({ path, because }) => [host.page.paint('warning', path), `    ${because}`]).forEach(print);
		return exitCode.done;
	});

type Row = Readonly<{ id: string; age: string; result: string; what: string }>;
type Widths = Readonly<Record<'id' | 'age' | 'result', number>>;

/** The name of a record is as long as a time and six characters. In a pipe a column is always in its place. */
const inPipe: Widths = { id: 26, age: 8, result: 11 };

/** A title that does not fit its line is cut in its middle: it ends with the name of the pair. */
function rowOf(
	{ id, age, result, what }: Row,
	widths: Widths,
	page: Page,
	paint = (cell: string) => cell,
): readonly string[] {
	const head = [id.padEnd(widths.id), age.padEnd(widths.age), paint(result.padEnd(widths.result))].join('  ');
	const room = (page.columns ?? Number.POSITIVE_INFINITY) - widths.id - widths.age - widths.result - 6;
	return room < leastTitle
		? [head.trimEnd(), ...wrap(`    ${what}`, page, 6)]
		: [`${head}  ${truncateMiddle(what, room, '…')}`];
}

/** Where less is left of a line, a title has lines of its own. */
const leastTitle = 24;

function tableOf(records: readonly RunRecord[], running: ReadonlySet<string>, page: Page): readonly string[] {
	if (records.length === 0) {
		return [];
	}
	const now = Date.now();
	const rows = records.map(record => {
		const isRunning = running.has(record.id);
		const [result, tone] = isRunning ? runningNow : (proofOf(record) ?? results[standingOf(record)]);
		const row: Row = { id: record.id, age: age(record, now), result, what: titleOf(record, page) };
		return { record, row, tone, isRunning };
	});
	const head: Row = { id: 'RUN', age: 'AGE', result: 'RESULT', what: 'WHAT' };
	const all = [head, ...rows.map(({ row }) => row)];
	const widest = (column: keyof Widths) => Math.max(...all.map(row => row[column].length));
	const widths =
		page.columns === undefined ? inPipe : { id: widest('id'), age: widest('age'), result: widest('result') };
	return [
		...rowOf(head, widths, page).map(line => page.paint('muted', line)),
		...rows.flatMap(({ record, row, tone, isRunning }) => [
			...rowOf(row, widths, page, cell => page.paint(tone, cell)),
			...(isRunning ? [] : detailsOf(record).flatMap(text => wrap(`    ${text}`, page, 6))),
		]),
	];
}

const runningNow = ['running', 'changed'] as const satisfies readonly [string, Tone];

/** On a terminal, that it was practice is told on the line below alone. */
const titleOf = ({ plan, practice }: RunRecord, { columns }: Page): string =>
	`${plan.title}${practice && columns === undefined ? '  (practice)' : ''}`;

const summaryOf = (record: RunRecord, isRunning: boolean) => ({
	id: record.id,
	startedAt: record.attempts[0]?.startedAt ?? null,
	practice: record.practice,
	title: record.plan.title,
	standing: isRunning ? ('running' as const) : standingOf(record),
	made: madeIn(record),
});

/** As people know it from a log, below which run it was: what of it exists, and how to go on. */
function detailsOf(record: RunRecord): readonly string[] {
	const { id, practice } = record;
	const made = madeIn(record);
	const { resume, undo } = waysOn(id);
	const problem = problemOf(record);
	return [
		...(problem ? [problem.title] : []),
		existing(record, made),
		...(isUnfinished(record) ? [resume] : []),
		...(made.length > 0 && !practice && !record.rotates ? undo.slice(0, 1) : []),
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
		return 'practice: its clusters no longer exist';
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
