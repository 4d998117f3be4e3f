import { beginOptions, thingsOf } from '../conversation/begin-options.ts';
import { choose } from './choose.ts';
import type { Dialogue } from './dialogue.ts';

/** An earlier run did not come to its end: what it was, what stands of it, and the ways on. */
export async function begin(dialogue: Dialogue): Promise<void> {
	const { say, services, dispatch, made: all } = dialogue;
	const { unfinished } = services;
	if (!unfinished) {
		return dispatch({ type: 'start-anew' });
	}
	const { title, when, ended, made } = unfinished;
	const things = thingsOf(made);
	[
		'',
		'A run did not come to its end. What should become of it?',
		title,
		`${when}: ${ended}`,
		made.length === 0
			? 'Nothing of it stands in any cluster.'
			: `Of it ${things} ${made.length === 1 ? 'stands' : 'stand'}:`,
		...made.map(({ what }) => `  ${what}`),
	].forEach(say);
	const answer = await choose(dialogue, {
		items: beginOptions(made),
		initial: 'go-on',
	});
	switch (answer) {
		case 'go-on':
			all.splice(0, all.length, ...made);
			unfinished.takeUp();
			return dispatch({ type: 'go-on', draft: unfinished.draft });
		case 'undo':
			all.splice(0, all.length, ...made);
			return dispatch({ type: 'undo-first' });
		case 'anew':
			all.splice(0, all.length);
			return dispatch({ type: 'start-anew' });
		case undefined:
			say('This is the first question. Ctrl-C leaves.');
	}
}
