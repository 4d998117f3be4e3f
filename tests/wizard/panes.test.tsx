import { expect, test } from 'vitest';
import { shell } from '../../source/pairing/words/command.ts';
import { type Finding, fact } from '../../source/pairing/words/finding.ts';
import { clusterProblem, type Problem } from '../../source/pairing/words/problem.ts';
import { command } from '../../source/pairing/words/way.ts';
import type { TerminalSignals } from '../../source/ui/terminal-signals.ts';
import { unicodeTheme } from '../helpers/program/frame.tsx';
import { fakeServices, lookAt, type OpenApp, openApp } from './open-app.tsx';

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
		'✔ Object store         S3',
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

const trouble = (title: string, ...remedies: Problem['remedies']) =>
	clusterProblem({
		id: 'portworx-not-found',
		side: 'source',
		title,
		evidence: `evidence of ${title}`,
		remedies,
	});

test('problems are a list beside the one under the cursor; c copies the command that fixes it', async () => {
	const copied: string[] = [];
	const signals: TerminalSignals = { title() {}, bell() {}, copy: text => copied.push(text) };
	const found: readonly Finding[] = [
		{ level: 'error', topic: 'portworx', problem: trouble('First', 'Do this.') },
		{
			level: 'error',
			topic: 'stork',
			problem: trouble('Second', command('Do that', shell`kubectl get pods`)),
		},
	];
	const app = await openApp(fakeServices({ look: lookAt({}, found) }), { ...wide, signals });
	await app.type('\r', '\r', 'w');
	expect(app.frame()).toContain('❯ ✖ First');
	expect(app.frame()).toContain('evidence of First');
	expect(app.frame()).not.toContain('evidence of Second');
	await app.type('\u001B[B', 'c');
	expect(app.frame()).toContain('❯ ✖ Second');
	expect(app.frame()).toContain('evidence of Second');
	expect(app.frame().split('\n').at(-1)).toContain('c copy the command');
	expect(copied).toEqual(['kubectl get pods']);
});

const guarded = clusterProblem({
	id: 'way-storage-guarded',
	side: 'destination',
	title: 'It asks for a login',
	remedies: ['Allow it.'],
});

test.each([
	[[], []],
	[
		[fact('way', 'way-api-open', 'destination', ''), fact('way', 'way-storage-untested', 'destination', '')],
		['Network       source → destination: API server ✔   Portworx not tested'],
	],
	[
		[
			fact('way', 'way-api-open', 'destination', ''),
			fact('way', 'way-storage-open', 'source', ''),
			{ level: 'warning', topic: 'way', problem: guarded },
		],
		[
			'Network       source → destination: API server ✔   Portworx ▲',
			'              destination → source: Portworx ✔',
		],
	],
] as const)('what each cluster reaches of the other: %#', async (found, rows) => {
	const app = await openApp(fakeServices({ look: lookAt({}, [...found]) }), wide);
	await app.type('\r', '\r');
	expect(
		app
			.frame()
			.split('\n')
			.map(line => line.trimEnd())
			.filter(line => line.includes('API server') || line.includes('→ source:')),
	).toEqual(rows);
});
