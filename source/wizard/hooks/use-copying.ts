import { useState } from 'react';
import { useSignals } from '../../ui/terminal-signals.ts';

/** What is copied goes to the terminal, which does not tell what became of it. */
export function useCopying() {
	const { copy } = useSignals();
	const [isCopied, setCopied] = useState(false);
	return {
		notice: isCopied
			? 'Copied. If your clipboard is empty, this terminal does not allow it (OSC 52)'
			: undefined,
		copy(text: string): void {
			copy(text);
			setCopied(true);
		},
	};
}
