import type { Login, locations, Policy } from '../pairing/answers/answers.ts';
import type { Draft, SecretField, TextField } from '../pairing/answers/draft.ts';
import type { ClusterFacts } from '../pairing/clusters/cluster.ts';
import type { StoreTrial } from '../pairing/clusters/ports.ts';
import type { Finding } from '../pairing/words/finding.ts';
import type { Side } from '../pairing/words/pair.ts';
import type { Secret } from '../pairing/words/secret.ts';
import { type Found, foundByNow } from './found/found.ts';
import type { Ahead, Proof, Tried } from './found/trial.ts';
import type { QuestionId } from './questions/question-ids.ts';
import { lengthOf, questionsOf } from './questions/sequence.ts';
import type { ContextSummary } from './services.ts';
import type { Live, Story, StoryAction } from './story/story.ts';

/** The state of the conversation. Everything on the screen follows from it. */
export type WizardState = Readonly<{
	draft: Draft;
	found: Found;
	/** What the object store said to the key. */
	proof: Proof | undefined;
	/** What was found with all answers. */
	ahead: Ahead | undefined;
	/** Counts up when the clusters are to be looked at again. */
	looks: number;
	place: Place;
	/** What is laid over the place: words about this question, all that was found to be wrong, all that was found beside, the plan's steps, or the name of a file. */
	overlay: 'none' | 'help' | 'problems' | 'details' | 'steps' | 'file';
	/** Contexts of kubeconfig files that were named here. */
	added: readonly ContextSummary[];
	/** An answer is being changed from the review: the next Enter goes back there. */
	isChanging: boolean;
	/** The least number of screens that was ever told. */
	screens: number;
	/** Anyone who began with answers is only asked for what is missing. */
	asks: 'everything' | 'what-is-missing';
	/** What was told of changes, also by the run that is gone on with. */
	story: Story;
	live: Live | undefined;
}>;

export type Place =
	/** An earlier run did not come to its end: what now? */
	| Readonly<{ kind: 'begin' }>
	/** Answers of an earlier conversation are there: what now? */
	| Readonly<{ kind: 'kept' }>
	/** What that run made is undone. */
	| Readonly<{ kind: 'undo' }>
	/** `from`: opened there, and back there after the answer. What was found is then looked for again. */
	| Readonly<{ kind: 'question'; id: QuestionId; from?: 'found' | 'store' | 'defaults' }>
	/** Which answer should be changed? */
	| Readonly<{ kind: 'answers' }>
	/** `attempt` counts up with each start. */
	| Readonly<{ kind: 'run'; attempt: number }>;

export type WizardAction =
	| StoryAction
	| Readonly<{ type: 'start-again' }>
	| Readonly<{ type: 'take-kept'; draft: Draft }>
	| Readonly<{ type: 'go-on'; draft: Draft; story: Story }>
	| Readonly<{ type: 'undo-first'; story: Story }>
	| Readonly<{ type: 'chose-context'; side: Side; context: string; kubeconfig?: string }>
	| Readonly<{ type: 'name-file' }>
	| Readonly<{ type: 'added-contexts'; contexts: readonly ContextSummary[] }>
	| Readonly<{ type: 'swapped' }>
	| Readonly<{ type: 'located'; location: (typeof locations)[number] }>
	| Readonly<{ type: 'found'; side: Side; found: Partial<ClusterFacts> }>
	/** `isWhole`: these are all there are, and nothing more is looked for. */
	| Readonly<{ type: 'checked'; findings: readonly Finding[]; isWhole: boolean }>
	| Readonly<{ type: 'trying'; of: Tried }>
	| Readonly<{ type: 'tried'; of: Tried; side: Side; trial: StoreTrial }>
	/** With all answers. */
	| Readonly<{ type: 'looked-ahead'; of: Draft; findings: readonly Finding[] }>
	| Readonly<{ type: 'look-again' }>
	| Readonly<{ type: 'chose-store'; store: NonNullable<Draft['store']>; auth?: string }>
	/** A store is wanted that Portworx logs in to without keys. */
	| Readonly<{ type: 'ask-keyless' }>
	| Readonly<{ type: 'chose-login'; login: Login }>
	| Readonly<{ type: 'chose-direction'; bothWays: boolean }>
	/** Kept as it is typed, so that Esc loses nothing. */
	| Readonly<{ type: 'typed'; field: TextField; text: string }>
	| Readonly<{ type: 'typed-secret'; field: SecretField; secret: Secret }>
	| Readonly<{ type: 'next' }>
	| Readonly<{ type: 'back' }>
	| Readonly<{ type: 'help' }>
	| Readonly<{ type: 'problems' }>
	| Readonly<{ type: 'details' }>
	| Readonly<{ type: 'steps' }>
	| Readonly<{ type: 'list-answers' }>
	| Readonly<{ type: 'change'; id: QuestionId }>
	/** What was found calls for another login, or for an answer that is not asked for otherwise. */
	| Readonly<{ type: 'use-account'; replaces?: true }>
	| Readonly<{ type: 'ask-aside'; id: QuestionId }>
	| Readonly<{ type: 'use-defaults' }>
	| Readonly<{ type: 'open-default'; id: QuestionId }>
	| Readonly<{ type: 'review' }>
	| Readonly<{ type: 'run' }>
	| Readonly<{ type: 'decided'; subject: keyof Draft['existing']; policy: Policy }>;

/** The review tells what a look with all answers found. */
export const foundHere = (state: WizardState): Found =>
	state.place.kind === 'question' && state.place.id === 'review' ? foundByNow(state) : state.found;

/** `3 of 8`; empty where nothing is counted. The total never grows: where it would, it is left out. */
export function progressOf({ place, draft, found, screens }: WizardState): string {
	if (place.kind !== 'question') {
		return '';
	}
	const index = questionsOf(draft, found.facts).indexOf(place.id);
	const total = lengthOf(draft, found.facts);
	return index < 0 ? '' : total > screens ? String(index + 1) : `${index + 1} of ${total}`;
}
