import { systemClock } from '../../gateways/machine/clock.ts';
import { noFactsOf } from '../../pairing/clusters/cluster.ts';
import { planPairing } from '../../pairing/plan.ts';
import { PairingError } from '../../pairing/words/problem.ts';
import { runPlan } from '../../runner/run-plan.ts';
import type { Session } from '../inputs/session.ts';
import type { Host } from '../line/host.ts';

/** The practice clusters are new each time: the pair has to be created first. */
export async function pairPractice(
	host: Host,
	{ answers, world }: Pick<Session, 'answers' | 'world'>,
): Promise<void> {
	const result = await runPlan(planPairing(answers, noFactsOf(answers)), {
		world,
		clock: systemClock,
		runId: 'practice',
		signal: host.stop,
		observe: () => {},
	});
	if (result.kind === 'failed') {
		throw new PairingError(result.problem);
	}
}
