import type { BegunExec } from '../../source/practice/contract.ts';

/** How many execs came one after the other, at most: each was asked for when the one before it had begun, on whichever cluster. */
export function longestChain(execs: readonly BegunExec[]): number {
	const depths: (readonly [begun: number, depth: number])[] = [];
	for (const { asked, begun } of execs.toSorted((a, b) => a.asked - b.asked)) {
		const before = depths.filter(([earlier]) => earlier <= asked).map(([, depth]) => depth);
		depths.push([begun, 1 + Math.max(0, ...before)]);
	}
	return Math.max(0, ...depths.map(([, depth]) => depth));
}
