import type { ContextRef, WizardServices } from '../../conversation/services.ts';
import { systemClock } from '../../gateways/machine/clock.ts';
import type { openWorld } from '../../gateways/world.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { StoreTrial, World } from '../../pairing/clusters/ports.ts';
import { defined } from '../../pairing/words/json.ts';
import { type Side, sides } from '../../pairing/words/pair.ts';
import { problemThrown } from '../../pairing/words/problem.ts';
import { rememberTrials } from './remember-trials.ts';

/** Seconds that a store may take to answer a trial. */
const trialPatience = 25;

export type WithWorld = <T>(
	answers: Answers | Pick<Answers, Side>,
	work: (world: World) => Promise<T>,
) => Promise<T>;

/** Each world is open for one work. With the first come connections and zod, which the first screens can do without. */
export function openingWorlds(
	optionsFor: (answers: Parameters<WithWorld>[0]) => Parameters<typeof openWorld>[1],
): WithWorld {
	const remembering = rememberTrials(systemClock);
	return async (answers, work) => {
		const { openWorld } = await import('../../gateways/world.ts');
		const { world, close } = await openWorld(answers, optionsFor(answers));
		try {
			return await work(remembering(world));
		} finally {
			close();
		}
	};
}

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
		// A context that leads nowhere: the same for everything about it.
		const unknown = { kind: 'unknown', problem: problemThrown(error) } as const;
		for (const side of sides) {
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

/** One signed request from a pod of each cluster. What cannot be asked was not tried. */
export async function tryStore(
	answers: Answers,
	tell: (side: Side, trial: StoreTrial) => void,
	signal: AbortSignal,
	withWorld: WithWorld,
): Promise<void> {
	const { objectStore } = answers;
	if (objectStore.provider === 'none') {
		return;
	}
	const told = (side: Side, trial: StoreTrial) => {
		if (!signal.aborted) tell(side, trial);
	};
	try {
		await withWorld(answers, async world => {
			await Promise.all(
				sides.map(async side => {
					const over = new AbortController();
					const late = systemClock
						.sleep(trialPatience * 1000, AbortSignal.any([signal, over.signal]))
						.then((): StoreTrial => ({ kind: 'untried', because: `no result after ${trialPatience} s` }));
					const trial = world[side].podView.tryStore(objectStore).catch(untried);
					told(side, await Promise.race([trial, late]).finally(() => over.abort()));
				}),
			);
		});
	} catch (error) {
		for (const side of sides) told(side, untried(error));
	}
}

const untried = (error: unknown): StoreTrial => ({ kind: 'untried', because: problemThrown(error).title });

/** undefined where they can't be listed. */
export const namespaces = (
	{ name, kubeconfig }: ContextRef,
	withWorld: WithWorld,
): ReturnType<WizardServices['namespaces']> => {
	const side = { context: name, ...defined({ kubeconfig }) };
	return withWorld({ source: side, destination: side }, async world => {
		const { namespaceType } = await import('../../pairing/clusters/kubernetes.ts');
		const found = await world.source.api.list(namespaceType, { limit: 500 });
		return found?.map(({ metadata }) => metadata.name);
	}).catch(() => undefined);
};
