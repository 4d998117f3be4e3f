/** Where applications run now, and where they should be able to go. */
export type Side = 'source' | 'destination';

/** One of something for each cluster. */
export type Pair<T> = Readonly<Record<Side, T>>;

export const sides: readonly Side[] = ['source', 'destination'];

export const otherSide = (side: Side): Side => (side === 'source' ? 'destination' : 'source');

/** Visits both sides at the same time. */
export async function both<T, R>(
	pair: Pair<T>,
	visit: (value: T, side: Side) => Promise<R>,
): Promise<Pair<R>> {
	const [source, destination] = await Promise.all([
		visit(pair.source, 'source'),
		visit(pair.destination, 'destination'),
	]);
	return { source, destination };
}
