import { resolve } from 'node:path';
import { continueRecord, openRecord, type Recorder, readRecord } from '../gateways/machine/records.ts';
import { type RunRecord, recordedAnswers } from '../pairing/answers/record.ts';
import { noFactsOf } from '../pairing/clusters/cluster.ts';
import { findFacts } from '../pairing/clusters/find-facts.ts';
import { planPairing } from '../pairing/plan.ts';
import type { Plan } from '../pairing/step/step.ts';
import { jsonObserver, planSummary, runStarted } from '../plain/json-lines.ts';
import { lineObserver } from '../plain/lines.ts';
import type { RunResult } from '../runner/run-event.ts';
import { placesOf } from './inputs/places-of.ts';
import { openSession, type Session } from './inputs/session.ts';
import { type ExitCode, exitCode, exitCodeOf } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable } from './refusable.ts';
import { carryOut } from './runs/carry-out.ts';
import { latestUnfinished, madeIn } from './runs/past-runs.ts';
import { refuseOtherClusters } from './runs/same-clusters.ts';
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
		const record = await recordToResume(host, request);
		const session = await openSession(host, { ...request, secrets: 'needed', ...(record && { record }) });
		try {
			const result = await pairClusters(host, request, session, record);
			// Whoever leaves at once makes the step under way fail, and knows why it did.
			return result.kind === 'failed' && host.abandon.aborted ? exitCode.cancelled : exitCodeOf(result);
		} finally {
			await session.close();
		}
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
): Promise<RunResult> {
	const { answers, world, practice } = session;
	if (record) {
		await refuseOtherClusters(record, world);
	}
	// Whoever is asked sees what exactly would be done, as a plan shows it.
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
	const result = await carryOut(plan, {
		world,
		recorder,
		signal: host.stop,
		observe,
		...(step && { before: stepByStep(host, plan, placesOf(facts, session, common)) }),
	});
	// Whoever stops has not asked for it.
	if (!json && result.kind !== 'cancelled') {
		practice?.lesson.forEach(print);
	}
	await sayWhereItIsKept(host, recorder, result, practice !== undefined);
	return result;
}

const newRecord = (
	{ version, folder }: Host,
	{ kubeconfig }: CommonOptions,
	{ answers, sources, practice }: Session,
	plan: Plan,
) => ({
	version,
	practice: practice !== undefined,
	...(kubeconfig && { kubeconfig: resolve(folder, kubeconfig) }),
	answers: recordedAnswers(answers, sources),
	plan: { title: plan.title, steps: planSummary(plan).steps },
});

/** On standard error: it is about the run, not of it. */
async function sayWhereItIsKept(
	{ err }: Host,
	recorder: Recorder,
	result: RunResult,
	isPractice: boolean,
): Promise<void> {
	const trouble = await recorder.flush();
	if (trouble) {
		printer(err)(`No record of this run could be kept: ${trouble}`);
	} else if (!isPractice && result.kind !== 'done' && madeIn(recorder.record()).length > 0) {
		// Of a run that made nothing there is nothing to go on with: its answers may be what has to be mended.
		printer(err)(`Go on with it: pxpair run --resume ${recorder.id}`);
		printer(err)(`Take back what it made: pxpair undo ${recorder.id}`);
	}
}
