import type { Recorder } from '../../gateways/machine/records.ts';
import type { Plan } from '../../pairing/step/step.ts';
import { wrap } from '../../plain/page.ts';
import { waysOn } from '../../plain/words.ts';
import type { RunResult } from '../../runner/run-event.ts';
import type { Session } from '../inputs/session.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../line/exit-code.ts';
import { type Host, printer } from '../line/host.ts';
import { announce, observerFor } from './announce.ts';
import { carryOut, type Undertaking } from './carry-out.ts';
import { madeIn } from './past-runs.ts';
import { underLock } from './under-lock.ts';

type Through = Readonly<{
	plan: Plan;
	recorder: Recorder;
	json: boolean;
	/** Asked before each step. */
	before?: NonNullable<Undertaking['before']>;
	locks: readonly string[];
}>;

/** A plan from its first line to where its record is. */
export async function carryThrough(
	host: Host,
	{ world, practice }: Session,
	{ plan, recorder, json, before, locks }: Through,
): Promise<ExitCode> {
	announce(host, { practice }, { plan, recorder, json });
	const observe = observerFor(host, plan, { json, isPractice: practice !== undefined });
	const undertaking = { world, recorder, signal: host.stop, observe, ...(before && { before }) };
	const result = await underLock(host, locks, () => carryOut(plan, undertaking));
	// Anyone who stops has not asked for it.
	if (!json && result.kind !== 'cancelled') {
		practice?.lesson.flatMap(line => wrap(line, host.page, 2)).forEach(printer(host.out));
	}
	const isKept = await sayWhereItIsKept(host, recorder, result, practice !== undefined);
	// Anyone who leaves at once makes the step under way fail, and knows why it did.
	const code = result.kind === 'failed' && host.abandon.aborted ? exitCode.cancelled : exitCodeOf(result);
	return code === exitCode.done && !isKept && madeIn(recorder.record()).length > 0
		? exitCode.failedAfterChanges
		: code;
}

/** On standard error: it is about the run, not of it. @returns whether the record has all of the run */
async function sayWhereItIsKept(
	{ err }: Host,
	recorder: Recorder,
	result: RunResult,
	isPractice: boolean,
): Promise<boolean> {
	const trouble = await recorder.flush();
	if (trouble) {
		printer(err)(`The record of this run is incomplete: ${trouble}`);
	} else if (!isPractice && result.kind !== 'done' && madeIn(recorder.record()).length > 0) {
		// Of a run that made nothing there is nothing to go on with: its answers may be what has to be fixed.
		const { resume, undo } = waysOn(recorder.id);
		[resume, ...(recorder.record().rotates ? [] : undo)].forEach(printer(err));
	}
	return trouble === undefined;
}
