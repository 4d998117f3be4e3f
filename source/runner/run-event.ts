import type { Identity } from '../pairing/step/step.ts';
import type { Problem } from '../pairing/words/problem.ts';

/** How a step ended. */
export type Outcome =
	/** It held already, so nothing was done. */
	| Readonly<{ kind: 'unchanged'; evidence: string; warnings?: readonly Problem[] }>
	/** `identity`: what the cluster calls it, where it told. */
	| Readonly<{ kind: 'changed'; made: string; evidence: string; identity?: Identity }>
	/** Of undo: what had been made was deleted, was `absent` already, or is kept for a reason. */
	| Readonly<{ kind: 'undone'; made: string; kept: string | undefined; absent?: true }>
	/** `trace` is what a failed change left behind, as far as could be read afterwards. */
	| Readonly<{ kind: 'failed'; problem: Problem; trace: 'none' | 'unknown' }>
	/** Never started. */
	| Readonly<{ kind: 'skipped'; because: string }>
	/** Stopped before it changed anything: a change under way is completed. */
	| Readonly<{ kind: 'cancelled' }>;

/** What a run tells while it goes. Times are milliseconds since its start. Holds no secret. */
export type RunEvent =
	| Readonly<{ type: 'step-started'; step: string; at: number }>
	/** Something worth a line under the running step. */
	| Readonly<{ type: 'step-noted'; step: string; note: string; at: number }>
	/** About to write: told, and kept, before anything is sent. */
	| Readonly<{ type: 'step-changing'; step: string; makes: string; at: number }>
	/** Every second while a step runs: it lives, and has for so long. */
	| Readonly<{ type: 'step-waiting'; step: string; elapsed: number; at: number }>
	| Readonly<{ type: 'step-finished'; step: string; outcome: Outcome; elapsed: number; at: number }>
	| Readonly<{ type: 'run-finished'; result: RunResult; at: number }>;

export type RunResult =
	| Readonly<{ kind: 'done'; changes: number }>
	| Readonly<{ kind: 'failed'; changes: number; problem: Problem; trace: 'none' | 'unknown' }>
	| Readonly<{ kind: 'cancelled'; changes: number }>;

export type Observer = (event: RunEvent) => void;
