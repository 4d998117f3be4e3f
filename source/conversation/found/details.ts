import type { Draft } from '../../pairing/answers/draft.ts';
import { isDetail } from '../../pairing/words/finding.ts';
import { type Side, sides } from '../../pairing/words/pair.ts';
import type { Found } from './found.ts';

/** All that was found beside problems, whole: versions, identities, dates, addresses. */
export type Details = Readonly<{ on: Side | 'both'; title: string; lines: readonly string[] }>;

export const detailsOf = ({
	found: { findings },
	draft,
}: Readonly<{ found: Found; draft: Draft }>): readonly Details[] =>
	[...sides, 'both' as const]
		.map(on => ({
			on,
			title: on === 'both' ? 'Both clusters' : `The ${on} is ${draft[on]}`,
			lines: findings.flatMap(finding =>
				finding.level === 'fact' && finding.on === on && !isDetail(finding.id) ? [finding.text] : [],
			),
		}))
		.filter(({ lines }) => lines.length > 0);
