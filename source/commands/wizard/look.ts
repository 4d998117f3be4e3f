import type { WizardServices } from '../../conversation/services.ts';
import { systemClock } from '../../gateways/machine/clock.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { World } from '../../pairing/clusters/ports.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { PairingError } from '../../pairing/words/problem.ts';

export type WithWorld = <T>(
	answers: Answers | Pick<Answers, Side>,
	work: (world: World) => Promise<T>,
) => Promise<T>;

/** Facts and findings are of one world, so that nothing is asked twice. */
export async function look(
	answers: Answers,
	tell: Parameters<WizardServices['look']>[1],
	signal: AbortSignal,
	withWorld: WithWorld,
): Promise<void> {
	try {
		await withWorld(answers, async world => {
			const [{ tellFacts }, { lookAtBoth }] = await Promise.all([
				import('../../pairing/clusters/find-facts.ts'),
				import('../../pairing/look-at-both.ts'),
			]);
			const [findings] = await Promise.all([
				lookAtBoth(answers, {
					world,
					clock: systemClock,
					signal,
					tell: found => tell.findings(found, false),
				}),
				tellFacts(world, tell.facts),
			]);
			tell.findings(findings, true);
		});
	} catch (error) {
		if (!(error instanceof PairingError)) {
			throw error;
		}
		// A context that leads nowhere: the same for everything about it.
		const unknown = { kind: 'unknown', problem: error.problem } as const;
		for (const side of ['source', 'destination'] as const) {
			tell.facts(side, {
				context: answers[side].context,
				api: unknown,
				platform: unknown,
				portworx: unknown,
				uuid: unknown,
				stork: unknown,
			});
		}
		tell.findings([], true);
	}
}
