import { expect, test } from 'vitest';
import { Secret } from '../../source/pairing/words/secret.ts';
import { describeSecret, TextField } from '../../source/ui/components/text-field.tsx';
import { themeFor } from '../../source/ui/theme.ts';
import { lines, show, unicodeTheme } from '../helpers/program/frame.tsx';

const left = '\u001B[D';
const right = '\u001B[C';
const altLeft = '\u001B[1;3D';
const ctrlLeft = '\u001B[1;5D';
const ctrlRight = '\u001B[1;5C';
const home = '\u001B[H';
const end = '\u001B[F';
const deleteKey = '\u001B[3~';
const backspace = '\u007F';
const ctrl = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 96);

// What was typed, and the field after it; the bar is the cursor.
const transcripts: [string, string[], string][] = [
	['typing', ['abc'], 'abc|'],
	['typing before what is there', ['bc', home, 'a'], 'a|bc'],
	['Left and Right', ['abc', left, left, right], 'ab|c'],
	['Left at the start', [left, left, 'a'], 'a|'],
	['End', ['abc', home, end], 'abc|'],
	['Ctrl-A and Ctrl-E', ['bc', ctrl('a'), 'a', ctrl('e'), 'd'], 'abcd|'],
	['Backspace', ['abc', backspace], 'ab|'],
	['Backspace at the start', ['abc', home, backspace], '|abc'],
	['Delete', ['abc', home, deleteKey], '|bc'],
	['Delete at the end', ['abc', deleteKey], 'abc|'],
	['Backspace takes a whole family', ['a👩‍👩‍👧', backspace], 'a|'],
	['Left passes an accent and its letter', ['ae\u0301', left], 'a|e\u0301'],
	['Ctrl-Left', ['one two', ctrlLeft], 'one |two'],
	['Alt-Left, twice', ['one two', altLeft, altLeft], '|one two'],
	['Alt-B and Alt-F', ['one two', '\u001Bb', '\u001Bb', '\u001Bf'], 'one| two'],
	['Ctrl-Right', ['one two', home, ctrlRight], 'one| two'],
	['Ctrl-W', ['one two', ctrl('w')], 'one |'],
	['Alt-Backspace', ['one two', '\u001B\u007F'], 'one |'],
	['Alt-D', ['one two', home, '\u001Bd'], '| two'],
	['Ctrl-U', ['one two', left, ctrl('u')], '|o'],
	['Ctrl-K', ['one two', ctrlLeft, ctrl('k')], 'one |'],
	['keys that mean nothing to a field', ['a', '\u001B[A', '\u001B[5~', '\u001Bx', ctrl('g'), 'b'], 'ab|'],
];

for (const [name, keys, expected] of transcripts) {
	test(`${name}: ${expected}`, async () => {
		const field = await show(<TextField label=">" onSubmit={() => {}} />);
		for (const key of keys) await field.type(key);
		expect(field.frame()).toBe(`> ${expected}`);
	});
}

test('keys of one read count in their order, Enter included', async () => {
	const answers: string[] = [];
	const field = await show(<TextField label=">" onSubmit={answer => answers.push(answer)} />);
	await field.type(`ab${left}X\r`);
	expect(answers).toEqual(['aXb']);
});

test('text and Enter as one string are a text and an Enter', async () => {
	const answers: string[] = [];
	const field = await show(<TextField label=">" onSubmit={answer => answers.push(answer)} />);
	await field.type('prod-east\r');
	expect(answers).toEqual(['prod-east']);
});

test('a secret leaves as one, and neither frame nor printing shows it', async () => {
	const answers: Secret[] = [];
	const field = await show(
		<TextField label="Secret key:" isMasked onSubmit={answer => answers.push(answer)} />,
	);
	await field.type('wJalrXUtnFEMI\r');
	expect(field.frame()).toBe('Secret key: *************|');
	expect(answers.map(answer => answer.reveal())).toEqual(['wJalrXUtnFEMI']);
	expect(JSON.stringify(answers)).not.toContain('wJalr');
});

