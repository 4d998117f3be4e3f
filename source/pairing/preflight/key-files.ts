import type { Credential } from '../answers/credential.ts';
import { exposureProblem } from '../answers/exposure.ts';
import { fieldsOf, readField } from '../answers/store-fields.ts';
import type { Finding } from '../words/finding.ts';
import { Secret } from '../words/secret.ts';

/** Files with secrets of the store that others on this machine can read. */
export const keyFileFindings = (store: Credential): readonly Finding[] =>
	fieldsOf(store.provider).flatMap((entry): readonly Finding[] => {
		const value = readField(store, entry);
		const exposure = value instanceof Secret ? value.exposure : undefined;
		return exposure ? [{ level: 'warning', topic: 'object-store', problem: exposureProblem(exposure) }] : [];
	});
