import type { Difference, Drift } from '../pairing/status/drift.ts';
import { printableJson } from '../pairing/words/outside-text.ts';
import { problemText } from './lines.ts';
import { type Page, plainPage } from './page.ts';

export const driftSchema = 'pxpair.drift/v1';

/** One line a difference, as diff tools write them: `-` is missing, `~` differs. */
export function driftText(
	{ differences, compared, problems }: Drift,
	against: string,
	page: Page = plainPage,
): readonly string[] {
	const title =
		differences.length === 0 && problems.length === 0
			? `No drift: all ${compared} objects exist as declared in ${against}`
			: `${differences.length} of ${compared} objects differ from ${against}${problems.length > 0 ? `; ${problems.length} could not be compared` : ''}`;
	const tone = differences.length + problems.length === 0 ? 'ok' : 'warning';
	return [
		...problems.flatMap(problem => [...problemText(problem, page), '']),
		page.paint(tone, title),
		...(differences.length > 0 ? ['', ...differences.map(lineOf)] : []),
	];
}

const signs = { missing: '-', differs: '~', 'not-ready': '~' } as const;

const lineOf = ({ kind, on, what, evidence }: Difference): string =>
	`${signs[kind]} ${on.padEnd(11)}  ${what}: ${kind === 'not-ready' ? 'not ready: ' : ''}${evidence}`;

export function driftJson(drift: Drift, against: string, practice: boolean): string {
	return printableJson({ schema: driftSchema, practice, against, ...drift }, 2);
}
