import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answersHelp, runHelp } from '../source/conversation/beginnings.ts';
import { asideHelp } from '../source/conversation/questions/help-texts.ts';
import { concepts } from '../source/pairing/words/concepts.ts';
import { sectionGroups } from '../source/pairing/words/problem-sections/all-sections.ts';
import type { Section } from '../source/pairing/words/problem-sections/section.ts';
import type { Scenario } from '../source/practice/scenarios/two-clusters.ts';
import { scenarios } from '../source/practice/scenarios.ts';

/** Words that readers of English as a second language stumble over, each with what to write instead. */
const banned: readonly (readonly [pattern: RegExp, instead: string])[] = [
	[/\bmend(s|ed|ing)?\b/i, 'fix'],
	[/(?<!-)\banew\b/i, 'again'],
	[/\b(take|takes|taken|taking|took) (it |them )?back\b/i, 'undo'],
	[/\bwhoever\b/i, 'anyone who'],
	[/\b(somebody|nobody)\b/i, 'someone, no one'],
	[/\bstands\b/i, 'exists, is'],
	[/\bdoes not end\b/i, 'never expires'],
	[/\bis not to be had\b/i, 'not found'],
	[/\blooks only\b/i, 'read-only'],
	[/\bfound by itself\b/i, 'detected'],
	[/\bleads? to\b/i, 'points to'],
	[/\blicence/i, 'license'],
	[/\basked too much\b/i, 'rate-limiting'],
	[/\bmistake of pxpair\b/i, 'bug in pxpair'],
	[/\bfound out\b/i, 'detected'],
	[/\ball the same\b/i, 'anyway'],
	[/\bseen through\b/i, 'completed'],
	[/\bhalf way\b/i, 'halfway'],
];

/** The list itself, and ids in their former spelling. */
const exempt = ['tests/plain-english.test.ts', 'source/pairing/words/problem-ids.ts'];

/** From texts that the test below holds to less. */
const isGenerated: ReadonlySet<string> = new Set(['docs/problems.md', 'docs/drills.md']);

const files = ['source', 'tests', 'docs', 'examples']
	.flatMap(folder =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)),
	)
	.concat('cli.tsx', 'README.md', 'CONTRIBUTING.md')
	.filter(file => /\.(tsx?|js|md|ya?ml|svg)$/.test(file) && statSync(file).isFile())
	.filter(file => !file.includes('node_modules') && !exempt.includes(file));

test('texts, docs, comments and the names of tests keep to plain words', () => {
	const found = files.flatMap(file =>
		readFileSync(file, 'utf8')
			.split('\n')
			.flatMap((line, index) =>
				banned
					.filter(([pattern]) => pattern.test(line))
					.map(([pattern, instead]) => `${file}:${index + 1}: ${pattern.exec(line)?.[0]} (${instead})`),
			),
	);
	expect(found).toEqual([]);
	expect(files.length).toBeGreaterThan(600);
});

test('what explains problems, drills, screens and concepts has sentences of at most 25 words', () => {
	const texts = [
		...Object.values(sectionGroups)
			.flatMap(sections => Object.values<Section>(sections))
			.flatMap(({ means, found, helps }) => [means, found, helps]),
		...Object.values<Scenario>(scenarios).flatMap(({ about, drill }) => [
			about,
			...(drill ? [drill.lesson] : []),
		]),
		...Object.values(concepts).map(lines => lines.join(' ')),
		...[...Object.values(asideHelp).flatMap(({ lines }) => lines), ...runHelp, ...answersHelp],
	];
	const long = texts
		.flatMap(text => text.split(/(?<=[.!?:;]) /))
		.filter(sentence => sentence.split(' ').length > 25);
	expect(long).toEqual([]);
	expect(texts.length).toBeGreaterThan(500);
});

test('what documents explain has sentences of at most 30 words', () => {
	const long = files
		.filter(file => /^(docs|README|CONTRIBUTING).*\.md$/.test(file) && !isGenerated.has(file))
		.flatMap(file =>
			readFileSync(file, 'utf8')
				.replaceAll(/```[\s\S]*?```/g, '')
				.split(/\n\s*\n|\n(?=\s*(?:[-*|#] ?|\d+\. ))|\|/)
				.flatMap(paragraph => paragraph.replaceAll(/\s+/g, ' ').split(/(?<=[.!?;:]\**) /))
				.filter(sentence => sentence.split(' ').length > 30)
				.map(sentence => `${file}: ${sentence}`),
		);
	expect(long).toEqual([]);
});

test.each([
	['Mend it', true],
	['start-anew', false],
	['take it back', true],
	['brought back', false],
	['mending', true],
	['recommended', false],
])('%s: %s', (text, isBanned) => {
	expect(banned.some(([pattern]) => pattern.test(text))).toBe(isBanned);
});
