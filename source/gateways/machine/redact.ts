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
			encodeURIComponent(value.toWellFormed()),
			Buffer.from(value).toString('base64'),
		])
		.filter(value => value.length > 0)
		.sort((one, other) => other.length - one.length)
		.reduce((left, value) => left.replaceAll(value, dots), text)
		.replaceAll(/\b(Token is )\S+/gi, `$1${dots}`)
		.replaceAll(/\b[0-9a-f]{128}\b/gi, dots)
		.replaceAll(/(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g, words => words.replace(/\beyJ.*/is, dots));
}

function partsOfKeyFile(value: string): string[] {
	const key = parseJson(value);
	return isRecord(key) && typeof key.private_key === 'string'
		? [key.private_key, textIn(key.private_key_id), ...key.private_key.split('\n')].filter(
				part => !/^(-----.*)?$/.test(part),
			)
		: [];
}
