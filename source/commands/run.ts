import { readRecord } from '../gateways/machine/recorded.ts';
import { continueRecord, openRecord } from '../gateways/machine/records.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import { noFactsOf } from '../pairing/clusters/cluster.ts';
import { findFacts } from '../pairing/clusters/find-facts.ts';
import { planPairing } from '../pairing/plan.ts';
import { planProof } from '../pairing/proof/plan-proof.ts';
import { findRotationFacts, planRotation } from '../pairing/rotation/plan-rotation.ts';
import { inSession } from './in-session.ts';
import { placesOf } from './inputs/places-of.ts';
import type { Session } from './inputs/session.ts';
import type { ExitCode } from './line/exit-code.ts';
import type { Host } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable } from './refusable.ts';
import { identitiesOf } from './runs/carry-out.ts';
import { carryOutProof } from './runs/carry-out-proof.ts';
import { carryThrough } from './runs/carry-through.ts';
import { newRecord } from './runs/new-record.ts';
import { latestUnfinished } from './runs/past-runs.ts';
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
			const isKeyless = record?.proof || (record?.rotates && !record.rotates.includes('key'));
			const secrets = isKeyless ? 'not-needed' : 'needed';
			const opened = { ...request, secrets, record } as const;
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
	const { answers, world } = session;
	await refuseOtherClusters(record, world);
	if (record?.proof) {
		const plan = planProof(answers, record.proof, common.patienceSeconds);
		const recorder = continueRecord(record, 'run', host.environment);
		// It is locked already.
		return carryOutProof(host, session, { plan, recorder, json, locks: [] });
	}
	// Anyone who is asked sees what exactly would be done, as a plan shows it.
	const facts = step ? await findFacts(world) : noFactsOf(answers);
	const plan = record?.rotates
		? planRotation({
				what: record.rotates,
				answers,
				facts: await findRotationFacts(world, answers),
				made: identitiesOf(record),
				patienceSeconds: common.patienceSeconds,
			})
		: planPairing(answers, facts, common.patienceSeconds);
	const recorder = record
		? continueRecord(record, 'run', host.environment)
		: openRecord(newRecord(host, common, session, plan), host.environment);
	return carryThrough(host, session, {
		...{ plan, recorder, json },
		...(step && { before: stepByStep(host, plan, placesOf(facts, session, common)) }),
		// One that is gone on with is locked already.
		locks: record ? [] : locksOfRecord(recorder.record()),
	});
}
