import { useEffect, useRef } from 'react';
import type { Phase } from '../../conversation/story/aftermath.ts';
import type { RunResult } from '../../runner/run-event.ts';
import type { RunState } from '../../runner/run-state.ts';
import { useSignals } from '../../ui/terminal-signals.ts';

/** Milliseconds after which no one may be looking any more. */
const long = 10_000;

/** The window says where a run is; a long one rings once when it ends. @param phase undefined: not begun */
export function useEndTold({ rows, result }: RunState, phase: Phase | undefined): void {
	const { title, bell } = useSignals();
	const began = useRef(Date.now());
	const over = rows.filter(({ state }) => state.kind !== 'pending' && state.kind !== 'running').length;
	const said = phase && wordsFor(phase, result?.kind, `${over} of ${rows.length}`);
	useEffect(() => {
		if (said !== undefined) title(`pxpair: ${said}`);
	}, [title, said]);
	const isOver = phase === 'ended' || phase === 'undone';
	useEffect(() => {
		if (!isOver) began.current = Date.now();
		else if (Date.now() - began.current >= long) bell();
	}, [bell, isOver]);
}

function wordsFor(phase: Phase, result: RunResult['kind'] | undefined, progress: string): string {
	switch (phase) {
		case 'running':
			return `pairing, ${progress}`;
		case 'undoing':
			return `undoing, ${progress}`;
		case 'undone':
			return result === 'done' ? 'undone' : 'not fully undone';
		case 'ended':
			return result === 'done' ? 'paired' : result === 'cancelled' ? 'stopped' : 'failed';
	}
}
