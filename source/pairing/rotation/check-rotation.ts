import type { Answers, PairAnswers, Rotatable } from '../answers/answers.ts';
import { type Direction, directionsOf, pairTowards } from '../answers/direction.ts';
import type { World } from '../clusters/ports.ts';
import { clusterPairType } from '../clusters/portworx-kinds.ts';
import { clusterFindings } from '../preflight/clusters.ts';
import { type Look, lookAround, onEach } from '../preflight/look-around.ts';
import { objectStoreFindings } from '../preflight/object-store.ts';
import { permissionFindings } from '../preflight/permissions.ts';
import { missing, presenceFindings } from '../status/presence.ts';
import type { Identity, Plan, Step } from '../step/step.ts';
import { checkStep } from '../steps/check-clusters.ts';
import { type Finding, trouble } from '../words/finding.ts';
import { asRecord, textIn } from '../words/json.ts';
import { keyFindings, otherThanKey } from './keys.ts';
import { migrationFindings } from './migrations.ts';
import { readPairLogin } from './pair-login.ts';

/** All that speaks against it is looked for before anything changes; the new key is tried from the pods of both clusters. */
export const checkRotation = (
	what: readonly Rotatable[],
	answers: Answers,
	plan: Plan,
	made: ReadonlyMap<string, Identity>,
): Step =>
	checkStep({
		id: 'check-rotation',
		plan: 'Check the pair and what the rotation needs',
		looksFor:
			'Look for what speaks against it: no such pair, a Migration that is running over it, missing permissions, a store that rejects the new key.',
		look: ({ world, clock, signal }) =>
			lookAround(looksOf(world, what, answers, { plan, made }), {
				...{ world, clock, signal },
				ignore: answers.ignore ?? [],
			}),
	});

function looksOf(
	world: World,
	what: readonly Rotatable[],
	{ pair, objectStore, existing }: Answers,
	{ plan, made }: Readonly<{ plan: Plan; made: ReadonlyMap<string, Identity> }>,
): readonly Look[] {
	const ways = directionsOf(pair).map(way => ({ way, towards: pairTowards(pair, way) }));
	return [
		...onEach('cluster', side => clusterFindings(world[side])),
		...onEach('permissions', side => permissionFindings(world, side, plan)),
		...ways.flatMap(({ way, towards }): readonly Look[] => [
			{ topic: 'pair', on: way.from, look: () => pairFindings(world, way, towards, what) },
			{
				topic: 'pair',
				on: way.from,
				look: () => migrationFindings(world, { way, pair: towards, isShared: isShared(what) }),
			},
		]),
		...(what.includes('key') && objectStore.provider !== 'none'
			? [
					...onEach('object-store', side => objectStoreFindings(world[side], objectStore)),
					// An earlier attempt may have stored the new one.
					...(isBegun(made) ? [] : ways).map(
						({ way: { to } }): Look => ({
							topic: 'credential',
							on: 'source',
							look: () => keyFindings(world, to, objectStore),
						}),
					),
					...ways.flatMap(({ way: { to } }) =>
						onEach('credential', side => otherThanKey(world, side, to, objectStore, existing.credential)),
					),
				]
			: []),
	];
}

const isBegun = (made: ReadonlyMap<string, Identity>): boolean =>
	[...made.keys()].some(step => step.startsWith('create-credential/'));

/** The login is the pair's own; the key belongs to all pairs to the destination. */
export const isShared = (what: readonly Rotatable[]): boolean => what.some(one => one !== 'login');

async function pairFindings(
	world: World,
	way: Direction,
	pair: PairAnswers,
	what: readonly Rotatable[],
): Promise<readonly Finding[]> {
	const found = await world[way.from].api.get(clusterPairType, pair.name, pair.namespace);
	if (!found) {
		return [missing(world[way.from], way, pair)];
	}
	if (what.includes('login')) {
		await readPairLogin(world, way, pair, '');
	}
	if (what.includes('token') && textIn(asRecord(asRecord(found.spec).options).token) === '') {
		return [withoutToken(way, pair)];
	}
	const location = textIn(asRecord(asRecord(found.spec).options).backuplocation);
	return [
		...(await presenceFindings({ world, way, pair, found })),
		...(what.includes('key') && location !== ''
			? [
					trouble('error', 'credential', {
						id: 'key-elsewhere',
						side: way.from,
						title: `The ClusterPair ${pair.name} on the ${way.from} does not use a credential of Portworx`,
						evidence: `spec.options.backuplocation: ${location}`,
						remedies: [`Replace the key in the Secret of the BackupLocation ${location}, on both clusters.`],
					}),
				]
			: []),
	];
}

const withoutToken = ({ from }: Direction, { name, namespace }: PairAnswers): Finding =>
	trouble('error', 'pair', {
		id: 'token-none',
		side: from,
		title: `The ClusterPair ${name} on the ${from} holds no cluster token`,
		evidence: `ClusterPair ${namespace}/${name}: spec.options.token is empty`,
		remedies: ['Leave the cluster token out of the rotation: no storage is paired.'],
	});
