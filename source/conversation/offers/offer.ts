import type { QuestionId } from '../questions/question-ids.ts';
import { lowerFirst, shortNames } from '../questions/questions.ts';
import type { WizardAction } from '../wizard-state.ts';

/** Something that can be done where the conversation is. A face adds a key, or a label. */
export type Offer = Readonly<{
	id: OfferId;
	action: WizardAction | Deed;
	/** Asked first: it can't be undone. */
	confirm?: string;
}>;

/** What is done in the world, not in the conversation. */
export type Deed = Readonly<{
	type: 'undo-made' | 'save-attachments' | 'save-runbook' | 'save-answers' | 'prove' | 'leave';
}>;

export const isConversation = (action: Offer['action']): action is WizardAction => !deeds.has(action.type);

const deeds: ReadonlySet<string> = new Set<Deed['type']>([
	'undo-made',
	'save-attachments',
	'save-runbook',
	'save-answers',
	'prove',
	'leave',
]);

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
	| 'swap'
	| 'change'
	| 'undo'
	| 'prove'
	| 'save'
	| 'leave';

/** In a menu, or read aloud. */
export function labelOf(id: OfferId): string {
	switch (id) {
		case 'next':
			return 'Go on';
		case 'steps':
			return 'Show all steps, with every command';
		case 'run':
			return 'Run it';
		case 'runbook':
			return 'Save a runbook, to follow by hand';
		case 'answers':
			return 'Save the answers, without secrets';
		case 'again':
			return 'Start again';
		case 'account':
			return 'Use the token of a ServiceAccount';
		case 'keep:credential':
			return 'Keep the existing credential';
		case 'keep:pair':
			return 'Keep the existing pair';
		case 'replace:credential':
			return 'Replace the existing credential';
		case 'replace:pair':
			return 'Replace the existing pair';
		case 'retry':
			return 'Retry';
		case 'swap':
			return 'Swap source and destination';
		case 'change':
			return 'Change an answer';
		case 'undo':
			return 'Undo what was made';
		case 'prove':
			return 'Quit, and prove it: migrate a small volume, and read it';
		case 'save':
			return 'Save the manifest to a file';
		case 'leave':
			return 'Quit';
		case 'answer:found':
			return 'Say where the clusters are';
		case 'answer:server':
		case 'answer:backServer':
			return 'Enter another API server address';
		case 'answer:pairEndpoint':
		case 'answer:backEndpoint':
			return 'Enter another Portworx address';
		default:
			return `Change the ${inSentence(shortNames[questionOf(id)])}`;
	}
}

const questionOf = (id: `answer:${QuestionId}`): QuestionId => id.slice('answer:'.length) as QuestionId;

/** `JSON key file` stays as it is. */
const inSentence = (name: string): string => (/^[A-Z]{2}/.test(name) ? name : lowerFirst(name));
