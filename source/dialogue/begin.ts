import { beginOptions, thingsOf } from '../conversation/begin-options.ts';
import { madeOf } from '../conversation/story.ts';
import { choose } from './choose.ts';
import type { Dialogue } from './dialogue.ts';

/** An earlier run did not come to its end: what it was, what stands of it, and the ways on. */
export async function begin(dialogue: Dialogue): Promise<void> {
	const { say, services, dispatch } = dialogue;
	const { unfinished } = services;
	if (!unfinished) {
		return dispatch({ type: 'start-anew' });
	}
	const { title, when, ended, draft, story } = unfinished;
	const made = madeOf(story);
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
			unfinished.takeUp();
			return dispatch({ type: 'go-on', draft, story });
		case 'undo':
			return dispatch({ type: 'undo-first', story });
		case 'anew':
			return dispatch({ type: 'start-anew' });
		case undefined:
			say('This is the first question. Ctrl-C leaves.');
	}
}
