import { expect, test } from 'vitest';
import { Choice } from '../../source/ui/components/choice.tsx';
import type { FilterItem } from '../../source/ui/components/filter-row.tsx';
import { FilterSelect } from '../../source/ui/components/filter-select.tsx';
import { commonPrefix, PathField } from '../../source/ui/components/path-field.tsx';
import { marksOf, searchable, wordsOf } from '../../source/ui/text/matches.ts';
import { columnWidths } from '../../source/ui/text/row-columns.ts';
import { lines, show, unicodeTheme } from '../helpers/program/frame.tsx';

const [up, down, pageDown, end, esc] = ['\u001B[A', '\u001B[B', '\u001B[6~', '\u001B[F', '\u001B[27u'];

const contexts: FilterItem[] = [
	{
		id: 'a',
		label: 'prod-east',
		columns: ['east', 'https://10.0.0.1:6443'],
		state: { text: 'reachable', tone: 'ok' },
	},
	{
		id: 'b',
		label: 'prod-west',
		columns: ['west', 'https://10.0.0.2:6443'],
		state: { text: 'asking', tone: 'info' },
	},
	{ id: 'c', label: 'staging-1', columns: ['stage', 'https://10.0.0.3:6443'] },
];

test('rows stand in columns, with their states', async () => {
	const list = await show(<FilterSelect items={contexts} onSubmit={() => {}} />, { theme: unicodeTheme });
	expect(list.frame()).toBe(lines`
		Filter: ▏ type to filter

		❯ prod-east  east   https://10.0.0.1:6443  ✔ reachable
		  prod-west  west   https://10.0.0.2:6443  › asking
		  staging-1  stage  https://10.0.0.3:6443
	`);
});

test('where there is no room for all columns, name and state stay', async () => {
	const list = await show(<FilterSelect items={contexts} onSubmit={() => {}} />, { columns: 40 });
	expect(list.frame()).toBe(lines`
		Filter: | type to filter

		> prod-east  east   + reachable
		  prod-west  west   - asking
		  staging-1  stage
	`);
});

test('typing filters by all columns, digits and vi keys too', async () => {
	const chosen: string[] = [];
	const list = await show(<FilterSelect items={contexts} onSubmit={id => chosen.push(id)} />);
	await list.type('0.3:');
	expect(list.frame()).toBe(lines`
		Filter: 0.3:|

		> staging-1  stage  https://10.0.0.3:6443
		1 of 3 match
	`);
	expect(chosen).toEqual([]);
	await list.type('\r');
	expect(chosen).toEqual(['c']);
});

test('letters move no highlight', async () => {
	const items = ['jupiter', 'juno', 'janus'].map(id => ({ id, label: id }));
	const list = await show(<FilterSelect items={items} onSubmit={() => {}} />);
	await list.type('j');
	expect(list.frame()).toContain('> jupiter');
});

test('another filter starts from its first match', async () => {
	const list = await show(<FilterSelect items={contexts} onSubmit={() => {}} />);
	await list.type(down);
	await list.type('prod');
	expect(list.frame()).toContain('> prod-east');
});

test('a column to the right of one that found no room is not shown in its place', () => {
	const rows = [{ cells: ['name', 'x'.repeat(30), 'ab'], state: '' }];
	expect(columnWidths(rows, 12)).toEqual({ cells: [4, 0, 0], state: 0 });
	expect(columnWidths(rows, 20)).toEqual({ cells: [4, 14, 0], state: 0 });
	expect(columnWidths(rows, 50)).toEqual({ cells: [4, 30, 2], state: 0 });
});

test('words of a filter are searched one by one', async () => {
	const list = await show(<FilterSelect items={contexts} onSubmit={() => {}} />);
	await list.type('WEST prod');
	expect(list.frame()).toContain('> prod-west');
	expect(list.frame()).toContain('1 of 3 match');
});

test('nothing matches: says so, and Enter does nothing', async () => {
	const chosen: string[] = [];
	const list = await show(<FilterSelect items={contexts} onSubmit={id => chosen.push(id)} />);
	await list.type('jk7\r');
	expect(list.frame()).toBe(lines`
		Filter: jk7|

		Nothing matches. Esc clears the filter.
		0 of 3 match
	`);
	await list.type(down + up);
	expect(chosen).toEqual([]);
});

test('letters in their order find a name as well, after what holds them together', async () => {
	const list = await show(
		<FilterSelect items={[...contexts, { id: 'd', label: 'st1' }]} onSubmit={() => {}} />,
	);
	await list.type('st1');
	expect(list.frame()).toBe(lines`
		Filter: st1|

		> st1
		  staging-1  stage  https://10.0.0.3:6443
		2 of 4 match
	`);
	await list.type('x');
	expect(list.frame()).toContain('Nothing matches');
});

test('what was found is known by its places, in whichever cell it is', () => {
	const marks = (query: string, ...cells: string[]) =>
		marksOf(wordsOf(query), cells.map(searchable))?.map(found => [...found]);
	expect(marks('St1', 'staging-1', 'x')).toEqual([[0, 1, 8], []]);
	expect(marks('east 6443', 'prod-east', ':6443')).toEqual([
		[5, 6, 7, 8],
		[1, 2, 3, 4],
	]);
	expect(marks('1ts', 'staging-1')).toBeUndefined();
});

test('Esc clears the filter, and goes back only from an empty one', async () => {
	const heard: string[] = [];
	const list = await show(
		<FilterSelect items={contexts} onSubmit={() => {}} onCancel={() => heard.push('back')} />,
	);
	await list.type('west');
	await list.type(esc);
	expect(heard).toEqual([]);
	expect(list.frame()).toContain('> prod-east');
	await list.type(esc);
	expect(heard).toEqual(['back']);
});

