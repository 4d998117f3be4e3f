import type { Answers } from '../../pairing/answers/answers.ts';
import { completeAnswers, type Draft } from '../../pairing/answers/draft.ts';
import { type ClusterFacts, known, type Learned, noFacts } from '../../pairing/clusters/cluster.ts';
import { counted } from '../../pairing/words/counted.ts';
import { errorsAmong, type Finding, warningsAmong } from '../../pairing/words/finding.ts';
import { type Pair, sides } from '../../pairing/words/pair.ts';
import { inputProblem, isSame, type Problem, problemsOnce } from '../../pairing/words/problem.ts';
import { answer } from '../../pairing/words/way.ts';
import type { Facts } from '../questions/questions.ts';
import type { Ahead } from './trial.ts';

/** What a look at both clusters has brought up so far. */
export type Found = Readonly<{
	facts: Facts;
	findings: readonly Finding[];
	/** All that was looked for has been looked for. */
	isChecked: boolean;
}>;

export const nothingFound: Found = {
	facts: { source: {}, destination: {} },
	findings: [],
	isChecked: false,
};

/** The answers as far as they matter to a look at the clusters. Which store there will be is not known by then. */
export const answersToLookWith = (draft: Draft): Answers => completeAnswers({ ...draft, store: 'none' });

const all = ['api', 'platform', 'portworx', 'uuid', 'stork'] as const;

export const isLookedAt = ({ facts, isChecked }: Found): boolean =>
	isChecked && sides.every(side => all.every(name => facts[side][name] !== undefined));

/** Everything is known, and nothing in it blocks. */
export const mayRun = (found: Found, draft: Draft): boolean =>
	isLookedAt(found) && blockers(found, draft).length === 0;

/** What would make the pairing fail, as far as it is known by now. Each thing once. */
export function blockers({ facts, findings }: Found, { storage }: Draft): readonly Problem[] {
	const unknown = [
		...sides.flatMap(side => [facts[side].api, facts[side].portworx, facts[side].uuid]),
		facts.source.stork,
	].flatMap(learned => (learned?.kind === 'unknown' ? [learned.problem] : []));
	const same = sameCluster(facts, storage);
	const errors = errorsAmong(findings);
	const further = problemsOnce(unknown).filter(problem => !errors.some(error => isSame(problem, error)));
	return [...(same ? [same] : []), ...further, ...errors];
}

export const warnings = ({ findings }: Found): readonly Problem[] => warningsAmong(findings);

function sameCluster({ source, destination }: Facts, storage: Draft['storage']): Problem | undefined {
	const uids = ['kube-system UID', settled(source.api)?.uid, settled(destination.api)?.uid] as const;
	const uuids = ['Portworx cluster UUID', settled(source.uuid), settled(destination.uuid)] as const;
	const same = (storage === 'none' ? [uids] : [uids, uuids]).find(
		([, left, right]) => left !== undefined && left !== '' && left === right,
	);
	return same
		? inputProblem({
				id: 'same-cluster',
				title: 'Source and destination are the same cluster',
				evidence: `both have the ${same[0]} ${same[1]}`,
				remedies: [answer('Choose two contexts that point to two clusters', 'destination.context')],
			})
		: undefined;
}

const settled = <T>(learned: Learned<T> | undefined): T | undefined =>
	learned === undefined ? undefined : known(learned);

/** With blanks for what is not known. */
export function wholeFacts({
	draft,
	found: { facts },
}: Readonly<{ draft: Draft; found: Found }>): Pair<ClusterFacts> {
	return {
		source: { ...noFacts(draft.source ?? ''), ...facts.source },
		destination: { ...noFacts(draft.destination ?? ''), ...facts.destination },
	};
}

/** Of the source's Stork, where that is known. */
export const adminNamespaceIn = ({ facts }: Found): string | undefined =>
	settled(facts.source.stork)?.adminNamespace;

/** Said on every screen before the run: what the clusters have seen of us. */
export const changedSoFar = (standing: number): string =>
	standing === 0
		? 'No cluster has been changed.'
		: `An earlier attempt created ${counted(standing, 'object')}.`;

type Looked = Readonly<{ found: Found; ahead: Ahead | undefined; draft: Draft }>;

/** What the last look with all answers found, if it was with these. */
export const aheadOf = ({ ahead, draft }: Omit<Looked, 'found'>): Ahead | undefined =>
	ahead?.of === draft ? ahead : undefined;

/** With what a look with all answers found: there it is about more. */
export const foundByNow = (looked: Looked): Found => ({
	...looked.found,
	findings: (aheadOf(looked) ?? looked.found).findings,
});

/** All that was found to be wrong, the worst first. */
export const problemsOf = ({
	found,
	draft,
}: Readonly<{ found: Found; draft: Draft }>): readonly Problem[] => [
	...blockers(found, draft),
	...warnings(found),
];
