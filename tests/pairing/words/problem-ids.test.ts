import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sectionGroups, sections } from '../../../source/pairing/words/problem-sections/all-sections.ts';
import { problemsPage } from '../../helpers/pages/problems-page.ts';

const problemIds = Object.values(sectionGroups).flatMap(group => Object.keys(group));

const code = readdirSync('source', { recursive: true, encoding: 'utf8' })
	.filter(file => /\.tsx?$/.test(file) && !file.startsWith('practice'))
	.filter(file => !/problem-(ids\.ts$|sections)/.test(file))
	.map(file => readFileSync(join('source', file), 'utf8'))
	.join('\n');

test('each id has one section, and is reported somewhere', () => {
	expect(problemIds).toEqual([...new Set(problemIds)]);
	expect(problemIds.filter(id => !code.includes(`'${id}'`))).toEqual([]);
	expect(problemIds.filter(id => !/^[a-z]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test('docs/problems.md is what the sections say, each id once', () => {
	expect(readFileSync('docs/problems.md', 'utf8')).toBe(problemsPage());
	expect(Object.keys(sections)).toEqual(problemIds);
});

test('a section is made of whole sentences', () => {
	const texts = Object.values(sectionGroups).flatMap(sections =>
		Object.values(sections).flatMap(({ means, found, helps }) => [means, found, helps]),
	);
	expect(texts.filter(text => !/^(\p{Lu}|pxctl |storkctl |`).*\.$/u.test(text))).toEqual([]);
});
