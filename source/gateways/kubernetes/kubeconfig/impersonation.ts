import { asRecord, textIn } from '../../../pairing/words/json.ts';
import { headerValue } from './header-value.ts';

/** Whom the login speaks for, in the headers of a request. */
export type Impersonation = readonly (readonly [name: string, values: readonly string[]])[];

export function impersonationOf(fields: Readonly<Record<string, unknown>>): Impersonation {
	const user = textIn(fields.as);
	if (user === '') {
		return [];
	}
	const groups = textsIn(fields['as-groups']);
	const uid = textIn(fields['as-uid']);
	const headers: readonly (readonly [string, readonly string[]])[] = [
		['Impersonate-User', [user]],
		['Impersonate-Uid', uid ? [uid] : []],
		['Impersonate-Group', groups],
		...extraHeaders(fields['as-user-extra']),
	];
	return headers
		.filter(([, values]) => values.length > 0)
		.map(
			([name, values]) => [name, values.map(value => headerValue(value, 'what it impersonates'))] as const,
		);
}

const textsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Names of headers know no case, so keys that differ in it alone share one. */
function extraHeaders(extra: unknown): Impersonation {
	const headers = new Map<string, readonly string[]>();
	for (const [key, values] of Object.entries(asRecord(extra))) {
		const name = `Impersonate-Extra-${headerName(key).toLowerCase()}`;
		headers.set(name, [...(headers.get(name) ?? []), ...textsIn(values)]);
	}
	return [...headers];
}

/** Bytes that no header name may hold are escaped, and so is the escape itself. */
const headerName = (key: string): string =>
	[...Buffer.from(key)]
		.map(byte => String.fromCharCode(byte))
		.map(letter =>
			/[\w!#$&'*+.^`|~-]/.test(letter)
				? letter
				: `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
		)
		.join('');
