import type { Step, UndoContext, Undone } from '../../source/pairing/step/step.ts';
import { undo } from '../../source/pairing/step/undoing.ts';

/** Of a step that changes nothing: undefined. */
export const undone = ({ change }: Step, context: UndoContext): Promise<Undone> | undefined =>
	change && undo(change.remains(context));
