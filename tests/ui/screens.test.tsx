import { Text } from 'ink';
import { expect, test } from 'vitest';
import type { Problem } from '../../source/pairing/words/problem.ts';
import { Footer } from '../../source/ui/components/footer.tsx';
import { Frame } from '../../source/ui/components/frame.tsx';
import { Link } from '../../source/ui/components/link.tsx';
import { Note } from '../../source/ui/components/note.tsx';
import { Panel } from '../../source/ui/components/panel.tsx';
import { Panes } from '../../source/ui/components/panes.tsx';
import { ProblemPanel } from '../../source/ui/components/problem-panel.tsx';
import { PairLine } from '../../source/ui/components/side-label.tsx';
import { Spinner } from '../../source/ui/components/spinner.tsx';
import { problemOf } from '../helpers/problem.ts';
import { asciiTheme, lines, show, unicodeTheme } from '../helpers/program/frame.tsx';

const bindings = [
	{ key: '↑↓', does: 'move' },
	{ key: '⏎', does: 'choose' },
	{ key: 'Esc', does: 'back' },
	{ key: '?', does: 'help' },
];

const problem: Problem = problemOf({
	id: 'connection-refused',
	kind: 'cluster',
	title: "Can't reach the cluster",
	side: 'destination',
	evidence: 'https://10.0.0.2:6443 connection refused',
	remedies: ['Start the VPN.', 'Look at the address in your kubeconfig: it may be an old one.'],
	docs: 'https://docs.portworx.com/portworx-enterprise/operations/migration',
});

test('hints run on one line, and fold where it is too short', async () => {
	const wide = await show(<Footer bindings={bindings} />, { theme: unicodeTheme });
	expect(wide.frame()).toBe('↑↓ move  ⏎ choose  Esc back  ? help');
	const narrow = await show(<Footer bindings={bindings} />, { columns: 24 });
	expect(narrow.frame()).toBe(lines`
		Up/Down move
		Enter choose  Esc back
		? help
	`);
});

test('source and destination, with their words', async () => {
	const wide = await show(<PairLine names={{ source: 'prod-east', destination: 'dr-west' }} />);
	expect(wide.frame()).toBe('source prod-east -> destination dr-west');
	const half = await show(<PairLine names={{ source: 'prod-east' }} />, { theme: unicodeTheme });
	expect(half.frame()).toBe('source prod-east');
	const names = { source: 'arn:aws:eks:us-east-1:1:cluster/prod', destination: 'dr-west' };
	const narrow = await show(<PairLine names={names} />, { columns: 40 });
	expect(narrow.frame()).toBe(lines`
		source arn:aws:eks:~ast-1:1:cluster/prod
		-> destination dr-west
	`);
});

test('a problem says what, where, how we know and what to do, in 40 columns', async () => {
	const panel = await show(<ProblemPanel problem={problem} words={() => undefined} />, { columns: 40 });
	expect(panel.frame()).toBe(lines`
		x Can't reach the cluster (destination)
		https://10.0.0.2:6443 connection refused

		* Start the VPN.
		* Look at the address in your
		  kubeconfig: it may be an old one.

		https://docs.portworx.com/portworx-enter
		prise/operations/migration
		More: pxpair explain connection-refused
	`);
});

test('a problem without evidence, side and page is shorter', async () => {
	const short: Problem = problemOf({
		id: 'pair-differs',
		kind: 'input',
		title: 'The name is taken',
		remedies: ['Take another.'],
	});
	expect((await show(<ProblemPanel problem={short} words={() => undefined} />)).frame()).toBe(lines`
		x The name is taken

		* Take another.

		More: pxpair explain pair-differs
	`);
});

test('notes and panels', async () => {
	const all = await show(
		<Panel title="source" meaning="source" columns={30}>
			<Note tone="ok">Portworx 3.2.1</Note>
			<Note tone="warning">Stork is older than 24.1</Note>
		</Panel>,
	);
	expect(all.frame()).toBe(lines`
		+----------------------------+
		| source                     |
		| + Portworx 3.2.1           |
		| ! Stork is older than 24.1 |
		+----------------------------+
	`);
});

test('where nothing may move, work in progress has a sign that is', async () => {
	const frame = (await show(<Spinner label="Creating the namespace..." />)).frame();
	expect(frame).toBe('* Creating the namespace...');
});

test('a frame has a header, a body and hints', async () => {
	const frame = await show(
		<Frame product="pxpair" title="Clusters" progress="1 of 7" isPractice bindings={bindings}>
			<Text>Where do your applications run now?</Text>
		</Frame>,
		{ columns: 50 },
	);
	expect(frame.frame()).toBe(lines`
		pxpair [practice] | Clusters 1 of 7

		Where do your applications run now?

		Up/Down move  Enter choose  Esc back  ? help
	`);
});

for (const [columns, rows] of [
	[80, 24],
	[40, 12],
	[120, 40],
	[20, 5],
	[10, 2],
] as const) {
	test(`a body that is too long is cut to ${columns} by ${rows}, and says so`, async () => {
		const body = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`);
		const frame = await show(
			<Frame product="pxpair" bindings={bindings.slice(2)}>
				{body.map(line => (
					<Text key={line}>{line}</Text>
				))}
			</Frame>,
			{ columns, rows, theme: asciiTheme },
		);
		const all = frame.frame().split('\n');
		expect(all.length).toBeLessThan(rows);
		expect(all[0]).toBe('pxpair');
		if (rows > 5) {
			expect(all.at(-1)).toBe('Esc back  ? help');
			expect(frame.frame()).toMatch(/line 5\n/);
			expect(frame.frame()).toMatch(/\n\d+ more lines/);
		}
	});
}

test('a tall frame keeps its hints on the last line', async () => {
	const frame = await show(
		<Frame product="pxpair" bindings={bindings.slice(2)} isTall>
			<Text>Short.</Text>
		</Frame>,
		{ columns: 40, rows: 12 },
	);
	const all = frame.frame().split('\n');
	expect(all).toHaveLength(11);
	expect(all.at(-1)).toBe('Esc back  ? help');
});

test('a URL is whole up to the edge of the window, and stops where another pane begins', async () => {
	const url = `https://docs.portworx.com/${'a'.repeat(84)}`;
	const alone = await show(
		<Panes>
			<Link url={url} />
		</Panes>,
		{ columns: 120 },
	);
	expect(alone.frame()).toBe(url);
	const beside = await show(
		<Panes right={<Text>NEXT</Text>}>
			<Link url={url} />
		</Panes>,
		{ columns: 170 },
	);
	const [first = '', ...further] = beside.frame().split('\n');
	expect(first.replace(/ *NEXT$/, '')).toBe(url.slice(0, 100));
	expect(first).toMatch(/NEXT$/);
	expect(further).toEqual([url.slice(100)]);
});
