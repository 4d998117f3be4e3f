import type { Clock } from '../pairing/clusters/ports.ts';

/** In seconds: when it is said for the first time that the work goes on, and when after that. */
export type Signs = Readonly<{ first: number; next(seconds: number): number }>;

/** After 1, 2, 4, 8 … seconds, then every 15. */
export const rarer = (first: number): Signs => ({
	first,
	next: seconds => Math.min(seconds * 2, seconds + 15),
});

/** Every few seconds. */
export const every = (pause: number): Signs => ({ first: pause, next: seconds => seconds + pause });

/** While the work lasts: for how many seconds it has. */
export async function withSignsOfLife<T>(
	clock: Clock,
	signs: Signs,
	tell: (seconds: number) => void,
	work: Promise<T>,
): Promise<T> {
	const over = new AbortController();
	void tellUntil(over.signal, clock, signs, tell);
	return work.finally(() => over.abort());
}

async function tellUntil(
	over: AbortSignal,
	clock: Clock,
	{ first, next }: Signs,
	tell: (seconds: number) => void,
): Promise<void> {
	const started = clock.now();
	for (let seconds = first; ; seconds = next(seconds)) {
		await clock.sleep(started + seconds * 1000 - clock.now(), over);
		if (over.aborted) {
			return;
		}
		tell(seconds);
	}
}
