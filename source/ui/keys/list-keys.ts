import type { Key } from 'ink';
import type { ListMove } from '../list-state.ts';

/** What a key means to a list. Letters and digits mean nothing to it: they may be meant for a filter. */
export function readListKey(key: Key): ListMove | undefined {
	if (key.eventType === 'release') return undefined;
	if (key.upArrow) return 'up';
	if (key.downArrow) return 'down';
	if (key.pageUp) return 'page-up';
	if (key.pageDown) return 'page-down';
	if (key.home) return 'first';
	return key.end ? 'last' : undefined;
}
