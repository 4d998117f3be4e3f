import { isRecord, parseJson } from '../words/json.ts';
import type { Secret } from '../words/secret.ts';

/**
 * What a service account's key file has to hold; nothing of its content is repeated.
 * @returns what is wrong with it, undefined when it will do
 */
export function jsonKeyMistake(key: Secret): string | undefined {
	const content = parseJson(key.reveal());
	if (!isRecord(content)) {
		return 'it is not JSON';
	}
	if (content.type !== 'service_account') {
		return 'it is not the key of a service account ("type" is not "service_account")';
	}
	const missing = ['project_id', 'private_key', 'client_email'].filter(
		name => typeof content[name] !== 'string',
	);
	return missing.length > 0 ? `it has no ${missing.join(', no ')}` : undefined;
}
