import type { Clock } from '../../pairing/clusters/ports.ts';
import type { Connection } from './connection.ts';
import { cancelled } from './explain.ts';

/** What came of one attempt. */
export type Attempt<T> = Readonly<{ kind: 'answer'; answer: T } | { kind: 'failure'; error: unknown }>;

/** Milliseconds. */
const pauses = [250, 1000];
/** The longest that a busy server is obeyed when it says after how many seconds to come again. */
const longestPause = 10_000;

/** Tries again, after a pause, what is transient; what the last attempt brings is it. */
export async function retrying<T extends Readonly<{ retryAfter: number | undefined }>>(
	{ side, signal }: Pick<Connection, 'side' | 'signal'>,
	clock: Clock,
	attempt: () => Promise<T>,
	isTransient: (tried: Attempt<T>) => boolean,
): Promise<T> {
	for (const pause of pauses) {
		const tried = await attempt().then(
			(answer): Attempt<T> => ({ kind: 'answer', answer }),
			(error): Attempt<T> => ({ kind: 'failure', error }),
		);
		if (!isTransient(tried)) {
			if (tried.kind === 'failure') {
				throw tried.error;
			}
			return tried.answer;
		}
		const told = tried.kind === 'answer' ? tried.answer.retryAfter : undefined;
		await clock.sleep(pauseAfter(told, pause), signal);
		if (signal.aborted) {
			throw cancelled(side);
		}
	}
	return attempt();
}

/** @param told seconds; the pause is in milliseconds */
const pauseAfter = (told: number | undefined, pause: number): number =>
	Math.min(Math.max((told ?? 0) * 1000, pause), longestPause);
