import { type Key, useInput } from 'ink';

/** A key, what it does here, and the doing: the footer, the help and the handler are made from it. */
export type Binding = Readonly<{
	/** As the footer spells it: `r`, `⏎`, `Esc`, `Ctrl-C`. */
	key: string;
	does: string;
	/** undefined: the list or the field on the screen does it. */
	act?: (() => void) | undefined;
	/** The list or the field has the key first, and calls `act` when it has no use for it. */
	isWithin?: boolean;
	/** Works without being shown: another key for the same. */
	isQuiet?: boolean;
}>;

/** Listens for those that no list or field has first. */
export function useBindings(bindings: readonly Binding[]): void {
	useInput((input, key) => {
		const pressed = keyName(input, key);
		bindings.find(({ key: known, isWithin }) => known === pressed && !isWithin)?.act?.();
	});
}

function keyName(input: string, key: Key): string {
	if (key.eventType === 'release' || key.meta) return '';
	if (key.ctrl) return `Ctrl-${input.toUpperCase()}`;
	if (key.return) return '⏎';
	return key.escape ? 'Esc' : input;
}

/** What a key does, for the list or the field that has it first. */
export const actOf = (bindings: readonly Binding[], key: string): (() => void) | undefined =>
	bindings.find(binding => binding.key === key)?.act;

/** The other keys that do the same. */
export const alsoBy = (binding: Binding, ...keys: readonly string[]): readonly Binding[] => [
	binding,
	...keys.map(key => ({ ...binding, key, isQuiet: true })),
];

/** The list or the field on the screen has the key first. */
export const within = (binding: Binding): Binding => ({ ...binding, isWithin: true });

/** Works without being shown. */
export const quiet = (binding: Binding): Binding => ({ ...binding, isQuiet: true });
