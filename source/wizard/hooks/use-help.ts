import { useState } from 'react';
import type { Binding } from '../../ui/keys/bindings.ts';
import { closeHelp } from '../keys/keys.ts';
import { isCtrlC } from '../keys/parts.ts';

/** `?` lays a page with all keys over a screen. @param isWithin the list on the screen has that key first */
export function useHelp(bindings: readonly Binding[], isWithin = false) {
	const [isHelping, setHelping] = useState(false);
	const known: readonly Binding[] = [
		...bindings,
		{ key: '?', does: 'help', act: () => setHelping(true), isWithin },
	];
	return {
		isHelping,
		/** Of the screen below the page. */
		known,
		bindings: isHelping ? [...closeHelp(() => setHelping(false)), ...bindings.filter(isCtrlC)] : known,
	};
}
