import type { Policy } from '../answers/answers.ts';
import { type Credential, credentialName } from '../answers/credential.ts';
import { compareWithPlan, type Traits } from '../cluster-pair/credential-traits.ts';
import type { World } from '../clusters/ports.ts';
import { docs } from '../words/docs.ts';
import { type Finding, trouble } from '../words/finding.ts';
import { type Side, sides } from '../words/pair.ts';
import { answerOneOf, replace } from '../words/way.ts';

/** An access key ID and its secret come together: with the same ID nothing would be rotated. */
export async function keyFindings(
	world: World,
	to: Side,
	objectStore: Credential,
): Promise<readonly Finding[]> {
	if (objectStore.provider !== 's3') {
		return [];
	}
	const name = credentialName(await world[to].discovery.uuid());
	const stored = await Promise.all(sides.map(side => world[side].pxctl.storedCredential(name)));
	const isOld = stored.every(
		one =>
			one?.traits.account !== undefined &&
			compareWithPlan({ account: one.traits.account }, objectStore).differences.length === 0,
	);
	return isOld
		? [
				trouble('error', 'credential', {
					id: 'key-not-new',
					title: 'The access key ID is the one that both clusters use already',
					evidence: name,
					remedies: [
						answerOneOf('Give the new key', 'objectStore.accessKeyId'),
						'If only its secret has changed, tell pxpair to ignore this.',
					],
					docs: docs.credentials,
				}),
			]
		: [];
}

/**
 * A rotation brings a new key, to the same store: with another bucket or endpoint the data of the pair would be elsewhere from then on. Of
 * S3 the access key ID is what is rotated; of the others the account or project is a store of its own.
 */
export async function otherThanKey(
	world: World,
	side: Side,
	to: Side,
	objectStore: Credential,
	policy: Policy,
): Promise<readonly Finding[]> {
	const name = credentialName(await world[to].discovery.uuid());
	const stored = await world[side].pxctl.storedCredential(name);
	const { account: _rotated, ...others }: Traits = stored?.traits ?? {};
	const traits = objectStore.provider === 's3' ? others : (stored?.traits ?? {});
	const { differences } = compareWithPlan(traits, objectStore);
	return differences.length === 0
		? []
		: [
				trouble(policy === 'replace' ? 'warning' : 'error', 'credential', {
					id: 'credential-differs',
					side,
					title: `The credential on the ${side} differs from the answers in more than the key`,
					evidence: `${name} differs in ${differences.join('; ')}`,
					remedies: [
						'Correct the answers: a rotation is for a new key to the same store.',
						replace('Or replace all of it', 'credential'),
					],
					docs: docs.credentials,
				}),
			];
}
