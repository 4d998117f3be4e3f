import { oddLines, readRecord, surveyRecords } from '../gateways/machine/recorded.ts';
import { continueRecord } from '../gateways/machine/records.ts';
import type { Answers } from '../pairing/answers/answers.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import { learn } from '../pairing/clusters/find-facts.ts';
import type { World } from '../pairing/clusters/ports.ts';
import type { Plan, Step } from '../pairing/step/step.ts';
import { undoing } from '../pairing/step/undoing.ts';
import { defined } from '../pairing/words/json.ts';
import { type Side, sides } from '../pairing/words/pair.ts';
import { clusterProblem, inputProblem, PairingError } from '../pairing/words/problem.ts';
import type { ProblemId } from '../pairing/words/problem-ids.ts';
import { jsonObserver, runStarted } from '../plain/json-lines.ts';
import { lineObserver } from '../plain/lines.ts';
import { undoneLine } from '../plain/words.ts';
import { asksYes } from './ask-yes.ts';
import { openSession } from './inputs/session.ts';
import { type ExitCode, exitCode, exitCodeOf } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable } from './refusable.ts';
import { refuseUnrecorded, rememberedWorld, takeBack } from './runs/carry-out.ts';
import { madeSteps } from './runs/made-steps.ts';
import { absentIn, madeIn } from './runs/past-runs.ts';
import { otherClusters, otherClustersProblem } from './runs/same-clusters.ts';
import { locksOf, underLock } from './runs/under-lock.ts';

export type UndoRequest = Readonly<{
	/** undefined: the latest run of which something stands. */
	run: string | undefined;
	json: boolean;
	/** Do not ask. */
	yes: boolean;
	/** Do what can be done though a cluster does not answer. */
	force: boolean;
	common: CommonOptions;
}>;

export const undoSchema = 'pxpair.undo/v1';

/** `pxpair undo`: exactly what a run made, in reverse, shown before it is done. */
export const undoCommand = (host: Host, request: UndoRequest): Promise<ExitCode> =>
	refusable(host, { json: request.json, practice: false, schema: undoSchema }, async () => {
		const found = await recordOf(host, request.run);
		return underLock(host, locksOf(found), async () => {
			// Another process may have changed it before the lock was had.
			const record = await recordOf(host, request.run ?? found.id);
			const session = await openSession(host, {
				file: undefined,
				common: request.common,
				secrets: 'not-needed',
				record,
			});
			try {
				const world = rememberedWorld(session.world, record.uuids);
				return await undo(host, request, record, session.answers, { actual: session.world, world });
			} finally {
				await session.close();
			}
		});
	});

async function recordOf({ environment }: Host, run: string | undefined): Promise<RunRecord> {
	const { records, odd } = run
		? { records: [await readRecord(run, environment)], odd: [] }
		: await surveyRecords(environment);
	const record = run ? records[0] : records.find(found => !found.practice && madeIn(found).length > 0);
	if (record?.practice) {
		throw refusal(
			'run-was-practice',
			'That was practice: its clusters are gone with all that was made in them',
			['There is nothing to undo.'],
		);
	}
	if (!record || madeIn(record).length === 0) {
		throw refusal(
			'nothing-to-undo',
			run ? `Nothing is left to undo of the run ${run}` : 'There is no run with anything left to undo',
			['List the runs there were: pxpair runs'],
			oddLines(odd),
		);
	}
	return record;
}

async function undo(
	host: Host,
	request: UndoRequest,
	record: RunRecord,
	answers: Answers,
	{ actual, world }: Readonly<{ actual: World; world: World }>,
): Promise<ExitCode> {
	const { json, force } = request;
	const steps = madeSteps(record, answers)
		.map(({ step }) => step)
		.toReversed();
	const others = await otherClusters(record, actual);
	if (others.length > 0 && !force) {
		throw new PairingError(otherClustersProblem(record, others, `pxpair undo ${record.id} --force`));
	}
	const silentSides = await silent(world, steps);
	const gone = [...silentSides, ...others.map(({ side }) => side)];
	if (silentSides.length > 0 && !force) {
		throw new PairingError(
			clusterProblem({
				id: 'undo-side-unreachable',
				...(silentSides[0] && { side: silentSides[0] }),
				title: `The ${silentSides.join(' and the ')} does not answer, so not all could be taken back`,
				remedies: [
					'Run this again when it does.',
					`Or take back what stands on the other side alone: pxpair undo ${record.id} --force`,
				],
			}),
		);
	}
	const doable = steps.filter(({ on }) => on === 'both' || !gone.includes(on));
	const left = steps.filter(step => !doable.includes(step));
	const print = printer(host.out);
	const plan: Plan = {
		title: `Take back: ${record.plan.title}`,
		stages: doable.map(step => [undoing(step)]),
		remarks: [],
	};
	if (json) {
		print(runStarted(plan, false, record.id));
	} else {
		[plan.title, '', ...doable.map(wouldRemove), ...left.map(wouldStay), ''].forEach(print);
	}
	if (!request.yes && !(await asksYes(host, `Take back ${doable.length} things?`))) {
		printer(host.err)('Nothing was taken back.');
		return exitCode.cancelled;
	}
	const recorder = continueRecord(record, 'undo', host.environment);
	await refuseUnrecorded(recorder);
	const observe = json
		? jsonObserver(false, print)
		: lineObserver(plan, print, {
				...host.look,
				endOf: ended => undoneLine(ended, madeIn(recorder.record()).length, absentIn(recorder.record())),
			});
	const result = await takeBack(doable, { world, recorder, observe, signal: host.stop });
	const trouble = await recorder.flush();
	if (trouble) {
		printer(host.err)(`The record of this run is not up to date: ${trouble}`);
	}
	if (left.length > 0 && !json) {
		['', 'Still there:', ...left.map(({ change, on }) => `  ${change?.makes} (${on})`)].forEach(print);
	}
	const isIncomplete = left.length > 0 || trouble !== undefined || madeIn(recorder.record()).length > 0;
	return isIncomplete && result.kind === 'done' ? exitCode.failedAfterChanges : exitCodeOf(result);
}

async function silent(world: World, steps: readonly Step[]): Promise<readonly Side[]> {
	const concerned = sides.filter(side => steps.some(({ on }) => on === side));
	const found = await Promise.all(
		concerned.map(async side => ({ side, api: await learn(world[side].discovery.api()) })),
	);
	return found.filter(({ api }) => api.kind === 'unknown').map(({ side }) => side);
}

const wouldRemove = ({ on, change }: Step): string => `  remove  ${on.padEnd(11)}  ${change?.makes}`;
const wouldStay = ({ on, change }: Step): string =>
	`  LEAVE   ${on.padEnd(11)}  ${change?.makes}: that cluster does not answer, or is another one`;

const refusal = (
	id: ProblemId,
	title: string,
	remedies: [string, ...string[]],
	evidence?: string,
): PairingError => new PairingError(inputProblem({ id, title, remedies, ...defined({ evidence }) }));
