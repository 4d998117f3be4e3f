import type { Identity, Step } from '../pairing/step/step.ts';
import { outsideText } from '../pairing/words/outside-text.ts';
import type { Problem } from '../pairing/words/problem.ts';
import { problemOf } from './problem-of.ts';
import type { RunOptions } from './run-plan.ts';

/** What an undo would do with one thing, as it is now. */
export type PlannedUndo = Readonly<{ step: Step }> &
	Readonly<
		| { kind: 'delete'; identity: Identity | undefined; caution: string | undefined }
		| { kind: 'keep'; because: string }
		| { kind: 'absent' }
		| { kind: 'unknown'; problem: Problem }
	>;

type Options = Pick<RunOptions, 'world' | 'clock' | 'runId' | 'signal' | 'identities'> &
	Readonly<{ goneBefore?: Iterable<Identity> }>;

/** Asks of each thing what its undo would ask, in the same order, and deletes nothing. */
export async function planUndo(steps: readonly Step[], options: Options): Promise<readonly PlannedUndo[]> {
	const planned: PlannedUndo[] = [];
	for (const step of steps) {
		planned.push(await lookAt(step, { ...options, goneBefore: goneOf(planned, options.goneBefore) }));
	}
	return planned;
}

export const goneOf = (
	planned: readonly PlannedUndo[],
	before: Iterable<Identity> = [],
): ReadonlySet<Identity> =>
	new Set([
		...before,
		...planned.flatMap(one => (one.kind === 'delete' && one.identity !== undefined ? [one.identity] : [])),
	]);

async function lookAt(
	step: Step,
	{ identities, ...options }: Options & Readonly<{ goneBefore: ReadonlySet<Identity> }>,
): Promise<PlannedUndo> {
	try {
		const made = identities?.get(step.id);
		const remains = await step.change?.remains({ ...options, made, note: () => {} });
		switch (remains?.kind) {
			case 'deletable':
				return { step, kind: 'delete', identity: remains.identity, caution: remains.caution };
			case 'kept':
				return { step, kind: 'keep', because: outsideText(remains.because) };
			case 'absent':
			case undefined:
				return { step, kind: 'absent' };
		}
	} catch (error) {
		return { step, kind: 'unknown', problem: problemOf(error, step) };
	}
}
