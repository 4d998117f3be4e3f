import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemIds } from '../../source/pairing/words/problem-ids.ts';

const code = readdirSync('source', { recursive: true, encoding: 'utf8' })
	.filter(file => /\.tsx?$/.test(file) && !file.startsWith('practice'))
	.filter(file => !/problem-ids\.ts$/.test(file))
	.map(file => readFileSync(join('source', file), 'utf8'))
	.join('\n');

test('each id is listed once, in order, and reported somewhere', () => {
	expect(problemIds).toEqual([...new Set(problemIds)].sort());
	expect(problemIds.filter(id => !code.includes(`'${id}'`))).toEqual([]);
	expect(problemIds.filter(id => !/^[a-z]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});
