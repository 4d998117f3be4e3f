import { createServer } from 'node:net';
import { execa } from 'execa';
import { describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { programStart } from '../helpers/program/under-test.ts';
import {
	asItWas,
	asks,
	asProposed,
	clusters,
	givenBack,
	keys,
	s3With,
	startOnClusters,
	startWizard,
	type Turn,
} from './start-wizard.ts';

vi.setConfig({ testTimeout: 240_000 });

const all: readonly Turn[] = [
	...clusters,
	...s3With('KEYID', 'SECRET'),
	asProposed,
	[asks.review, 'r'],
	[asks.done, 'q'],
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
const colors = /\u001B\[(?:\d+;)*(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])(?:;\d+)*m/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const beyondAscii = /[^\u0000-\u007F]/;

describe.concurrent('the same conversation', () => {
	test('in colours', async () => {
		await using ground = await startOnClusters();
		const { wizard } = ground;
		await wizard.converse(...all);
		expect((await wizard.exit).code).toBe(0);
		expect(wizard.output()).toMatch(colors);
		// The title of the window is kept, set, and given back.
		const titles = ['\u001B[22;0t', '\u001B]2;pxpair: paired\u0007', '\u001B[23;0t'];
		const places = titles.map(title => wizard.output().indexOf(title));
		expect(places).not.toContain(-1);
		expect(places).toEqual(places.toSorted((a, b) => a - b));
	});

	test('Ctrl-Z leaves the terminal to the shell as it was, and fg draws all of it again', async () => {
		await using ground = await startOnClusters({
			terminal: { shell: 'set -m; "$@"; echo THE SHELL HAS IT; read go; fg' },
		});
		const { wizard } = ground;
		await wizard.waitFor(asks.source);
		wizard.type('\u001A');
		await wizard.waitFor('THE SHELL HAS IT');
		expect(givenBack(wizard)).toEqual(asItWas);
		wizard.type('\r');
		await wizard.converse(
			[asks.source, keys.enter],
			[asks.destination, keys.ctrlC],
			['again to quit', keys.ctrlC],
		);
		await wizard.exit;
		expect(givenBack(wizard)).toEqual(asItWas);
	});

	test('with NO_COLOR', async () => {
		await using ground = await startOnClusters({ terminal: { env: { NO_COLOR: '1' } } });
		const { wizard } = ground;
		await wizard.converse(...all);
		expect((await wizard.exit).code).toBe(0);
		expect(wizard.output()).not.toMatch(colors);
	});

	test('with LANG=C', async () => {
		await using ground = await startOnClusters({ terminal: { env: { LANG: 'C' } } });
		const { wizard } = ground;
		await wizard.converse(...all.slice(0, -1), [asks.done]);
		expect(wizard.output()).not.toMatch(beyondAscii);
		wizard.type('q');
		expect((await wizard.exit).code).toBe(0);
	});

	test('with TERM=dumb, in lines', async () => {
		await using ground = await startOnClusters({ terminal: { shell: 'exec env TERM=dumb "$@"' } });
		const { wizard } = ground;
		await wizard.converse(
			['TERM=dumb shows no screens: the questions come as lines, as with --accessible.'],
			['Which cluster is the source', keys.enter],
			['Which cluster is the destination', keys.enter],
			['No cluster has been changed.', keys.ctrlC],
			['Press Ctrl-C again to quit', keys.ctrlC],
		);
		expect((await wizard.exit).code).toBe(130);
		expect(wizard.output()).not.toContain('\u001B[');
		expect(wizard.output()).not.toMatch(beyondAscii);
		expect(givenBack(wizard)).toEqual(asItWas);
	});
});

test('resized in the middle of everything, it leaves no rubbish', async () => {
	await using ground = await startOnClusters();
	const { wizard } = ground;
	const sizes = [
		[40, 12],
		[120, 40],
		[33, 9],
		[80, 24],
	] as const;
	for (const [shows, ...answer] of all) {
		await wizard.waitFor(shows);
		for (const [columns, rows] of sizes) {
			wizard.resize(columns, rows);
			await wizard.waitFor(screen => isWhole(screen, rows));
		}
		// Faster than anybody can draw.
		for (const [columns, rows] of [...sizes, [60, 20]] as const) wizard.resize(columns, rows);
		await wizard.waitFor(screen => isWhole(screen, 20));
		wizard.resize(80, 24);
		await wizard.waitFor(screen => isWhole(screen, 24));
		for (const key of answer) wizard.type(key);
	}
	expect((await wizard.exit).code).toBe(0);
	expect(wizard.scrollback().filter(line => line.startsWith('pxpair'))).toEqual([]);
});

describe('2,000 contexts', () => {
	test('the first frame is there, typing narrows, and only what is seen is asked', async () => {
		let asked = 0;
		const door = createServer(socket => {
			asked++;
			socket.destroy();
		});
		await new Promise<void>(resolve => door.listen(0, '127.0.0.1', resolve));
		const address = door.address();
		const port = typeof address === 'object' && address ? address.port : 0;
		await using wizard = await startWizard(['--kubeconfig', 'many'], {
			files: { many: manyContexts(2000, port) },
		});
		await wizard.waitFor('of 2001 shown');
		for (const letter of 'context-1999') wizard.type(letter);
		await wizard.waitFor('1 of 2001 match');
		await wizard.waitFor(/❯ context-1999 .*✖ closes the connection/);
		wizard.type(keys.enter);
		await wizard.converse(
			[asks.destination, 'context-0042', keys.enter],
			['source context-1999', keys.ctrlC, keys.ctrlC],
		);
		expect((await wizard.exit).code).toBe(130);
		expect(asked).toBeGreaterThan(10);
		expect(asked).toBeLessThan(100);
		door.close();
	});
});

describe.concurrent('without a terminal', () => {
	test('the missing answers are named, and where they go', async () => {
		const { exitCode, stdout, stderr } = await execa(...programStart([]), {
			reject: false,
			input: '',
		});
		expect({ exitCode, stdout, stderr: stderr.split('\n') }).toEqual({
			exitCode: 2,
			stdout: '',
			stderr: [
				'pxpair: no terminal to ask on: give the answers in a file',
				'  Missing: source, destination and objectStore',
				'  → Give them in an answers file: pxpair run FILE. examples/ has one for each object store.',
				'  → See it work without any cluster: pxpair --practice',
			],
		});
	});

	test('nothing is drawn into a pipe, though a person could type', async () => {
		await using wizard = await startWizard([], { shell: '"$@" 2>&1 | cat' });
		await wizard.exit;
		expect(wizard.scrollback()[0]).toBe('pxpair: no terminal to ask on: give the answers in a file');
	});

	test('the practice clusters are paired anyway', async () => {
		const { exitCode, stdout, stderr } = await execa(...programStart(['--practice']), {
			reject: false,
			input: '',
		});
		expect({ exitCode, last: stdout.split('\n').at(-1), stderr }).toEqual({
			exitCode: 0,
			last: 'Done. 5 changes were made.',
			stderr: 'No terminal to ask questions on: pairing the practice clusters with their own answers.',
		});
	});
});

/** One header at the top, hints on the last line but one, and neither anywhere else. */
const isWhole = (screen: readonly string[], rows: number): boolean =>
	screen.length === rows &&
	screen.findLastIndex(line => line.startsWith('pxpair')) === 0 &&
	/leave$|quit$|help$|save answers$/.test(screen.at(-2) ?? '') &&
	screen.at(-1) === '';

const manyContexts = (count: number, port: number): string => {
	const names = Array.from({ length: count }, (_, index) => `context-${String(index).padStart(4, '0')}`);
	return stringify({
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{ name: 'all', cluster: { server: `https://127.0.0.1:${port}` } }],
		users: [{ name: 'someone', user: { token: 'none' } }],
		contexts: names.map(name => ({ name, context: { cluster: 'all', user: 'someone' } })),
	});
};
