import { kindOf, whereThrown } from '../../runner/where-thrown.ts';

/** The one place where a stack is shown: the mistake is ours. The message may quote anything, so it stays out. */
export function bugText(error: unknown): string {
	const stack = error instanceof Error ? whereThrown(error) : [];
	return `pxpair: Internal error (${error instanceof Error ? kindOf(error) : 'unknown'}). This is a bug in pxpair\n${stack.slice(0, 6).join('\n')}\n  → Please report it with the lines above. Running it again is safe.\n`;
}
