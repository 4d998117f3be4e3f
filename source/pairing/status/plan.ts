import { differencesFromPlan } from '../cluster-pair/pair-differences.ts';
import { docs } from '../words/docs.ts';
import { type Finding, fact, trouble } from '../words/finding.ts';
import { makeAnew, nameOf, type Standing } from './standing.ts';

/** What the pair would be if it were made today, against what it is. */
export async function planFindings({ world, way, pair, found }: Standing): Promise<readonly Finding[]> {
	const { from } = way;
	// Labels tell the run, and are not compared.
	const different = (await differencesFromPlan(found, world, way, pair, '')).filter(
		path => !hasLookOfItsOwn(path, pair.login === 'service-account'),
	);
	if (different.length === 0) {
		return [fact('plan', 'pair-as-planned', from, `${nameOf({ pair })} is as it would be created today`)];
	}
	const isTried = different.every(path => tried.test(path));
	return [
		trouble(isTried ? 'warning' : 'error', 'plan', {
			id: 'pair-differs',
			side: from,
			title: isTried
				? `The ClusterPair ${pair.name} on the ${from} differs from what would be created today`
				: `The ClusterPair ${pair.name} on the ${from} differs from what was asked for`,
			evidence: `ClusterPair ${nameOf({ pair })} differs in: ${different.join(', ')}`,
			remedies: [
				makeAnew,
				...(isTried ? ['Or keep it: it was checked as it is; see the other findings.'] : []),
			],
			docs: docs.apply,
		}),
	];
}

/** Tokens that are not the right ones are told of by those who compare them. */
const hasLookOfItsOwn = (path: string, isOfAccount: boolean): boolean =>
	path === 'spec.options.token' || (isOfAccount && path.startsWith('spec.config.users'));

/** Where the pair leads, and as whom: a change since then hurts only if that does not work, which is tried as the pair has it. */
const tried = /^spec\.(config\b|options\.(ip|port)$)/;
