import type { ReactNode } from 'react';
import type { Phase } from '../../../conversation/story/aftermath.ts';
import type { Binding } from '../../../ui/keys/bindings.ts';
import { HelpPage } from '../../help-page.tsx';

/** Where a run is: under way, ended well, or short of its end. */
export type Standing = 'running' | 'done' | 'failed' | 'undoing' | 'undone';

export const standingOf = (phase: Phase, isDone: boolean): Standing =>
	phase === 'ended' ? (isDone ? 'done' : 'failed') : phase;

/** What a run, or what became of it, is about, and all the keys that work there. */
export function RunHelp({
	standing,
	bindings,
}: Readonly<{ standing: Standing; bindings: readonly Binding[] }>): ReactNode {
	return <HelpPage {...texts[standing]} bindings={bindings} />;
}

const texts: Readonly<Record<Standing, Readonly<{ title: string; lines: readonly string[] }>>> = {
	running: {
		title: 'The run',
		lines: [
			'Each step is checked first, and changed only where it does not hold yet. What exists as planned is unchanged.',
			'Behind a step are its seconds, and for a step that waits, when it gives up.',
			'Ctrl-C stops after the current change. What was created is kept, and can be undone or resumed.',
		],
	},
	done: {
		title: 'Done',
		lines: [
			'The pair is Ready, as the source cluster has just reported it.',
			'Undo deletes what this run created, in reverse order, and nothing that existed before it.',
			'pxpair status checks the pair at any time; pxpair undo undoes this run later.',
		],
	},
	failed: {
		title: 'A run that failed or was stopped',
		lines: [
			'The cause comes first, then what helps. The cursor is on the most likely fix.',
			'A retry starts at the first step: finished steps are found as planned, and are not repeated.',
			'Undo deletes what was created. If you quit, the objects are kept: pxpair run --resume continues later.',
		],
	},
	undoing: {
		title: 'Undo',
		lines: [
			'What the run created is deleted in reverse order. What existed before the run is kept.',
			'Ctrl-C stops after the current change. What is deleted by then is gone; the rest can be undone later.',
		],
	},
	undone: {
		title: 'Undone',
		lines: [
			'What is still there is listed with the reason. It can be undone again, here or with pxpair undo.',
			'Replaced objects are not restored.',
		],
	},
};
