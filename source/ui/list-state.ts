export type ListMove = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

/** A highlight that is not among `ids` counts as the first. */
export function moveInList(
	ids: readonly string[],
	current: string | undefined,
	move: ListMove,
	page: number,
): string | undefined {
	const last = ids.length - 1;
	const at = indexIn(ids, current);
	switch (move) {
		case 'up':
			return ids[at === 0 ? last : at - 1];
		case 'down':
			return ids[at === last ? 0 : at + 1];
		case 'page-up':
			return ids[Math.max(0, at - page)];
		case 'page-down':
			return ids[Math.min(last, at + page)];
		case 'first':
			return ids[0];
		case 'last':
			return ids[last];
	}
}

export const indexIn = (ids: readonly string[], current: string | undefined): number =>
	Math.max(0, current === undefined ? 0 : ids.indexOf(current));

/** The first of the rows on screen: the highlighted one is in the middle, except near the ends. */
export function firstVisible(count: number, highlighted: number, rows: number): number {
	return Math.max(0, Math.min(highlighted - Math.floor(rows / 2), count - rows));
}
