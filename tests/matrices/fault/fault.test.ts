import { afterAll, describe, expect, test, vi } from 'vitest';
import { visiblyEscaped } from '../../../source/pairing/words/outside-text.ts';
import type { Problem } from '../../../source/pairing/words/problem.ts';
import { hostileAnswerNames } from '../hostile/hostile-answers.ts';
import { isFull, type Tally, tryAll } from '../pool.ts';
import { type Attempt, type FaultGround, openFaultGround, type Part, type Question } from './fault-ground.ts';
import { expectedOf, type FaultName, faultNames, faults } from './faults.ts';

// Bounded by the number of cases; a machine may be busy with others.
vi.setConfig({ testTimeout: isFull ? 7_200_000 : 1_200_000 });

type Case = Readonly<{ part: Part; question: Question; fault: FaultName }>;

const tally: Tally = { tried: 0, passed: 0 };
let hostile = 0;
afterAll(() =>
	console.log(
		`fault matrix: ${tally.tried} cases tried, ${hostile} of them answers of a hostile cluster, ${tally.passed} passed${isFull ? '' : ' (MATRIX=full tries them all)'}`,
	),
);

/** Milliseconds after which a run hangs, whatever it waits for. */
const deadline = 60_000;

describe('a run of which one request goes wrong', () => {
	test.for(['check', 'procedure'] as const)('in the %s', async part => {
		const first = await openFaultGround('s3');
		const failures = await tryAll(
			{ workers: 4, tally, first, open: () => openFaultGround('s3'), name: nameOf },
			casesOf(part, first.questions[part]),
			attempt,
		);
		expect(failures).toEqual([]);
	});
});

const nameOf = ({ fault, question }: Case): string => `${fault} for ${question.id}`;

/** Every write with every fault; of the others each with one, so that all faults come to all classes. */
function casesOf(part: Part, questions: readonly Question[]): readonly Case[] {
	const taken = new Map<string, number>();
	return questions.flatMap(question => {
		const possible = faultNames.filter(fault => expectedOf(fault, question.class));
		if (isFull || question.class === 'write') {
			return possible.map(fault => ({ part, question, fault }));
		}
		const turn = taken.get(question.class) ?? 0;
		taken.set(question.class, turn + 1);
		const fault = possible[turn % possible.length];
		const isRepetition = question.class === 'review' && turn >= possible.length;
		return fault && !isRepetition ? [{ part, question, fault }] : [];
	});
}

async function attempt(ground: FaultGround, { part, question, fault }: Case): Promise<readonly string[]> {
	const began = performance.now();
	hostile += isHostile(fault) ? 1 : 0;
	const run = await ground.run(part, { at: question, fault: faults[fault].fault });
	const took = performance.now() - began;
	const left = await ground.state();
	const found = [
		...(run.questions.some(({ id }) => id === question.id) ? [] : ['it was never asked']),
		...(took < deadline ? [] : [`it took ${Math.round(took)} ms`]),
		...asExpected(run, expectedOf(fault, question.class)),
		...asItEnded(run, left.join() !== ground.beginning.join()),
		...whatATerminalObeys(run),
	];
	return part === 'check'
		? [...found, ...differences('after a check', left, ground.beginning)]
		: [...found, ...(await gone(ground, run, left))];
}

function asExpected({ result }: Attempt, expected: ReturnType<typeof expectedOf>): readonly string[] {
	const came = result.kind === 'done' ? 'recovers' : 'fails';
	return expected === 'either' || expected === came ? [] : [`it ${came}: ${JSON.stringify(result)}`];
}

const isHostile = (fault: FaultName): boolean => hostileAnswerNames.some(name => name === fault);

function whatATerminalObeys({ result }: Attempt): readonly string[] {
	const texts = textsIn(result);
	const size = texts.reduce((sum, text) => sum + text.length, 0);
	return [
		...texts.filter(text => visiblyEscaped(text) !== text).map(text => `unescaped: ${JSON.stringify(text)}`),
		...(size < 100_000 ? [] : [`${size} characters`]),
	];
}

const textsIn = (value: unknown): readonly string[] =>
	typeof value === 'string'
		? [value]
		: typeof value === 'object' && value !== null
			? Object.values(value).flatMap(textsIn)
			: [];

/** Exit code 3 says that something was changed, or may have been. */
function asItEnded({ result, exitCode }: Attempt, hasChanged: boolean): readonly string[] {
	switch (result.kind) {
		case 'done':
			return exitCode === 0 ? [] : [`done, and exit code ${exitCode}`];
		case 'cancelled':
			return ['no one cancelled it'];
		case 'failed': {
			const mayHave = result.changes > 0 || result.trace === 'unknown';
			return [
				...[result.problem, ...(result.problem.others ?? [])].flatMap(lackOf),
				...(exitCode === (mayHave ? 3 : 1) ? [] : [`exit code ${exitCode}: ${JSON.stringify(result)}`]),
				...(hasChanged && !mayHave ? ['something was changed, and it says that nothing was'] : []),
			];
		}
	}
}

/** What a Problem does not have of what each has to tell. */
function lackOf(problem: Problem): readonly string[] {
	const { id, kind, side, evidence, remedies, title } = problem;
	const isWhole =
		/^[a-z\d]+(-[a-z\d]+)*$/.test(id) &&
		kind === 'cluster' &&
		side !== undefined &&
		Boolean(evidence) &&
		remedies.length > 0 &&
		title !== '';
	return isWhole ? [] : [`not a whole Problem: ${JSON.stringify(problem)}`];
}

/** An undisturbed run after it is done and comes to what it always comes to; all of it can be undone. */
async function gone(
	ground: FaultGround,
	first: Attempt,
	left: readonly string[],
): Promise<readonly string[]> {
	const isDone = first.result.kind === 'done';
	const second = isDone ? undefined : await ground.run('procedure');
	const whole = second ? await ground.state() : left;
	for (const id of [...(second ? [second.id] : []), first.id]) {
		await ground.undo(id);
	}
	return [
		...(second && second.result.kind !== 'done' ? [`not done again: ${JSON.stringify(second.result)}`] : []),
		...differences('in the end', whole, ground.end),
		...differences('undone', await ground.state(), ground.beginning),
	];
}

const differences = (
	when: string,
	found: readonly string[],
	expected: readonly string[],
): readonly string[] => [
	...found.filter(line => !expected.includes(line)).map(line => `${when}, unexpected: ${line}`),
	...expected.filter(line => !found.includes(line)).map(line => `${when}, missing: ${line}`),
	...(found.length === expected.length ? [] : [`${when}, ${found.length} things, not ${expected.length}`]),
];
