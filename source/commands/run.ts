import { readRecord } from '../gateways/machine/recorded.ts';
import { continueRecord, openRecord, type Recorder } from '../gateways/machine/records.ts';
import { type RunRecord, recordedAnswers } from '../pairing/answers/record.ts';
import { noFactsOf } from '../pairing/clusters/cluster.ts';
import { findFacts } from '../pairing/clusters/find-facts.ts';
import { planPairing } from '../pairing/plan.ts';
import type { Plan } from '../pairing/step/step.ts';
import { jsonObserver, planSummary, runStarted } from '../plain/json-lines.ts';
import { lineObserver } from '../plain/lines.ts';
import { waysOn } from '../plain/words.ts';
import type { RunResult } from '../runner/run-event.ts';
import { inSession } from './in-session.ts';
import { kubeconfigFiles } from './inputs/kubeconfig-files.ts';
import { placesOf } from './inputs/places-of.ts';
import type { Session } from './inputs/session.ts';
import { type ExitCode, exitCode, exitCodeOf } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable } from './refusable.ts';
import { carryOut } from './runs/carry-out.ts';
import { latestUnfinished, madeIn } from './runs/past-runs.ts';
import { refuseOtherClusters } from './runs/same-clusters.ts';
import { locksOfPair, locksOfRecord, underLock } from './runs/under-lock.ts';
import { refuseWithoutTerminal, stepByStep } from './step-by-step.ts';

export type RunRequest = Readonly<{
	file: string | undefined;
	json: boolean;
	/** Ask before each step. */
	step?: boolean;
	/** Go on with the run of this name; with the latest that did not come to its end when it is empty. */
	resume?: string | undefined;
	common: CommonOptions;
}>;

/** `pxpair run`: the plan carried out without a question. */
export const runCommand = (host: Host, request: RunRequest): Promise<ExitCode> =>
	refusable(host, { json: request.json, practice: request.common.practice !== undefined }, async () => {
		if (request.step) {
			refuseWithoutTerminal(host);
		}
		const found = await recordToResume(host, request);
		return underLock(host, found ? locksOfRecord(found) : [], async () => {
			const record = found && (await readRecord(request.resume || found.id, host.environment));
			const opened = { ...request, secrets: 'needed', ...(record && { record }) } as const;
			return inSession(host, opened, session => {
				const { practice, world, answers } = session;
				const locks = locksOfPair(practice !== undefined, world, answers.pair);
				return underLock(host, locks, () => pairClusters(host, request, session, record));
			});
		});
	});

async function recordToResume(host: Host, { resume }: RunRequest): Promise<RunRecord | undefined> {
	if (resume === undefined) {
		return undefined;
	}
	return resume === '' ? latestUnfinished(host) : readRecord(resume, host.environment);
}

async function pairClusters(
	host: Host,
	{ json, step = false, common }: RunRequest,
	session: Session,
	record: RunRecord | undefined,
): Promise<ExitCode> {
	const { answers, world, practice } = session;
	if (record) {
		await refuseOtherClusters(record, world);
	}
	// Anyone who is asked sees what exactly would be done, as a plan shows it.
	const facts = step ? await findFacts(world) : noFactsOf(answers);
	const plan = planPairing(answers, facts, common.patienceSeconds);
	const recorder = record
		? continueRecord(record, 'run', host.environment)
		: openRecord(newRecord(host, common, session, plan), host.environment);
	const print = printer(host.out);
	if (json) {
		print(runStarted(plan, practice !== undefined, recorder.id));
	} else {
		[
			...(practice ? [practice.banner, ''] : []),
			plan.title,
			...plan.remarks.map(remark => `Note: ${remark}`),
			'',
		].forEach(print);
	}
	const observe = json ? jsonObserver(practice !== undefined, print) : lineObserver(plan, print, host.look);
	const undertaking = {
		world,
		recorder,
		signal: host.stop,
		observe,
		...(step && { before: stepByStep(host, plan, placesOf(facts, session, common)) }),
	};
	// One that is gone on with is locked already.
	const locks = record ? [] : locksOfRecord(recorder.record());
	const result = await underLock(host, locks, () => carryOut(plan, undertaking));
	// Anyone who stops has not asked for it.
	if (!json && result.kind !== 'cancelled') {
		practice?.lesson.forEach(print);
	}
	const isKept = await sayWhereItIsKept(host, recorder, result, practice !== undefined);
	// Anyone who leaves at once makes the step under way fail, and knows why it did.
	const code = result.kind === 'failed' && host.abandon.aborted ? exitCode.cancelled : exitCodeOf(result);
	return code === exitCode.done && !isKept && madeIn(recorder.record()).length > 0
		? exitCode.failedAfterChanges
		: code;
}

const subjectOf = (host: Host, common: CommonOptions, { answers, sources, practice }: Session) => ({
	practice: practice !== undefined,
	...(practice === undefined && { kubeconfig: kubeconfigFiles(host, common) }),
	answers: recordedAnswers(answers, sources),
});

const newRecord = (host: Host, common: CommonOptions, session: Session, plan: Plan) => ({
	version: host.version,
	...subjectOf(host, common, session),
	plan: { title: plan.title, steps: planSummary(plan).steps },
});

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
		[resume, ...undo].forEach(printer(err));
	}
	return trouble === undefined;
}
