import { aheadOf } from '../conversation/found/found.ts';
import type { Told } from '../conversation/services.ts';
import type { Answers } from '../pairing/answers/answers.ts';
import { completeAnswers } from '../pairing/answers/draft.ts';
import { every, withSignsOfLife } from '../plain/signs-of-life.ts';
import type { Dialogue } from './dialogue.ts';

/** Seconds between two words of progress. */
const pause = 5;

/** Looks at both clusters, and says what is checked and that it goes on. A person who leaves ends it. */
export async function lookAloud(
	{ say, services, keyboard }: Dialogue,
	what: string,
	answers: Answers,
	told: Told,
): Promise<void> {
	say(`Checking ${what} (read-only), for up to 25 seconds.`);
	const stop = new AbortController();
	const looking = services.look(answers, told, stop.signal);
	const tell = (seconds: number) => say(`Still checking: ${seconds} of 25 seconds.`);
	try {
		await withSignsOfLife(services.clock, every(pause), tell, keyboard.during(looking));
	} finally {
		stop.abort();
	}
}

/** What exists of the planned names is known before it is reviewed. */
export async function lookAhead(dialogue: Dialogue): Promise<void> {
	const { state, dispatch } = dialogue;
	const { draft } = state();
	if (aheadOf(state())) {
		return;
	}
	await lookAloud(dialogue, 'names and the key', completeAnswers(draft), {
		facts: () => {},
		findings: (findings, isWhole) => isWhole && dispatch({ type: 'looked-ahead', of: draft, findings }),
	});
}
