import { parseArgs } from 'node:util';
import { didYouMean } from '../../pairing/words/did-you-mean.ts';
import type { Asked, Command, HelpAsked } from './command.ts';
import { allFlags, commandNamed, noCommand, wizard } from './commands.ts';
import { Mistake, type Raw } from './flags.ts';
import { everywhere } from './options.ts';
import { completing, completingLine } from './shells.ts';

export { helpText } from './commands.ts';

/** What the command line asks for. */
export type CommandLine = Asked | HelpAsked | Readonly<{ command: 'version' }> | Mistake;

/** Twice the longest path of a file. node:util takes a dash and a hundred thousand letters for as many flags, and seconds to tell them apart. */
const longestArgument = 8192;

/** Never throws: what cannot be read is a mistake with a sentence that says what to do. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
	const [first = '', ...words] = argv;
	if (first === completing || first === completingLine) {
		return completion(first, words);
	}
	const tooLong = argv.find(({ length }) => length > longestArgument);
	if (tooLong !== undefined) {
		return new Mistake(
			`an argument has ${tooLong.length} characters, and at most ${longestArgument} are read`,
		);
	}
	const { positionals, tokens, values } = parseArgs({
		args: argv.flatMap(withValueApart),
		options: allFlags,
		allowPositionals: true,
		strict: false,
		tokens: true,
	});
	const [name = wizard.name, word, ...rest] = positionals;
	const command = commandNamed(name);
	if (!command) {
		return noCommand(name);
	}
	const line = firstWrong(tokens, command) ?? lineOf(command, values, word, rest);
	return line instanceof Mistake && command !== wizard ? line.in(command.name) : line;
}

function lineOf(
	command: Command,
	values: Raw,
	word: string | undefined,
	rest: readonly string[],
): CommandLine {
	if (values.version) {
		return { command: 'version' };
	}
	if (values.help) {
		return { command: 'help', topic: command === wizard ? undefined : command.name };
	}
	const tooMany = command.takes ? rest[0] : (word ?? rest[0]);
	return tooMany === undefined
		? command.read(values, word)
		: new Mistake(`"${tooMany}" is one argument too many`);
}

/** `--practice=NAME` is `--practice --scenario=NAME`: node:util knows no flag with an optional value. */
function withValueApart(arg: string): readonly string[] {
	const [, name = '', value] = /^--([\w-]+)=(.*)$/s.exec(arg) ?? [];
	const flag = Object.hasOwn(allFlags, name) ? allFlags[name] : undefined;
	return flag?.type === 'boolean' && flag.joins ? [`--${name}`, `--${flag.joins}=${value}`] : [arg];
}

/** The first alone: a word of thousands of letters may be as many flags. */
function firstWrong(tokens: readonly AnyToken[], command: Command): Mistake | undefined {
	for (const token of tokens) {
		const wrong = token.kind === 'option' ? wrongFlag(token, command) : undefined;
		if (wrong) {
			return wrong;
		}
	}
	return undefined;
}

type AnyToken =
	| Readonly<{ kind: 'positional' | 'option-terminator' }>
	| (Token & Readonly<{ kind: 'option' }>);

type Token = Readonly<{
	name: string;
	rawName: string;
	value: string | undefined;
	inlineValue: boolean | undefined;
}>;

function wrongFlag({ name, rawName, value, inlineValue }: Token, command: Command): Mistake | undefined {
	const flag = Object.hasOwn(allFlags, name) ? allFlags[name] : undefined;
	if (!flag) {
		return new Mistake(`there is no option ${rawName}${didYouMean(name, Object.keys(allFlags), '--')}`);
	}
	if (!Object.hasOwn({ ...command.flags, ...everywhere }, name)) {
		return new Mistake(
			`${rawName} does not go with ${command === wizard ? 'pxpair alone' : `pxpair ${command.name}`}`,
		);
	}
	if (flag.type === 'boolean') {
		return value === undefined ? undefined : new Mistake(`${rawName} takes no value`);
	}
	// `--kubeconfig --json` is a value forgotten, not a file of that name; who means it writes `=`.
	const isForgotten = inlineValue === false && value?.startsWith('-') && value !== '-';
	return value && !isForgotten ? undefined : new Mistake(`${rawName} needs a value`);
}

/** What the shells' own scripts ask; for nothing that a person types. */
function completion(asked: string, words: readonly string[]): Asked {
	const [line = '', breaks = ''] = words;
	return {
		command: 'asked',
		name: asked,
		request: { words },
		isForPrograms: true,
		async begin(host) {
			const { completeCommand, completeLineCommand } = await import('./complete.ts');
			return asked === completing
				? completeCommand(host, words)
				: completeLineCommand(host, { line, breaks });
		},
	};
}
