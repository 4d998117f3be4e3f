import type { Answers } from '../answers/answers.ts';
import { directionsOf, pairTowards } from '../answers/direction.ts';
import type { Plan, StepContext } from '../step/step.ts';
import type { Finding } from '../words/finding.ts';
import { clockFindings, versionFindings } from './alike.ts';
import { clusterFindings } from './clusters.ts';
import { keyFileFindings } from './key-files.ts';
import { type Look, type LookingAround, lookAround, onEach } from './look-around.ts';
import { objectStoreFindings } from './object-store.ts';
import { permissionFindings } from './permissions.ts';
import { plannedSteps } from './planned-steps.ts';
import { platformFindings } from './platforms.ts';
import { portworxFindings } from './portworx.ts';
import { storeFloorFindings } from './store-floors.ts';
import { storkFindings } from './stork.ts';
import { travelFindings } from './travel/travel.ts';

export type Preflight = LookingAround &
	Readonly<{
		answers: Answers;
		plan: Plan;
		/** Left out where no one gave the secrets. */
		store?: 'untried';
	}>;

/**
 * Everything that would make the pairing fail later, as far as it can be known without a write. All looks go on at the same time
 * and none waits for another, so a cluster that hangs delays what is known of the other by nothing.
 */
export const preflight = (flight: Preflight): Promise<readonly Finding[]> =>
	lookAround(looksOf(flight), flight);

function looksOf({ world, clock, answers, plan, signal, store }: Preflight): readonly Look[] {
	const { pair, objectStore } = answers;
	const ways = directionsOf(pair).map(way => ({ way, towards: pairTowards(pair, way) }));
	const context: StepContext = { world, clock, signal, runId: 'preflight', note: () => {} };
	return [
		...onEach('cluster', side => clusterFindings(world[side])),
		...onEach('platform', side => platformFindings(world[side])),
		...onEach('portworx', side => portworxFindings(world[side], answers)),
		{ topic: 'portworx', on: 'both', look: () => versionFindings(world) },
		{ topic: 'portworx', on: 'both', look: () => clockFindings(world) },
		...onEach('stork', side => storkFindings(world, side, pair)),
		...onEach('permissions', side => permissionFindings(world, side, plan)),
		...ways.map(
			({ way, towards }): Look => ({
				topic: 'way',
				on: way.to,
				look: () => travelFindings(world, way, towards, clock.today()),
			}),
		),
		...(objectStore.provider === 'none'
			? []
			: onEach('object-store', side => storeFloorFindings(world, side, answers))),
		...(objectStore.provider === 'none' || store === 'untried'
			? []
			: [
					...onEach('object-store', side => objectStoreFindings(world[side], objectStore)),
					{ topic: 'object-store', on: 'both', look: async () => keyFileFindings(objectStore) } as const,
				]),
		...plannedSteps(plan, context),
	];
}
