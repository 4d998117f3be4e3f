import { type Host, printer } from './line/host.ts';

/** While something takes longer than a second: that it lives, and for how long, on standard error. */
export function signsOfLife(host: Host, what: string): Readonly<{ stop(): void }> {
	const started = performance.now();
	const print = printer(host.err);
	// Read aloud, every few seconds are enough.
	let next = host.look.isSpoken ? 5 : 1;
	const timer = setInterval(() => {
		const seconds = Math.round((performance.now() - started) / 1000);
		if (seconds >= next) {
			// After 1, 2, 4, 8 … seconds, then every 15.
			next = Math.min(next * 2, next + 15);
			print(`${what}… ${seconds} s`);
		}
	}, 1000);
	return { stop: () => clearInterval(timer) };
}
