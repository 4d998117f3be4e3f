import { versionRead } from '../pairing/clusters/find-facts.ts';
import type { Clock, World } from '../pairing/clusters/ports.ts';
import { absentProblem } from '../pairing/step/decide.ts';
import {
	type Identity,
	type Plan,
	type Step,
	type StepChange,
	type StepContext,
	stepsOf,
} from '../pairing/step/step.ts';
import { undo } from '../pairing/step/undoing.ts';
import { outsideText } from '../pairing/words/outside-text.ts';
import { orCancelled } from './or-cancelled.ts';
import { printableOutcome } from './printable-outcome.ts';
import { problemIn, problemOf } from './problem-of.ts';
import { resultOf } from './result-of.ts';
import type { Observer, Outcome, RunEvent, RunResult } from './run-event.ts';
import { settled } from './settled.ts';
import { undoStopped } from './undone-text.ts';
import { type Proof, unproven } from './unproven.ts';

export type RunOptions = Readonly<{
	world: World;
	clock: Clock;
	runId: string;
	/** Stops the run: what waits ends at once, a change under way is completed. */
	signal: AbortSignal;
	observe: Observer;
	/** Resolves when all that was told is kept: a change that no one remembers could not be undone. */
	kept?: () => Promise<unknown>;
	/** Of what is to be undone, by the id of the step that made it. */
	identities?: ReadonlyMap<string, Identity>;
	/** Asked before each step; then no two run at the same time. What time the answer takes is no step's. */
	before?: (step: Step) => Promise<'go' | 'stop'>;
}>;

const heartbeat = 1000;

/** Carries a plan out. Never throws for what clusters do: that is an outcome. */
export async function runPlan(plan: Plan, options: RunOptions): Promise<RunResult> {
	const run = new Run(options);
	const stages = options.before ? stepsOf(plan).map(step => [step]) : plan.stages;
	for (const stage of stages) {
		await Promise.all(stage.map(step => run.step(step)));
	}
	return run.finish();
}

/** Undoes what steps made, in the order given. Goes on past a failure, and stops between two of them. */
export async function undoSteps(steps: readonly Step[], options: RunOptions): Promise<RunResult> {
	const run = new Run(options);
	for (const step of steps) {
		await run.undo(step);
	}
	return run.finish();
}

class Run {
	readonly #options: RunOptions;
	readonly #startedAt: number;
	readonly #outcomes: Outcome[] = [];

	constructor(options: RunOptions) {
		this.#options = options;
		this.#startedAt = options.clock.now();
	}

	async step(step: Step): Promise<void> {
		const stopped = this.#stoppedBecause() ?? (await this.#heldBack(step));
		if (stopped) {
			this.#finishStep(step, stopped, 0);
			return;
		}
		await this.#timed(step, () => this.#carryOut(step));
	}

	async undo(step: Step): Promise<void> {
		const { change } = step;
		if (!change) {
			return;
		}
		if (this.#options.signal.aborted) {
			this.#finishStep(step, undoStopped, 0);
			return;
		}
		await this.#timed(step, async () => {
			try {
				const made = this.#options.identities?.get(step.id);
				const undone = await undo(change.remains({ ...this.#context(step), made }));
				return {
					kind: 'undone',
					made: change.makes,
					kept: undone.kind === 'kept' ? undone.because : undefined,
					...(undone.kind === 'absent' && { absent: true }),
				};
			} catch (error) {
				return { kind: 'failed', problem: problemOf(error, step), trace: 'unknown' };
			}
		});
	}

	finish(): RunResult {
		const result = resultOf(this.#outcomes);
		this.#emit({ type: 'run-finished', result, at: this.#elapsed() });
		return result;
	}

	async #timed(step: Step, work: () => Promise<Outcome>): Promise<void> {
		const started = this.#elapsed();
		this.#emit({ type: 'step-started', step: step.id, at: started });
		const stop = new AbortController();
		const beating = this.#beat(step, started, stop.signal);
		const outcome = await work();
		stop.abort();
		await beating;
		this.#finishStep(step, outcome, this.#elapsed() - started);
	}

	async #carryOut(step: Step): Promise<Outcome> {
		const context = this.#context(step);
		try {
			const verdict = await settled(step, context);
			switch (verdict.kind) {
				case 'cancelled':
					return verdict;
				case 'holds':
					return {
						kind: 'unchanged',
						evidence: verdict.evidence,
						...(verdict.warnings?.length && { warnings: verdict.warnings }),
					};
				case 'pending':
					return { kind: 'failed', problem: verdict.problem, trace: 'none' };
				case 'absent':
					return step.change
						? await this.#change(step, step.change, context, verdict.because)
						: { kind: 'failed', problem: absentProblem(step, verdict.because), trace: 'none' };
			}
		} catch (error) {
			return { kind: 'failed', problem: problemOf(error, step), trace: 'none' };
		}
	}

