import { continueRecord, type Recorder } from '../../gateways/machine/records.ts';
import { migrationStep } from '../../pairing/proof/plan-proof.ts';
import type { Plan } from '../../pairing/step/step.ts';
import { undoing } from '../../pairing/step/undoing.ts';
import { runStarted } from '../../plain/json-lines.ts';
import { wrap } from '../../plain/page.ts';
import { type ProofOutcome, proofLine, proofWords } from '../../plain/proof.ts';
import { waysOn } from '../../plain/words.ts';
import type { RunResult } from '../../runner/run-event.ts';
import type { Session } from '../inputs/session.ts';
import { type ExitCode, exitCode, exitCodeOfProblem } from '../line/exit-code.ts';
import { type Host, printer } from '../line/host.ts';
import { announce, observerFor } from './announce.ts';
import { carryOut, takeBack } from './carry-out.ts';
import { madeSteps } from './made-steps.ts';
import { eventsOf, madeIn } from './past-runs.ts';
import { underLock } from './under-lock.ts';

type ProofSession = Pick<Session, 'world' | 'answers' | 'practice'>;
type Proving = Readonly<{ plan: Plan; recorder: Recorder; json: boolean; locks: readonly string[] }>;

/** The plan, and after it in any case the removal of all that it created: two attempts of one record. */
export function carryOutProof(host: Host, session: ProofSession, proving: Proving): Promise<ExitCode> {
	return underLock(host, proving.locks, async () => {
		const started = performance.now();
		const result = await run(host, session, proving);
		const outcomeOf = (recorder: Recorder): ProofOutcome => ({
			result,
			left: madeIn(recorder.record()).map(({ what, isCertain }) => (isCertain ? what : `perhaps ${what}`)),
			hasMigrated: eventsOf(recorder.record()).some(
				event => event.type === 'step-changing' && event.step === migrationStep,
			),
			seconds: Math.round((performance.now() - started) / 1000),
		});
		const recorder = await cleanUp(host, session, proving, outcomeOf);
		const trouble = await recorder.flush();
		const outcome = outcomeOf(recorder);
		const isPractice = session.practice !== undefined;
		if (proving.json) {
			printer(host.out)(proofLine(outcome, isPractice));
		} else if (result.kind !== 'cancelled') {
			session.practice
				?.lessonAfter('prove')
				.flatMap(line => wrap(line, host.page, 2))
				.forEach(printer(host.out));
		}
		if (trouble) {
			printer(host.err)(`The record of this run is incomplete: ${trouble}`);
		} else if (outcome.left.length > 0 && !isPractice) {
			waysOn(recorder.id).undo.forEach(printer(host.err));
		}
		return codeOf(result, outcome.left.length > 0 || trouble !== undefined);
	});
}

function run(
	host: Host,
	{ world, practice }: ProofSession,
	{ plan, recorder, json }: Proving,
): Promise<RunResult> {
	announce(host, { practice }, { plan, recorder, json });
	const isPractice = practice !== undefined;
	const observe = observerFor(host, plan, { json, isPractice }, ({ kind }) => firstWords[kind]);
	return carryOut(plan, { world, recorder, observe, signal: host.stop });
}

/** Before what was created is removed, if anything was; after that it is said in full. */
const firstWords: Readonly<Record<RunResult['kind'], string>> = {
	done: 'Proved. Removing what it created…',
	failed: 'Not proved.',
	cancelled: 'Stopped.',
};

/** Ctrl-C asks for this as well; only the second one ends it. */
async function cleanUp(
	host: Host,
	{ world, answers, practice }: ProofSession,
	{ plan, recorder, json }: Proving,
	outcomeOf: (recorder: Recorder) => ProofOutcome,
): Promise<Recorder> {
	await recorder.flush();
	const print = printer(host.out);
	const steps = madeSteps(recorder.record(), answers);
	if (steps.length === 0 || host.abandon.aborted) {
		if (!json) {
			wordsOf(host, outcomeOf(recorder)).forEach(print);
		}
		return recorder;
	}
	const removal: Plan = {
		title: `Remove what was created: ${plan.title}`,
		stages: steps.map(step => [undoing(step)]),
		remarks: [],
	};
	const undo = continueRecord(recorder.record(), 'undo', host.environment);
	const isPractice = practice !== undefined;
	print(json ? runStarted(removal, isPractice, recorder.id) : '');
	const observe = observerFor(host, removal, { json, isPractice }, () =>
		wordsOf(host, outcomeOf(undo)).join('\n'),
	);
	await takeBack(steps, { world, recorder: undo, observe, signal: host.abandon });
	return undo;
}

const wordsOf = ({ page }: Host, outcome: ProofOutcome): readonly string[] =>
	proofWords(outcome).flatMap(line => wrap(line, page, 2));

function codeOf(result: RunResult, isLeft: boolean): ExitCode {
	switch (result.kind) {
		case 'cancelled':
			return exitCode.cancelled;
		case 'done':
			return isLeft ? exitCode.failedAfterChanges : exitCode.done;
		case 'failed':
			return isLeft ? exitCode.failedAfterChanges : exitCodeOfProblem(result.problem);
	}
}
