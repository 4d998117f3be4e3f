import { isPrintable } from './outside-text.ts';
import type { Side } from './pair.ts';
import { Secret } from './secret.ts';

/** A command as data. `here` is the operator's machine; a side means: inside a Portworx pod of that cluster. */
export type Command = Readonly<{
	where: 'here' | Side;
	file: string;
	args: readonly (string | Secret)[];
}>;

/** The one printer of commands. A secret is printed as dots. */
export const printCommand = ({ file, args }: Command): string => printWords([file, ...args]);

export const printWords = (words: Command['args']): string =>
	words.map(word => (word instanceof Secret ? '••••••••' : quote(word))).join(' ');

/**
 * Quotes a word for a POSIX shell, only where it needs it. What a terminal obeys and what no one sees is given as its bytes: the
 * word stays on one line, can be read, and comes out of the shell as it was, but for line breaks at its end.
 */
export function quote(word: string): string {
	if (/^(?!=)[\w@%+=:,./-]+$/.test(word)) {
		return word;
	}
	return isClean(word)
		? `'${word.replaceAll("'", `'\\''`)}'`
		: `"$(printf %b '${word.replaceAll(/[^\p{L}\p{N} ]/gu, octal)}')"`;
}

const isClean = (word: string): boolean => isPrintable(word) && word.isWellFormed();

/** As the shell's `%b` has it. */
const octal = (character: string): string =>
	Array.from(Buffer.from(character), byte => `\\0${byte.toString(8).padStart(3, '0')}`).join('');

declare const brand: unique symbol;

/** A line that can be pasted into a shell. Only `shell` makes one, so all that it was given is quoted. */
export type ShellLine = string & Readonly<{ [brand]: 'shell' }>;

export const shell = (line: TemplateStringsArray, ...words: readonly (string | number)[]): ShellLine =>
	String.raw({ raw: line }, ...words.map(word => quote(String(word)))) as ShellLine;

/** The same of words that are known only as a list; undefined where it would be more than one line. */
export const pasteable = (words: readonly string[]): ShellLine | undefined =>
	words.some(word => /[\p{Cc}\p{Zl}\p{Zp}]/u.test(word))
		? undefined
		: (words.map(quote).join(' ') as ShellLine);
