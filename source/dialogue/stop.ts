import { stoppingNow, stopQuestion } from '../conversation/offers/stop-question.ts';
import { runStart } from '../runner/run-state.ts';
import type { Dialogue } from './dialogue.ts';
import { isLeaving } from './keyboard.ts';

/** Ctrl-C asks whether to stop while this goes on, and what is under way is completed first. Who ends the process is not asked. */
export async function stoppable(
	{ say, keyboard, state, stopSignal }: Dialogue,
	work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
	const stop = new AbortController();
	const stopNow = () => {
		say(stoppingNow);
		stop.abort();
	};
	let isAsked = false;
	const unwatch = keyboard.watch(key => {
		if (stop.signal.aborted) {
			return;
		}
		if (isLeaving(key) && !isAsked) {
			isAsked = true;
			const { live } = state();
			const question = stopQuestion(live?.phase, live?.run ?? runStart([]));
			say(`${question} [y/N] Ctrl-C again stops as well; any other key: continue`);
		} else if (isAsked) {
			isAsked = false;
			if (key === 'y' || isLeaving(key)) stopNow();
			else say('Continuing.');
		}
	});
	stopSignal.addEventListener('abort', stopNow);
	await work(stop.signal);
	stopSignal.removeEventListener('abort', stopNow);
	unwatch();
}
