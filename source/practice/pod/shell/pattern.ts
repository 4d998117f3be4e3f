import { absolute, type Process } from '../process.ts';
import { Pattern } from './bounded.ts';

/** Makes of a text a pattern that only that text matches. */
export const literally = (text: string): string => text.replaceAll(/[\\*?[\]]/g, String.raw`\$&`);

export const isPattern = (pattern: string): boolean => /(?<!\\)(?:\\\\)*[*?[]/.test(pattern);

export const plain = (pattern: string): string => pattern.replaceAll(/\\(.)/gs, '$1');

/** A shell's pattern as the source of a regular expression, `*` as long as it may be or as short. */
export function sourceOf(pattern: string, greed: 'long' | 'short' = 'long'): string {
	let source = '';
	for (let at = 0; at < pattern.length; at += 1) {
		const character = pattern.charAt(at);
		const bracket =
			character === '[' ? /^\[([!^]?)(\]?(?:\[:\w+:\]|\\.|[^\]])*)\]/s.exec(pattern.slice(at)) : null;
		if (bracket) {
			source += `[${bracket[1] ? '^' : ''}${classOf(bracket[2] ?? '')}]`;
			at += bracket[0].length - 1;
		} else if (character === '\\' && at + 1 < pattern.length) {
			at += 1;
			source += escaped(pattern.charAt(at));
		} else if (character === '*') {
			source += greed === 'long' ? '[^]*' : '[^]*?';
		} else {
			source += character === '?' ? '[^]' : escaped(character);
		}
	}
	return source;
}

export const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

/** What is between the brackets of a class, in POSIX's way. */
export const classOf = (inside: string): string =>
	inside.replaceAll(/\[:(\w+):\]|\\(.)|[\\[\]^]/gs, (found, name?: string, kept?: string) =>
		name === undefined ? `\\${kept ?? found}` : (classes[name] ?? ''),
	);

const classes: Readonly<Record<string, string>> = {
	alpha: 'A-Za-z',
	digit: '0-9',
	alnum: 'A-Za-z0-9',
	upper: 'A-Z',
	lower: 'a-z',
	space: '\\s',
	blank: ' \\t',
	punct: '!-\\/:-@\\[-`{-~',
	print: ' -~',
	graph: '!-~',
	cntrl: '\\x00-\\x1f\\x7f',
	xdigit: '0-9A-Fa-f',
};

export const matches = (pattern: string, text: string): boolean =>
	new Pattern(`^(?:${sourceOf(pattern)})$`).test(text);

/** The paths that a pattern matches, sorted; none if there are none. */
export function glob(process: Process, pattern: string): string[] {
	const { files } = process.container;
	const [first = '', ...rest] = pattern.split(/\/+/);
	const isAbsolute = first === '';
	let found = isAbsolute ? ['/'] : [''];
	for (const part of isAbsolute ? rest : [first, ...rest]) {
		found = found.flatMap(base => {
			if (part === '') return [`${base}/`.replace(/\/+$/, '/')];
			const path = absolute(process, base);
			const folder = files.find(path);
			if (folder?.kind !== 'folder') return [];
			const join = (name: string) =>
				base === '' || base.endsWith('/') ? `${base}${name}` : `${base}/${name}`;
			if (!isPattern(part))
				return [join(plain(part))].filter(each => files.find(absolute(process, each), 'keep'));
			const test = new Pattern(`^(?:${sourceOf(part)})$`);
			return [...folder.entries.keys()]
				.filter(name => test.test(name) && (!name.startsWith('.') || part.startsWith('.')))
				.map(join);
		});
	}
	return found.filter(path => path !== '').toSorted();
}
