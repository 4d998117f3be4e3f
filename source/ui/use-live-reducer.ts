import { useCallback, useRef, useState } from 'react';

/**
 * A reducer whose state can be asked for at once: `dispatch` returns the next state, and `latest()` is never older
 * than the last dispatch. Several keys may come in before React draws; the last of them, Enter say, must see what
 * the others did.
 */
export function useLiveReducer<State, Action>(
	reducer: (state: State, action: Action) => State,
	initial: () => State,
): { state: State; latest: () => State; dispatch: (action: Action) => State } {
	const [state, setState] = useState(initial);
	const current = useRef(state);
	const latest = useCallback(() => current.current, []);
	const dispatch = useCallback(
		(action: Action) => {
			current.current = reducer(current.current, action);
			setState(current.current);
			return current.current;
		},
		[reducer],
	);
	return { state, latest, dispatch };
}
