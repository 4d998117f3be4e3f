import { keptLines, keptOptions, keptQuestion } from '../conversation/kept.ts';
import { beginOptions, objectsIn } from '../conversation/offers/begin-options.ts';
import { madeOf } from '../conversation/story/story.ts';
import { choose } from './choose.ts';
import type { Dialogue } from './dialogue.ts';

/** An earlier run did not come to its end: what it was, what is of it, and the ways on. */
export async function begin(dialogue: Dialogue): Promise<void> {
	const { say, services, dispatch } = dialogue;
	const { unfinished } = services;
	if (!unfinished) {
		return dispatch({ type: 'start-again' });
	}
	const { title, when, ended, draft, story } = unfinished;
	const made = madeOf(story);
	const objects = objectsIn(made);
	[
		'',
		'An earlier run is unfinished. What do you want to do?',
		title,
		`${when}: ${ended}`,
		made.length === 0 ? 'It created nothing that still exists.' : `Still existing: ${objects}:`,
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
		case 'again':
			return dispatch({ type: 'start-again' });
		case undefined:
			say('This is the first question. Ctrl-C twice quits.');
	}
}

/** Whether the answers of an earlier conversation are still wanted. */
export async function beginWithKept(dialogue: Dialogue): Promise<void> {
	const { say, services, dispatch } = dialogue;
	const { kept } = services;
	if (!kept) {
		return dispatch({ type: 'start-again' });
	}
	['', keptQuestion(kept), ...keptLines(kept)].forEach(say);
	const answer = await choose(dialogue, { items: keptOptions, initial: 'continue' });
	switch (answer) {
		case 'continue':
			return dispatch({ type: 'take-kept', draft: kept.draft });
		case 'again':
			return dispatch({ type: 'start-again' });
		case undefined:
			say('This is the first question. Ctrl-C twice quits.');
	}
}
