const units = [
	['d', 86_400],
	['h', 3600],
	['m', 60],
] as const;

/** As kubectl writes it, in one unit. @param milliseconds how long ago */
export function ageOf(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const [unit, size] = units.find(([, length]) => seconds >= length) ?? ['s', 1];
	return `${Math.floor(seconds / size)}${unit}`;
}

/** A table: each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)));
	return rows.map(row =>
		row
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
}
