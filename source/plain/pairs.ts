import type { AllPairs, PairRow } from '../pairing/status/all-pairs.ts';
import { counted, countsOf } from '../pairing/words/counted.ts';
import { errorsAmong, type Finding, warningsAmong } from '../pairing/words/finding.ts';
import { printableJson } from '../pairing/words/outside-text.ts';
import type { Pair } from '../pairing/words/pair.ts';
import { ageOf, columns } from './columns.ts';
import { findingJson, findingsSections } from './findings.ts';
import { type Page, plainPage, wrap } from './page.ts';

export const pairsSchema = 'pxpair.pairs/v1';

/** Which clusters were looked at, and when: `now` in milliseconds since 1970. */
export type PairsHead = Readonly<{ contexts: Pair<string>; now: number }>;

/** The verdict, one line a pair, then what needs attention, and the verdict again. */
export function pairsText(
	{ findings, pairs }: AllPairs,
	head: PairsHead,
	page: Page = plainPage,
): readonly string[] {
	const isBroken = hasErrors([...findings, ...pairs.flatMap(pair => pair.findings)]);
	const verdict = wrap(verdictOf({ findings, pairs }, head), page, 2).map(line =>
		page.paint(isBroken ? 'error' : 'ok', line),
	);
	const troubles = [
		...detailsOf('The clusters', findings, page),
		...pairs.flatMap(pair => detailsOf(titleOf(pair, head), pair.findings, page)),
	];
	return [
		...verdict,
		...(pairs.length === 0 ? [] : ['', ...tableOf(pairs, head, page)]),
		...(troubles.length === 0 ? [] : ['', ...troubles, ...verdict]),
	];
}

const headings = ['', 'PAIR', 'DIRECTION', 'STORAGE', 'SCHEDULER', 'AGE', 'RESULT'] as const;

/** What can be left out where the page is narrow: a status that is not Ready is told below, too. */
const leftOut: readonly ReadonlySet<string>[] = [
	new Set(),
	new Set(['AGE']),
	new Set(['AGE', 'STORAGE', 'SCHEDULER']),
];

function tableOf(pairs: readonly PairRow[], head: PairsHead, page: Page): readonly string[] {
	const rows = [headings, ...pairs.map(pair => cellsOf(pair, head))];
	const tables = leftOut.map(left =>
		columns(rows.map(row => row.filter((_, column) => !left.has(headings[column] ?? '')))),
	);
	const fits = (line: string) => page.columns === undefined || line.length <= page.columns;
	return (
		tables.find(lines => lines.every(fits)) ??
		pairs.flatMap(pair => wrap(`${signOf(pair)} ${titleOf(pair, head)}: ${resultOf(pair)}`, page, 2))
	);
}

/** One object; the same fields for every pair. */
export function pairsJson({ findings, pairs }: AllPairs, { contexts }: PairsHead): string {
	const all = [...findings, ...pairs.flatMap(pair => pair.findings)];
	return printableJson(
		{
			schema: pairsSchema,
			practice: false,
			source: contexts.source,
			destination: contexts.destination,
			errors: errorsAmong(all).length,
			warnings: warningsAmong(all).length,
			pairs: pairs.map(pair => pairJson(pair, contexts)),
			findings: all.map(findingJson),
		},
		2,
	);
}

const pairJson = ({ way, ...pair }: PairRow, contexts: Pair<string>) => ({
	name: pair.name,
	namespace: pair.namespace,
	on: contexts[way.from],
	towards: pair.leads === 'there' ? contexts[way.to] : null,
	storageStatus: pair.storage ?? null,
	schedulerStatus: pair.scheduler ?? null,
	createdAt: isoOf(pair.created),
	loginExpiresAt: isoOf(pair.loginUntil),
	tried: pair.leads === 'there',
	errors: errorsAmong(pair.findings).length,
	warnings: warningsAmong(pair.findings).length,
	findings: pair.findings.map(findingJson),
});

const isoOf = (time: number | undefined): string | null =>
	time === undefined ? null : new Date(time).toISOString();

const hasErrors = (findings: readonly Finding[]): boolean => errorsAmong(findings).length > 0;

function verdictOf({ findings, pairs }: AllPairs, { contexts }: PairsHead): string {
	const between = `${contexts.source} and ${contexts.destination}`;
	if (pairs.length === 0) {
		return hasErrors(findings)
			? `The ClusterPairs of ${between} could not be read`
			: `No ClusterPairs on ${between}`;
	}
	const broken = pairs.filter(pair => hasErrors(pair.findings)).length;
	const untried = pairs.filter(pair => !hasErrors(pair.findings) && pair.leads !== 'there').length;
	const parts = [
		[pairs.length - broken - untried, 'working'],
		[broken, 'with errors'],
		[untried, 'to other clusters, not tried'],
	].flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`]));
	return `${counted(pairs.length, 'ClusterPair')} on ${between}: ${parts.join(', ')}`;
}

function cellsOf(pair: PairRow, head: PairsHead): readonly string[] {
	return [
		signOf(pair),
		`${pair.namespace}/${pair.name}`,
		directionOf(pair, head),
		pair.storage ?? '-',
		pair.scheduler ?? '-',
		pair.created === undefined ? '-' : ageOf(head.now - pair.created),
		resultOf(pair),
	];
}

const signOf = ({ findings, leads }: PairRow): string =>
	hasErrors(findings) ? '✖' : leads === 'there' ? '✔' : '-';

const directionOf = ({ way, leads }: PairRow, { contexts }: PairsHead): string =>
	`${contexts[way.from]} → ${leads === 'there' ? contexts[way.to] : 'another cluster'}`;

const titleOf = (pair: PairRow, head: PairsHead): string =>
	`${pair.namespace}/${pair.name}, ${directionOf(pair, head)}`;

function resultOf({ findings, leads }: PairRow): string {
	const counts = countsOf(errorsAmong(findings).length, warningsAmong(findings).length);
	return counts || (leads === 'there' ? 'works' : 'not tried');
}

function detailsOf(title: string, findings: readonly Finding[], page: Page): readonly string[] {
	const troubles = findings.filter(({ level }) => level !== 'fact');
	return troubles.length === 0
		? []
		: [title, '', ...findingsSections(troubles, { errors: 'Errors', warnings: 'Warnings' }, page)];
}
