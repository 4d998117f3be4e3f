import { useState } from 'react';
import { alsoBy, type Binding } from '../../ui/keys/bindings.ts';

/** `?` lays a page with all keys over a screen. @param isWithin the list on the screen has that key first */
export function useHelp(bindings: readonly Binding[], isWithin = false) {
	const [isHelping, setHelping] = useState(false);
	const known: readonly Binding[] = [
		...bindings,
		{ key: '?', does: 'help', act: () => setHelping(true), isWithin },
	];
	const close: Binding = { key: 'Esc', does: 'close', act: () => setHelping(false) };
	return {
		isHelping,
		/** Of the screen below the page. */
		known,
		bindings: isHelping
			? [...alsoBy(close, '⏎', '?', 'q'), ...bindings.filter(({ key }) => key === 'Ctrl-C')]
			: known,
	};
}
