import { sectionGroups } from '../../source/pairing/words/problem-sections/all-sections.ts';
import type { Section } from '../../source/pairing/words/problem-sections/section.ts';

/** `docs/problems.md`, made of the data in `pairing/words/problem-sections/`. */
export const problemsPage = (): string =>
	[
		'# Problems',
		'',
		'Every problem that pxpair reports has an id, which stays the same across releases; `--json` prints it. This page has one section for each:',
		'`docs/problems.md#ID`. The evidence that is printed with a problem says more of the case at hand.',
		'',
		'This page is written by `npm run problems`.',
		...Object.entries(sectionGroups).flatMap(([group, sections]) => [
			'',
			`## ${group}`,
			...Object.entries(sections).flatMap(sectionLines),
		]),
		'',
	].join('\n');

const sectionLines = ([id, { means, found, helps }]: [string, Section]): string[] => [
	'',
	`### ${id}`,
	'',
	`${means}`,
	'',
	`- How it is detected: ${found}`,
	`- What helps: ${helps}`,
];
