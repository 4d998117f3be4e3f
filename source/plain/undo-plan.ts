import type { RunRecord } from '../pairing/answers/record.ts';
import type { Step } from '../pairing/step/step.ts';
import { defined } from '../pairing/words/json.ts';
import { outsideText, printableJson } from '../pairing/words/outside-text.ts';
import type { PlannedUndo } from '../runner/plan-undo.ts';
import { problemText, wrapBehind } from './lines.ts';
import { type Page, plainPage, wrap } from './page.ts';

export const undoPlanSchema = 'pxpair.undo-plan/v1';

/** What an undo would do: with what the run made, then with what the undo of each `earlier` run had to keep. */
export type UndoPlan = Readonly<{
	/** The name of the record. */
	run: string;
	title: string;
	planned: readonly PlannedUndo[];
	earlier: readonly Readonly<{
		record: Pick<RunRecord, 'id' | 'rotates'>;
		planned: readonly PlannedUndo[];
	}>[];
}>;

export function undoPlanText(
	{ run, title, planned, earlier }: UndoPlan,
	page: Page = plainPage,
): readonly string[] {
	const all = [planned, ...earlier.map(rest => rest.planned)].flat();
	const count = (kind: PlannedUndo['kind']) => all.filter(one => one.kind === kind).length;
	const unknown = count('unknown');
	const problems = all.flatMap(one => (one.kind === 'unknown' ? problemText(one.problem, page) : []));
	return [
		...wrap(`Plan of an undo: ${title}`, page, 2),
		'',
		...planned.flatMap(one => linesOf(one, page)),
		...earlier.flatMap(rest => [
			'',
			...wrap(keptBy(rest.record), page, 2),
			'',
			...rest.planned.flatMap(one => linesOf(one, page)),
		]),
		'',
		...problems,
		...(unknown > 0 ? [''] : []),
		...wrap(
			`${count('delete')} to delete, ${count('keep')} to keep, ${count('absent')} not found${unknown > 0 ? `, ${unknown} could not be read` : ''}. Nothing was changed.`,
			page,
			2,
		),
		`Do it: pxpair undo ${run}`,
	];
}

/** Heads what an earlier undo left, because a run that came later used it; or what a rotation of the same pair made. */
export const keptBy = ({ id, rotates }: Pick<RunRecord, 'id' | 'rotates'>): string =>
	rotates === undefined
		? `Kept when ${id} was undone, because this run used it:`
		: `Created for the same pair by the rotation ${id}:`;

const words = { delete: 'delete', keep: 'keep', absent: 'not found', unknown: 'unknown' } as const;

const tones = { delete: 'changed', keep: 'warning', absent: 'muted', unknown: 'error' } as const;

const linesOf = (one: PlannedUndo, page: Page): readonly string[] =>
	undoLines(one.kind, one.step, remarkOn(one), page);

/** What would become of one thing, and why. */
export const undoLines = (
	kind: PlannedUndo['kind'],
	step: Step,
	remark: string | undefined,
	page: Page = plainPage,
): readonly string[] =>
	wrapBehind(
		({ paint }) => `  ${paint(tones[kind], words[kind].padEnd(9))}  ${step.on.padEnd(11)}  `,
		`${whatOf(step)}${remark === undefined ? '' : `: ${remark}`}`,
		page,
	);

const remarkOn = (one: PlannedUndo): string | undefined =>
	one.kind === 'keep' ? one.because : one.kind === 'delete' ? one.caution : undefined;

const whatOf = ({ change, title }: Step): string => outsideText(change?.makes ?? title.plan);

export const undoPlanJson = ({ run, title, planned, earlier }: UndoPlan): string =>
	printableJson(
		{
			schema: undoPlanSchema,
			run,
			title,
			objects: [{ record: { id: run }, planned }, ...earlier].flatMap(({ record, ...of }) =>
				of.planned.map(one => objectOf(record.id, one)),
			),
		},
		2,
	);

const objectOf = (run: string, one: PlannedUndo) => ({
	run,
	step: one.step.id,
	on: one.step.on,
	what: whatOf(one.step),
	would: one.kind === 'absent' ? 'not-found' : one.kind,
	...defined({
		because: one.kind === 'keep' ? one.because : undefined,
		caution: one.kind === 'delete' ? one.caution : undefined,
		problem: one.kind === 'unknown' ? one.problem : undefined,
	}),
});
