import type { Draft } from '../../pairing/answers/draft.ts';
import type { Plan } from '../../pairing/step/step.ts';
import type { RunState } from '../../runner/run-state.ts';

export type Phase = 'running' | 'ended' | 'undoing' | 'undone';

/** What there is to tell once the screen is gone. */
export type Aftermath =
	/** `draft`: with answers that may be kept. */
	| Readonly<{ kind: 'left-before-run'; draft?: Draft }>
	| Readonly<{
			kind: 'ran';
			plan: Plan;
			run: RunState;
			phase: Phase;
			draft: Draft;
			/** The manifest of a migration through the pair. */
			migration: readonly string[];
			/** What was made and still exists, by all attempts together. */
			standing: number;
			/** The person asked for a proof of the pair, which follows the conversation. */
			isToBeProved: boolean;
	  }>
	/** What an earlier run made was undone, as far as it went. */
	| Readonly<{ kind: 'took-back'; title: string; run: RunState; standing: number }>;
