// Pairs the practice clusters on a pseudo-terminal, and writes the screens as an SVG that moves, and the review as one that does not.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

const columns = 80;
const rows = 24;
const size = { cell: 8.4, line: 18, pad: 14 };
const width = Math.round(columns * size.cell + 2 * size.pad);
const height = rows * size.line + 2 * size.pad;
const model = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
const { CI: _ci, NO_COLOR: _noColor, ...environment } = process.env;
const pty = spawn(process.execPath, ['dist/pxpair.js', '--practice'], {
	name: 'xterm-256color',
	cols: columns,
	rows,
	env: {
		...environment,
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		XDG_STATE_HOME: mkdtempSync('/tmp/state-'),
	},
});
let wake = () => {};
setTimeout(() => {
	process.stderr.write(`The picture was not reached; the screen shows:\n${screen()}\n`);
	process.exit(1);
}, 60_000).unref();
pty.onData(data => model.write(data, () => wake()));

type Frame = Readonly<{ lines: string; seconds: number }>;
const film: Frame[] = [];

/** What a newcomer types for S3, each answer to the question that is on the screen, which is looked at for so long. */
const conversation: readonly (readonly [wanted: string, typed: string, ends: string, seconds: number])[] = [
	['current, answers', '', '\r', 2],
	['Which cluster is the destination', '', '\r', 1.5],
	['No cluster has been changed', '', '\r', 4],
	['Which object store do both clusters use', '', '\r', 2],
	['What is the access key ID', 'PRACTICEKEYID0000000', '\r', 1.5],
	['What is the secret access key', 'practice-only-secret', '\r', 1.5],
	['accepted the key, from both', '', '\r', 3],
	['+ the ClusterPair migrationnamespace', '', 'r', 5],
];
for (const [wanted, typed, ends, seconds] of conversation) {
	await shown(wanted);
	if (typed !== '') {
		take(0.8);
		pty.write(typed);
		await shown('•'.repeat(typed.length));
	}
	take(seconds);
	if (ends === 'r') writeFileSync(new URL('../../docs/review.svg', import.meta.url), still());
	pty.write(ends);
}
const run = [
	'Checking both clusters',
	'Creating the object-store credential',
	'Creating the namespace',
	'storage not yet',
	'storage Ready, scheduler not yet',
];
for (const wanted of run) {
	await shown(wanted);
	take(1);
}
await shown('q quit');
take(6);
writeFileSync(new URL('../../docs/run.svg', import.meta.url), moving());
pty.write('q');
pty.onExit(() => process.exit(0));

function take(seconds: number): void {
	film.push({ lines: drawn(), seconds });
}

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

function drawn(): string {
	return Array.from({ length: rows }, (_, row) => line(row, size))
		.filter(Boolean)
		.join('\n');
}

function still(): string {
	return framed('The review: what will be created, before anything is', drawn());
}

/** One frame after the other, beside each other on a strip that jumps. Where nothing may move, the last is shown. */
function moving(): string {
	const whole = film.reduce((sum, { seconds }) => sum + seconds, 0);
	let begin = 0;
	const jumps = film.map(({ seconds }, index) => {
		const jump = `${((begin / whole) * 100).toFixed(2)}%{transform:translateX(${-index * width}px)}`;
		begin += seconds;
		return jump;
	});
	const last = -(film.length - 1) * width;
	const style = [
		`@keyframes film{${jumps.join('')}100%{transform:translateX(${last}px)}}`,
		`.film{transform:translateX(${last}px)}`,
		`@media (prefers-reduced-motion:no-preference){.film{animation:film ${whole.toFixed(1)}s step-end infinite}}`,
	].join('');
	const frames = film.map(({ lines }, index) => `<g transform="translate(${index * width})">${lines}</g>`);
	return framed(
		'pxpair pairing two practice clusters',
		`<style>${style}</style><g class="film">${frames.join('\n')}</g>`,
	);
}

function framed(label: string, content: string): string {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">`,
		`<rect width="100%" height="100%" rx="8" fill="#1c1f26"/>`,
		`<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" fill="#d7dae0" xml:space="preserve">`,
		content,
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
	// What has a ground of its own is drawn in the colour of that.
	const ground = cell.isBgPalette() ? palette[cell.getBgColor() % 8] : undefined;
	const fill = ground ?? color;
	return `${fill === undefined ? '' : ` fill="${fill}"`}${cell.isBold() ? ' font-weight="bold"' : ''}${cell.isDim() ? ' opacity="0.6"' : ''}`;
}

function escapeXml(text: string): string {
	return text.trimEnd().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