test('Down Down Enter in one read choose the third', async () => {
	const chosen: string[] = [];
	const list = await show(<FilterSelect items={contexts} onSubmit={id => chosen.push(id)} />);
	await list.type(`${down}${down}\r`);
	expect(chosen).toEqual(['c']);
});

test('the arrows go round, pages and End stop', async () => {
	const many = numbered(30);
	const list = await show(<FilterSelect items={many} onSubmit={() => {}} />, { rows: 8 });
	const highlighted = (): string | undefined => /> (\S+)/.exec(list.frame())?.[1];
	await list.type(up);
	expect(highlighted()).toBe('item-29');
	await list.type(down);
	expect(highlighted()).toBe('item-0');
	await list.type(pageDown);
	expect(highlighted()).toBe('item-5');
	await list.type(end + pageDown);
	expect(highlighted()).toBe('item-29');
});

test('of 2,000 rows only those on screen are drawn, the highlighted among them', async () => {
	const seen: (readonly string[])[] = [];
	const list = await show(
		<FilterSelect
			items={numbered(2000)}
			initial="item-1000"
			onSubmit={() => {}}
			onVisible={ids => seen.push(ids)}
		/>,
		{ rows: 8 },
	);
	expect(list.frame()).toBe(lines`
		Filter: | type to filter

		  item-998
		  item-999
		> item-1000
		  item-1001
		  item-1002
		5 of 2000 shown
	`);
	expect(seen).toEqual([['item-998', 'item-999', 'item-1000', 'item-1001', 'item-1002']]);
});

test('a state that arrives moves no row and no highlight', async () => {
	const list = await show(<FilterSelect items={contexts} onSubmit={() => {}} />);
	await list.type(down);
	const answered = contexts.map(item => ({ ...item, state: { text: 'refused', tone: 'error' as const } }));
	await list.rerender(<FilterSelect items={answered} onSubmit={() => {}} />);
	expect(list.frame()).toBe(lines`
		Filter: | type to filter

		  prod-east  east   https://10.0.0.1:6443  x refused
		> prod-west  west   https://10.0.0.2:6443  x refused
		  staging-1  stage  https://10.0.0.3:6443  x refused
	`);
});

test('the highlighted row says whole what it had to cut', async () => {
	const items = [
		{ id: 'a', label: 'arn:aws:eks:us-east-1:123456789012:cluster/prod', detail: 'the whole name' },
	];
	const list = await show(<FilterSelect items={items} onSubmit={() => {}} />, { columns: 20 });
	expect(list.frame()).toBe(lines`
		Filter: | type to f~

		> arn:aw~luster/prod
		the whole name
	`);
});

test('an empty list is told from one with no match', async () => {
	const list = await show(<FilterSelect items={[]} onSubmit={() => {}} />);
	await list.type('\r');
	expect(list.frame()).toContain('Nothing to choose from.');
});

const providers = [
	{ id: 's3', label: 'S3', description: 'Amazon S3, or a store that speaks its protocol.' },
	{ id: 'azure', label: 'Azure', description: 'A storage account.' },
	{ id: 'google', label: 'Google' },
] as const;

test('a choice describes its items', async () => {
	const list = await show(<Choice items={providers} initial="azure" onSubmit={() => {}} />);
	expect(list.frame()).toBe(lines`
		  S3
		  Amazon S3, or a store that speaks its protocol.
		> Azure
		  A storage account.
		  Google
	`);
});

test('with few rows a choice describes the highlighted item alone', async () => {
	const list = await show(<Choice items={providers} rows={4} onSubmit={() => {}} />);
	expect(list.frame()).toBe(lines`
		> S3
		  Amazon S3, or a store that speaks its protocol.
		  Azure
		  Google
	`);
});

test('a choice takes keys of one read in their order, and digits for nothing', async () => {
	const chosen: string[] = [];
	const list = await show(<Choice items={providers} onSubmit={id => chosen.push(id)} />);
	await list.type('2');
	expect(chosen).toEqual([]);
	await list.type(`${down}${down}\r`);
	expect(chosen).toEqual(['google']);
});

test('Tab completes a path as far as its candidates agree', async () => {
	const paths = ['/home/', '/home/key.json', '/home/keys/'];
	const complete = (value: string): string[] =>
		paths.filter(path => path.startsWith(value) && path !== value);
	const answers: string[] = [];
	const field = await show(
		<PathField label="File:" complete={complete} onSubmit={path => answers.push(path)} />,
	);
	await field.type('/ho');
	await field.type('\t');
	expect(field.frame()).toBe(lines`
		File: /home/|
		  /home/key.json
		  /home/keys/
	`);
	await field.type('k\t');
	await field.type('\t.\t\r');
	expect(answers).toEqual(['/home/key.json']);
});

test('candidates beyond the limit are counted', async () => {
	const complete = (): string[] => ['a1', 'a2', 'a3', 'a4'];
	const field = await show(<PathField label="File:" complete={complete} limit={2} onSubmit={() => {}} />);
	expect(field.frame()).toBe(lines`
		File: |
		  a1
		  a2
		  and 2 more
	`);
});

test('a common prefix cuts no character in two', () => {
	expect(commonPrefix(['a👩‍👩‍👧', 'a👩‍👩‍👦'])).toBe('a');
	expect(commonPrefix(['same', 'same'])).toBe('same');
	expect(commonPrefix([])).toBeUndefined();
});

const numbered = (count: number): FilterItem[] =>
	Array.from({ length: count }, (_, index) => ({ id: `item-${index}`, label: `item-${index}` }));
