import { type Row, verdictOf } from './row.ts';

/** In Markdown, so that it can be pasted as it is. */
export function table(rows: readonly Row[], isBusy: boolean): string {
	const cells = [
		['what', 'measured', 'budget', 'verdict'],
		...rows.map(row => [
			row.what,
			typeof row.measured === 'string' ? '—' : `${figure(row.measured)}${within(row)} ${row.unit}`,
			row.budget === undefined ? '' : String(row.budget),
			[verdictOf(row, isBusy), typeof row.measured === 'string' ? row.measured : row.remark]
				.filter(Boolean)
				.join(': '),
		]),
	];
	const widths = cells[0]?.map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0))) ?? [];
	const line = (row: readonly string[]) =>
		`| ${row.map((cell, column) => (column === 3 ? cell : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`;
	const [head = [], ...body] = cells;
	return [line(head), `|${'---|'.repeat(head.length)}`, ...body.map(line), ''].join('\n');
}

const within = ({ spread }: Row): string => (spread === undefined ? '' : ` ± ${figure(spread / 2)}`);

const figure = (value: number): string =>
	Number.isInteger(value) ? String(value) : value.toFixed(value < 100 ? 2 : 0);
