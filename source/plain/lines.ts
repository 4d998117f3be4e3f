import { type Plan, type Step, stepsOf } from '../pairing/step/step.ts';
import { counted } from '../pairing/words/counted.ts';
import { type Problem, twinsOf } from '../pairing/words/problem.ts';
import type { WayWords } from '../pairing/words/way.ts';
import type { Observer, Outcome, RunResult } from '../runner/run-event.ts';
import { type Page, plainPage, type Tone, wrap } from './page.ts';
import {
	ofLimit,
	outcomeText,
	outcomeTone,
	outcomeWord,
	problemLines,
	resultLine,
	seconds,
} from './words.ts';

export type LineOptions = Readonly<{
	endOf?: (result: RunResult) => string;
	/** Read aloud: of all steps together, progress is told every few seconds at most. */
	isSpoken?: boolean;
	/** How ways out are said; as flags and fields when absent. */
	words?: WayWords | undefined;
	page?: Page;
}>;

/** A run as plain lines: one for each step that ended, and signs of life for those that take long. */
export function lineObserver(
	plan: Plan,
	print: (line: string) => void,
	{ endOf = resultLine, isSpoken = false, words, page = plainPage }: LineOptions = {},
): Observer {
	const steps = new Map(stepsOf(plan).map((step, index) => [step.id, { step, number: index + 1 }]));
	const told = new Map<string, number>();
	const notes = new Map<string, string>();
	const problems = new Map<number, Problem>();
	const skipped: string[] = [];
	let quietUntil = isSpoken ? pause : 0;
	const linesOf = (problem: Problem) => titled('error', problemLines(problem, words, page), page);
	return event => {
		if (event.type === 'run-finished') {
			if (skipped.length > 0) {
				print(page.paint('muted', `${counted(skipped.length, 'step')} not started: ${skipped[0]}`));
			}
			const { result } = event;
			const end = endOf(result)
				.split('\n')
				.flatMap(line => wrap(line, page, 2))
				.map(line => page.paint(resultTone(result), line));
			const troubles = twinsTogether(byNumber(problems)).flatMap(problem => [...linesOf(problem), '']);
			['', ...troubles, ...end].forEach(print);
			return;
		}
		const found = steps.get(event.step);
		if (!found) {
			return;
		}
		const at = { step: found.step, number: found.number, total: steps.size };
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
					const doing = `${found.step.title.doing} ${ofLimit(found.step, seconds(event.elapsed))}${note ? ` (${note})` : ''}`;
					stepLines(at, { sign: '…', word: '…', tone: 'muted', text: doing }, page).forEach(print);
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
				outcomeLines(at, outcome, elapsed, page).forEach(print);
				if (outcome.kind === 'unchanged') {
					(outcome.warnings ?? [])
						.flatMap(warning => warningLines(problemLines(warning, words, page), page))
						.forEach(print);
				}
				return;
			}
		}
	};
}

/** Milliseconds between two words of progress that are read aloud. */
const pause = 5000;

const warningLines = ([title = '', ...rest]: readonly string[], page: Page): readonly string[] => [
	...wrapBehind(({ paint }) => `      ${paint('warning', 'Warning:')} `, title, page),
	...rest.map(line => `      ${line}`),
];

/** Prose behind a head that is painted: what has a colour can't be measured. Below it, where no word fits beside it. */
export function wrapBehind(headIn: (page: Page) => string, text: string, page: Page): readonly string[] {
	const head = headIn(plainPage);
	if (head.length + 12 > (page.columns ?? Number.POSITIVE_INFINITY)) {
		return [headIn(page).trimEnd(), ...wrap(`        ${text}`, page, 8)];
	}
	const [first = '', ...rest] = wrap(`${head}${text}`, page, 8);
	return [`${headIn(page)}${first.slice(head.length)}`, ...rest];
}

/** A problem with its title so that it is seen first. */
const titled = (tone: Tone, [title = '', ...rest]: readonly string[], page: Page): readonly string[] => [
	...wrap(title, page, 2).map(line => page.paint(tone, line)),
	...rest,
];

/** A problem that ends a command, or that is told beside what was asked for. */
export function problemText(problem: Problem, page: Page = plainPage): readonly string[] {
	const [title = '', ...rest] = problemLines(problem, undefined, page);
	return titled('error', [`pxpair: ${title}`, ...rest], page);
}

export const resultTone = ({ kind }: RunResult): Tone =>
	kind === 'done' ? 'ok' : kind === 'failed' ? 'error' : 'warning';

/** Steps that run side by side may fail both, and the one may have a cause that the other has not. */
const byNumber = (problems: ReadonlyMap<number, Problem>): Problem[] =>
	[...problems].sort(([a], [b]) => a - b).map(([, problem]) => problem);

/** One cause on both clusters is told once. */
const twinsTogether = (problems: readonly Problem[]): readonly Problem[] =>
	problems.flatMap((problem, index) => {
		const isToldBefore = twinsOf(problem, problems.slice(0, index)).length > 0;
		const twins = twinsOf(problem, problems.slice(index + 1));
		return isToldBefore ? [] : { ...problem, others: [...(problem.others ?? []), ...twins] };
	});

type At = Readonly<{ step: Step; number: number; total: number }>;

/** How a step ended, as one line: number, side, word, what, and how long it took. */
export const outcomeLines = (
	at: At,
	outcome: Outcome,
	elapsed: number,
	page: Page = plainPage,
): readonly string[] => {
	const tone = outcomeTone(outcome);
	// Of what took no time, a person at a terminal need not be told how long it took.
	const time = page.isBrief && elapsed < 1000 ? '' : ` (${seconds(elapsed)})`;
	const text = `${outcomeText(at.step, outcome, page.isBrief)}${time}`;
	return stepLines(at, { sign: signs[tone] ?? '·', word: outcomeWord(at.step, outcome), tone, text }, page);
};

const signs: Readonly<Partial<Record<Tone, string>>> = { ok: '✔', changed: '✔', warning: '▲', error: '✖' };

/** On a terminal a sign says it, elsewhere a word does. */
function stepLines(
	{ step, number, total }: At,
	{ sign, word, tone, text }: Readonly<{ sign: string; word: string; tone: Tone; text: string }>,
	page: Page,
): readonly string[] {
	const headIn = ({ paint }: Page) => {
		const on = step.on.padEnd(11);
		const place = `${String(number).padStart(2)}/${total} ${step.on === 'both' ? on : paint(step.on, on)}`;
		return page.isBrief ? `${paint(tone, sign)} ${place} ` : `${place} ${paint(tone, word.padEnd(9))} `;
	};
	return wrapBehind(headIn, text, page);
}
