import type { StepContext } from './step.ts';

/** Milliseconds. */
type Waiting = Readonly<{ patience: number; pause: number }>;

const firstPause = 100;

/** Looks again and again, at first soon, until something is seen. @returns undefined when the patience ended, or the signal came */
export async function waitFor<Seen>(
	{ clock, signal }: Pick<StepContext, 'clock' | 'signal'>,
	{ patience, pause }: Waiting,
	look: () => Promise<Seen | undefined>,
): Promise<Seen | undefined> {
	const deadline = clock.now() + patience;
	for (let next = firstPause; ; next = Math.min(next * 2, pause)) {
		const seen = await look();
		const left = deadline - clock.now();
		if (seen !== undefined || left <= 0 || signal.aborted) {
			return seen;
		}
		await clock.sleep(Math.min(next, left), signal);
	}
}
