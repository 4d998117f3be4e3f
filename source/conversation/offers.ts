import type { Draft } from '../pairing/answers/draft.ts';
import { storeField } from '../pairing/answers/store-fields.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { AnswerField, Way, WayWords } from '../pairing/words/way.ts';
import type { RunState } from '../runner/run-state.ts';
import { changeable } from './answer-texts.ts';
import { nextLocation } from './choices.ts';
import { blockers, isLookedAt, mayRun, problemsOf } from './found.ts';
import type { QuestionId } from './question-ids.ts';
import { lowerFirst, shortNames } from './questions.ts';
import { madeOf } from './story.ts';
import type { WizardAction, WizardState } from './wizard-state.ts';

/** Something that can be done where the conversation is. A face adds a key, or a label. */
export type Offer = Readonly<{
	id: OfferId;
	action: WizardAction | Deed;
	/** Asked first: it can't be undone. */
	confirm?: string;
}>;

/** What is done in the world, not in the conversation. */
export type Deed = Readonly<{
	type: 'undo-made' | 'save-attachments' | 'save-runbook' | 'save-answers' | 'leave';
}>;

export const isConversation = (action: Offer['action']): action is WizardAction => !deeds.has(action.type);

const deeds: ReadonlySet<string> = new Set<Deed['type']>([
	'undo-made',
	'save-attachments',
	'save-runbook',
	'save-answers',
	'leave',
]);

export type OfferId =
	| 'next'
	| 'run'
	| 'runbook'
	| 'answers'
	| 'anew'
	| 'account'
	| `answer:${QuestionId}`
	| `${'keep' | 'replace'}:${'credential' | 'pair'}`
	| 'retry'
	| 'swap'
	| 'change'
	| 'undo'
	| 'save'
	| 'leave';

/** What can be done where the conversation is, for every face. Where a question is answered, that is nothing but the answer. */
export function offersAt(state: WizardState): readonly Offer[] {
	const { place } = state;
	switch (place.kind) {
		case 'question':
			return place.id === 'found' ? offersOnFound(state) : place.id === 'review' ? offersOnReview(state) : [];
		case 'run':
			return offersOfRun(state);
		case 'undo':
			return offersOfUndo(state);
		case 'begin':
		case 'answers':
			return [];
	}
}

/** What ended a run, and what else stood in the way. */
export const problemsIn = ({ result }: RunState): readonly Problem[] =>
	result?.kind === 'failed' ? [result.problem, ...(result.problem.others ?? [])] : [];

/** What can be done about what was found, the likeliest to help first. */
function offersOnFound(state: WizardState): readonly Offer[] {
	const { found, draft } = state;
	if (!isLookedAt(found)) {
		return [];
	}
	const problems = problemsOf(state);
	const mayGoOn = blockers(found, draft).length === 0;
	const again: Offer = { id: 'retry', action: { type: 'look-again' } };
	return [
		...(mayGoOn ? [{ id: 'next', action: { type: 'next' } } as const] : []),
		...waysOut(problems, draft).filter(({ id }) => !isDecision(id) && id !== 'answer:found'),
		...(mayGoOn ? [] : [again]),
		{ id: 'swap', action: { type: 'swapped' } },
		{ id: 'answer:found', action: { type: 'located', location: nextLocation(draft, found.facts) } },
		...(mayGoOn ? [again] : []),
		...saving(problems),
	];
}

/** Only what was looked at, and found free of errors, is run. */
export const startOf = ({ found, draft }: WizardState): WizardAction =>
	mayRun(found, draft) ? { type: 'run' } : { type: 'change', id: 'found' };

/** The plan is shown, and nothing has begun. */
const offersOnReview = (state: WizardState): readonly Offer[] => [
	{ id: 'run', action: startOf(state) },
	{ id: 'change', action: { type: 'list-answers' } },
	{ id: 'runbook', action: { type: 'save-runbook' } },
	{ id: 'answers', action: { type: 'save-answers' } },
	leave,
];

/** While it goes on, nothing; then the likeliest to help first. */
function offersOfRun({ live, draft, story }: WizardState): readonly Offer[] {
	const standing = madeOf(story).length;
	const undo = undoing(standing);
	switch (live?.phase) {
		case 'ended': {
			const problems = problemsIn(live.run);
			return live.run.result?.kind === 'done'
				? [...undo, leave]
				: [
						...waysOut(problems, draft),
						{ id: 'retry', action: { type: 'run' } },
						{ id: 'change', action: { type: 'list-answers' } },
						...undo,
						...saving(problems),
						leave,
					];
		}
		case 'undone':
			return [{ id: 'change', action: { type: 'list-answers' } }, ...undo, leave];
		default:
			return [];
	}
}

/** Of what an earlier run made, once it is undone as far as it could be. */
const offersOfUndo = ({ live }: WizardState): readonly Offer[] =>
	live?.phase === 'undone' ? [{ id: 'anew', action: { type: 'start-anew' } }, leave] : [];

const undoing = (standing: number): readonly Offer[] =>
	standing > 0 ? [{ id: 'undo', action: { type: 'undo-made' }, confirm: undoQuestion(standing) }] : [];

const leave: Offer = { id: 'leave', action: { type: 'leave' } };

