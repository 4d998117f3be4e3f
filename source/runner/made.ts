import type { Identity } from '../pairing/step/step.ts';
import type { RunEvent } from './run-event.ts';

/** One thing that a run made and that still exists, as far as its events tell. */
export type Made = Readonly<{
	/** Id of the step that made it. */
	step: string;
	what: string;
	/** What the cluster calls it, where that is known. */
	identity?: Identity;
	/** false: the change had begun, and how it ended was not seen. */
	isCertain: boolean;
}>;

/** What all attempts at a plan have made together, in the order in which it was made; without what was undone. */
export function madeBy(events: readonly RunEvent[]): readonly Made[] {
	const made = new Map<string, Made>();
	const begun = new Set<string>();
	for (const event of events) {
		switch (event.type) {
			case 'step-started':
				begun.delete(event.step);
				break;
			case 'step-changing':
				begun.add(event.step);
				made.set(
					event.step,
					made.get(event.step) ?? { step: event.step, what: event.makes, isCertain: false },
				);
				break;
			case 'step-finished': {
				const { step, outcome } = event;
				if (outcome.kind === 'changed') {
					const { identity } = outcome;
					made.set(step, { step, what: outcome.made, isCertain: true, ...(identity && { identity }) });
				} else if (isGone(outcome, begun.has(step))) {
					const what = made.get(step)?.what;
					made.delete(step);
					// A step of the same plan may delete what another one made, once it is not needed any more.
					const twins = [...made.values()].filter(other => outcome.kind === 'undone' && other.what === what);
					for (const twin of twins) made.delete(twin.step);
				}
				break;
			}
			default:
		}
	}
	return [...made.values()];
}

/** After a change that failed it was looked at again: `none` means that nothing of it is there. A trial leaves nothing, either. */
const isGone = (
	outcome: Extract<RunEvent, { type: 'step-finished' }>['outcome'],
	hadBegun: boolean,
): boolean =>
	(outcome.kind === 'undone' && outcome.kept === undefined) ||
	(hadBegun && (outcome.kind === 'unchanged' || (outcome.kind === 'failed' && outcome.trace === 'none')));
