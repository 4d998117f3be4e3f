import { systemClock } from '../gateways/clock.ts';
import { noFacts } from '../pairing/cluster.ts';
import { planPairing } from '../pairing/plan.ts';
import { PairingError } from '../pairing/problem.ts';
import { jsonObserver, problemLine, runStarted } from '../plain/json-lines.ts';
import { lineObserver, printProblem } from '../plain/lines.ts';
import type { RunResult } from '../runner/run-event.ts';
import { runPlan } from '../runner/run-plan.ts';
import { type ExitCode, exitCode, exitCodeOf, exitCodeOfProblem } from './exit-code.ts';
import { type Host, printer } from './host.ts';
import type { CommonOptions } from './options.ts';
import { openSession, type Session } from './session.ts';

export type RunRequest = Readonly<{ file: string | undefined; json: boolean; common: CommonOptions }>;

/** `pxpair run`: the plan carried out without a question. */
export async function runCommand(host: Host, request: RunRequest): Promise<ExitCode> {
	let session: Session | undefined;
	try {
		session = await openSession(host, { ...request, secrets: 'needed' });
		const result = await pairClusters(host, request, session);
		// Whoever leaves at once makes the step under way fail, and knows why it did.
		return result.kind === 'failed' && host.abandon.aborted ? exitCode.cancelled : exitCodeOf(result);
	} catch (error) {
		if (!(error instanceof PairingError)) {
			throw error;
		}
		if (request.json) {
			printer(host.out)(problemLine(error.problem, request.common.practice !== undefined));
		} else {
			printProblem(error.problem, printer(host.err));
		}
		return exitCodeOfProblem(error.problem);
	} finally {
		await session?.close();
	}
}

function pairClusters(
	host: Host,
	{ json, common }: RunRequest,
	{ answers, world, practice }: Session,
): Promise<RunResult> {
	const facts = {
		source: noFacts(answers.source.context),
		destination: noFacts(answers.destination.context),
	};
	const plan = planPairing(answers, facts, common.patienceSeconds);
	const print = printer(host.out);
	if (json) {
		print(runStarted(plan, practice !== undefined));
	} else {
		[
			...(practice ? [practice.banner, ''] : []),
			plan.title,
			...plan.remarks.map(remark => `Note: ${remark}`),
			'',
		].forEach(print);
	}
	const observe = json ? jsonObserver(practice !== undefined, print) : lineObserver(plan, print);
	return runPlan(plan, { world, clock: systemClock, signal: host.stop, observe });
}
