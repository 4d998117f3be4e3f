import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../source/pairing/clusters/ports.ts';

export type FakeClock = Clock &
	Readonly<{
		/** Does something when that moment comes. */
		at(milliseconds: number, what: () => void): void;
		/** Waits for the work, jumping to the next alarm whenever nothing else is left to do. */
		until<T>(work: Promise<T>): Promise<T>;
	}>;

type Alarm = Readonly<{ time: number; ring: () => void }>;

/** Time that passes only when everybody waits, and then at once. */
export function fakeClock(): FakeClock {
	let time = 0;
	const alarms = new Set<Alarm>();
	const at = (milliseconds: number, ring: () => void) => {
		const alarm = { time: milliseconds, ring };
		alarms.add(alarm);
		return alarm;
	};

	return {
		now: () => time,
		today: () => Date.UTC(2026, 0, 1) + time,
		at,
		sleep(milliseconds, signal) {
			const { promise, resolve } = Promise.withResolvers<void>();
			if (signal.aborted) {
				resolve();
				return promise;
			}
			const alarm = at(time + milliseconds, resolve);
			signal.addEventListener('abort', () => {
				alarms.delete(alarm);
				resolve();
			});
			return promise;
		},
		async until(work) {
			let isSettled = false;
			const settle = () => {
				isSettled = true;
			};
			work.then(settle, settle);
			for (;;) {
				await turn();
				if (isSettled) {
					return work;
				}
				const [next] = [...alarms].sort((a, b) => a.time - b.time);
				if (!next) {
					throw new Error('everybody waits, and nothing is going to happen');
				}
				alarms.delete(next);
				time = Math.max(time, next.time);
				next.ring();
			}
		},
	};
}
