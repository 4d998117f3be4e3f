import type { Side } from './pair.ts';
import { Secret } from './secret.ts';

/** A command as data. `here` is the operator's machine; a side means: inside a Portworx pod of that cluster. */
export type Command = Readonly<{
	where: 'here' | Side;
	file: string;
	args: readonly (string | Secret)[];
}>;

/** The one printer of commands. A secret is printed as dots, or as what `placeholder` calls it. */
export function printCommand(
	command: Command,
	placeholder: (index: number) => string = () => '••••••••',
): string {
	return [command.file, ...command.args]
		.map((word, index) => (word instanceof Secret ? placeholder(index - 1) : quote(word)))
		.join(' ');
}

/** To be pasted into a shell; undefined where it would be more than one line. */
export const pasteable = (words: readonly string[]): string | undefined =>
	words.some(word => /[\p{Cc}\p{Zl}\p{Zp}]/u.test(word)) ? undefined : words.map(quote).join(' ');

/** Quotes a word for a POSIX shell, only where it needs it. */
export function quote(word: string): string {
	return /^[\w@%+=:,./<>-]+$/.test(word) && !/[<>]/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
