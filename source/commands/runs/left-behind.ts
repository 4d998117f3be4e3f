import { listRecords } from '../../gateways/machine/recorded.ts';
import { answersOf } from '../../pairing/answers/answers-file.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import type { Step } from '../../pairing/step/step.ts';
import { sides } from '../../pairing/words/pair.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { madeSteps } from './made-steps.ts';
import { eventsOf } from './past-runs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the undo of an earlier run had to keep, in the order in which it is deleted. */
export type LeftBehind = Readonly<{ record: RunRecord; steps: readonly Step[] }>;

/**
 * An undo keeps what the pair of a later run uses. With the undo of that later run its last reason to stay may go, and no one would
 * think of the earlier run again. Only what this run found in place and went on with counts, between the same two clusters.
 */
export async function leftBehind(
	record: RunRecord,
	environment: Environment,
): Promise<readonly LeftBehind[]> {
	const found = foundIn(record);
	const earlier = (await listRecords(environment)).filter(
		other => other.id !== record.id && !other.practice && isBetweenTheSame(other, record),
	);
	const left = await Promise.all(earlier.map(other => keptSteps(other, found)));
	return left.filter(({ steps }) => steps.length > 0);
}

async function keptSteps(record: RunRecord, found: ReadonlySet<string>): Promise<LeftBehind> {
	const kept = keptIn(record);
	if (kept.size === 0) {
		return { record, steps: [] };
	}
	const answers = await answersOf(record.answers, async () => new Secret(''));
	const steps = madeSteps(record, answers)
		.map(({ step }) => step)
		.filter(({ id, change }) => kept.has(id) && found.has(named(id, change?.makes)))
		.toReversed();
	return { record, steps };
}

const isBetweenTheSame = (one: RunRecord, other: RunRecord): boolean =>
	sides.every(side => {
		const uid = one.clusters?.[side]?.uid;
		return uid !== undefined && uid === other.clusters?.[side]?.uid;
	});

/** What the last attempt was to undo, and kept. */
const keptIn = ({ attempts }: RunRecord): ReadonlySet<string> =>
	new Set(
		eventsOf({ attempts: attempts.slice(-1) }).flatMap(event =>
			event.type === 'step-finished' && event.outcome.kind === 'undone' && event.outcome.kept !== undefined
				? [event.step]
				: [],
		),
	);

/** What the run found in place, by its step and what that would have made. */
function foundIn(record: RunRecord): ReadonlySet<string> {
	const makes = new Map(record.plan.steps.map(({ id, changes }) => [id, changes ?? undefined]));
	return new Set(
		eventsOf(record).flatMap(event =>
			event.type === 'step-finished' && event.outcome.kind === 'unchanged'
				? [named(event.step, makes.get(event.step))]
				: [],
		),
	);
}

const named = (step: string, makes: string | undefined): string => `${step} ${makes ?? ''}`;