test('Ctrl-R tells length and end of a secret, and hides them again', async () => {
	const field = await show(<TextField label="Key:" isMasked onSubmit={() => {}} />);
	await field.type('AKIAIOSFODNN7EXAMPLE');
	await field.type(ctrl('r'));
	expect(field.frame()).toBe(lines`
		Key: ********************|
		- 20 characters, ends in MPLE
	`);
	await field.type(ctrl('r'));
	expect(field.frame()).toBe('Key: ********************|');
});

test('the end of a short secret would be too much of it', () => {
	expect(describeSecret(new Secret('hunter2'))).toBe('7 characters');
	expect(describeSecret(new Secret('x'))).toBe('1 character');
	expect(describeSecret(new Secret('hunter2hunter2'))).toBe('14 characters, ends in ter2');
});

test('behind dots, word keys do not tell where words end', async () => {
	const field = await show(<TextField label=">" isMasked onSubmit={() => {}} />);
	await field.type('one two');
	await field.type(ctrlLeft);
	expect(field.frame()).toBe('> |*******');
});

test('a placeholder is until something is typed', async () => {
	const field = await show(<TextField label="Region:" placeholder="us-east-1" onSubmit={() => {}} />);
	expect(field.frame()).toBe('Region: | us-east-1');
	await field.type('e');
	expect(field.frame()).toBe('Region: e|');
});

test('a problem and a word about the paste stand below', async () => {
	const field = await show(<TextField label="Name:" problem="Use lowercase letters." onSubmit={() => {}} />);
	await field.paste('Prod\r');
	expect(field.frame()).toBe(lines`
		Name: Prod|
		- Removed at the ends: line breaks.
		x Use lowercase letters.
	`);
});

test('a long text scrolls so that the cursor stays in sight', async () => {
	const field = await show(<TextField label=">" onSubmit={() => {}} />, { columns: 16 });
	await field.type('abcdefghijklmnopqrstuvwxyz');
	expect(field.frame()).toBe('> <qrstuvwxyz|');
	for (let press = 0; press < 8; press++) await field.type(left);
	expect(field.frame()).toBe('> <mnopqr|stuvw>');
	await field.type(home);
	expect(field.frame()).toBe('> |abcdefghijk>');
});

test('wide characters scroll by whole ones', async () => {
	const field = await show(<TextField label=">" onSubmit={() => {}} />, { columns: 12 });
	await field.type('日本語日本語日本語');
	expect(field.frame()).toBe('> <日本語|');
	await field.type(left);
	expect(field.frame()).toBe('> <日本|語');
});

test('invisible characters are shown as something', async () => {
	const field = await show(<TextField label=">" onSubmit={() => {}} />, { theme: unicodeTheme });
	await field.paste('a\u200Bb\u202Ec');
	expect(field.frame().split('\n')[0]).toBe('> a�b�c▏');
});

test('the cursor is inverse where that can be shown', async () => {
	const theme = themeFor({ env: { TERM: 'xterm', LANG: 'C.UTF-8' }, platform: 'linux', motion: false });
	const field = await show(<TextField label=">" onSubmit={() => {}} />, { theme });
	await field.type('ab');
	expect(field.frame()).toBe('> ab');
});

test('while an answer is looked at, the field takes no keys but Esc', async () => {
	const heard: string[] = [];
	const field = await show(
		<TextField
			label=">"
			initial="a"
			busy="Reading the file..."
			onSubmit={() => heard.push('submit')}
			onCancel={() => heard.push('cancel')}
		/>,
	);
	await field.type('bc\r');
	await field.type('\u001B[27u');
	expect(field.frame()).toBe('> a\n* Reading the file...');
	expect(heard).toEqual(['cancel']);
});

test('changes are told, movements are not', async () => {
	const changes: string[] = [];
	const field = await show(
		<TextField label=">" onChange={value => changes.push(value)} onSubmit={() => {}} />,
	);
	await field.type('a');
	await field.type(left);
	await field.type('b');
	expect(changes).toEqual(['a', 'ba']);
});

test('? asks for help in an empty field, and is a character elsewhere', async () => {
	const heard: string[] = [];
	const field = await show(<TextField label=">" onHelp={() => heard.push('help')} onSubmit={() => {}} />);
	await field.type('?');
	await field.type('a');
	await field.type('?');
	expect(heard).toEqual(['help']);
	expect(field.frame()).toBe('> a?|');
});
