import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answersJsonSchema } from '../../../source/pairing/answers/answers-file.ts';

test('the published schema is the one that files are checked by: npm run schema writes it', () => {
	const published: unknown = JSON.parse(readFileSync('docs/answers.schema.json', 'utf8'));
	expect(published).toEqual(JSON.parse(JSON.stringify(answersJsonSchema())));
});
