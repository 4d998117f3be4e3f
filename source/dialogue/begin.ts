import { beginningAt, existingLine } from '../conversation/beginnings.ts';
import { choose } from './choose.ts';
import type { Dialogue } from './dialogue.ts';

export const isFirst = 'This is the first question. Ctrl-C twice quits.';

/** What an earlier conversation left, and the ways on. */
export async function begin(dialogue: Dialogue): Promise<void> {
	const { say, services, state, dispatch } = dialogue;
	const beginning = beginningAt(state().place, services, dispatch);
	if (!beginning) {
		return dispatch({ type: 'start-again' });
	}
	const { question, lines, made, options } = beginning;
	[
		...['', question, ...lines],
		...(made ? [existingLine(made, ':'), ...made.map(what => `  ${what}`)] : []),
	].forEach(say);
	const answer = await choose(dialogue, { items: options, initial: options[0]?.id });
	if (answer === undefined) say(isFirst);
	else options.find(({ id }) => id === answer)?.act();
}
