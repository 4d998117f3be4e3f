import { setTimeout as timer } from 'node:timers/promises';
import type { Clock } from '../../pairing/clusters/ports.ts';

export const systemClock: Clock = {
	now: () => performance.now(),
	today: () => Date.now(),
	async sleep(milliseconds, signal) {
		try {
			await timer(Math.max(0, milliseconds), undefined, { signal });
		} catch {
			// Woken early: the caller looks at its signal.
		}
	},
};
