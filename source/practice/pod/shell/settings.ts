import { Exit, say, signalNamed } from '../process.ts';
import { assign, type OptionName, optionLetters, optionNames, type Shell } from './state.ts';

export const nameAndValue = (word: string): [string, string | undefined] => {
	const at = word.indexOf('=');
	const name = at < 0 ? word : word.slice(0, at);
	if (!/^[A-Za-z_]\w*$/.test(name)) throw new Exit(1, `\`${word}': not a valid identifier`);
	return [name, at < 0 ? undefined : word.slice(at + 1)];
};

export async function declare(
	shell: Shell,
	args: readonly string[],
	how: Partial<Readonly<{ exported: boolean; fixed: boolean }>>,
	shown: string,
): Promise<number> {
	const words = args.filter(word => !word.startsWith('-'));
	if (words.length === 0) {
		for (const [name, variable] of [...shell.variables].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
			if (how.exported ? variable.exported : variable.fixed)
				await say(shell.process, `${shown} ${name}="${variable.value ?? ''}"\n`);
		}
	}
	for (const word of words) {
		const [name, value] = nameAndValue(word);
		if (value !== undefined) assign(shell, name, value);
		const variable = shell.variables.get(name) ?? { value: undefined, exported: false, fixed: false };
		shell.variables.set(name, { ...variable, ...(args[0] === '-n' ? { exported: false } : how) });
	}
	return 0;
}

export async function setOptions(shell: Shell, args: readonly string[]): Promise<number> {
	if (args.length === 0) {
		for (const [name, { value }] of [...shell.variables].toSorted(([a], [b]) => (a < b ? -1 : 1)))
			await say(shell.process, `${name}='${value ?? ''}'\n`);
	}
	for (const [index, word] of args.entries()) {
		const [, sign, letters] = /^([-+])(\w*)$/.exec(word) ?? [];
		const change = (name: OptionName) =>
			sign === '-' ? shell.options.add(name) : shell.options.delete(name);
		if (word === '--' || letters === undefined) {
			shell.words = args.slice(word === '--' ? index + 1 : index);
			return 0;
		}
		for (const letter of letters) {
			const name = optionLetters[letter as keyof typeof optionLetters];
			if (name) change(name);
			else if (letter === 'o') {
				const long = optionNames.find(each => each === args[index + 1]);
				if (long) change(long);
				return 0;
			}
		}
	}
	return 0;
}

export async function trap(shell: Shell, args: readonly string[]): Promise<number> {
	const { traps, process, caught } = shell;
	if (args.length === 0) {
		for (const [name, action] of traps)
			await say(process, `trap -- '${action}' ${name === 'EXIT' ? name : `SIG${name}`}\n`);
		return 0;
	}
	const [action = '', ...names] = args.length === 1 ? ['-', ...args] : args;
	for (const text of names) {
		const name = text === '0' || text === 'EXIT' ? 'EXIT' : signalNamed(text);
		if (!name) throw new Exit(1, `${text}: invalid signal specification`);
		if (name !== 'EXIT') process.handlers.delete(name);
		if (action === '-') {
			traps.delete(name);
			continue;
		}
		traps.set(name, action);
		if (name === 'EXIT' || name === 'KILL') continue;
		process.handlers.set(name, () => {
			if (action !== '') caught.push(name);
			shell.wake?.();
		});
	}
	return 0;
}
