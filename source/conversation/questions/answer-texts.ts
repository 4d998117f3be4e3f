import type { Draft } from '../../pairing/answers/draft.ts';
import { providerName } from '../../pairing/answers/providers.ts';
import { storeField } from '../../pairing/answers/store-fields.ts';
import type { QuestionId } from './question-ids.ts';
import { type Facts, isSecretField, lowerFirst } from './questions.ts';
import { defaulted, questionsOf } from './sequence.ts';

/** Every answer that may be another, in the order in which they are asked for. */
export const changeable = (draft: Draft, facts: Facts): readonly QuestionId[] => [
	...questionsOf(draft, facts).filter(id => id !== 'defaults' && id !== 'review'),
	...defaulted(draft, facts),
];

/** An answer in a few words. Of a secret, dots. */
export function answerText(id: QuestionId, draft: Draft): string {
	if (isSecretField(id)) {
		const secret = draft.secrets[id];
		return secret?.length ? String(secret) : (emptyText(id) ?? 'not given');
	}
	return isChosen(id) ? chosen[id](draft) : draft.texts[id] || (leftOutOfPair[id] ?? leftOut(id));
}

/** The store as people call it; empty where none is chosen yet. */
export function storeName({ store, texts }: Draft): string {
	if (store === undefined || store === 'none') {
		return store ?? '';
	}
	const endpoint = storeField(`${store}.endpoint`);
	return providerName(store, endpoint?.kind === 'text' ? texts[endpoint.id] : undefined);
}

/** What is not typed. */
const chosen = {
	source: ({ source }) => source ?? '',
	destination: ({ destination }) => destination ?? '',
	found: ({ location }) => (location === 'auto' ? 'location as detected' : `${location}, as you set it`),
	store: storeName,
	login: ({ login }) => (login === 'service-account' ? 'a ServiceAccount created by pxpair' : 'your own'),
	direction: ({ bothWays }) => (bothWays ? 'yes, both ways' : 'no'),
	keyless: () => '',
	defaults: () => '',
	review: () => '',
} satisfies Readonly<Partial<Record<QuestionId, (draft: Draft) => string>>>;

const isChosen = (id: QuestionId): id is keyof typeof chosen => id in chosen;

const leftOutOfPair: Readonly<Partial<Record<QuestionId, string>>> = {
	pairEndpoint: 'detected',
	backEndpoint: 'detected',
	server: 'as in the kubeconfig',
	backServer: 'as in the kubeconfig',
	mode: 'Portworx default',
};

/** What it means that a field of the store is not given. */
function leftOut(id: QuestionId): string {
	const entry = storeField(id);
	switch (entry?.kind) {
		case 'choice':
			return entry.field.usual ?? lowerFirst(entry.field.ask?.none?.label ?? 'none');
		case 'text':
			return entry.field.optional ? (emptyText(id) ?? 'none') : '';
		default:
			return '';
	}
}

function emptyText(id: QuestionId): string | undefined {
	const entry = storeField(id);
	return entry?.kind === 'text' || entry?.kind === 'secret' ? entry.field.ask?.empty : undefined;
}
