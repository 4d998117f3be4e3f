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

/** The same for what is asked about several things, each of which has a name. */
export function rememberEach<In, Out>(
	ask: (value: In) => Promise<Out>,
	nameOf: (value: In) => string = String,
) {
	const answers = new Map<string, () => Promise<Out>>();
	return (value: In): Promise<Out> => {
		const name = nameOf(value);
		const known = answers.get(name) ?? remember(() => ask(value));
		answers.set(name, known);
		return known();
	};
}
