import { readRecord } from '../../gateways/machine/recorded.ts';
import { continueRecord } from '../../gateways/machine/records.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import type { World } from '../../pairing/clusters/ports.ts';
import { notRestored } from '../../pairing/rotation/plan-rotation.ts';
import type { Identity, Plan, Step } from '../../pairing/step/step.ts';
import { undoing } from '../../pairing/step/undoing.ts';
import { problemThrown } from '../../pairing/words/problem.ts';
import { runStarted } from '../../plain/json-lines.ts';
import { problemText } from '../../plain/lines.ts';
import { keptBy } from '../../plain/undo-plan.ts';
import { undoneLine } from '../../plain/words.ts';
import type { RunResult } from '../../runner/run-event.ts';
import { type Host, printer } from '../line/host.ts';
import { observerFor } from './announce.ts';
import { refuseUnrecorded, takeBack } from './carry-out.ts';
import type { LeftBehind } from './left-behind.ts';
import { madeIn, undoneIn } from './past-runs.ts';
import { locksOfPair, locksOfRecord, underLock } from './under-lock.ts';

type Around = Readonly<{
	world: World;
	json: boolean;
	/** Locks that are held already. */
	held: readonly string[];
}>;

export const undoPlanOf = (record: RunRecord, steps: readonly Step[]): Plan => ({
	title: `Undo: ${record.plan.title}`,
	stages: steps.map(step => [undoing(step)]),
	remarks: record.rotates === undefined ? [] : notRestored(record.rotates),
});

type Undoing = Readonly<{
	plan: Plan;
	steps: readonly Step[];
	world: World;
	json: boolean;
	identities?: ReadonlyMap<string, Identity>;
	/** Once it is known that it is recorded. */
	begin?: () => void;
}>;

/** A further attempt of a record, told in its own face. `isKept`: the record has all of it. `left`: what still exists. */
export async function undoRecorded(
	host: Host,
	record: RunRecord,
	{ plan, steps, world, json, identities, begin }: Undoing,
): Promise<Readonly<{ result: RunResult; isKept: boolean; left: number }>> {
	const recorder = continueRecord(record, 'undo', host.environment);
	await refuseUnrecorded(recorder);
	begin?.();
	const observe = observerFor(host, plan, { json, isPractice: false }, ended =>
		undoneLine(undoneIn(recorder.record(), ended)),
	);
	const result = await takeBack(steps, { world, recorder, observe, signal: host.stop }, identities);
	const trouble = await recorder.flush();
	if (trouble) {
		printer(host.err)(`The record of the run ${record.id} is not up to date: ${trouble}`);
	}
	if (result.kind === 'cancelled') {
		printer(host.err)(`Undo the rest: pxpair undo ${record.id}`);
	}
	return { result, isKept: trouble === undefined, left: madeIn(recorder.record()).length };
}

/**
 * Finishes the undo of an earlier run, in its own record. What is still in use stays, as it did.
 * @returns false when something could not be done that was free to be done
 */
export async function undoLeftBehind(
	host: Host,
	{ record, steps }: LeftBehind,
	{ world, json, held }: Around,
): Promise<boolean> {
	const print = printer(host.out);
	try {
		return await underLock(
			host,
			[...locksOfRecord(record), ...locksOfPair(false, world, record.answers.pair)].filter(
				name => !held.includes(name),
			),
			async () => {
				const plan = undoPlanOf(record, steps);
				const { result, isKept } = await undoRecorded(host, await readRecord(record.id, host.environment), {
					...{ plan, steps, world, json },
					begin: () =>
						(json ? [runStarted(plan, false, record.id)] : ['', keptBy(record), '']).forEach(print),
				});
				return result.kind === 'done' && isKept;
			},
		);
	} catch (error) {
		problemText(problemThrown(error), host.errorPage).forEach(printer(host.err));
		return false;
	}
}
