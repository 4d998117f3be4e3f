import { systemClock } from '../../gateways/machine/clock.ts';
import type { Recorder } from '../../gateways/machine/records.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import type { World } from '../../pairing/clusters/ports.ts';
import type { Identity, Plan, Step } from '../../pairing/step/step.ts';
import { sides } from '../../pairing/words/pair.ts';
import { inputProblem, PairingError } from '../../pairing/words/problem.ts';
import { thenRetry } from '../../pairing/words/way.ts';
import type { Observer, RunResult } from '../../runner/run-event.ts';
import { type RunOptions, runPlan, undoSteps } from '../../runner/run-plan.ts';
import { madeIn } from './past-runs.ts';
import { identityOf } from './same-clusters.ts';

export type Undertaking = Readonly<{
	world: World;
	recorder: Recorder;
	observe: Observer;
	signal: AbortSignal;
	/** Asked before each step. */
	before?: RunOptions['before'];
}>;

/** Runs a plan with its record: what is about to be changed is on disk before it is. */
export function carryOut(plan: Plan, undertaking: Undertaking): Promise<RunResult> {
	const { world, recorder, before } = undertaking;
	return runPlan(plan, {
		...optionsOf(undertaking),
		...(before && { before }),
		async kept() {
			await Promise.all(sides.map(async side => recorder.learnCluster(side, await identityOf(world[side]))));
			await refuseUnrecorded(recorder);
		},
	});
}

export const takeBack = (
	steps: readonly Step[],
	undertaking: Undertaking,
	identities: ReadonlyMap<string, Identity> = identitiesOf(undertaking.recorder.record()),
): Promise<RunResult> => undoSteps(steps, { ...optionsOf(undertaking), identities });

/** What the clusters call the things that the run made, by the ids of their steps. */
export const identitiesOf = (record: RunRecord): ReadonlyMap<string, Identity> =>
	new Map(
		madeIn(record).flatMap(({ step, identity }) =>
			identity === undefined ? [] : [[step, identity] as const],
		),
	);

/** A change that is not recorded could not be undone, so it is not begun. @throws PairingError */
export async function refuseUnrecorded(recorder: Recorder): Promise<void> {
	const trouble = await recorder.flush();
	if (trouble !== undefined) {
		throw new PairingError(notRecorded(trouble));
	}
}

const notRecorded = (trouble: string) =>
	inputProblem({
		id: 'record-not-written',
		title: 'The record of this run could not be written: nothing further was changed',
		evidence: trouble,
		remedies: [
			thenRetry('Free space or fix the permissions of that folder'),
			'Or keep records elsewhere: set XDG_STATE_HOME.',
		],
	});

const optionsOf = ({ world, recorder, observe, signal }: Undertaking) => ({
	world,
	clock: systemClock,
	runId: recorder.id,
	signal,
	observe: (event: Parameters<Observer>[0]) => {
		recorder.add(event);
		observe(event);
	},
});

/** The clusters as the run knew them: names of what it made are found again though one of them is gone. */
export function rememberedWorld(world: World, uuids: RunRecord['uuids']): World {
	const withUuid = (side: 'source' | 'destination') => {
		const uuid = uuids[side];
		const cluster = world[side];
		return uuid === undefined
			? cluster
			: { ...cluster, discovery: { ...cluster.discovery, uuid: async () => uuid } };
	};
	return { source: withUuid('source'), destination: withUuid('destination') };
}
