import { useEffect } from 'react';

/** What happens when the process is asked to end from outside. */
export function useStop(signal: AbortSignal, act: (() => void) | undefined): void {
	useEffect(() => {
		if (!act) {
			return;
		}
		signal.addEventListener('abort', act);
		return () => signal.removeEventListener('abort', act);
	}, [signal, act]);
}