	/** The change is proven by checking again, also when it failed: a lost answer is not a lost change. */
	async #change(step: Step, change: StepChange, context: StepContext, before: string): Promise<Outcome> {
		const made = change.makes;
		for (const { id, change: brought } of [...(change.brings ?? []), step]) {
			this.#emit({ type: 'step-changing', step: id, makes: brought?.makes ?? '', at: this.#elapsed() });
		}
		const unkept = await problemIn(step, async () => void (await this.#options.kept?.()));
		if (unkept) {
			return { kind: 'failed', problem: unkept, trace: 'none' };
		}
		let identity: Identity | undefined;
		const failure = await problemIn(step, async () => {
			identity = await change.apply(context);
		});
		const proof = await this.#proof(step, context);
		if (proof.kind === 'holds') {
			if (failure && madeByOthers.has(failure.id)) {
				return { kind: 'unchanged', evidence: `${proof.evidence}; created by someone else at the same time` };
			}
			if (change.kind !== undefined) {
				return change.kind === 'trial' || proof.isKept
					? { kind: 'unchanged', evidence: proof.evidence }
					: { kind: 'undone', made, kept: undefined };
			}
			identity ??= await change.identify?.(context).catch(() => undefined);
			return { kind: 'changed', made, evidence: proof.evidence, ...(identity && { identity }) };
		}
		// A namesake that was deleted and not made again is absent as well, but for another reason than before.
		const trace = failure && proof.kind === 'absent' && proof.because === before ? 'none' : 'unknown';
		return { kind: 'failed', problem: failure ?? unproven(step, proof), trace };
	}

	async #proof(step: Step, context: StepContext): Promise<Proof> {
		try {
			return await step.check(context);
		} catch (error) {
			return { kind: 'unread', problem: problemOf(error, step) };
		}
	}

	#context(step: Step): StepContext {
		let last = '';
		return {
			world: this.#options.world,
			clock: this.#options.clock,
			runId: this.#options.runId,
			signal: this.#options.signal,
			note: text => {
				const note = outsideText(text);
				if (note !== last) {
					last = note;
					this.#emit({ type: 'step-noted', step: step.id, note, at: this.#elapsed() });
				}
			},
		};
	}

	async #beat(step: Step, started: number, signal: AbortSignal): Promise<void> {
		const { clock } = this.#options;
		for (;;) {
			await clock.sleep(heartbeat, signal);
			if (signal.aborted) {
				return;
			}
			const at = this.#elapsed();
			this.#emit({ type: 'step-waiting', step: step.id, elapsed: at - started, at });
		}
	}

	async #heldBack(step: Step): Promise<Outcome | undefined> {
		const answer = await orCancelled(
			this.#options.before?.(step) ?? Promise.resolve('go'),
			this.#options.signal,
		);
		return answer === 'go' ? undefined : stopped;
	}

	#stoppedBecause(): Outcome | undefined {
		if (this.#outcomes.some(({ kind }) => kind === 'failed')) {
			return { kind: 'skipped', because: 'an earlier step failed' };
		}
		const isStopped = resultOf(this.#outcomes).kind === 'cancelled';
		return isStopped || this.#options.signal.aborted ? stopped : undefined;
	}

	#finishStep(step: Step, found: Outcome, elapsed: number): void {
		const outcome = printableOutcome(found, versionRead(this.#options.world));
		this.#outcomes.push(outcome);
		this.#emit({ type: 'step-finished', step: step.id, outcome, elapsed, at: this.#elapsed() });
	}

	#elapsed(): number {
		return Math.round(this.#options.clock.now() - this.#startedAt);
	}

	#emit(event: RunEvent): void {
		this.#options.observe(event);
	}
}

/** Of a step that was never started. */
const stopped: Outcome = { kind: 'skipped', because: 'the run was stopped' };

/** Refusals that say that something of that name is there already: no matter who created it, it was not this change. */
const madeByOthers: ReadonlySet<string> = new Set(['credential-exists', 'conflict']);
