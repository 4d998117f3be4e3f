import { storeField } from '../../pairing/answers/store-fields.ts';
import { inSentence } from '../../pairing/words/in-sentence.ts';
import type { QuestionId } from '../questions/question-ids.ts';
import { shortNames } from '../questions/questions.ts';
import type { WizardAction } from '../wizard-state.ts';

/** Something that can be done where the conversation is. A face adds a key, or a label. */
export type Offer = Readonly<{
	id: OfferId;
	action: WizardAction | Deed;
	/** Asked first: it can't be undone. */
	confirm?: string;
}>;

/** What is done in the world, not in the conversation. */
export type Deed = Readonly<{ type: (typeof deeds)[number] }>;

const deeds = ['undo-made', 'save-attachments', 'save-runbook', 'save-answers', 'prove', 'leave'] as const;

export const isConversation = (action: Offer['action']): action is WizardAction =>
	!deeds.some(type => type === action.type);

export type OfferId =
	| 'next'
	| 'steps'
	| 'run'
	| 'runbook'
	| 'answers'
	| 'again'
	| 'account'
	| `answer:${QuestionId}`
	| `${'keep' | 'replace'}:${'credential' | 'pair'}`
	| 'retry'
	| 'details'
	| 'swap'
	| 'change'
	| 'undo'
	| 'prove'
	| 'save'
	| 'leave';

/** What a face says of each; of an answer that is changed, only where it has words of its own. */
export type ByOffer<T> = Readonly<
	Record<Exclude<OfferId, `answer:${QuestionId}`>, T> & Partial<Record<`answer:${QuestionId}`, T>>
>;

/** In a menu, or read aloud. */
export const labelOf = (id: OfferId): string =>
	labels[id] ??
	`${isTyped(questionOf(id)) ? 'Enter another' : 'Change the'} ${inSentence(shortNames[questionOf(id)])}`;

/** What a store can't do without. */
function isTyped(id: QuestionId): boolean {
	const entry = storeField(id);
	return (
		entry !== undefined && entry.kind !== 'choice' && !('optional' in entry.field && entry.field.optional)
	);
}

const server = 'Enter another API server address';
const endpoint = 'Enter another Portworx address';

const labels: ByOffer<string> = {
	next: 'Continue',
	steps: 'Show all steps, with every command',
	run: 'Run it',
	runbook: 'Save a runbook, to follow by hand',
	answers: 'Save the answers, without secrets',
	again: 'Start again',
	account: 'Use the token of a ServiceAccount',
	'keep:credential': 'Keep the existing credential',
	'keep:pair': 'Keep the existing pair',
	'replace:credential': 'Replace the existing credential',
	'replace:pair': 'Replace the existing pair',
	retry: 'Retry',
	details: 'Show everything that was found',
	swap: 'Swap source and destination',
	change: 'Change an answer',
	undo: 'Undo all changes',
	prove: 'Quit, and prove it: migrate a small volume, and read it',
	save: 'Save the manifest to a file',
	leave: 'Quit',
	'answer:store': 'Choose another object store',
	'answer:found': 'Say where the clusters are',
	'answer:server': server,
	'answer:backServer': server,
	'answer:pairEndpoint': endpoint,
	'answer:backEndpoint': endpoint,
};

export const questionOf = (id: OfferId): QuestionId => id.slice('answer:'.length) as QuestionId;
