import type { Secret } from '../../pairing/words/secret.ts';

/** One signed request to an object store: it changes nothing there, or one object of ours. */
export type StoreRequest = Readonly<{
	/** What it asks, in the store's own terms: `ListBuckets`. */
	what: string;
	url: URL;
	headers: Readonly<Record<string, string>>;
	/** Without it, a GET; a form goes by POST. */
	method?: 'PUT' | 'POST' | 'DELETE';
	/** What is sent, as text. */
	content?: string;
	form?: string;
	/** What an answer may quote and no one may read. */
	secrets: readonly Secret[];
}>;

/** Why a credential makes no request; `broken` when no program could make one of it. */
export type NoStoreRequest = Readonly<{ because: string; broken: boolean }>;
