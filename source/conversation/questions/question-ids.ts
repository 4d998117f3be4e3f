import type { AskedFieldId } from '../../pairing/answers/credential.ts';
import type { PairField } from '../../pairing/answers/draft.ts';

/** What is asked, in the order in which it is asked. */
export type QuestionId =
	| 'source'
	| 'destination'
	| 'found'
	| 'store'
	| 'keyless'
	| AskedFieldId
	| PairField
	| 'login'
	| 'direction'
	| 'defaults'
	| 'review';

export type FieldId = Exclude<
	QuestionId,
	ChoiceId | 'source' | 'destination' | 'found' | 'defaults' | 'review'
>;

/** Answered by choosing from a few. */
export type ChoiceId = 'store' | 'keyless' | AskedFieldId<'choice'> | 'mode' | 'login' | 'direction';
