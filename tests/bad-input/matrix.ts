import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PairingError, type Problem } from '../../source/pairing/words/problem.ts';
import { remedyLines } from '../../source/pairing/words/way.ts';

/** How often each property is tried; a long campaign sets `BAD_INPUT_RUNS`. */
const usualRuns = Number(process.env.BAD_INPUT_RUNS ?? 60);
/** Milliseconds. Bad input may cost work, not patience; the machine may be busy with others. */
const longestCase = 3000;

const size = { properties: 0, cases: 0, failed: 0 };

type Check<T> = (value: T) => unknown;
type Options<T> = Readonly<{
	/** Of the usual number of runs: less than 1 for what starts a program or draws a screen. */
	share?: number;
	/** What was found once stays: each is tried first. */
	found?: readonly T[];
}>;

/** The check holds for whatever is generated, and for what was found before. */
export function forAll<T>(
	name: string,
	values: fc.Arbitrary<T>,
	check: Check<T>,
	{ share = 1, found = [] }: Options<T> = {},
): void {
	const numRuns = found.length + Math.max(10, Math.round(usualRuns * share));
	const examples = found.map((value): [T] => [value]);
	counted(name, () =>
		fc.assert(
			fc.asyncProperty(values, value => tried(check, value)),
			{ numRuns, examples },
		),
	);
}

/** The same for a list of cases. */
export function forEach<T>(name: string, values: readonly T[], check: Check<T>): void {
	counted(name, async () => {
		for (const value of values) {
			await tried(check, value).catch(error => {
				throw new Error(`for ${JSON.stringify(value)?.slice(0, 300)}`, { cause: error });
			});
		}
	});
}

export const sizeLine = (): string =>
	`bad input: ${size.properties} properties, ${size.cases} cases, ${
		size.failed === 0 ? 'all passed' : `${size.failed} properties FAILED`
	}`;

function counted(name: string, work: () => Promise<void>): void {
	size.properties += 1;
	test(name, { timeout: 600_000 }, async () => {
		try {
			await work();
		} catch (error) {
			size.failed += 1;
			throw error;
		}
	});
}

async function tried<T>(check: Check<T>, value: T): Promise<void> {
	size.cases += 1;
	const begun = performance.now();
	await check(value);
	const took = performance.now() - begun;
	if (took > longestCase) {
		throw new Error(`it took ${Math.round(took)} ms`);
	}
}

type Result<T> = Readonly<{ kind: 'accepted'; value: T } | { kind: 'refused'; problem: Problem }>;

/** What a parser made of it. Anything thrown but a Problem fit to be shown is a failure of the test. */
export async function resultOf<T>(work: () => T | Promise<T>): Promise<Result<T>> {
	try {
		return { kind: 'accepted', value: await work() };
	} catch (error) {
		if (!(error instanceof PairingError)) {
			throw error;
		}
		expectShowable(error.problem);
		return { kind: 'refused', problem: error.problem };
	}
}

/** Complete, without a control character, and without a secret: wherever one is, it is spelled `canary`. */
export function expectShowable(problem: Problem): void {
	expect(problem.title).not.toBe('');
	expect(problem.remedies.length).toBeGreaterThan(0);
	const remedies = problem.remedies.flatMap(remedy => remedyLines(remedy, () => undefined));
	for (const text of [problem.title, ...remedies, ...(problem.evidence ?? '').split('\n')]) {
		expect(text).not.toMatch(movesCursor);
	}
	expect(JSON.stringify(problem)).not.toContain('canary');
}

/** Control characters, line breaks of all kinds, and what turns the direction of what follows. */
export const movesCursor = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
