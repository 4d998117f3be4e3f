import { expect, test } from 'vitest';
import type { TerminalSignals } from '../../source/ui/terminal-signals.ts';
import { unicodeTheme } from '../helpers/frame.tsx';
import { fakeServices, type OpenApp, openApp } from './open-app.tsx';

const wide = { columns: 100, rows: 30, theme: unicodeTheme };

const toSecret = async (app: OpenApp): Promise<void> => app.type('\r', '\r', '\r', '\r', 'MYKEYID', '\r');
const toReview = async (app: OpenApp): Promise<void> => {
	await toSecret(app);
	await app.type('my-secret-key', '\r', '\r');
};
/** Of the rail, as far as its labels go. */
const railOf = (app: OpenApp): readonly string[] =>
	app
		.frame()
		.split('\n')
		.map(line => line.slice(0, 39).trimEnd())
		.filter(line => /^[✔❯·] /.test(line));

test('from 100 columns on, what was answered is beside the question, and no secret in it', async () => {
	const app = await openApp(fakeServices(), wide);
	await toSecret(app);
	expect(railOf(app)).toEqual([
		'✔ Source cluster       east',
		'✔ Destination cluster  west',
		'✔ Clusters             no problems',
		'✔ Object store         s3',
		'✔ Access key ID        ••••••••',
		'❯ Secret access key',
		'· Defaults',
		'· Review',
	]);
	expect(app.frame()).not.toContain('MYKEYID');
});

test.each([
	{ columns: 99, rows: 30 },
	{ columns: 120, rows: 14 },
])('a window of $columns×$rows has the question alone', async size => {
	const app = await openApp(fakeServices(), { ...wide, ...size });
	await toSecret(app);
	expect(railOf(app)).toEqual([]);
	expect(app.frame()).toContain('\nWhat is the secret access key?');
});

test('an answer that is opened from the defaults keeps its place in the rail', async () => {
	const app = await openApp(fakeServices(), wide);
	await toSecret(app);
	await app.type('my-secret-key', '\r', '\u001B[B', '\r');
	expect(app.frame()).toContain('Region');
	expect(railOf(app).at(-2)).toBe('❯ Defaults');
});

test('from 160 columns on, what a question is about is at its other side', async () => {
	const app = await openApp(fakeServices(), { ...wide, columns: 160 });
	await app.type('\r', '\r', '\r');
	expect(app.frame()).toContain('About this question');
	expect(app.frame()).toContain('Volume data is copied through');
});

test('steps are a list beside what they do; c copies what is under the cursor', async () => {
	const copied: string[] = [];
	const signals: TerminalSignals = { title() {}, bell() {}, copy: text => copied.push(text) };
	const app = await openApp(fakeServices(), { ...wide, signals });
	await toReview(app);
	await app.type('p', '\u001B[B');
	expect(app.frame()).toContain('❯  2 Reach the source cluster');
	expect(app.frame()).toContain('Read-only');
	expect(app.frame().split('\n').at(-1)).toContain('c copy the command');
	await app.type('c');
	expect(copied).toEqual([
		"kubectl --context east get namespace kube-system -o 'jsonpath={.metadata.uid}'\n",
	]);
	expect(app.frame()).toContain('Copied.');
});

test('in a narrower window all steps are one text, and the footer says how to read it', async () => {
	const app = await openApp(fakeServices(), { ...wide, columns: 80 });
	await toReview(app);
	await app.type('p');
	expect(app.frame()).toContain(' 1 Check both clusters');
	expect(app.frame().split('\n').at(-1)).toMatch(/^↑↓ scroll/);
	expect(app.frame()).not.toContain('copy the command');
});
