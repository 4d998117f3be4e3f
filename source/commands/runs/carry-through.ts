import type { Recorder } from '../../gateways/machine/records.ts';
import type { Plan } from '../../pairing/step/step.ts';
import { jsonObserver, runStarted } from '../../plain/json-lines.ts';
import { lineObserver } from '../../plain/lines.ts';
import { wrap } from '../../plain/page.ts';
import { waysOn } from '../../plain/words.ts';
import type { RunResult } from '../../runner/run-event.ts';
import type { Session } from '../inputs/session.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../line/exit-code.ts';
import { type Host, linesFor, printer } from '../line/host.ts';
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
	const print = printer(host.out);
	if (json) {
		print(runStarted(plan, practice !== undefined, recorder.id));
	} else {
		[
			...(practice ? [practice.banner, ''] : []),
			plan.title,
			...plan.remarks.map(remark => `Note: ${remark}`),
			'',
		]
			.flatMap(line => wrap(line, host.page, 2))
			.forEach(print);
	}
	const observe = json
		? jsonObserver(practice !== undefined, print)
		: lineObserver(plan, print, linesFor(host));
	const undertaking = { world, recorder, signal: host.stop, observe, ...(before && { before }) };
	const result = await underLock(host, locks, () => carryOut(plan, undertaking));
	// Anyone who stops has not asked for it.
	if (!json && result.kind !== 'cancelled') {
		practice?.lesson.flatMap(line => wrap(line, host.page, 2)).forEach(print);
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
