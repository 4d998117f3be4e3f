import type { PairAnswers } from '../../answers/answers.ts';
import type { Direction } from '../../answers/direction.ts';
import type { StorkFacts } from '../../clusters/cluster.ts';
import type { Remedy } from '../../words/way.ts';
import type { LoginTrouble } from './login-explanations.ts';
import type { Reached } from './way.ts';

/** What is known besides the kubeconfig entry, which is that of `context` on `way.to`. */
export type Travel = Readonly<{
	way: Direction;
	context: string;
	/** The answers for this direction. */
	pair: PairAnswers;
	/** Of `way.from`: it logs in. undefined when nothing is known of it. */
	stork: StorkFacts | undefined;
	/** Milliseconds since 1970. */
	now: number;
	/** Whether the API server answered a pod of `way.from` at the address that travels. */
	reached: Reached;
}>;

export type Trouble = Readonly<{ id: LoginTrouble; evidence: string; remedies?: readonly Remedy[] }>;
