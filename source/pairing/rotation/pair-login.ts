import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import {
	type Account,
	accountFor,
	carriedBy,
	replacesAnnotation,
	type TokenSecret,
	tokenSecretNames,
	tokenSecrets,
} from '../cluster-pair/account.ts';
import { runLabel } from '../cluster-pair/ownership.ts';
import type { World } from '../clusters/ports.ts';
import { type ClusterPairObject, clusterPairType } from '../clusters/portworx-kinds.ts';
import { missingProblem } from '../status/presence.ts';
import { docs } from '../words/docs.ts';
import { fail, PairingError } from '../words/problem.ts';
import type { Secret } from '../words/secret.ts';

/** How a pair logs in, as it is now: the token that it carries, and the Secrets on the destination that hold tokens. */
export type PairLogin = LoginLeft & Readonly<{ found: ClusterPairObject; carried: Secret }>;

/** The same where the pair may be gone, or be another. */
export type LoginLeft = Readonly<{
	found: ClusterPairObject | undefined;
	account: Account;
	carried: Secret | undefined;
	secrets: readonly TokenSecret[];
	/** Of this rotation. */
	fresh: TokenSecret | undefined;
	/** What that one replaces, where it still exists: nothing else may be deleted for it. */
	old: TokenSecret | undefined;
	/** That of `fresh`, or the next that is free; undefined when all are taken. */
	freshName: string | undefined;
}>;

/** @throws PairingError when there is no such pair, or it logs in as someone else */
export async function readPairLogin(
	world: World,
	way: Direction,
	pair: PairAnswers,
	runId: string,
): Promise<PairLogin> {
	const left = await readLoginLeft(world, way, pair, runId);
	const { found, account } = left;
	if (!found) {
		throw new PairingError(missingProblem(world[way.from], way, pair));
	}
	return { ...left, found, carried: left.carried ?? notItsOwn(way, pair, found, account) };
}

export async function readLoginLeft(
	world: World,
	way: Direction,
	pair: PairAnswers,
	runId: string,
): Promise<LoginLeft> {
	const account = await accountFor(world, way, pair);
	const [found, secrets] = await Promise.all([
		world[way.from].api.get(clusterPairType, pair.name, pair.namespace),
		tokenSecrets(world[way.to], account),
	]);
	const carried = found && carriedBy(found, account.name);
	const fresh = secrets.find(({ object }) => object.metadata.labels?.[runLabel] === runId);
	const isFree = (name: string) => secrets.every(secret => secret.name !== name);
	const freshName = fresh?.name ?? tokenSecretNames(account.name).find(isFree);
	const replaced = fresh?.object.metadata.annotations?.[replacesAnnotation];
	const old = secrets.find(({ object }) => replaced !== undefined && object.metadata.uid === replaced);
	return { found, account, carried, secrets, fresh, old, freshName };
}

const notItsOwn = (
	{ from, to }: Direction,
	{ name }: PairAnswers,
	{ metadata }: ClusterPairObject,
	account: Account,
): never =>
	fail({
		id: 'login-not-own',
		side: from,
		title: `The ClusterPair ${name} on the ${from} does not log in as a ServiceAccount of its own`,
		evidence: `ClusterPair ${metadata.namespace}/${metadata.name}: no token for the user ${account.name} on the ${to}`,
		remedies: [
			{
				what: 'Use a ServiceAccount for the pair, and replace the pair',
				way: { kind: 'use-account', replaces: true },
			},
		],
		docs: docs.serviceAccount,
	});
