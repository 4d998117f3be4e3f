import type { Provider } from '../../pairing/answers/providers.ts';
import { asRecord, parseJson, textIn } from '../../pairing/words/json.ts';
import { answer as answerField, type Remedy } from '../../pairing/words/way.ts';
import { meaningToStore, type StoreProblemId } from '../pods/store-words.ts';

/** What came back, as curl prints it. */
export type StoreAnswer = Readonly<{ status: number; head: string; body: string }>;

/** `said` is the store's own code and message, which may quote what they should not. */
export type Verdict = Readonly<
	| { kind: 'yes' }
	/** The key and its secret are right, yet are not allowed just this. */
	| { kind: 'denied'; said: string }
	| { kind: 'no'; id: StoreProblemId; said: string; remedies?: readonly Remedy[] }
	/** It refuses, in words that are not known here. */
	| { kind: 'unclear'; said: string }
	| { kind: 'unknown'; said: string }
>;

export function verdictOn(provider: Provider, answer: StoreAnswer): Verdict {
	if (answer.status === 400 && tlsWanted.test(answer.body)) {
		return {
			kind: 'no',
			id: 'store-tls',
			said: 'plain HTTP, but the store requires TLS',
			remedies: [answerField('Use TLS: this store requires it', 'objectStore.disableSsl', 'false')],
		};
	}
	switch (provider) {
		case 's3':
			return s3Verdict(answer);
		case 'azure':
			return azureVerdict(answer);
		case 'google':
			return googleVerdict(answer);
		default:
			return notAStore(answer.status);
	}
}

/** On a request about one object of ours. `expected`: what a read should bring. */
export function objectVerdict(provider: Provider, answer: StoreAnswer, expected?: string): Verdict {
	if (answer.status >= 200 && answer.status < 300) {
		return expected === undefined || answer.body === expected
			? { kind: 'yes' }
			: { kind: 'unclear', said: 'it returns something else than was written' };
	}
	if (provider === 'google') {
		return googleObjectVerdict(answer);
	}
	const verdict = verdictOn(provider, answer);
	return verdict.kind === 'unknown' && answer.status >= 400 && answer.status < 500
		? { ...verdict, kind: 'unclear' }
		: verdict;
}

/** Google's JSON interface: `{error: {code, message}}`. */
function googleObjectVerdict({ status, body }: StoreAnswer): Verdict {
	const { message } = asRecord(asRecord(parseJson(body)).error);
	const said = textIn(message) || 'no error message';
	if (status === 403) {
		return { kind: 'denied', said };
	}
	if (status === 404 && /bucket/i.test(said)) {
		return { kind: 'no', id: 'store-no-bucket', said };
	}
	return { kind: status >= 500 ? 'unknown' : 'unclear', said };
}

/** In the words of nginx and of Go, which MinIO is written in. */
const tlsWanted = /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server/i;

function s3Verdict({ status, body }: StoreAnswer): Verdict {
	if (status === 200) {
		return /<List(AllMyBuckets|Bucket)Result[\s>]/.test(body) ? { kind: 'yes' } : notAStore(status);
	}
	const { code, said } = xmlError(body);
	if (status >= 500) {
		return { kind: 'unknown', said };
	}
	// MinIO's console tells in the message alone what it is; it may even call it a denial.
	const id = meaningToStore(said);
	if (id !== undefined && id !== 'store-denied') {
		return { kind: 'no', id, said };
	}
	if (code === 'AccessDenied') {
		return { kind: 'denied', said };
	}
	return { kind: 'unclear', said };
}

function azureVerdict({ status, head, body }: StoreAnswer): Verdict {
	if (!/^x-ms-request-id:/im.test(head)) {
		return notAStore(status);
	}
	if (status === 200) {
		return { kind: 'yes' };
	}
	const { code, said } = xmlError(body);
	if (code === 'AuthenticationFailed' && /date header/i.test(body)) {
		return { kind: 'no', id: 'store-clock', said };
	}
	return code === 'KeyBasedAuthenticationNotPermitted'
		? {
				kind: 'no',
				id: 'store-denied',
				said,
				remedies: ['Allow access by account key on the storage account (allowSharedKeyAccess).'],
			}
		: verdictOnCode(status, code, said);
}

/** A success holds an access token: it is not looked at. */
function googleVerdict({ status, head, body }: StoreAnswer): Verdict {
	if (!/^content-type:\s*application\/json/im.test(head)) {
		return notAStore(status);
	}
	if (status === 200) {
		return { kind: 'yes' };
	}
	const { error, error_description: description } = asRecord(parseJson(body));
	const said = `${textIn(error) || 'no error code'}: ${textIn(description)}`;
	return /timeframe|short-lived/i.test(said)
		? { kind: 'no', id: 'store-clock', said }
		: verdictOnCode(status, textIn(error), said);
}

/** Such as the page of a console or of a web filter, which may come with any status. */
const notAStore = (status: number): Verdict => ({
	kind: status >= 500 ? 'unknown' : 'unclear',
	said: 'not an object store response',
});

/** A refusal is one in whatever words; trouble of the store's own says nothing of the key. */
function verdictOnCode(status: number, code: string, said: string): Verdict {
	const id = meaningToStore(code);
	return id
		? { kind: 'no', id, said }
		: { kind: status >= 400 && status < 500 ? 'unclear' : 'unknown', said };
}

/** Of all that such a body quotes (key ID, string to sign, signature), only these two are taken. */
function xmlError(body: string): Readonly<{ code: string; said: string }> {
	const code = /<Code>([\w.]+)<\/Code>/.exec(body)?.[1] ?? '';
	const message = /<Message>([^<]*)<\/Message>/.exec(body)?.[1] ?? '';
	return { code, said: code === '' ? 'not an object store response' : `${code}: ${message}` };
}
