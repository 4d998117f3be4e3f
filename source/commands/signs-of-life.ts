import type { Clock } from '../pairing/clusters/ports.ts';
import { type Host, printer } from './line/host.ts';

/** While the work takes longer than a second: that it goes on, and for how long, on standard error. */
export async function withSignsOfLife<T>(
	host: Host,
	clock: Clock,
	what: string,
	work: Promise<T>,
): Promise<T> {
	const over = new AbortController();
	void tell(host, clock, what, over.signal);
	return work.finally(() => over.abort());
}

/** After 1, 2, 4, 8 … seconds, then every 15. Read aloud, every few seconds are enough. */
async function tell(host: Host, clock: Clock, what: string, over: AbortSignal): Promise<void> {
	const started = clock.now();
	for (let next = host.look.isSpoken ? 5 : 1; ; next = Math.min(next * 2, next + 15)) {
		await clock.sleep(started + next * 1000 - clock.now(), over);
		if (over.aborted) {
			return;
		}
		printer(host.err)(`${what}… ${next} s`);
	}
}
