import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Who may import whom. A room that is not named as a key may be imported by no one but `cli.tsx`. */
const doors: Readonly<Record<string, readonly string[]>> = {
	pairing: [],
	runner: ['pairing'],
	gateways: ['pairing', 'runner'],
	ui: ['pairing'],
	conversation: ['pairing', 'runner'],
	wizard: ['conversation', 'pairing', 'runner', 'ui'],
	plain: ['pairing', 'runner'],
	practice: [],
	dialogue: ['conversation', 'pairing', 'runner', 'ui', 'plain'],
	app: ['conversation', 'wizard', 'ui', 'pairing', 'runner'],
	commands: ['pairing', 'runner', 'gateways', 'plain', 'conversation', 'wizard', 'dialogue', 'ui', 'app'],
};

/** Packages that stand in some rooms only. */
const packages: Readonly<Record<string, readonly string[]>> = {
	react: ['ui', 'wizard', 'app', 'commands'],
	ink: ['ui', 'wizard', 'app', 'commands'],
	'ink-select-input': ['ui'],
	'@kubernetes/client-node': ['gateways'],
	execa: ['gateways'],
	ws: ['gateways', 'practice'],
	// A package of its own, in source/practice: entered by its name, so only by what its package.json exports.
	'pxpair-practice': ['commands'],
};

const files = readdirSync('source', { recursive: true, encoding: 'utf8' }).filter(file =>
	/\.tsx?$/.test(file),
);

test('no room is entered but by its doors', () => {
	const broken = files.flatMap(file =>
		importsOf(file)
			.filter(path => path.startsWith('.'))
			.map(path => roomOf(resolve(file, path)))
			.filter(room => room !== roomOf(file) && !doors[roomOf(file)]?.includes(room))
			.map(room => `${file} imports from ${room}`),
	);
	expect(broken).toEqual([]);
});

test('the documentation shows the same doors', () => {
	const section = readFileSync('docs/architecture.md', 'utf8').split('## Doors')[1]?.split('\n## ')[0] ?? '';
	const rows = [...section.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, room = '', to = '']) => [
		room,
		to === 'every other room but `practice`'
			? Object.keys(doors).filter(other => other !== room && other !== 'practice')
			: [...to.matchAll(/`(\w+)`/g)].map(([, other]) => other ?? ''),
	]);
	const sorted = (shown: Readonly<Record<string, readonly string[]>>) =>
		Object.fromEntries(Object.entries(shown).map(([room, to]) => [room, to.toSorted()]));
	expect(sorted(Object.fromEntries(rows))).toEqual(sorted(doors));
});

test('React, client-node, execa and the practice package stay where they belong', () => {
	const broken = files.flatMap(file =>
		importsOf(file)
			.filter(path => packages[packageOf(path)]?.includes(roomOf(file)) === false)
			.map(path => `${file} imports ${path}`),
	);
	expect(broken).toEqual([]);
});

test('pairing knows no network, files or processes', () => {
	const broken = files
		.filter(file => roomOf(file) === 'pairing' || roomOf(file) === 'runner')
		.flatMap(file =>
			importsOf(file)
				.filter(path => path.startsWith('node:') && path !== 'node:util')
				.map(path => `${file} imports ${path}`),
		);
	expect(broken).toEqual([]);
});

test('the process is touched by cli.tsx alone', () => {
	const allowed = new Set([
		// A last resort that removes the folders of login plugins.
		'practice/practice.ts',
	]);
	const broken = files.filter(
		file =>
			!allowed.has(file) && roomOf(file) !== 'practice' && /\bprocess\.(?!versions)\w+/.test(codeOf(file)),
	);
	expect(broken).toEqual([]);
});

test('no file imports itself, by whatever way round', () => {
	const imported = new Map(
		files.map(file => [
			file,
			importsOf(file)
				.filter(path => path.startsWith('.'))
				.map(path => resolve(file, path)),
		]),
	);
	const circles = files.filter(file => reachedFrom(file, imported).has(file));
	expect(circles).toEqual([]);
});

/** All files that this one imports, directly or not. */
function reachedFrom(file: string, imported: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
	const reached = new Set<string>();
	const waiting = [...(imported.get(file) ?? [])];
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		if (!reached.has(next)) {
			reached.add(next);
			waiting.push(...(imported.get(next) ?? []));
		}
	}
	return reached;
}

function importsOf(file: string): string[] {
	return [...codeOf(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '');
}

const codeOf = (file: string): string =>
	readFileSync(`source/${file}`, 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');

/** `ink` of `ink/build/render`, `@kubernetes/client-node` of itself. */
const packageOf = (path: string): string =>
	path
		.split('/')
		.slice(0, path.startsWith('@') ? 2 : 1)
		.join('/');

const roomOf = (file: string): string =>
	file.includes('/') ? (file.split('/')[0] ?? '') : file.replace(/\.tsx?$/, '');

function resolve(file: string, path: string): string {
	const parts = file.split('/').slice(0, -1);
	for (const part of path.split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '.') parts.push(part);
	}
	return parts.join('/');
}
