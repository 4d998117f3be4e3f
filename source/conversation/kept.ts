import type { Draft } from '../pairing/answers/draft.ts';
import { counted } from '../pairing/words/counted.ts';
import { answerText } from './questions/answer-texts.ts';
import { shortNames } from './questions/questions.ts';
import type { KeptDraft, WizardServices } from './services.ts';

/** With what the conversation begins, if it is not the first question. */
export const beginsWith = ({ unfinished, kept }: Pick<WizardServices, 'unfinished' | 'kept'>) => ({
	isUnfinished: unfinished !== undefined,
	isKept: kept !== undefined,
});

export const keptQuestion = ({ age }: KeptDraft): string => `Continue with the answers of ${inWords(age)}?`;

export const keptOptions = [
	{
		id: 'continue',
		label: 'Continue',
		description: 'Secrets were not kept: they are asked for again. Both clusters are checked again.',
	},
	{ id: 'again', label: 'Start without them', description: 'They are deleted when you have answered again.' },
] as const;

export const keptHelp: readonly string[] = [
	'An earlier conversation was left before its run. Its answers were kept on this machine, without secrets.',
	'Continue asks for what is missing only. Every answer can be changed from the review.',
];

/** The answers that tell one conversation from another. */
export const keptLines = ({ draft }: KeptDraft): readonly string[] =>
	(['source', 'destination', 'store', 'namespace', 'name'] as const)
		.map(id => [shortNames[id], answerText(id, draft)] as const)
		.filter(([, text]) => text !== '')
		.map(([name, text]) => `${name}: ${text}`);

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
