import { basename } from 'node:path';
import type { WizardServices } from '../../conversation/services.ts';
import type { Aftermath } from '../../conversation/story/aftermath.ts';
import { outcomeLines, resultTone } from '../../plain/lines.ts';
import { type Page, wrap } from '../../plain/page.ts';
import { problemLines, resultLine, undoneLine, waysOn } from '../../plain/words.ts';
import type { RunResult } from '../../runner/run-event.ts';
import type { RunState } from '../../runner/run-state.ts';
import { undoneCounts } from '../../runner/undone-text.ts';

/**
 * What stays in the scrollback when the screen is gone: the plan, what became of it, and where the record lies.
 * `isTold`: the run is above already, line by line.
 */
export async function printAftermath(
	aftermath: Aftermath,
	services: WizardServices,
	{ banner, isTold, page }: Readonly<{ banner: string | undefined; isTold: boolean; page: Page }>,
	print: (line: string) => void,
): Promise<void> {
	if (banner) {
		wrap(banner, page, 0).forEach(print);
	}
	if (aftermath.kind === 'left-before-run') {
		print('No cluster was changed.');
		return;
	}
	const isUndone = aftermath.kind === 'took-back' || aftermath.phase === 'undone';
	if (!isTold) {
		printRun(aftermath, isUndone, print, page);
	}
	const record = services.recordPath();
	// Practice clusters are gone with this process, and with them all there would be to go on with.
	const isReal = banner === undefined;
	const others = isReal ? await services.otherRecords() : [];
	[
		...nextLines(aftermath, isUndone),
		...(isReal ? wayLines(aftermath, isUndone, record) : []),
		...(others.length > 0
			? ['', 'Objects of earlier runs still exist:', ...others.map(id => `pxpair undo ${id}`)]
			: []),
		...(record ? ['', `Record, without secrets: ${record}`] : []),
	].forEach(print);
}

type Ran = Exclude<Aftermath, { kind: 'left-before-run' }>;

const nextLines = (aftermath: Ran, isUndone: boolean): readonly string[] =>
	aftermath.kind === 'ran' && aftermath.run.result?.kind === 'done' && !isUndone
		? ['', 'Next: a migration through this pair, applied on the source:', '', ...aftermath.migration]
		: [];

/** How a run that is short of its end goes on. */
function wayLines({ run, standing }: Ran, isUndone: boolean, record: string | undefined): readonly string[] {
	if (record === undefined || run.result?.kind === 'done' || standing === 0) {
		return [];
	}
	const { resume, undo } = waysOn(basename(record, '.json'));
	return ['', ...(isUndone ? [] : [resume]), ...undo];
}

function printRun(aftermath: Ran, isUndone: boolean, print: (line: string) => void, page: Page): void {
	const { run, standing } = aftermath;
	const title = aftermath.kind === 'ran' ? aftermath.plan.title : aftermath.title;
	print(isUndone ? `Undone: ${title}` : title);
	for (const [index, { step, state, elapsed }] of run.rows.entries()) {
		if (state.kind !== 'pending' && state.kind !== 'running' && state.kind !== 'skipped') {
			outcomeLines({ step, number: index + 1, total: run.rows.length }, state, elapsed, page).forEach(print);
		}
	}
	warningLines(run, page).forEach(print);
	print('');
	if (run.result?.kind === 'failed') {
		problemLines(run.result.problem, undefined, page).forEach(print);
	}
	if (run.result) {
		const { result } = run;
		wrap(
			isUndone ? undoneLine(undoneCounts(run, standing)) : resultLine(resultOfAll(result, standing)),
			page,
			2,
		)
			.map(line => page.paint(resultTone(result), line))
			.forEach(print);
	}
}

/** An attempt counts what the attempts before it made. */
export const resultOfAll = (result: RunResult, standing: number): RunResult => ({
	...result,
	changes: standing,
});

/** What the check warned of, as it stood on the screen. */
const warningLines = ({ rows }: RunState, page: Page): readonly string[] =>
	rows
		.flatMap(({ state }) => (state.kind === 'unchanged' ? (state.warnings ?? []) : []))
		.flatMap(warning => {
			const [title, ...rest] = problemLines(warning, undefined, page);
			return ['', `${page.paint('warning', 'Warning:')} ${title}`, ...rest];
		});
