/** Everything, or what a small machine has the time for. */
export const isFull = process.env.MATRIX === 'full';

/** `MATRIX_SHARD=2/4`: every fourth case from the second on, for machines or processes that share a matrix among them. */
const [shard = 1, shards = 1] = (process.env.MATRIX_SHARD ?? '1/1').split('/').map(Number);
if (!(shard >= 1 && shard <= shards)) {
	throw new RangeError(`MATRIX_SHARD=${process.env.MATRIX_SHARD} is no share: 2/4 is the second of four`);
}

/** What was tried, and what of it failed. */
export type Tally = { tried: number; passed: number };

type Workshop<Case, Ground> = Readonly<{
	workers: number;
	tally: Tally;
	first: Ground;
	open: () => Promise<Ground>;
	name: (one: Case) => string;
	/** Where the cases are of this process's share already. */
	isShared?: boolean;
}>;

/** Several workers, each with a ground of its own, take cases from one list, or from this process's share of it. A ground on which one failed is not used again. */
export async function tryAll<Case, Ground extends AsyncDisposable>(
	{ workers, tally, first, open, name, isShared = false }: Workshop<Case, Ground>,
	cases: readonly Case[],
	attempt: (ground: Ground, one: Case) => Promise<readonly string[]>,
): Promise<readonly string[]> {
	const left = cases.filter((_, index) => isShared || index % shards === shard - 1);
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
