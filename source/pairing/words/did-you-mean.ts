/** The nearest name that is at most a third of it away. */
export function didYouMean(typed: string, names: readonly string[], prefix = ''): string {
	const [nearest] = names
		// A kubeconfig may have thousands of contexts: no table is filled for what is too long or too short anyway.
		.filter(name => Math.abs(name.length - typed.length) <= nearEnough(name))
		.map(name => ({ name, away: distance(typed, name) }))
		.filter(({ name, away }) => away <= nearEnough(name))
		.sort((a, b) => a.away - b.away);
	return nearest ? `; did you mean ${prefix}${nearest.name}?` : '';
}

const nearEnough = (name: string): number => Math.max(1, Math.floor(name.length / 3));

/** Levenshtein's, row by row, in which two letters that changed places count as one mistake. */
function distance(a: string, b: string): number {
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (const [i, letter] of [...a].entries()) {
		const next = [i + 1];
		for (const [j, other] of [...b].entries()) {
			const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
			const isSwap = i > 0 && j > 0 && letter === b[j - 1] && a[i - 1] === other;
			const swapped = isSwap ? (before[j - 1] ?? 0) + 1 : changed;
			next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, changed, swapped));
		}
		before = row;
		row = next;
	}
	return row.at(-1) ?? 0;
}
