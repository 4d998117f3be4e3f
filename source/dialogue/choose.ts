import type { Dialogue } from './dialogue.ts';
import { howTo } from './dialogue.ts';

export type Item<Id extends string> = Readonly<{
	id: Id;
	label: string;
	description?: string;
	/** Why it cannot be chosen, though it is there. */
	refused?: string;
}>;

export type ChoiceOf<Id extends string> = Readonly<{
	items: readonly Item<Id>[];
	/** What Enter alone takes; nothing when absent. */
	initial?: Id | undefined;
	help?: readonly string[];
}>;

/** One of several, by its number or a part of its name. @returns undefined: back */
export async function choose<Id extends string>(
	{ say, keyboard }: Pick<Dialogue, 'say' | 'keyboard'>,
	{ items, initial, help = [] }: ChoiceOf<Id>,
): Promise<Id | undefined> {
	let listed = listFrom(items, say);
	const enter = items.find(({ id }) => id === initial);
	const number = listed.findIndex(({ id }) => id === initial) + 1;
	const byEnter = enter ? `; Enter for ${number > 0 ? number : enter.label}` : '';
	const prompt = `${listed.length > 0 ? 'Type a number, or part of a name' : 'Type part of a name'}${byEnter}: `;
	for (;;) {
		const typed = (await keyboard.read(prompt, 'shown')).reveal().trim();
		if (/^(<|back)$/i.test(typed)) {
			return undefined;
		}
		if (/^(\?|help)$/i.test(typed)) {
			[...help, ...howTo].forEach(say);
			continue;
		}
		const found = meant(typed, items, listed, enter);
		const [only] = found;
		if (found.length === 1 && only) {
			if (only.refused === undefined) {
				return only.id;
			}
			say(only.refused);
		} else if (found.length === 0) {
			say(typed === '' ? 'Enter alone selects nothing here.' : 'No entry has that name or number.');
		} else {
			say(`${found.length} entries match.`);
			listed = listFrom(found, say);
		}
	}
}

/** @returns whether it is to be done */
export async function confirm(
	{ say, keyboard }: Pick<Dialogue, 'say' | 'keyboard'>,
	question: string,
): Promise<boolean> {
	say(question);
	const typed = await keyboard.read('[y/N] ', 'shown');
	return /^y(es)?$/i.test(typed.reveal().trim());
}

/** More than these are not read out. */
const most = 20;

function listFrom<Id extends string>(
	items: readonly Item<Id>[],
	say: (line: string) => void,
): readonly Item<Id>[] {
	if (items.length > most) {
		say(`There are ${items.length} entries.`);
		return [];
	}
	items
		.map(({ label, description }, index) => `${index + 1}. ${label}${description ? `. ${description}` : ''}`)
		.forEach(say);
	return items;
}

/** A number of what was listed last, a whole name, the one that begins like it, else all whose names have the words in them. */
function meant<Id extends string>(
	typed: string,
	items: readonly Item<Id>[],
	listed: readonly Item<Id>[],
	enter: Item<Id> | undefined,
): readonly Item<Id>[] {
	if (typed === '') {
		return enter ? [enter] : [];
	}
	const numbered = /^\d{1,3}$/.test(typed) ? listed[Number(typed) - 1] : undefined;
	const exact = numbered ?? items.find(({ label }) => label === typed);
	const words = typed.toLowerCase();
	const begun = items.filter(({ label }) => label.toLowerCase().startsWith(words));
	if (exact || begun.length === 1) {
		return exact ? [exact] : begun;
	}
	return items.filter(({ label }) => words.split(/\s+/).every(word => label.toLowerCase().includes(word)));
}
