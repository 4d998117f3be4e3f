/** Everything, or what a small machine has the time for. */
export const isFull = process.env.MATRIX === 'full';

/** What was tried, and what of it failed. */
export type Tally = { tried: number; passed: number };

type Workshop<Case, Ground> = Readonly<{
	workers: number;
	tally: Tally;
	first: Ground;
	open: () => Promise<Ground>;
	name: (one: Case) => string;
}>;

/** Several workers, each with a ground of its own, take cases from one list. A ground on which one failed is not used again. */
export async function tryAll<Case, Ground extends AsyncDisposable>(
	{ workers, tally, first, open, name }: Workshop<Case, Ground>,
	cases: readonly Case[],
	attempt: (ground: Ground, one: Case) => Promise<readonly string[]>,
): Promise<readonly string[]> {
	const left = [...cases];
	const failures: string[] = [];
	const work = async (_: unknown, index: number) => {
		let ground = index === 0 ? first : undefined;
		for (let one = left.shift(); one !== undefined; one = left.shift()) {
			tally.tried += 1;
			ground ??= await open();
			const found = await attempt(ground, one).catch((error: unknown) => [String(error)]);
			if (found.length === 0) {
				tally.passed += 1;
			} else {
				failures.push(...found.map(what => `${name(one)}: ${what}`));
				await ground[Symbol.asyncDispose]();
				ground = undefined;
			}
		}
		await ground?.[Symbol.asyncDispose]();
	};
	await Promise.all(Array.from({ length: workers }, work));
	return failures;
}
