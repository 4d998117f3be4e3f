import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainCommand } from '../../source/commands/explain.ts';
import type { Host } from '../../source/commands/line/host.ts';
import { parseCommandLine } from '../../source/commands/line/parse.ts';
import { conceptNames } from '../../source/pairing/words/concepts.ts';
import { clusterProblem } from '../../source/pairing/words/problem.ts';
import { problemIds } from '../../source/pairing/words/problem-ids.ts';
import { problemLine } from '../../source/plain/json-lines.ts';
import { problemLines } from '../../source/plain/words.ts';

type Subject = Parameters<typeof explainCommand>[1]['subject'];

function explained(subject: Subject): readonly string[] {
	const told: string[] = [];
	const host = { out: (text: string) => void told.push(text) } as Host;
	expect(explainCommand(host, { subject })).toBe(0);
	return told.join('').trimEnd().split('\n');
}

const page = readFileSync('docs/problems.md', 'utf8');

test.for(problemIds)('%s: the section of the page, and its link', id => {
	const [first, , means = ''] = explained(id);
	const section = page.split(`\n### ${id}\n`)[1]?.split('\n###')[0] ?? '';
	expect(first).toBe(id);
	expect(section.replaceAll('`', '')).toContain(means);

	const problem = clusterProblem({ id, title: 'Some problem', remedies: ['Do.'] });
	expect(problemLines(problem).at(-1)).toBe(`  More: pxpair explain ${id}`);
	expect(JSON.parse(problemLine(problem, false)).problem.more).toBe(`docs/problems.md#${id}`);
	expect(parseCommandLine(['explain', id])).toMatchObject({ request: { subject: id } });
});

test.for(conceptNames)('%s: ten lines, each short enough for 80 columns', concept => {
	const lines = explained(concept);
	expect(lines).toHaveLength(10);
	expect(lines.filter(line => line.length > 80)).toEqual([]);
});

test('without a word, every id and every concept is listed', () => {
	const lines = explained(undefined).map(line => line.trim());
	expect([...problemIds, ...conceptNames].filter(name => !lines.includes(name))).toEqual([]);
});

test.for([
	[['explain', 'ClusterPair'], { request: { subject: 'clusterpair' } }],
	[['explain', 'object store'], { request: { subject: 'object-store' } }],
	[['explain'], { request: { subject: undefined } }],
	[
		['explain', 'pair-not-redy'],
		{ message: 'there is no problem or concept "pair-not-redy"; did you mean pair-not-ready?' },
	],
] as const)('%j', ([args, read]) => {
	expect(parseCommandLine(args)).toMatchObject(read);
});
