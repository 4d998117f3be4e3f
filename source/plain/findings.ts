import { countsOf } from '../pairing/words/counted.ts';
import { errorsAmong, type Finding, isDetail, warningsAmong } from '../pairing/words/finding.ts';
import { printableJson } from '../pairing/words/outside-text.ts';
import { sides } from '../pairing/words/pair.ts';
import type { Problem } from '../pairing/words/problem.ts';
import { type Page, plainPage, type Tone, wrap } from './page.ts';
import { attachmentLines, problemLines } from './words.ts';

export const checkSchema = 'pxpair.check/v1';
export const statusSchema = 'pxpair.status/v1';

/** What errors and warnings come to, each for its command. */
export type FindingsWords = Readonly<{
	errors: string;
	warnings: string;
	broken: string;
	warned: string;
	well: string;
}>;

export const checkWords: FindingsWords = {
	errors: 'Errors: pairing would fail',
	warnings: 'Warnings: pairing works, but may cause trouble later',
	broken: 'Fix the errors before you pair. Read-only: nothing was changed.',
	warned: 'Pairing would work. Read-only: nothing was changed.',
	well: 'No problems found. Read-only: nothing was changed.',
};

export const statusWords: FindingsWords = {
	errors: 'Errors: the pair does not work, or will fail when it is needed',
	warnings: 'Warnings: the pair works, but may cause trouble later',
	broken: 'The pair needs fixing, whatever its status says.',
	warned: 'The pair works.',
	well: 'The pair works: every check passed.',
};

/** The verdict, errors and warnings, what is known of each cluster, and the verdict again: the last line is what is seen of a long text. */
export function findingsText(
	findings: readonly Finding[],
	words: FindingsWords,
	page: Page = plainPage,
): readonly string[] {
	const verdict = summary(findings, words, page);
	return [...verdict, '', ...findingsSections(findings, words, page), ...verdict];
}

/** The same without a verdict. */
export const findingsSections = (
	findings: readonly Finding[],
	words: Pick<FindingsWords, 'errors' | 'warnings'>,
	page: Page = plainPage,
): readonly string[] => [
	...section(words.errors, 'error', findings, page),
	...section(words.warnings, 'warning', findings, page),
	...[...sides, 'both' as const].flatMap(on => facts(findings, on, page)),
];

/** Errors and warnings alone, as they stand beside a plan. */
export const troublesText = (findings: readonly Finding[], page: Page = plainPage): readonly string[] =>
	findingsSections(
		findings.filter(({ level }) => level !== 'fact'),
		{ ...checkWords, errors: 'The run would fail:' },
		page,
	);

/** @param head the schema, and what the findings are about */
export function findingsJson(
	head: Readonly<{ schema: string; practice: boolean }>,
	findings: readonly Finding[],
): string {
	return printableJson(
		{
			...head,
			errors: errorsAmong(findings).length,
			warnings: warningsAmong(findings).length,
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

const section = (
	title: string,
	level: 'error' | 'warning',
	findings: readonly Finding[],
	page: Page,
): readonly string[] => {
	const problems = level === 'error' ? errorsAmong(findings) : warningsAmong(findings);
	return problems.length === 0
		? []
		: [page.paint(level, title), '', ...problems.flatMap(problem => [...sided(problem, page), ''])];
};

function sided({ attachment, ...problem }: Problem, page: Page): readonly string[] {
	const [title, ...rest] = problemLines(problem, undefined, page);
	return [
		...wrap(`  ${problem.side ?? 'both'}: ${title}  [${problem.id}]`, page, 4).map(line =>
			page.paint('strong', line),
		),
		...rest.map(line => `  ${line}`),
		...attachmentLines(attachment),
	];
}

function facts(
	findings: readonly Finding[],
	on: 'source' | 'destination' | 'both',
	page: Page,
): readonly string[] {
	const lines = findings.flatMap(finding =>
		finding.level === 'fact' && finding.on === on && !isDetail(finding.id)
			? wrap(`  ${finding.text}`, page, 4)
			: [],
	);
	return lines.length === 0 ? [] : [on === 'both' ? 'Both' : page.paint(on, `The ${on}`), ...lines, ''];
}

function summary(findings: readonly Finding[], words: FindingsWords, page: Page): readonly string[] {
	const errors = errorsAmong(findings).length;
	const warnings = warningsAmong(findings).length;
	if (errors + warnings === 0) {
		return wrap(words.well, page, 2).map(line => page.paint('ok', line));
	}
	const [tone, rest]: [Tone, string] = errors > 0 ? ['error', words.broken] : ['warning', words.warned];
	return wrap(`${countsOf(errors, warnings)}. ${rest}`, page, 2).map(line => page.paint(tone, line));
}
