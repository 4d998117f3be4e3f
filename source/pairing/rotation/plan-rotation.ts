import type { Answers, PairAnswers, Rotatable } from '../answers/answers.ts';
import type { Credential } from '../answers/credential.ts';
import { type Direction, directionsOf, pairTowards } from '../answers/direction.ts';
import { accountOf, rotationLabel, tokenSecretManifest, tokenSecretNames } from '../cluster-pair/account.ts';
import { ownLabels } from '../cluster-pair/ownership.ts';
import { pairsTowards } from '../cluster-pair/users.ts';
import { type ClusterFacts, known, type Learned, noFactsOf } from '../clusters/cluster.ts';
import { findFacts, learn } from '../clusters/find-facts.ts';
import type { World } from '../clusters/ports.ts';
import type { Identity, Plan, Step } from '../step/step.ts';
import { defaultPatienceSeconds, waitUntilReady } from '../steps/wait-until-ready.ts';
import { shell } from '../words/command.ts';
import type { Manifest } from '../words/manifest.ts';
import { type Pair, type Side, sides } from '../words/pair.ts';
import { refuse } from '../words/problem.ts';
import { command } from '../words/way.ts';
import { checkRotation, isShared } from './check-rotation.ts';
import { deleteOldToken } from './delete-old-token.ts';
import { issueNewToken } from './issue-new-token.ts';
import { renewLogin } from './renew-login.ts';
import { renewToken } from './renew-token.ts';
import { replaceCredential } from './replace-credential.ts';
import { resetToken } from './reset-token.ts';
import { tryCredential } from './try-credential.ts';

/** What a rotation is planned with. */
export type RotationFacts = Readonly<{
	clusters: Pair<ClusterFacts>;
	/** Other pairs to the same destination, as `namespace/name on the source`. */
	sharing: Learned<readonly string[]>;
}>;

export async function findRotationFacts(world: World, { pair }: Answers): Promise<RotationFacts> {
	const others = async (way: Direction) =>
		(await pairsTowards(world, way))
			.filter(({ metadata }) => metadata.name !== pair.name || metadata.namespace !== pair.namespace)
			.map(({ metadata }) => `${metadata.namespace}/${metadata.name} on the ${way.from}`);
	const [clusters, sharing] = await Promise.all([
		findFacts(world),
		learn(Promise.all(directionsOf(pair).map(others)).then(found => found.flat())),
	]);
	return { clusters, sharing };
}

export const noRotationFacts = (answers: Answers): RotationFacts => ({
	clusters: noFactsOf(answers),
	sharing: noFactsOf(answers).source.uuid as Learned<never>,
});

type Rotation = Readonly<{
	what: readonly Rotatable[];
	answers: Answers;
	facts: RotationFacts;
	/** What earlier attempts made, by the ids of their steps. */
	made: ReadonlyMap<string, Identity>;
	patienceSeconds?: number | undefined;
}>;

/**
 * New secrets for a pair that exists. Pure, as every plan is. Nothing old is deleted before the new one is known to work.
 * @throws PairingError when there is nothing of the kind to rotate
 */
export function planRotation(rotation: Rotation): Plan {
	const { what, answers, facts } = rotation;
	const { pair } = answers;
	const contexts = { source: answers.source.context, destination: answers.destination.context };
	const ways = directionsOf(pair).map(way => ({ way, pair: pairTowards(pair, way) }));
	const stages = [
		...(what.includes('key') ? keyStages(rotation, ways) : []),
		...pairStages(rotation, ways, contexts),
	];
	const procedure: Plan = {
		title: `Rotate the ${listed(what.map(one => names[one]))} of ${pair.namespace}/${pair.name}, ${contexts.source} ${pair.back ? '↔' : '→'} ${contexts.destination}`,
		stages,
		remarks: remarks(what, facts),
	};
	return { ...procedure, stages: [[checkRotation(what, answers, procedure, rotation.made)], ...stages] };
}

const names: Readonly<Record<Rotatable, string>> = { key: 'key', login: 'login', token: 'cluster token' };

const listed = (words: readonly string[]): string =>
	words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

type Way = Readonly<{ way: Direction; pair: PairAnswers }>;

