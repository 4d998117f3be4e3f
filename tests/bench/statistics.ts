export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The median, and what the middle half of all values spans: how far the machine's other work moved them. Three or fewer tell nothing of it. */
export const middleOf = (values: readonly number[]): Readonly<{ measured: number; spread?: number }> => ({
	measured: median(values),
	...(values.length > 3 && { spread: percentile(values, 0.75) - percentile(values, 0.25) }),
});

/** The smallest value that so large a share of all does not exceed. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export async function timed(work: () => unknown): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}
