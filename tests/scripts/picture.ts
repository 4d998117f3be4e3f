// Pairs the practice clusters on a pseudo-terminal and writes what runs on the screen in the middle of it as SVG.
import { writeFileSync } from 'node:fs';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

const columns = 80;
const rows = 24;
const model = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
const { CI: _ci, NO_COLOR: _noColor, ...environment } = process.env;
const pty = spawn(process.execPath, ['dist/pxpair.js', '--practice'], {
	name: 'xterm-256color',
	cols: columns,
	rows,
	env: { ...environment, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
});
let wake = () => {};
setTimeout(() => {
	process.stderr.write(`The picture was not reached; the screen shows:\n${screen()}\n`);
	process.exit(1);
}, 30_000).unref();
pty.onData(data => model.write(data, () => wake()));

// What a newcomer types for S3, each answer to the question that runs on the screen.
const conversation: readonly (readonly [wanted: string, keys: string])[] = [
	['Which cluster is the source', '\r'],
	['Which cluster is the destination', '\r'],
	['No cluster has been changed', '\r'],
	['Which object store do both clusters use', '\r'],
	['What is the access key ID', 'PRACTICEKEYID0000000\r'],
	['What is the secret access key', 'practice-only-secret\r'],
	['Use these defaults', '\r'],
	['will be created on ', 'r'],
];
for (const [wanted, keys] of conversation) {
	await shown(wanted);
	pty.write(keys);
}
await shown('storage Ready, scheduler not yet');
writeFileSync(new URL('../../docs/run.svg', import.meta.url), svg());
await shown('q quit');
pty.write('q');
pty.onExit(() => process.exit(0));

function shown(wanted: string): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	wake = () => {
		if (screen().includes(wanted)) resolve();
	};
	wake();
	return promise;
}

function screen(): string {
	const { active } = model.buffer;
	return Array.from({ length: rows }, (_, row) => active.getLine(row)?.translateToString(true) ?? '').join(
		'\n',
	);
}

function svg(): string {
	const size = { cell: 8.4, line: 18, pad: 14 };
	const width = Math.round(columns * size.cell + 2 * size.pad);
	const height = rows * size.line + 2 * size.pad;
	const lines = Array.from({ length: rows }, (_, row) => line(row, size));
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="pxpair pairing two practice clusters">`,
		`<rect width="100%" height="100%" rx="8" fill="#1c1f26"/>`,
		`<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" fill="#d7dae0" xml:space="preserve">`,
		...lines.filter(Boolean),
		'</g></svg>',
		'',
	].join('\n');
}

type Size = Readonly<{ cell: number; line: number; pad: number }>;

function line(row: number, { cell, line: lineHeight, pad }: Size): string {
	const cells = model.buffer.active.getLine(row);
	const runs: { text: string; style: string; start: number }[] = [];
	for (let column = 0; column < columns; column++) {
		const current = cells?.getCell(column);
		if (!current || current.getWidth() === 0) continue;
		const style = styleOf(current);
		const last = runs.at(-1);
		if (last?.style === style) last.text += current.getChars() || ' ';
		else runs.push({ text: current.getChars() || ' ', style, start: column });
	}
	const y = pad + (row + 1) * lineHeight - 5;
	return runs
		.filter(({ text }) => text.trim() !== '')
		.map(
			({ text, style, start }) =>
				`<text x="${(pad + start * cell).toFixed(1)}" y="${y}"${style}>${escapeXml(text)}</text>`,
		)
		.join('');
}

type Cell = NonNullable<ReturnType<NonNullable<ReturnType<typeof model.buffer.active.getLine>>['getCell']>>;

function styleOf(cell: Cell): string {
	const palette = ['#1c1f26', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d7dae0'];
	const color = cell.isFgPalette() ? palette[cell.getFgColor() % 8] : undefined;
	const onPractice = cell.isBgPalette() ? ' fill="#56b6c2"' : color ? ` fill="${color}"` : '';
	return `${onPractice}${cell.isBold() ? ' font-weight="bold"' : ''}${cell.isDim() ? ' opacity="0.6"' : ''}`;
}

function escapeXml(text: string): string {
	return text.trimEnd().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
