/** Asks once and remembers the answer; a failure is forgotten, so that a retry asks again. */
export function remember<T>(ask: () => Promise<T>): () => Promise<T> {
	let answer: Promise<T> | undefined;
	return () => {
		answer ??= ask().catch(error => {
			answer = undefined;
			throw error;
		});
		return answer;
	};
}