const saving = (problems: readonly Problem[]): readonly Offer[] =>
	problems.some(({ attachment }) => attachment) ? [{ id: 'save', action: { type: 'save-attachments' } }] : [];

/** Each way that can be taken here, once. */
function waysOut(problems: readonly Problem[], draft: Draft): readonly Offer[] {
	const offers = problems
		.flatMap(({ remedies }) => remedies)
		.flatMap(remedy => (typeof remedy === 'string' ? [] : offersFor(remedy.way, draft)));
	return offers.filter(({ id }, index) => offers.findIndex(offer => offer.id === id) === index);
}

function offersFor(way: Way, draft: Draft): readonly Offer[] {
	const id = offerIdFor(way, draft);
	if (id === undefined) {
		return [];
	}
	switch (way.kind) {
		case 'use-account':
			return [
				way.replaces
					? { id, action: { type: 'use-account', replaces: true }, confirm: replaceQuestion }
					: { id, action: { type: 'use-account' } },
			];
		case 'answer': {
			const question = questionFor(way.fields, draft);
			return question ? [{ id, action: { type: 'ask-aside', id: question } }] : [];
		}
		case 'existing': {
			const { subject, policy } = way;
			const action = { type: 'decided', subject, policy } as const;
			return [policy === 'replace' ? { id, action, confirm: replaceQuestion } : { id, action }];
		}
		default:
			return [];
	}
}

/** By which offer a way is taken, where there is one. */
export function offerIdFor(way: Way, draft: Draft): OfferId | undefined {
	switch (way.kind) {
		case 'use-account':
			return 'account';
		case 'answer': {
			const question = questionFor(way.fields, draft);
			return question && `answer:${question}`;
		}
		case 'existing':
			return `${way.policy}:${way.subject}`;
		case 'retry':
			return 'retry';
		case 'start':
		case 'command':
			return undefined;
	}
}

/** Ways in the words of a face. What only an answers file can say is said as it is written there. */
export const waysOf =
	(draft: Draft, wordsOf: (id: OfferId) => string | undefined): WayWords =>
	way => {
		const id = offerIdFor(way, draft);
		if (id !== undefined) {
			return wordsOf(id);
		}
		return way.kind === 'answer' ? inFileAlone(way.fields, way.value, draft) : undefined;
	};

function inFileAlone(
	fields: readonly AnswerField[],
	value: string | undefined,
	draft: Draft,
): string | undefined {
	const field = fields.find(name => storeFieldOf(name, draft) !== undefined);
	return field && `${field}${value === undefined ? '' : `: ${value}`}, which only an answers file can have`;
}

const storeFieldOf = (field: AnswerField, { store }: Draft) =>
	storeField(`${store}.${field.replace(/^objectStore\./, '')}`);

const isDecision = (id: OfferId): boolean => id.startsWith('keep:') || id.startsWith('replace:');

/** The first of these fields that is asked for with these answers. */
function questionFor(fields: readonly AnswerField[], draft: Draft): QuestionId | undefined {
	const asked = changeable(draft);
	return fields
		.map(field => questions[field] ?? storeFieldOf(field, draft)?.id)
		.find((id): id is QuestionId => asked.some(question => question === id));
}

const questions: Readonly<Partial<Record<AnswerField, QuestionId>>> = {
	'source.context': 'source',
	'destination.context': 'destination',
	location: 'found',
	'objectStore.provider': 'store',
	'pair.name': 'name',
	'pair.namespace': 'namespace',
	'pair.mode': 'mode',
	'pair.server': 'server',
	'pair.endpoint': 'pairEndpoint',
	'pair.back.server': 'backServer',
	'pair.back.endpoint': 'backEndpoint',
};

const replaceQuestion = "Delete the existing object and create it again? This can't be undone.";

const undoQuestion = (count: number): string =>
	`Undo ${count === 1 ? 'the 1 change' : `all ${count} changes`}? Replaced objects are not restored.`;

/** In a menu, or read aloud. */
export function labelOf(id: OfferId): string {
	switch (id) {
		case 'next':
			return 'Go on';
		case 'run':
			return 'Run it';
		case 'runbook':
			return 'Save it as a runbook, to be followed by hand';
		case 'answers':
			return 'Save the answers as a file, without secrets';
		case 'anew':
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
			return 'Try again';
		case 'swap':
			return 'Swap source and destination';
		case 'change':
			return 'Change an answer';
		case 'undo':
			return 'Undo what was made';
		case 'save':
			return 'Save the manifest as a file';
		case 'leave':
			return 'Leave';
		case 'answer:found':
			return 'Say where the clusters are';
		case 'answer:server':
		case 'answer:backServer':
			return 'Give an API address';
		case 'answer:pairEndpoint':
		case 'answer:backEndpoint':
			return 'Give a Portworx address';
		default:
			return `Give another ${inSentence(shortNames[questionOf(id)])}`;
	}
}

const questionOf = (id: `answer:${QuestionId}`): QuestionId => id.slice('answer:'.length) as QuestionId;

/** `JSON key file` stays as it is. */
const inSentence = (name: string): string => (/^[A-Z]{2}/.test(name) ? name : lowerFirst(name));
