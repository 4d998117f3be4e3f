import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainCommand } from '../../source/commands/explain.ts';
import type { Host } from '../../source/commands/line/host.ts';
import { parseCommandLine } from '../../source/commands/line/parse.ts';
import { conceptNames } from '../../source/pairing/words/concepts.ts';
import { clusterProblem } from '../../source/pairing/words/problem.ts';
import type { ProblemId } from '../../source/pairing/words/problem-ids.ts';
import { sections } from '../../source/pairing/words/problem-sections/all-sections.ts';
import { problemLine } from '../../source/plain/json-lines.ts';
import { type Page, plainPage } from '../../source/plain/page.ts';
import { problemLines } from '../../source/plain/words.ts';

const problemIds = Object.keys(sections) as readonly ProblemId[];

function explained(subject: string | undefined, code = 0, on: Page = plainPage): readonly string[] {
	const told: Record<'out' | 'err', string[]> = { out: [], err: [] };
	const host = {
		out: (text: string) => void told.out.push(text),
		err: (text: string) => void told.err.push(text),
		page: on,
	} as Host;
	expect(explainCommand(host, { subject })).toBe(code);
	expect(told[code === 0 ? 'err' : 'out']).toEqual([]);
	return told[code === 0 ? 'out' : 'err'].join('').trimEnd().split('\n');
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

test('on a terminal, a problem is told in lines that fit, broken between words', () => {
	const whole = explained('store-wrong-secret');
	const fit = explained('store-wrong-secret', 0, { ...plainPage, columns: 80 });
	expect(Math.max(...whole.map(line => line.length))).toBeGreaterThan(80);
	expect(Math.max(...fit.map(line => line.length))).toBeLessThanOrEqual(80);
	expect(fit.join(' ').replaceAll(/ +/g, ' ')).toBe(whole.join(' ').replaceAll(/ +/g, ' '));
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
	['ClusterPair', 'clusterpair'],
	['object store', 'object-store'],
	['Pair-Not-Ready', 'pair-not-ready'],
])('%s is %s', ([typed = '', name]) => {
	expect(parseCommandLine(['explain', typed])).toMatchObject({ request: { subject: typed } });
	expect(explained(typed)).toEqual(explained(name));
});

test('without a word, nothing is asked for', () => {
	expect(parseCommandLine(['explain'])).toMatchObject({ request: { subject: undefined } });
});

test('a word that there is not, with the nearest that there is', () => {
	expect(explained('pair-not-redy', 2)).toEqual([
		'pxpair: there is no problem or concept "pair-not-redy"; did you mean pair-not-ready?',
		'  → See pxpair help explain.',
	]);
});
