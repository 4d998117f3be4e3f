/** Work that begins a moment after the change that it follows, as that of something that watches would. */
export function createSoon(): Readonly<{ soon(work: () => void): void; stop(): void }> {
	const pending = new Set<NodeJS.Immediate>();
	return {
		soon(work) {
			const immediate = setImmediate(() => {
				pending.delete(immediate);
				work();
			});
			pending.add(immediate);
		},
		stop() {
			for (const immediate of pending) clearImmediate(immediate);
		},
	};
}
