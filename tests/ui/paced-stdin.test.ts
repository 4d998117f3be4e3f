import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { PacedStdin } from '../../source/ui/keys/paced-stdin.ts';

const escapeKey = '\u001B[27u';

test('each key comes in a turn of its own', async () => {
	const { keyboard, turns, until } = start();
	keyboard.write('ab\u001B[B\r');
	await until(4);
	expect(turns()).toEqual([['a'], ['b'], ['\u001B[B'], ['\r']]);
});

test('text beyond what hands type comes whole, with what was typed around it', async () => {
	const { keyboard, keys, until } = start();
	keyboard.write(`${'x'.repeat(4000)}\r`);
	await until(2);
	expect(keys()).toEqual(['x'.repeat(4000), '\r']);
});

test('a sequence cut between reads is one key', async () => {
	const { keyboard, keys, until } = start({ escapeDelay: 10_000 });
	keyboard.write('\u001B');
	await turn();
	keyboard.write('[1;');
	await turn();
	keyboard.write('5Dx');
	await until(2);
	expect(keys()).toEqual(['\u001B[1;5D', 'x']);
});

test('a character cut between reads is one character', async () => {
	const { keyboard, keys, until } = start();
	const bytes = Buffer.from('🙂');
	keyboard.write(bytes.subarray(0, 3));
	await turn();
	keyboard.write(bytes.subarray(3));
	await until(1);
	expect(keys()).toEqual(['🙂']);
});

test('Esc alone is passed on when nothing follows', async () => {
	const { keyboard, keys, until } = start({ escapeDelay: 1 });
	keyboard.write('\u001B');
	await until(1);
	expect(keys()).toEqual([escapeKey]);
});

test('held keys wait, in order', async () => {
	const { stdin, keyboard, keys, until } = start();
	const release = stdin.hold();
	const releaseOther = stdin.hold();
	keyboard.write('ab\r');
	await turn();
	release();
	release();
	await turn();
	expect(keys()).toEqual([]);
	releaseOther();
	await until(3);
	expect(keys()).toEqual(['a', 'b', '\r']);
});

test('Ctrl-C passes a hold, and takes what was typed before it along', async () => {
	const { stdin, keyboard, keys, until } = start();
	stdin.hold();
	keyboard.write('ab\u0003');
	await until(1);
	await turn();
	expect(keys()).toEqual(['\u0003']);
});

test('Ctrl-Z passes a hold, and what was typed before it comes after it', async () => {
	const { stdin, keyboard, keys, until } = start();
	const release = stdin.hold();
	keyboard.write('ab\u001A');
	await until(1);
	expect(keys()).toEqual(['\u001A']);
	release();
	await until(3);
	expect(keys()).toEqual(['\u001A', 'a', 'b']);
});

test('Esc passes a hold when it comes first', async () => {
	const { stdin, keyboard, keys, until } = start({ escapeDelay: 1 });
	stdin.hold();
	keyboard.write('\u001B');
	await until(1);
	expect(keys()).toEqual([escapeKey]);
});

test('while the terminal is not raw, its input is left to others', async () => {
	const { stdin, keyboard, keys, until } = start();
	stdin.setRawMode(false);
	keyboard.write('for a child process');
	await turn();
	expect(keys()).toEqual([]);
	expect(keyboard.read()?.toString()).toBe('for a child process');
	stdin.setRawMode(true);
	keyboard.write('x');
	await until(1);
	expect(keys()).toEqual(['x']);
});

test('the terminal is told of raw mode, and asked whether it is one', () => {
	const modes: boolean[] = [];
	const keyboard = Object.assign(new PassThrough(), {
		isTTY: true,
		setRawMode: (on: boolean) => modes.push(on),
	});
	const stdin = new PacedStdin(keyboard);
	expect(stdin.isTTY).toBe(true);
	stdin.setRawMode(true).setRawMode(false);
	expect(modes).toEqual([true, false]);
	expect(new PacedStdin(new PassThrough()).isTTY).toBe(false);
});

test('the end of the input comes after its last key', async () => {
	const { stdin, keyboard, keys } = start();
	const ended = new Promise(resolve => stdin.once('end', resolve));
	keyboard.end('a\u001B');
	await ended;
	expect(keys()).toEqual(['a', escapeKey]);
});

/** A keyboard, and a reader that reads as Ink does: all there is, whenever something is. */
function start(options: { escapeDelay?: number } = {}) {
	const keyboard = new PassThrough();
	const stdin = new PacedStdin(keyboard, options).setRawMode(true);
	const turns: string[][] = [];
	stdin.on('readable', () => {
		const read: string[] = [];
		for (let key = stdin.read(); key !== null; key = stdin.read()) read.push(key);
		if (read.length > 0) turns.push(read);
		stdin.emit('keys read');
	});
	const keys = (): string[] => turns.flat();
	const until = async (count: number): Promise<void> => {
		while (keys().length < count) await new Promise(resolve => stdin.once('keys read', resolve));
	};
	return { stdin, keyboard, turns: () => turns, keys, until };
}

/** Long enough for a key that is free to come through. */
async function turn(): Promise<void> {
	for (let times = 0; times < 6; times++) await new Promise(resolve => setImmediate(resolve));
}
