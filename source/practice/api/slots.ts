/** What only so many may do at a time; the others wait in the order in which they came. */
export type Slots = Readonly<{
	/**
	 * Does the work as soon as there is a slot, and has it until the work has ended, well or not.
	 * @param signal ends the waiting with its reason; the work has to heed it by itself
	 */
	within<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}>;

export function createSlots(count: number): Slots {
	let free = count;
	const waiting = new Set<() => void>();
	const take = (signal: AbortSignal) =>
		new Promise<void>((resolve, reject) => {
			signal.throwIfAborted();
			if (free > 0) {
				free -= 1;
				resolve();
				return;
			}
			const begin = () => {
				signal.removeEventListener('abort', leave);
				resolve();
			};
			const leave = () => {
				waiting.delete(begin);
				reject(signal.reason);
			};
			signal.addEventListener('abort', leave, { once: true });
			waiting.add(begin);
		});
	const give = () => {
		const [next] = waiting;
		if (next === undefined) {
			free += 1;
			return;
		}
		waiting.delete(next);
		next();
	};
	return {
		async within(work, signal) {
			await take(signal);
			try {
				return await work();
			} finally {
				give();
			}
		},
	};
}
