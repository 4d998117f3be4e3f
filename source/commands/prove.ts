import { randomBytes } from 'node:crypto';
import { readRecord } from '../gateways/machine/recorded.ts';
import { openRecord } from '../gateways/machine/records.ts';
import { completeAnswers, type Draft } from '../pairing/answers/draft.ts';
import { sourcesFor } from '../pairing/answers/record.ts';
import { findFacts } from '../pairing/clusters/find-facts.ts';
import { refuseWithoutRights } from '../pairing/proof/check-proof.ts';
import { chooseProof, likelyProof, type ProofWishes } from '../pairing/proof/choose-proof.ts';
import { planProof } from '../pairing/proof/plan-proof.ts';
import { PairingError } from '../pairing/words/problem.ts';
import { planSchema } from '../plain/plan-text.ts';
import { inSession } from './in-session.ts';
import type { PracticeGround } from './inputs/practice-ground.ts';
import type { Session } from './inputs/session.ts';
import { type ExitCode, exitCode } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { printPlan } from './print-plan.ts';
import { refusable } from './refusable.ts';
import { carryOutProof } from './runs/carry-out-proof.ts';
import { newRecord } from './runs/new-record.ts';
import { pairPractice } from './runs/pair-practice.ts';
import { answersAbout, type PairSubject, recordAbout } from './runs/record-about.ts';
import { refuseOtherClusters } from './runs/same-clusters.ts';
import { locksOfPair, locksOfRecord, underLock } from './runs/under-lock.ts';
import type { OpenServices } from './wizard/wizard-services.ts';

export type ProveRequest = Readonly<{
	/** Show what would be done, and do nothing. */
	plan: boolean;
	json: boolean;
	subject: PairSubject;
	wishes: ProofWishes;
	common: CommonOptions;
}>;

/** `pxpair prove`: a volume that was written on the source is read on the destination, and nothing of it is left. */
export const proveCommand = (host: Host, request: ProveRequest): Promise<ExitCode> => {
	const { json, plan, subject, common } = request;
	const isPractice = common.practice !== undefined;
	const face = { json, practice: isPractice, ...(plan && { schema: planSchema }) };
	return refusable(host, face, async () => {
		const pairedBy =
			isPractice || subject.answers !== undefined
				? undefined
				: await recordAbout(host, request, { verb: 'prove', to: 'prove' });
		const record = pairedBy && (await readRecord(pairedBy.id, host.environment));
		const opened = {
			...{ file: subject.answers, record, common },
			secrets: 'not-needed',
			store: 'optional',
		} as const;
		return inSession(host, opened, async opened => {
			const session = { ...opened, answers: answersAbout(opened.answers, subject) };
			await refuseOtherClusters(record, session.world);
			if (isPractice) {
				await pairPractice(host, session);
			}
			const locks = plan ? [] : locksOfPair(isPractice, session.world, session.answers.pair);
			return underLock(host, locks, () => prove(host, request, session));
		});
	});
};

/** What the wizard has just paired, in its own session. */
export const proveAfterwards = (
	host: Host,
	common: CommonOptions,
	{
		services,
		ground,
		draft,
	}: Readonly<{ services: OpenServices; ground: PracticeGround | undefined; draft: Draft }>,
): Promise<ExitCode> =>
	refusable(host, { json: false, practice: ground !== undefined }, () => {
		const answers = completeAnswers(draft);
		printer(host.out)('');
		return services.withWorld(answers, world => {
			const session = { answers, world, practice: ground, sources: sourcesFor(answers.objectStore) };
			const locks = locksOfPair(ground !== undefined, world, answers.pair);
			return underLock(host, locks, () =>
				prove(host, { plan: false, json: false, wishes: {}, common }, session),
			);
		});
	});

type Proving = Omit<ProveRequest, 'subject'>;
type ProofSession = Omit<Session, 'close'>;

async function prove(host: Host, request: Proving, session: ProofSession): Promise<ExitCode> {
	const { wishes, common, json } = request;
	const { answers, world } = session;
	const nonce = randomBytes(16).toString('hex');
	const proof = await chooseProof(world, answers.pair, nonce, wishes).catch(async error => {
		if (error instanceof PairingError && error.problem.id === 'forbidden') {
			await refuseWithoutRights(world, planProof(answers, likelyProof(answers.pair, nonce)));
		}
		throw error;
	});
	const plan = planProof(answers, proof, common.patienceSeconds);
	if (request.plan) {
		printPlan(host, request, session, plan, await findFacts(world));
		return exitCode.done;
	}
	const recorder = openRecord({ ...newRecord(host, common, session, plan), proof }, host.environment);
	return carryOutProof(host, session, { plan, recorder, json, locks: locksOfRecord(recorder.record()) });
}
