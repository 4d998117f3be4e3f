// Writes the published JSON Schemas: of the answers file, and of what the program prints as JSON.
import { writeFileSync } from 'node:fs';
import { answersJsonSchema } from '../../source/pairing/answers/answers-file.ts';
import { outputJsonSchema } from '../helpers/pages/output-shapes.ts';

for (const [name, schema] of Object.entries({ answers: answersJsonSchema(), output: outputJsonSchema() })) {
	writeFileSync(
		new URL(`../../docs/${name}.schema.json`, import.meta.url),
		`${JSON.stringify(schema, undefined, '\t')}\n`,
	);
}
