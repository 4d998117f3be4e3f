import { type Plan, type Step, stepsOf } from '../pairing/step/step.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { WayWords } from '../pairing/words/way.ts';
import type { Observer, Outcome, RunResult } from '../runner/run-event.ts';
import { outcomeText, outcomeWord, problemLines, resultLine, seconds } from './words.ts';

export type LineOptions = Readonly<{
	endOf?: (result: RunResult) => string;
	/** Read aloud: of all steps together, progress is told every few seconds at most. */
	isSpoken?: boolean;
	/** How ways out are said; as flags and fields when absent. */
	words?: WayWords | undefined;
}>;

/** A run as plain lines: one for each step that ended, and signs of life for those that take long. */
export function lineObserver(
	plan: Plan,
	print: (line: string) => void,
	{ endOf = resultLine, isSpoken = false, words }: LineOptions = {},
): Observer {
	const steps = new Map(stepsOf(plan).map((step, index) => [step.id, { step, number: index + 1 }]));
	const told = new Map<string, number>();
	const notes = new Map<string, string>();
	const problems = new Map<number, Problem>();
	const skipped: string[] = [];
	let quietUntil = isSpoken ? pause : 0;
	const linesOf = (problem: Problem) => problemLines(problem, words);
	return event => {
		if (event.type === 'run-finished') {
			if (skipped.length > 0) {
				print(`${skipped.length === 1 ? '1 step' : `${skipped.length} steps`} not started: ${skipped[0]}`);
			}
			printResult(endOf(event.result), byNumber(problems).map(linesOf), print);
			return;
		}
		const found = steps.get(event.step);
		if (!found) {
			return;
		}
		const prefix = prefixOf(found.step, found.number, steps.size);
		switch (event.type) {
			case 'step-started':
			case 'step-changing':
				return;
			case 'step-noted':
				notes.set(event.step, event.note);
				return;
			case 'step-waiting':
				// After 1, 2, 4, 8 … seconds, then every 15: signs of life without a flood.
				if (event.elapsed >= (told.get(event.step) ?? 900) && event.at >= quietUntil) {
					if (isSpoken) quietUntil = event.at + pause;
					told.set(event.step, Math.min(event.elapsed * 2, event.elapsed + 15_000) - 100);
					const note = notes.get(event.step);
					print(
						`${prefix} …         ${found.step.title.doing} ${seconds(event.elapsed)}${note ? ` (${note})` : ''}`,
					);
				}
				return;
			case 'step-finished': {
				const { outcome, elapsed } = event;
				if (outcome.kind === 'skipped') {
					skipped.push(outcome.because);
					return;
				}
				if (outcome.kind === 'failed') {
					problems.set(found.number, outcome.problem);
				}
				print(outcomeLine(found.step, found.number, steps.size, outcome, elapsed));
				if (outcome.kind === 'unchanged') {
					(outcome.warnings ?? []).map(linesOf).flatMap(warningLines).forEach(print);
				}
				return;
			}
		}
	};
}

/** Milliseconds between two words of progress that are read aloud. */
const pause = 5000;

const warningLines = (lines: readonly string[]): readonly string[] =>
	lines.map((line, index) => (index === 0 ? `      Warning: ${line}` : `      ${line}`));

export function printProblem(problem: Problem, print: (line: string) => void): void {
	const [title, ...rest] = problemLines(problem);
	print(`pxpair: ${title}`);
	rest.forEach(print);
}

function printResult(
	end: string,
	problems: readonly (readonly string[])[],
	print: (line: string) => void,
): void {
	print('');
	for (const lines of problems) {
		lines.forEach(print);
		print('');
	}
	print(end);
}

/** Steps that run side by side may fail both, and the one may have a cause that the other has not. */
const byNumber = (problems: ReadonlyMap<number, Problem>): Problem[] =>
	[...problems].sort(([a], [b]) => a - b).map(([, problem]) => problem);

/** How a step ended, as one line: number, side, word, what, and how long it took. */
export const outcomeLine = (
	step: Step,
	number: number,
	total: number,
	outcome: Outcome,
	elapsed: number,
): string =>
	`${prefixOf(step, number, total)} ${outcomeWord(step, outcome).padEnd(9)} ${outcomeText(step, outcome)} (${seconds(elapsed)})`;

const prefixOf = (step: Step, number: number, total: number): string =>
	`${String(number).padStart(2)}/${total} ${step.on.padEnd(11)}`;