/** One cluster after the other: what Portworx refuses on the first leaves the second as it is. */
function keyStages({ answers, facts, made }: Rotation, ways: readonly Way[]): readonly (readonly Step[])[] {
	const credential = storeOf(answers);
	const newOn = (side: Side, { way, pair }: Way): Step => {
		const uuid = known(facts.clusters[way.to].uuid);
		return replaceCredential({ side, affected: { way, pair, isShared: true }, credential, uuid, made });
	};
	return [
		sides.map(side => tryCredential(side, credential)),
		...ways.flatMap(way => sides.map(side => [newOn(side, way)])),
	];
}

/** The old login stays valid until Stork has logged in with the new one. What was changed is waited for once. */
function pairStages(
	{ what, facts, made, patienceSeconds = defaultPatienceSeconds }: Rotation,
	ways: readonly Way[],
	contexts: Pair<string>,
): readonly (readonly Step[])[] {
	const affected = ways.map(({ way, pair }) => ({ way, pair, isShared: isShared(what) }));
	const uuids = facts.clusters;
	const login = what.includes('login') ? affected : [];
	const token = what.includes('token') ? affected : [];
	return [
		login.map(one => issueNewToken(one, newTokenOf(one, known(uuids[one.way.from].uuid)))),
		login.map(renewLogin),
		token.map(one => resetToken(one, made)),
		token.map(one => renewToken(one, known(uuids[one.way.to].uuid))),
		(login.length > 0 ? login : token).map(({ way: { from }, pair }) =>
			waitUntilReady(from, contexts[from], pair, patienceSeconds),
		),
		login.map(deleteOldToken),
	].filter(stage => stage.length > 0);
}

const newTokenOf = ({ pair }: Way, uuid: string | undefined): Manifest => {
	const account = accountOf(pair, uuid);
	const labels = { ...ownLabels, [rotationLabel]: 'true' };
	return tokenSecretManifest(account, labels, tokenSecretNames(account.name)[1]);
};

function storeOf({ objectStore }: Answers): Credential {
	if (objectStore.provider === 'none') {
		refuse({
			id: 'key-missing',
			title: 'No new key to rotate to: the answers name no object store',
			remedies: [command('Rotate with a file that holds the new one', shell`pxpair rotate --answers FILE`)],
		});
	}
	return objectStore;
}

function remarks(what: readonly Rotatable[], { sharing }: RotationFacts): readonly string[] {
	return [
		...(what.includes('key')
			? [
					"Portworx can't edit a credential: on each cluster the old one is deleted and created again with the new key. Migrations that start in those seconds fail.",
				]
			: []),
		...(what.includes('login')
			? ['The old token stays valid until Stork has logged in with the new one; then its Secret is deleted.']
			: []),
		...(what.includes('token')
			? [
					"Portworx on the source ends its pairing with the destination and Stork begins it again with the new token. Migrations that start in those seconds fail. Other pairs hold the old token then, and can't pair again until they are replaced.",
				]
			: []),
		...notRestored(what),
		...(isShared(what) ? [sharedRemark(sharing)] : []),
	];
}

/** Of an undo, and said before there is anything to undo. */
export const notRestored = (what: readonly Rotatable[]): readonly string[] => what.map(one => lost[one]);

const lost: Readonly<Record<Rotatable, string>> = {
	key: "Undo can't restore the old key: Portworx does not show its secret. Keep it valid until the rotation is done; to go back, rotate to it again.",
	login:
		'Undo puts the old token back as long as its Secret exists. A token that is deleted is not restored.',
	token: "Undo can't restore the old cluster token: Portworx makes up a new one each time.",
};

/** The credential is named after the destination alone, and the cluster token belongs to it. */
function sharedRemark(sharing: RotationFacts['sharing']): string {
	const unseen = "Pairs that other clusters have with the same destination can't be seen from here.";
	switch (sharing.kind) {
		case 'unknown':
			return `Whether other pairs use it as well is unknown. ${unseen}`;
		case 'known':
			return sharing.value.length === 0
				? `No other ClusterPair uses it. ${unseen}`
				: `Also used by the ClusterPairs ${listed(sharing.value)}. ${unseen}`;
	}
}
