import { openRecord } from '../gateways/machine/records.ts';
import type { Answers, Rotatable } from '../pairing/answers/answers.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import { findRotationFacts, planRotation } from '../pairing/rotation/plan-rotation.ts';
import { defined } from '../pairing/words/json.ts';
import { wrap } from '../plain/page.ts';
import { planSchema } from '../plain/plan-text.ts';
import { asksYes } from './ask-yes.ts';
import { inSession } from './in-session.ts';
import type { Session } from './inputs/session.ts';
import { type ExitCode, exitCode } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { printPlan } from './print-plan.ts';
import { refusable } from './refusable.ts';
import { carryThrough } from './runs/carry-through.ts';
import { newRecord } from './runs/new-record.ts';
import { pairPractice } from './runs/pair-practice.ts';
import { answersAbout, type PairSubject, recordAbout } from './runs/record-about.ts';
import { refuseOtherClusters } from './runs/same-clusters.ts';
import { locksOfPair, locksOfRecord, underLock } from './runs/under-lock.ts';

export type RotateRequest = Readonly<{
	what: readonly Rotatable[];
	subject: PairSubject;
	json: boolean;
	/** Do not ask. */
	yes: boolean;
	/** Show what would be done, and do nothing. */
	plan: boolean;
	common: CommonOptions;
}>;

/** `pxpair rotate`: new secrets for a pair that exists. A rotation that was interrupted is resumed as every run is. */
export const rotateCommand = (host: Host, request: RotateRequest): Promise<ExitCode> =>
	refusable(
		host,
		{
			json: request.json,
			practice: request.common.practice !== undefined,
			...(request.plan && { schema: planSchema }),
		},
		async () => {
			const { subject, common, what } = request;
			const isPractice = common.practice !== undefined;
			const record =
				!isPractice && subject.answers === undefined
					? await recordAbout(host, request, { verb: 'rotate', to: 'rotate secrets of' })
					: undefined;
			const needsKey = what.includes('key') && !request.plan;
			const opened = {
				...{ file: subject.answers, common },
				store: 'optional',
				secrets: needsKey ? 'needed' : 'not-needed',
				record,
			} as const;
			return inSession(host, opened, async session => {
				const answers = answersAbout(session.answers, subject);
				const login = isPractice && what.includes('login') ? 'service-account' : undefined;
				const pair = { ...answers.pair, ...defined({ login } as const) };
				const about = { ...session, answers: { ...answers, pair } };
				if (isPractice) {
					await pairBefore(host, about);
				}
				const locks = request.plan ? [] : locksOfPair(isPractice, session.world, pair);
				return underLock(host, locks, () => rotate(host, request, about, record));
			});
		},
	);

/** With another key than the one that is rotated to. */
async function pairBefore(host: Host, { answers, world }: Session): Promise<void> {
	const { practiceKeyBefore } = await import('./inputs/practice-key-before.ts');
	const objectStore = practiceKeyBefore(answers.objectStore);
	await pairPractice(host, { answers: { ...answers, objectStore }, world });
}

async function rotate(
	host: Host,
	request: RotateRequest,
	session: Session,
	record: RunRecord | undefined,
): Promise<ExitCode> {
	const { what, json, common } = request;
	const { world, practice } = session;
	await refuseOtherClusters(record, world);
	const answers: Answers = {
		...session.answers,
		ignore: [...(session.answers.ignore ?? []), ...common.ignore],
	};
	const facts = await findRotationFacts(world, answers);
	const plan = planRotation({
		what,
		answers,
		facts,
		made: new Map(),
		patienceSeconds: common.patienceSeconds,
	});
	if (request.plan) {
		printPlan(host, request, session, plan, facts.clusters);
		return exitCode.done;
	}
	if (!request.yes) {
		[
			...(practice ? [practice.banner, ''] : []),
			plan.title,
			'',
			...plan.remarks.flatMap(remark => [`Note: ${remark}`, '']),
		]
			.flatMap(line => wrap(line, host.page, 2))
			.forEach(printer(host.err));
		if (!(await asksYes(host, `Rotate now? What is replaced is not restored.`))) {
			printer(host.err)('Nothing was rotated.');
			return exitCode.cancelled;
		}
	}
	const recorder = openRecord(
		{ ...newRecord(host, common, { ...session, answers }, plan, record), rotates: [...what] },
		host.environment,
	);
	const told = practice && { ...practice, lesson: practice.lessonAfter('rotate') };
	return carryThrough(
		host,
		{ ...session, practice: told },
		{ plan, recorder, json, locks: locksOfRecord(recorder.record()) },
	);
}
