import type { Draft } from '../pairing/answers/draft.ts';
import { counted } from '../pairing/words/counted.ts';
import { answerText } from './questions/answer-texts.ts';
import { shortNames } from './questions/questions.ts';
import type { KeptDraft, Unfinished, WizardServices } from './services.ts';
import { madeOf } from './story/story.ts';
import type { Place, WizardAction } from './wizard-state.ts';

/** What is chosen before the first question, where an earlier conversation left something. */
export type Beginning = Readonly<{
	/** Of its screen. */
	title: string;
	question: string;
	/** What was left. */
	lines: readonly string[];
	/** What was created by it and still exists, where it may have created something. */
	made?: readonly string[];
	/** The first is what most people take. */
	options: readonly Readonly<{ id: string; label: string; description: string; act: () => void }>[];
	help: readonly string[];
}>;

type Left = Pick<WizardServices, 'unfinished' | 'kept'>;

/** With what the conversation begins, if it is not the first question. */
export const beginsWith = ({ unfinished, kept }: Left) => ({
	isUnfinished: unfinished !== undefined,
	isKept: kept !== undefined,
});

export function beginningAt(
	{ kind }: Place,
	{ unfinished, kept }: Left,
	dispatch: (action: WizardAction) => void,
): Beginning | undefined {
	return kind === 'begin' && unfinished
		? withRun(unfinished, dispatch)
		: kind === 'kept' && kept
			? withAnswers(kept, dispatch)
			: undefined;
}

/** An earlier run did not come to its end: what it was, what is of it, and the ways on. */
export function withRun(
	{ title, when, ended, draft, story, takeUp }: Unfinished,
	dispatch: (action: WizardAction) => void,
): Beginning {
	const made = madeOf(story).map(({ what }) => what);
	return {
		title: 'A run that was not finished',
		question: 'An earlier run is unfinished. What do you want to do?',
		lines: [title, `${when}: ${ended}`],
		made,
		options: [
			{
				id: 'go-on',
				label: 'Resume it',
				description: 'What exists as planned is unchanged. Secrets are asked for again.',
				act() {
					takeUp();
					dispatch({ type: 'go-on', draft, story });
				},
			},
			{
				id: 'undo',
				label: `Undo it: delete ${counted(made.length, 'object')}`,
				description: 'Shows what would be deleted, then asks.',
				act: () => dispatch({ type: 'undo-first', story }),
			},
			{
				id: 'again',
				label: 'Start a new run',
				description: 'The old run can be resumed later: pxpair runs lists it.',
				act: () => dispatch({ type: 'start-again' }),
			},
		].filter(({ id }) => id !== 'undo' || made.length > 0),
		help: runHelp,
	};
}

export const runHelp: readonly string[] = [
	'The last run failed, was stopped, or its terminal was closed. Its record says what it created.',
	'Resume checks every step again: finished steps are found as planned, and are not repeated.',
	'Undo deletes what the run created, in reverse order, and nothing that existed before it.',
];

/** What exists, as a heading. */
export const existingLine = (made: readonly string[], end: ':' | '.'): string =>
	made.length === 0
		? 'It created nothing that still exists.'
		: `Still existing: ${counted(made.length, 'object')}${end}`;

/** Whether the answers of an earlier conversation are still wanted. */
export const withAnswers = (
	{ age, draft }: KeptDraft,
	dispatch: (action: WizardAction) => void,
): Beginning => ({
	title: 'Earlier answers',
	question: `Continue with the answers of ${inWords(age)}?`,
	// Those that tell one conversation from another.
	lines: (['source', 'destination', 'store', 'namespace', 'name'] as const)
		.map(id => [shortNames[id], answerText(id, draft)] as const)
		.filter(([, text]) => text !== '')
		.map(([name, text]) => `${name}: ${text}`),
	options: [
		{
			id: 'continue',
			label: 'Continue',
			description: 'Secrets were not kept: they are asked for again. Both clusters are checked again.',
			act: () => dispatch({ type: 'take-kept', draft }),
		},
		{
			id: 'again',
			label: 'Start without them',
			description: 'They are deleted when you have answered again.',
			act: () => dispatch({ type: 'start-again' }),
		},
	],
	help: answersHelp,
});

export const answersHelp: readonly string[] = [
	'An earlier conversation was left before its run. Its answers were kept on this machine, without secrets.',
	'Continue asks for what is missing only. Every answer can be changed from the review.',
];

/** Answers that are worth keeping. */
export const hasAnswers = ({ source, store, texts }: Draft): boolean =>
	source !== undefined || store !== undefined || Object.values(texts).some(text => text !== '');

function inWords(age: number): string {
	const units = [
		[86_400_000, 'day'],
		[3_600_000, 'hour'],
		[60_000, 'minute'],
	] as const;
	const [size, name] = units.find(([unit]) => age >= unit) ?? [60_000, 'minute'];
	const count = Math.floor(age / size);
	return count === 0 ? 'a moment ago' : `${counted(count, name)} ago`;
}
