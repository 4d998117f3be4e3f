import type { Step, StepContext, Verdict } from '../pairing/step/step.ts';
import { type Cancelled, orCancelled } from './or-cancelled.ts';

/** Milliseconds between two looks where no change was seen. */
const lookAgain = 5000;

/** Checks, again and again while it is pending and patience lasts. */
export async function settled(step: Step, context: StepContext): Promise<Verdict | Cancelled> {
	const { clock, signal } = context;
	const deadline = clock.now() + (step.patience?.seconds ?? 0) * 1000;
	for (;;) {
		const verdict = await orCancelled(step.check(context), signal);
		if (verdict.kind !== 'pending' || !step.patience || clock.now() >= deadline) {
			return verdict;
		}
		context.note(verdict.latest);
		const { change } = step.patience;
		await untilWorthALook(
			context,
			enough => change({ ...context, signal: enough }, verdict.since),
			Math.min(lookAgain, deadline - clock.now()),
		);
	}
}

async function untilWorthALook(
	{ clock, signal }: StepContext,
	change: (signal: AbortSignal) => Promise<void>,
	milliseconds: number,
): Promise<void> {
	const enough = new AbortController();
	const either = AbortSignal.any([signal, enough.signal]);
	const slept = clock.sleep(milliseconds, either);
	// A watch that fails is no reason to stop looking: the check itself will say what is wrong.
	const changed = change(either).catch(() => slept);
	await Promise.race([slept, changed]);
	enough.abort();
	await Promise.all([slept, changed]);
}
