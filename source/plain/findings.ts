import { errorsAmong, type Finding } from '../pairing/words/finding.ts';
import { printableJson } from '../pairing/words/outside-text.ts';
import { sides } from '../pairing/words/pair.ts';
import type { Problem } from '../pairing/words/problem.ts';
import { attachmentLines, problemLines } from './words.ts';

export const checkSchema = 'pxpair.check/v1';
export const statusSchema = 'pxpair.status/v1';

/** What errors and warnings come to, each for its command. */
export type FindingsWords = Readonly<{ errors: string; warnings: string; broken: string; well: string }>;

export const checkWords: FindingsWords = {
	errors: 'Errors: pairing would fail',
	warnings: 'Warnings: pairing works, but may cause trouble later',
	broken: 'Read-only: nothing was changed. Fix the errors before you pair.',
	well: 'No problems found. Read-only: nothing was changed.',
};

export const statusWords: FindingsWords = {
	errors: 'Errors: the pair does not work, or will fail when it is needed',
	warnings: 'Warnings: the pair works, but may cause trouble later',
	broken: 'The pair needs fixing, whatever its status says.',
	well: 'The pair works: every check passed.',
};

/** Errors and warnings first of all, then what is known of each cluster. */
export function findingsText(findings: readonly Finding[], words: FindingsWords): readonly string[] {
	return [
		...section(words.errors, troublesIn(findings, 'error')),
		...section(words.warnings, troublesIn(findings, 'warning')),
		...[...sides, 'both' as const].flatMap(on => facts(findings, on)),
		summary(findings, words),
	];
}

/** Errors and warnings alone, as they stand beside a plan. */
export const troublesText = (findings: readonly Finding[]): readonly string[] => [
	...section('The run would fail:', troublesIn(findings, 'error')),
	...section(checkWords.warnings, troublesIn(findings, 'warning')),
];

/** @param head the schema, and what the findings are about */
export function findingsJson(
	head: Readonly<{ schema: string; practice: boolean }>,
	findings: readonly Finding[],
): string {
	return printableJson(
		{
			...head,
			errors: errorsAmong(findings).length,
			warnings: troublesIn(findings, 'warning').length,
			findings: findings.map(findingJson),
		},
		2,
	);
}

/** The same fields for all levels, so that a script can go through them. */
export function findingJson(finding: Finding) {
	if (finding.level === 'fact') {
		const { level, topic, id, on, text } = finding;
		return { level, topic, id, on, text };
	}
	const { level, topic, problem } = finding;
	return { level, topic, id: problem.id, on: problem.side ?? 'both', text: problem.title, problem };
}

const section = (title: string, problems: readonly Problem[]): readonly string[] =>
	problems.length === 0 ? [] : [title, '', ...problems.flatMap(problem => [...sided(problem), ''])];

function sided({ attachment, ...problem }: Problem): readonly string[] {
	const [title, ...rest] = problemLines(problem);
	return [
		`  ${problem.side ?? 'both'}: ${title}  [${problem.id}]`,
		...rest.map(line => `  ${line}`),
		...attachmentLines(attachment),
	];
}

function facts(findings: readonly Finding[], on: 'source' | 'destination' | 'both'): readonly string[] {
	const lines = findings.flatMap(finding =>
		finding.level === 'fact' && finding.on === on && !isDetail(finding.id) ? [`  ${finding.text}`] : [],
	);
	return lines.length === 0 ? [] : [on === 'both' ? 'Both' : `The ${on}`, ...lines, ''];
}

/** Listed in JSON; as text, their sum is enough. */
const isDetail = (id: string): boolean => id === 'permission-granted';

export const troublesIn = (findings: readonly Finding[], level: 'error' | 'warning'): readonly Problem[] =>
	findings.flatMap(finding => (finding.level === level ? [finding.problem] : []));

function summary(findings: readonly Finding[], { broken, well }: FindingsWords): string {
	const errors = troublesIn(findings, 'error').length;
	const warnings = troublesIn(findings, 'warning').length;
	return `${count(errors, 'error')}, ${count(warnings, 'warning')}. ${errors > 0 ? broken : well}`;
}

const count = (number: number, what: string): string =>
	`${number === 0 ? 'no' : number} ${what}${number === 1 ? '' : 's'}`;
