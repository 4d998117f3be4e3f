import { listRecords } from '../../gateways/machine/recorded.ts';
import { answersOf } from '../../pairing/answers/answers-file.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import type { Identity, Step } from '../../pairing/step/step.ts';
import type { Environment } from '../../pairing/words/environment.ts';
import { sides } from '../../pairing/words/pair.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { identitiesOf } from './carry-out.ts';
import { madeSteps } from './made-steps.ts';
import { eventsOf, madeIn } from './past-runs.ts';

/** What the undo of an earlier run had to keep, or a rotation made for the same pair, in the order in which it is deleted. */
export type LeftBehind = Readonly<{ record: RunRecord; steps: readonly Step[] }>;

/**
 * An undo keeps what the pair of a later run uses. With the undo of that later run its last reason to stay may go, and no one would
 * think of the earlier run again. Only what this run found in place and went on with counts, between the same two clusters. What was
 * rotated since belongs to the pair as well.
 */
export async function leftBehind(
	record: RunRecord,
	environment: Environment,
): Promise<readonly LeftBehind[]> {
	const found = foundIn(record);
	const others = (await listRecords(environment)).filter(
		other => other.id !== record.id && !other.practice && isBetweenTheSame(other, record),
	);
	const left = await Promise.all(
		others.map(async other => ({
			record: other,
			steps: rotated(record, other) ? await stepsMadeIn(other) : await keptSteps(other, found),
		})),
	);
	return left.filter(({ steps }) => steps.length > 0);
}

/** Whether the other run replaced secrets of the pair that this one made: what it made belongs to the pair. */
const rotated = ({ rotates, answers: { pair } }: RunRecord, other: RunRecord): boolean =>
	rotates === undefined &&
	other.rotates !== undefined &&
	other.answers.pair.name === pair.name &&
	other.answers.pair.namespace === pair.namespace;

/** By the step that made it, what took the place of a thing that was rotated since; and what was not. */
export function identitiesNow(record: RunRecord, left: readonly LeftBehind[]): ReadonlyMap<string, Identity> {
	const now = new Map(identitiesOf(record));
	// The oldest first.
	for (const other of left.filter(one => rotated(record, one.record)).toReversed()) {
		for (const { step, identity } of madeIn(other.record)) {
			// Of a change that was interrupted it is not known.
			if (identity === undefined) now.delete(step);
			else now.set(step, identity);
		}
	}
	return now;
}

async function keptSteps(record: RunRecord, found: ReadonlySet<string>): Promise<readonly Step[]> {
	const kept = keptIn(record);
	return kept.size === 0
		? []
		: (await stepsMadeIn(record)).filter(
				({ id, change }) => kept.has(id) && found.has(named(id, change?.makes)),
			);
}

const stepsMadeIn = async (record: RunRecord): Promise<readonly Step[]> =>
	madeSteps(record, await answersOf(record.answers, async () => new Secret('')));

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
