import type { Answers } from '../../pairing/answers/answers.ts';
import type { Draft } from '../../pairing/answers/draft.ts';
import { type Problem, problemsOnce } from '../../pairing/words/problem.ts';
import type { RunState } from '../../runner/run-state.ts';
import { blockers, isLookedAt, mayRun, problemsOf } from '../found/found.ts';
import { nextLocation } from '../questions/choices.ts';
import { madeOf, type Story } from '../story/story.ts';
import type { WizardAction, WizardState } from '../wizard-state.ts';
import type { Offer, OfferId } from './offer.ts';
import { waysOut } from './ways-out.ts';

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
		case 'kept':
		case 'answers':
			return [];
	}
}

/** What ended a run, and what else stood in the way. */
export const problemsIn = ({ result, rows }: RunState): readonly Problem[] =>
	result?.kind === 'failed'
		? problemsOnce(
				[
					result.problem,
					// Of steps that ran side by side, more than one may have failed.
					...rows.flatMap(({ state }) => (state.kind === 'failed' ? [state.problem] : [])),
				].flatMap(problem => [problem, ...(problem.others ?? [])]),
			)
		: [];

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
		{ id: 'details', action: { type: 'details' } },
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
	{ id: 'steps', action: { type: 'steps' } },
	{ id: 'run', action: startOf(state) },
	{ id: 'change', action: { type: 'list-answers' } },
	{ id: 'runbook', action: { type: 'save-runbook' } },
	{ id: 'answers', action: { type: 'save-answers' } },
	leave,
];

/** While it goes on, nothing; then the likeliest to help first. */
function offersOfRun({ live, draft, story }: WizardState): readonly Offer[] {
	const undo = undoing(story);
	switch (live?.phase) {
		case 'ended': {
			const problems = problemsIn(live.run);
			return live.run.result?.kind === 'done'
				? [...proving(draft), ...undo, leave]
				: [
						...waysOut(problems, draft).filter(({ id }) => id !== anotherStore.id),
						{ id: 'retry', action: { type: 'run' } },
						...(problems.some(isAboutStore) ? [anotherStore] : []),
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
const offersOfUndo = ({ live, story }: WizardState): readonly Offer[] =>
	live?.phase === 'undone'
		? [...undoing(story), { id: 'again', action: { type: 'start-again' } }, leave]
		: [];

const undoing = (story: Story): readonly Offer[] => {
	const standing = madeOf(story).length;
	const confirm = undoQuestion(
		standing,
		story.some(({ answers }) => mayReplace(answers)),
	);
	return standing > 0 ? [{ id: 'undo', action: { type: 'undo-made' }, confirm }] : [];
};

/** Ready is not proven. Where no storage is paired there is no volume to migrate. */
const proving = ({ storage }: Draft): readonly Offer[] =>
	storage === 'none' ? [] : [{ id: 'prove', action: { type: 'prove' } }];

const anotherStore: Offer = { id: 'answer:store', action: { type: 'change', id: 'store' } };

const isAboutStore = ({ id, remedies }: Problem): boolean =>
	id.startsWith('store-') ||
	remedies.some(
		remedy =>
			typeof remedy !== 'string' &&
			remedy.way.kind === 'answer' &&
			remedy.way.fields.some(field => field.startsWith('objectStore.')),
	);

const leave: Offer = { id: 'leave', action: { type: 'leave' } };

const saving = (problems: readonly Problem[]): readonly Offer[] =>
	problems.some(({ attachment }) => attachment) ? [{ id: 'save', action: { type: 'save-attachments' } }] : [];

/** @param mayHaveReplaced what existed: that is gone for good */
export const undoQuestion = (count: number, mayHaveReplaced: boolean): string =>
	`Undo ${count === 1 ? 'the 1 change' : `all ${count} changes`}?${mayHaveReplaced ? ' Replaced objects are not restored.' : ''}`;

export const mayReplace = ({ existing }: Partial<Pick<Answers, 'existing'>>): boolean =>
	Object.values(existing ?? {}).includes('replace');

const isDecision = (id: OfferId): boolean => id.startsWith('keep:') || id.startsWith('replace:');
