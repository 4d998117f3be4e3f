import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { bundleFixture } from '../helpers/program/bundle.ts';
import { startTerminal, type Terminal, type TerminalOptions } from '../helpers/program/terminal.ts';

const [down, ctrlC] = ['\u001B[B', '\u0003'];

// Longer than a wait may take: its error shows the screen.
vi.setConfig({ testTimeout: 30_000 });

let app: Awaited<ReturnType<typeof bundleFixture>>;
let terminal: Terminal;

beforeAll(async () => {
	app = await bundleFixture(new URL('../fixtures/keys-app.tsx', import.meta.url));
});
afterAll(() => app.remove());
afterEach(() => terminal.end());

test('answers and their Enters in one write reach one question after the other', async () => {
	await start('two', 'Question 1');
	terminal.type('one\rtwo\rthree\r');
	await terminal.waitFor('answers one|two|three');
});

test('Down Down Enter in one write choose the third', async () => {
	await start('choice', 'apple');
	terminal.type(`${down}${down}\r`);
	await terminal.waitFor('chose cherry');
});

test('among 2,000 rows a filter and Enter in one write choose one', async () => {
	await start('filter', 'of 2000 shown');
	terminal.type('1999\r');
	await terminal.waitFor('chose context-1999');
});

test('every letter of a fast hand is heard once', async () => {
	await start('letters', 'heard <>');
	for (const letter of 'abcdefghijklmnopqrstuvwxyz') terminal.type(letter);
	terminal.type('0123456789');
	await terminal.waitFor('heard <abcdefghijklmnopqrstuvwxyz0123456789>');
});

test('4,000 characters typed faster than frames arrive whole, once, and are not drawn one by one', async () => {
	await start('field', 'Name:');
	const text = Array.from({ length: 800 }, (_, index) => String(index % 1000).padStart(5, '_')).join('');
	terminal.type(`${text}\r`);
	await terminal.waitFor(`answer 4000 <${text.slice(0, 8)}..${text.slice(-8)}>`);
	// Not even a frame for each ten of them.
	expect(terminal.output().split('Name:').length).toBeLessThan(400);
});

test('a paste of 4,000 characters between line breaks is one secret, and is never seen', async () => {
	await start('secret', 'Key:');
	terminal.paste(`\n${'swordfish!'.repeat(400)}\n\n`);
	await terminal.waitFor('Removed at the ends: line breaks.');
	terminal.type('\r');
	await terminal.waitFor('got 4000');
	expect(terminal.output()).not.toContain('sword');
	expect(terminal.scrollback().join('')).not.toContain('sword');
});

test('a paste of two lines answers nothing', async () => {
	await start('field', 'Name:');
	terminal.paste('one\ntwo\n');
	await terminal.waitFor('The pasted text has 2 lines');
	terminal.type('three\r');
	await terminal.waitFor('answer 5 <three>');
});

test('a paste where there is no field does nothing', async () => {
	await start('choice', 'apple');
	terminal.paste('\n');
	terminal.type(`${down}\r`);
	await terminal.waitFor('chose banana');
});

test('what is typed while an answer is looked at goes to the next question', async () => {
	await start('slow', 'First:');
	terminal.type('one\rtwo\r');
	await terminal.waitFor('Looking');
	terminal.kill('SIGUSR2');
	await terminal.waitFor('answers one|two');
});

test('Esc is heard alone, and an arrow cut in two is no Esc', async () => {
	await start('field', 'Name:');
	terminal.type('ab\u001B');
	terminal.type('[DX');
	await terminal.waitFor('aXb');
	terminal.type('\u001B');
	await terminal.waitFor('(back)');
});

test('resizing leaves nothing behind', async () => {
	await start('tall', '32 more lines', { fullScreen: true });
	for (const [columns, rows, more] of [
		[40, 12, 42],
		[120, 40, 16],
		[60, 10, 44],
		[80, 24, 32],
	] as const) {
		terminal.resize(columns, rows);
		const screen = await terminal.waitFor(`${more} more lines`);
		expect(screen).toHaveLength(rows);
		expect(screen.filter(line => line.startsWith('fixture'))).toEqual(['fixture · tall']);
		expect(screen.filter(line => line.includes('more lines'))).toHaveLength(1);
		expect(screen.filter(line => line.startsWith('line 1 of 50'))).toHaveLength(1);
		expect(screen.at(-2)).toBe('⏎ go on');
	}
});

test('a frame never scrolls what stood above it away', async () => {
	await start('tall', 'more lines');
	expect(terminal.scrollback()).toHaveLength(24);
});

test('Ctrl-C gives the terminal back as it was', async () => {
	await start('field', 'Name:', { fullScreen: true });
	expect(terminal.isRaw()).toBe(true);
	expect(terminal.modes()).toEqual({ cursor: 'hidden', screen: 'alternate', pastes: 'bracketed' });
	terminal.type(ctrlC);
	expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
	expect(terminal.screen()[0]).toBe('bye');
	expectRestored();
});

// What ends the program, and its exit code.
const ends: [string, (terminal: Terminal) => void, number][] = [
	['an error while drawing', ({ type }) => type('x'), 70],
	['an error outside React', ({ type }) => type('t'), 1],
	['SIGTERM', ({ kill }) => kill('SIGTERM'), 128 + 15],
	['SIGHUP', ({ kill }) => kill('SIGHUP'), 128 + 1],
];
for (const [name, end, code] of ends) {
	test(`${name} gives the terminal back as it was`, async () => {
		await start('crash', 'press x or t', { fullScreen: true });
		expect(terminal.isRaw()).toBe(true);
		end(terminal);
		expect((await terminal.exit).code).toBe(code);
		expectRestored();
	});
}

async function start(
	scene: string,
	shown: string,
	{ fullScreen = false, ...options }: TerminalOptions & { fullScreen?: boolean } = {},
): Promise<void> {
	terminal = startTerminal(process.execPath, [app.file, scene, fullScreen ? 'full' : 'inline'], options);
	await terminal.waitFor(shown);
}

function expectRestored(): void {
	expect(terminal.modes()).toEqual({ cursor: 'shown', screen: 'normal', pastes: 'plain' });
	expect(terminal.isRaw()).toBe(false);
}
