import type { AskedFieldId } from '../../pairing/answers/credential.ts';
import { authIn, type Draft, emptyDraft } from '../../pairing/answers/draft.ts';
import { isKeyless, ofAsked } from '../../pairing/answers/store-fields.ts';
import type { WizardAction, WizardState } from '../wizard-state.ts';
import { keylessChosen, keylessNamed, keylessOption, keylessOptions, tooOldFor } from './keyless.ts';
import {
	directionOptions,
	isLogin,
	loginOptions,
	modeOptions,
	storeOptions,
	wordOptions,
} from './options.ts';
import type { ChoiceId } from './question-ids.ts';
import { type Facts, isStore, mayGoWithoutStore, suggestedLogin, suggestedStore } from './questions.ts';

/** A question with a few answers, and what each of them does. */
export function choiceFor(
	id: ChoiceId,
	{
		state: { draft, found },
		dispatch,
	}: Readonly<{ state: WizardState; dispatch: (action: WizardAction) => void }>,
) {
	switch (id) {
		case 'store':
			return {
				question: 'Which object store do both clusters use?',
				remark: 'Both clusters get the same credential, under the same name.',
				options: storeOptions(mayGoWithoutStore(draft, found.facts)),
				chosen: isKeyless(authIn(draft)) ? keylessOption.id : (draft.store ?? suggestedStore(found.facts)),
				onSubmit: (store: string) =>
					store === keylessOption.id
						? dispatch({ type: 'ask-keyless' })
						: isStore(store) && dispatch({ type: 'chose-store', store }),
			};
		case 'keyless':
			return {
				question: 'Which object store, and how should Portworx log in to it?',
				options: keylessOptions({ draft, facts: found.facts }),
				chosen: keylessChosen(draft, suggestedStore(found.facts)),
				onSubmit: (way: string) => {
					const named = keylessNamed(way);
					if (named) dispatch({ type: 'chose-store', ...named });
				},
			};
		case 'login': {
			const recommended = suggestedLogin(found.findings);
			return {
				question: 'Which login should the pair use?',
				remark: 'Stork logs in to the other cluster with it for as long as the pair exists.',
				options: loginOptions(recommended),
				chosen: draft.login ?? recommended,
				onSubmit: (login: string) => isLogin(login) && dispatch({ type: 'chose-login', login }),
			};
		}
		case 'direction':
			return {
				question: 'Pair the clusters in both directions?',
				options: directionOptions,
				chosen: draft.bothWays ? 'both' : 'one',
				onSubmit: (chosen: string) => dispatch({ type: 'chose-direction', bothWays: chosen === 'both' }),
			};
		case 'mode':
			return {
				question: 'How should migrations copy volumes?',
				options: modeOptions,
				...wordFor(id, draft, dispatch),
			};
		default: {
			const { field } = choices[id];
			return {
				question: field.ask.question,
				options: wordOptions(field, word => tooOldFor(field, word, { draft, facts: found.facts })),
				...wordFor(id, draft, dispatch),
				chosen: draft.texts[id] || field.usual || '',
			};
		}
	}
}

const choices = ofAsked(['choice'], entry => entry);

const wordFor = (
	field: 'mode' | AskedFieldId<'choice'>,
	{ texts }: Draft,
	dispatch: (action: WizardAction) => void,
) => ({
	chosen: texts[field] ?? '',
	onSubmit: (text: string) => {
		dispatch({ type: 'typed', field, text });
		dispatch({ type: 'next' });
	},
});

/** From what was found to its contrary, and back. */
export function nextLocation({ location }: Draft, facts: Facts): Draft['location'] {
	if (location !== 'auto') {
		return 'auto';
	}
	return mayGoWithoutStore({ ...emptyDraft, location }, facts) ? 'cloud' : 'on-premises';
}
