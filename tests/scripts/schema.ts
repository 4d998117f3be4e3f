// Writes the published JSON Schema of the answers file.
import { writeFileSync } from 'node:fs';
import { answersJsonSchema } from '../../source/pairing/answers-file.ts';

writeFileSync(
	new URL('../../docs/answers.schema.json', import.meta.url),
	`${JSON.stringify(answersJsonSchema(), undefined, '\t')}\n`,
);
