import { isRecord, parseJson, textIn } from '../../pairing/words/json.ts';
import type { Secret } from '../../pairing/words/secret.ts';

const dots = '••••••••';

/**
 * Whatever an answer quotes, what was sent is not repeated: neither as it is, nor as programs quote it. The longest goes first,
 * since one secret may be part of another. Nor is what has the looks of Portworx's own tokens.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
	return secrets
		.flatMap(secret => [secret.reveal(), ...partsOfKeyFile(secret.reveal())])
		.flatMap(value => [
			value,
			JSON.stringify(value).slice(1, -1),
			...goJson(value),
			...percentForms(value),
			Buffer.from(value).toString('base64'),
			Buffer.from(value).toString('base64url'),
			Buffer.from(value).toString('hex'),
			Buffer.from(value).toString('hex').toUpperCase(),
		])
		.filter(value => value.length > 0)
		.sort((one, other) => other.length - one.length)
		.reduce((left, value) => left.replaceAll(value, dots), text)
		.replaceAll(/\b(Token is )\S+/gi, `$1${dots}`)
		.replaceAll(/\b[0-9a-f]{128}\b/gi, dots)
		.replaceAll(/(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g, words => words.replace(/\beyJ.*/is, dots));
}

/** Go's JSON escapes what HTML reads as its own, and its HTML does so in another way. */
const goJson = (value: string): string[] => [
	JSON.stringify(value)
		.slice(1, -1)
		.replaceAll(/[&<>]/g, sign => `\\u00${sign.charCodeAt(0).toString(16)}`),
	value
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&#34;')
		.replaceAll("'", '&#39;'),
];

/** As URLs have it, and as forms do, in either case of their digits. */
function percentForms(value: string): string[] {
	const encoded = encodeURIComponent(value.toWellFormed());
	const asQuery = encoded.replaceAll(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
	return [encoded, asQuery, asQuery.replaceAll('%20', '+')].flatMap(form => [
		form,
		form.replaceAll(/%[0-9A-F]{2}/g, code => code.toLowerCase()),
	]);
}

function partsOfKeyFile(value: string): string[] {
	const key = parseJson(value);
	return isRecord(key) && typeof key.private_key === 'string'
		? [key.private_key, textIn(key.private_key_id), ...key.private_key.split('\n')].filter(
				part => !/^(-----.*)?$/.test(part),
			)
		: [];
}
