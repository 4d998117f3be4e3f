import type { Login } from '../../pairing/answers/answers.ts';
import type { AskedFieldId } from '../../pairing/answers/credential.ts';
import { type Draft, parseEndpoint } from '../../pairing/answers/draft.ts';
import type { SecretField, TextField } from '../../pairing/answers/provider.ts';
import { isProvider, type Provider } from '../../pairing/answers/providers.ts';
import { ofAsked, storeField } from '../../pairing/answers/store-fields.ts';
import { isAddress, isNamespaceName, isPairName, isServer } from '../../pairing/answers/well-formed.ts';
import { type ClusterFacts, known } from '../../pairing/clusters/cluster.ts';
import type { Platform } from '../../pairing/clusters/platform.ts';
import type { Finding } from '../../pairing/words/finding.ts';
import { type Pair, sides } from '../../pairing/words/pair.ts';
import type { Problem } from '../../pairing/words/problem.ts';
import { fields } from './field-texts.ts';
import type { FieldId, QuestionId } from './question-ids.ts';

export type Facts = Pair<Partial<ClusterFacts>>;

/** Wrong: it cannot be. Doubtful: probably a slip, but the person may insist. */
export type Judgement = Readonly<{ kind: 'fine' } | { kind: 'wrong' | 'doubtful'; text: string }>;

/** In a few words, for lists of answers. */
export const shortNames: Readonly<Record<QuestionId, string>> = {
	source: 'Source cluster',
	destination: 'Destination cluster',
	found: 'Clusters',
	store: 'Object store',
	keyless: 'Store login',
	...ofAsked(['text', 'secret', 'choice', 'key-file'], ({ field }) => field.ask.short),
	name: 'Name of the pair',
	namespace: 'Namespace',
	mode: 'Mode',
	pairEndpoint: 'Portworx endpoint',
	server: 'API server address',
	backEndpoint: 'Endpoint, way back',
	backServer: 'API server, way back',
	login: 'Login in the pair',
	direction: 'Both directions',
	defaults: 'Defaults',
	review: 'Review',
};

export const isField = (id: QuestionId): id is FieldId => id in fields;

export const isSecretField = (id: QuestionId): id is AskedFieldId<'secret'> =>
	storeField(id)?.kind === 'secret';

/** Answered by the path of a file whose content is a secret. */
export const isKeyFile = (id: QuestionId): id is AskedFieldId<'key-file'> =>
	storeField(id)?.kind === 'key-file';

/** In all other answers it is a mistake, so there the key can always open the help. */
export const mayHoldQuestionMark = (id: QuestionId): boolean => isSecretField(id) || isKeyFile(id);

/** What is in a field before anybody types: what was found, else what most people take. */
export function suggestion(id: QuestionId, draft: Draft, facts: Facts): string {
	const own = platformsIn(facts).filter(platform => platform.provider === draft.store);
	const entry = storeField(id);
	if (entry?.kind === 'text') {
		const suggested = entry.field.ask?.suggestion ?? '';
		return typeof suggested === 'string'
			? suggested
			: suggested({
					isNear: own.length > 0,
					region: own.find(platform => platform.region)?.region,
					projectId: own.find(platform => platform.projectId)?.projectId,
				});
	}
	switch (id) {
		case 'name':
			return 'remotecluster';
		case 'namespace':
			return 'migrationnamespace';
		default:
			return '';
	}
}

/** The object store that most people use where these clusters stand. Never none, which is not fit for production. */
export function suggestedStore(facts: Facts): Provider {
	return platformsIn(facts).find(({ provider }) => provider)?.provider ?? 's3';
}

/** A cloud cluster cannot go without a store, unless the person knows better and says so. */
export const mayGoWithoutStore = (draft: Draft, facts: Facts): boolean =>
	draft.storage !== 'paired' ||
	draft.location === 'on-premises' ||
	(draft.location === 'auto' && sides.every(side => platformOf(facts[side])?.location === 'on-premises'));

/** A ServiceAccount where your own credentials can't travel, or end soon. */
export const suggestedLogin = (findings: readonly Finding[]): Login =>
	findings.some(
		finding => finding.level !== 'fact' && finding.topic === 'login' && isSolvedByAccount(finding.problem),
	)
		? 'service-account'
		: 'context';

const isSolvedByAccount = ({ remedies }: Problem): boolean =>
	remedies.some(remedy => typeof remedy !== 'string' && remedy.way.kind === 'use-account');

export function judge(id: QuestionId, value: string): Judgement {
	const entry = storeField(id);
	switch (entry?.kind) {
		case 'text':
			return judgeText(entry.field, value);
		case 'secret':
			return judgeSecret(entry.field, value);
		default:
			return rules[id]?.(value) ?? fine;
	}
}

const fine: Judgement = { kind: 'fine' };
const wrong = (text: string): Judgement => ({ kind: 'wrong', text });
const doubtful = (text: string): Judgement => ({ kind: 'doubtful', text });

function judgeText({ accepts, allowed, optional, ask }: TextField, value: string): Judgement {
	if (value === '') {
		return optional ? fine : wrong(said(ask?.wrong, value) ?? `Required: ${allowed}`);
	}
	return accepts === undefined || (accepts instanceof RegExp ? accepts.test(value) : accepts(value))
		? fine
		: wrong(said(ask?.wrong, value) ?? `Allowed: ${allowed}.`);
}

const said = (words: string | ((value: string) => string) | undefined, value: string): string | undefined =>
	typeof words === 'function' ? words(value) : words;

function judgeSecret({ optional, isPhrase, ask }: SecretField, value: string): Judgement {
	if (value === '') {
		return optional ? fine : wrong(`Required: paste or type the ${lowerFirst(ask.short)}`);
	}
	const doubt = ask?.doubt?.(value);
	return doubt ? doubtful(doubt) : !isPhrase && /\s/.test(value) ? wrong('It contains a space.') : fine;
}

export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const rules: Readonly<Partial<Record<QuestionId, (value: string) => Judgement>>> = {
	name: value =>
		value === ''
			? wrong('Required: the name that the ClusterPair gets, such as remotecluster.')
			: isPairName(value)
				? fine
				: wrong('Lowercase letters, digits, hyphens and dots; starts and ends with a letter or digit.'),
	namespace: value =>
		value === ''
			? wrong('Required: the namespace of the ClusterPair, such as migrationnamespace.')
			: isNamespaceName(value)
				? fine
				: wrong('Lowercase letters, digits and hyphens; starts and ends with a letter or digit; at most 63.'),
	pairEndpoint: value => judgeEndpoint(value),
	backEndpoint: value => judgeEndpoint(value),
	server: value => judgeServer(value),
	backServer: value => judgeServer(value),
};

function judgeEndpoint(value: string): Judgement {
	const endpoint = parseEndpoint(value);
	return value === '' || (endpoint && isAddress(endpoint.ip))
		? fine
		: wrong('Address, or address:port, such as 203.0.113.7:9001.');
}

const judgeServer = (value: string): Judgement =>
	value === '' || isServer(value) ? fine : wrong('An https:// address, such as https://203.0.113.7:6443.');

/** Of the destination, then of the source. */
const platformsIn = (facts: Facts): readonly Platform[] =>
	[facts.destination, facts.source].flatMap(side => platformOf(side) ?? []);

const platformOf = (facts: Partial<ClusterFacts>): Platform | undefined =>
	facts.platform ? known(facts.platform) : undefined;

export const isStore = (id: string): id is Provider | 'none' => id === 'none' || isProvider(id);
