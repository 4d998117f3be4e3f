import { readRecord } from '../../gateways/machine/recorded.ts';
import { continueRecord } from '../../gateways/machine/records.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import type { World } from '../../pairing/clusters/ports.ts';
import { notRestored } from '../../pairing/rotation/plan-rotation.ts';
import type { Plan, Step } from '../../pairing/step/step.ts';
import { undoing } from '../../pairing/step/undoing.ts';
import { problemThrown } from '../../pairing/words/problem.ts';
import { runStarted } from '../../plain/json-lines.ts';
import { printProblem } from '../../plain/lines.ts';
import { keptBy } from '../../plain/undo-plan.ts';
import { undoneLine } from '../../plain/words.ts';
import { type Host, printer } from '../line/host.ts';
import { observerFor } from './announce.ts';
import { refuseUnrecorded, takeBack } from './carry-out.ts';
import type { LeftBehind } from './left-behind.ts';
import { undoneIn } from './past-runs.ts';
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
				const recorder = continueRecord(
					await readRecord(record.id, host.environment),
					'undo',
					host.environment,
				);
				await refuseUnrecorded(recorder);
				const plan = undoPlanOf(record, steps);
				if (json) {
					print(runStarted(plan, false, record.id));
				} else {
					['', keptBy(record), ''].forEach(print);
				}
				const observe = observerFor(host, plan, { json, isPractice: false }, ended =>
					undoneLine(undoneIn(recorder.record(), ended)),
				);
				const result = await takeBack(steps, { world, recorder, observe, signal: host.stop });
				const trouble = await recorder.flush();
				if (trouble) {
					printer(host.err)(`The record of the run ${record.id} is not up to date: ${trouble}`);
				}
				return result.kind === 'done' && trouble === undefined;
			},
		);
	} catch (error) {
		printProblem(problemThrown(error), printer(host.err), host.errorPage);
		return false;
	}
}
