import type { PodPlaces } from '../pairing/step/preview.ts';
import { type Plan, type Step, stepsOf } from '../pairing/step/step.ts';
import { shell } from '../pairing/words/command.ts';
import { refuse } from '../pairing/words/problem.ts';
import { command } from '../pairing/words/way.ts';
import { stepText } from '../plain/plan-text.ts';
import type { Host } from './line/host.ts';

const question = '[Enter] run this step   [a] run all remaining   [q] stop: ';

/** @throws PairingError when there is no one to ask */
export function refuseWithoutTerminal({ isTerminal }: Host): void {
	if (!isTerminal) {
		refuse({
			id: 'step-without-terminal',
			title: '--step asks before each step, and there is no terminal to ask on',
			remedies: [
				'Start it on a terminal.',
				command('Or run it without asking', shell`pxpair run FILE`),
				command('To see the steps beforehand', shell`pxpair plan FILE`),
			],
		});
	}
}

/** Shows each step as it is in the plan, and waits for a word before it is done. */
export function stepByStep(
	host: Host,
	plan: Plan,
	places: PodPlaces,
): (step: Step) => Promise<'go' | 'stop'> {
	const numbers = new Map(stepsOf(plan).map(({ id }, index) => [id, index + 1]));
	let asks = true;
	return async step => {
		if (!asks) {
			return 'go';
		}
		host.out(`\n${stepText(step, numbers.get(step.id) ?? 0, places, host.page)}`);
		for (;;) {
			host.err(question);
			const answer = await readLine(host);
			switch (answer?.trim().toLowerCase()) {
				case '':
				case 'y':
					return 'go';
				case 'a':
					asks = false;
					return 'go';
				case 'q':
				case undefined:
					return 'stop';
			}
			host.err('Not one of these. ');
		}
	};
}

/** undefined when the input has ended, or the person wants to stop. */
async function readLine({ stdin, stop }: Host): Promise<string | undefined> {
	const { promise, resolve } = Promise.withResolvers<string | undefined>();
	const take = (chunk: unknown) => resolve(String(chunk));
	const end = () => resolve(undefined);
	stdin.once('data', take).once('end', end).resume();
	stop.addEventListener('abort', end, { once: true });
	try {
		return await promise;
	} finally {
		stdin.off('data', take).off('end', end).pause();
		stop.removeEventListener('abort', end);
	}
}
