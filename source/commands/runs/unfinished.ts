import type { Unfinished } from '../../conversation/services.ts';
import { listingOf } from '../../gateways/kubernetes/kubeconfig.ts';
import { listRecords } from '../../gateways/machine/recorded.ts';
import { runsUnderWay } from '../../gateways/machine/run-lock.ts';
import { answersOf } from '../../pairing/answers/answers-file.ts';
import { draftOf } from '../../pairing/answers/draft.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import { noFactsOf } from '../../pairing/clusters/cluster.ts';
import { planProcedure } from '../../pairing/plan.ts';
import { stepsOf } from '../../pairing/step/step.ts';
import { sides } from '../../pairing/words/pair.ts';
import { Secret } from '../../pairing/words/secret.ts';
import type { RunResult } from '../../runner/run-event.ts';
import type { Host } from '../line/host.ts';
import { eventsOf, isUnfinished } from './past-runs.ts';

export type UnfinishedRun = Readonly<{ record: RunRecord; about: Omit<Unfinished, 'takeUp'> }>;

/** The latest run that did not come to its end, if its contexts are still there and no later run has done the same. */
export async function unfinishedRun(
	{ environment }: Host,
	contexts: ReadonlySet<string>,
	kubeconfig: readonly string[],
): Promise<UnfinishedRun | undefined> {
	// Whatever is wrong with the folder of records is no reason not to begin again.
	const records = await listRecords(environment).catch((): readonly RunRecord[] => []);
	const running = await runsUnderWay(environment);
	// A proof is resumed, or undone, by its record alone.
	const own = records.filter(
		record =>
			!record.practice &&
			!record.rotates &&
			!record.proof &&
			!running.has(record.id) &&
			isOf(record, kubeconfig),
	);
	const record = own.find(
		(found, index) =>
			isUnfinished(found) &&
			own.findIndex(({ plan }) => plan.title === found.plan.title) === index &&
			sides.every(
				side => found.answers[side].kubeconfig !== undefined || contexts.has(found.answers[side].context),
			),
	);
	return record && { record, about: await tell(record) };
}

/** Of other files, if those still exist, it is another's run. */
const isOf = ({ kubeconfig: then }: RunRecord, now: readonly string[]): boolean =>
	listingOf(then ?? []) === undefined || then?.join() === now.join();

async function tell(record: RunRecord): Promise<UnfinishedRun['about']> {
	const answers = await answersOf(record.answers, async () => new Secret(''));
	return {
		title: record.plan.title,
		when: `${(record.attempts.at(-1)?.startedAt ?? '').slice(0, 16).replace('T', ' ')} UTC`,
		ended: endOf(record),
		draft: draftOf(record.answers, {}),
		story: [
			{ answers, steps: stepsOf(planProcedure(answers, noFactsOf(answers))), events: eventsOf(record) },
		],
	};
}

/** What became of the last attempt, in half a sentence. */
function endOf(record: RunRecord): string {
	const events = record.attempts.at(-1)?.events ?? [];
	const result = events.findLast(({ type }) => type === 'run-finished')?.result as RunResult | undefined;
	const begun = eventsOf(record).findLast(event => event.type === 'step-started');
	const step = record.plan.steps.find(({ id }) => id === (begun && 'step' in begun ? begun.step : ''));
	const at = step ? ` at "${step.title}"` : '';
	switch (result?.kind) {
		case 'failed':
			return `failed${at}: ${result.problem.title}`;
		case 'cancelled':
			return `stopped${at}`;
		case 'done':
			return 'could not be undone completely';
		case undefined:
			return `interrupted${at}`;
	}
}
