import type { Secret } from '../../pairing/words/secret.ts';

/** One signed request to an object store that changes nothing there. */
export type StoreRequest = Readonly<{
	/** What it asks, in the store's own terms: `ListBuckets`. */
	what: string;
	url: URL;
	headers: Readonly<Record<string, string>>;
	/** Sent by POST. */
	form?: string;
	/** What an answer may quote and no one may read. */
	secrets: readonly Secret[];
}>;

/** Why a credential makes no request; `broken` when no program could make one of it. */
export type NoStoreRequest = Readonly<{ because: string; broken: boolean }>;
