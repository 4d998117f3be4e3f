import type { Told } from '../conversation/services.ts';
import type { Answers } from '../pairing/answers/answers.ts';
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
