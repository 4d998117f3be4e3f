import type { Phase } from '../conversation/story/aftermath.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { RunState } from '../runner/run-state.ts';
import { alsoBy, type Binding } from '../ui/keys/bindings.ts';
import { type Acts, choose, move, offerBindings, quiet, readerBindings } from './bindings.ts';
import type { KeyedOffers } from './offer-keys.ts';

/** A run as far as it came. */
export type Ended = Readonly<{
	phase: Phase;
	run: RunState;
	/** What ended it. */
	errors: readonly Problem[];
	/** What the check warned of. */
	warnings: readonly Problem[];
}>;

export type RunActs = Pick<Acts, 'take' | 'saveManifests' | 'isWide'> &
	Readonly<{
		leave: () => void;
		/** undefined: it is stopping already. */
		stop: (() => void) | undefined;
		read: () => void;
		help: () => void;
		close: () => void;
		copy: (text: string) => void;
	}>;

/** What `c` copies, where there is something to copy. */
export type Copied = Readonly<{ does: string; text: string }>;

/** Keys while a run goes on, and once it is over. */
export const runBindings = (
	ended: Ended,
	offers: KeyedOffers,
	{ copied, ...acts }: RunActs & Readonly<{ copied: Copied | undefined }>,
): readonly Binding[] => [
	...ending(ended, acts),
	...readBindings(ended, acts.read),
	...offerBindings(offers, acts.take),
	...(copied ? [{ key: 'c', does: copied.does, act: () => acts.copy(copied.text) }] : []),
	{ key: '?', does: 'help', act: acts.help },
];

/** Keys of the screen that explains these. */
export const helpBindings = (ended: Ended, acts: RunActs): readonly Binding[] => [
	...alsoBy({ key: 'Esc', does: 'close', act: acts.close }, '⏎', '?', 'q'),
	...ending(ended, acts).filter(({ key }) => key === 'Ctrl-C'),
];

/** Keys of the screen on which its problems are read. */
export const runReaderBindings = (ended: Ended, offers: KeyedOffers, acts: RunActs): readonly Binding[] => [
	...readerBindings([...ended.errors, ...ended.warnings], offers, acts),
	...ending(ended, acts)
		.filter(({ key }) => key === 'Ctrl-C')
		.map(quiet),
];

/** The same where the offers are a menu, which shows their keys. */
export const menuBindings = (bindings: readonly Binding[], offers: KeyedOffers): readonly Binding[] => [
	move,
	choose,
	...bindings.map(binding => (binding.key !== 'q' && offers.has(binding.key) ? quiet(binding) : binding)),
];

function ending({ phase, run }: Ended, { stop, leave }: RunActs): readonly Binding[] {
	const quits = (key: string) => quiet({ key, does: 'quit', act: leave });
	switch (phase) {
		case 'running':
			return [{ key: 'Ctrl-C', does: 'stop', act: stop }];
		case 'undoing':
			return [];
		case 'undone':
			return [quits('Ctrl-C')];
		case 'ended':
			return run.result?.kind === 'done' ? ['⏎', 'Esc', 'Ctrl-C'].map(quits) : [quits('Ctrl-C')];
	}
}

/** Of a failure, all that was said of it can be read. */
function readBindings({ errors, warnings }: Ended, act: () => void): readonly Binding[] {
	if (errors.length === 0) {
		return warnings.length > 0 ? [{ key: 'w', does: 'warnings', act }] : [];
	}
	const all = errors.length + warnings.length;
	return errors.length > 1
		? alsoBy({ key: 'w', does: `show all ${all}`, act }, 'v')
		: alsoBy({ key: 'v', does: 'full answer', act }, 'w');
}

type UndoActs = Pick<RunActs, 'take' | 'leave'> & Readonly<{ begin: () => void; back: () => void }>;

/** Keys before what an earlier run made is undone, meanwhile, and after. */
export function undoBindings(
	phase: 'asked' | 'undoing' | 'undone',
	offers: KeyedOffers,
	{ begin, back, take, leave }: UndoActs,
): readonly Binding[] {
	switch (phase) {
		case 'asked':
			return [
				{ key: 'y', does: 'undo', act: begin },
				...alsoBy({ key: 'Esc', does: 'back', act: back }, 'n'),
				{ key: '↑↓', does: 'scroll' },
				quiet({ key: 'Ctrl-C', does: 'quit', act: leave }),
			];
		case 'undoing':
			return [];
		case 'undone':
			return [
				...offerBindings(offers, take),
				...['⏎', 'Ctrl-C'].map(key => quiet({ key, does: 'quit', act: leave })),
			];
	}
}
