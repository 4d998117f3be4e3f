import type { ParameterExpansionPart, Word, WordPart } from 'unbash';
import { readAll } from '../process.ts';
import { createPipe } from '../streams.ts';
import { calculate } from './arithmetic.ts';
import { bounded, Pattern } from './bounded.ts';
import { glob, isPattern, literally, plain, sourceOf } from './pattern.ts';
import { type Piece, splitWords } from './split-words.ts';
import { assign, fork, lineOf, type Shell, ShellError, shellValue } from './state.ts';

type RunScript = (shell: Shell, script: NonNullable<CommandScript>) => Promise<number>;
type CommandScript = Extract<WordPart, { type: 'CommandExpansion' }>['script'];

export type Expand = ReturnType<typeof expansions>;

const asIs = (text: string): Piece => ({ pattern: literally(text), split: false });

/** Sets how scripts in words run, which would else need each other's modules. */
export function expansions(runScript: RunScript) {
	/** The words that a word becomes. */
	async function fields(shell: Shell, word: Word): Promise<string[]> {
		const pieces = await piecesOf(shell, word);
		const patterns = splitWords(pieces, shellValue(shell, 'IFS') ?? ' \t\n');
		return patterns.flatMap(pattern => {
			const found = !shell.options.has('noglob') && isPattern(pattern) ? glob(shell.process, pattern) : [];
			return found.length > 0 ? found : [plain(pattern)];
		});
	}

	/** A word that stays one. */
	async function text(
		shell: Shell,
		word: Readonly<{ value: string; text?: string; parts?: unknown }>,
	): Promise<string> {
		return plain(await pattern(shell, word));
	}

	/** The same as a pattern. */
	async function pattern(
		shell: Shell,
		word: Readonly<{ value: string; text?: string; parts?: unknown }>,
	): Promise<string> {
		const pieces = await piecesOf(shell, word as Word);
		return pieces.map(piece => (piece === 'next-word' ? ' ' : piece.pattern)).join('');
	}

	async function partsText(shell: Shell, parts: readonly WordPart[]): Promise<string> {
		const pieces = await piecesOfParts(shell, parts, true);
		return plain(pieces.map(piece => (piece === 'next-word' ? ' ' : piece.pattern)).join(''));
	}

	async function piecesOf(shell: Shell, { value, text: raw = value, parts }: Word): Promise<Piece[]> {
		if (raw.startsWith('~')) {
			const [, rest = ''] = /^~([^\s]*)$/.exec(value) ?? [];
			if (!parts && (rest === '' || rest.startsWith('/')))
				return [asIs(`${shellValue(shell, 'HOME') ?? '/root'}${rest}`)];
		}
		return parts ? piecesOfParts(shell, parts, false) : [asIs(value)];
	}

	async function piecesOfParts(shell: Shell, parts: readonly WordPart[], quoted: boolean): Promise<Piece[]> {
		const pieces: Piece[] = [];
		for (const part of parts) pieces.push(...(await piecesOfPart(shell, part, quoted)));
		return pieces;
	}

	async function piecesOfPart(shell: Shell, part: WordPart, quoted: boolean): Promise<Piece[]> {
		const result = (value: string): Piece[] =>
			quoted ? [asIs(value)] : [{ pattern: value.replaceAll('\\', '\\\\'), split: true }];
		switch (part.type) {
			case 'Literal':
			case 'SingleQuoted':
			case 'AnsiCQuoted':
				return [asIs(part.value)];
			case 'Glob':
				return [{ pattern: quoted ? literally(part.text) : part.text, split: false }];
			case 'DoubleQuoted':
			case 'LocaleString':
				return part.parts.length === 0 ? [asIs('')] : piecesOfParts(shell, part.parts, true);
			case 'SimpleExpansion':
				return parameter(shell, { name: part.text.slice(1) }, quoted, result);
			case 'ParameterExpansion':
				return parameter(shell, { name: part.parameter, part }, quoted, result);
			case 'CommandExpansion':
				return result(await outputOf(shell, part.script));
			case 'ArithmeticExpansion':
				if (!part.expression) throw new ShellError(`${part.text}: syntax error in expression`);
				return result(String(await calculate(shell, part.expression, word => text(shell, word))));
			case 'BraceExpansion':
			case 'ExtendedGlob':
			case 'ProcessSubstitution':
				throw new ShellError(`${part.text}: not known to the shell of the practice pods`, 2);
		}
	}

	async function parameter(
		shell: Shell,
		{ name, part }: { name: string; part?: ParameterExpansionPart },
		quoted: boolean,
		result: (value: string) => Piece[],
	): Promise<Piece[]> {
		if (part?.index)
			throw new ShellError(`${part.text}: arrays are not known to the shell of the practice pods`, 2);
		const isList = name === '@' || name === '*';
		if (isList && !part?.operation && !part?.prefix) {
			if (quoted && name === '*')
				return [asIs(shell.words.join((shellValue(shell, 'IFS') ?? ' ').charAt(0)))];
			return shell.words.flatMap((word, index) => [
				...(index > 0 ? ['next-word' as const] : []),
				...(quoted ? [asIs(word)] : result(word)),
			]);
		}
		const target = part?.prefix === '!' ? (special(shell, name) ?? '') : name;
		const value = special(shell, target);
		if (part?.prefix === '#') return result(String(isList ? shell.words.length : (value ?? '').length));
		if (part?.operation?.type === 'Default') return withDefault(shell, target, value, part, quoted, result);
		if (value === undefined && shell.options.has('nounset') && !isList)
			throw new ShellError(`${target}: unbound variable`, 127);
		return result(part ? await operated(shell, value ?? '', part) : (value ?? ''));
	}

	async function withDefault(
		shell: Shell,
		name: string,
		value: string | undefined,
		{ operation }: ParameterExpansionPart,
		quoted: boolean,
		result: (value: string) => Piece[],
	): Promise<Piece[]> {
		if (operation?.type !== 'Default') return [];
		const { operator, operand } = operation;
		const counts = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
		const other = async (): Promise<Piece[]> =>
			operand.parts ? piecesOfParts(shell, operand.parts, quoted) : result(operand.value);
		switch (operator.replace(':', '')) {
			case '+':
				return counts ? other() : [];
			case '-':
				return counts ? result(value ?? '') : other();
			case '=':
				if (!counts) assign(shell, name, await text(shell, operand));
				return result(special(shell, name) ?? '');
			default:
				if (counts) return result(value ?? '');
				throw new ShellError(`${name}: ${(await text(shell, operand)) || 'parameter null or not set'}`, 127);
		}
	}

	async function operated(
		shell: Shell,
		value: string,
		{ operation, text: raw }: ParameterExpansionPart,
	): Promise<string> {
		switch (operation?.type) {
			case undefined:
				return value;
			case 'Remove': {
				const { operator } = operation;
				const source = sourceOf(
					await pattern(shell, operation.operand),
					operator.length === 2 ? 'long' : 'short',
				);
				if (operator.startsWith('#')) return value.replace(new Pattern(`^(?:${source})`), '');
				const whole = new RegExp(`^(?:${source})$`);
				return bounded(() => removeSuffix(value, whole, operator === '%%'));
			}
			case 'Replace': {
				const source = `(?:${sourceOf(await pattern(shell, operation.pattern))})`;
				const { operator } = operation;
				const anchored = operator === '/#' ? `^${source}` : operator === '/%' ? `${source}$` : source;
				const replacement = await text(shell, operation.replacement);
				return value.replace(new Pattern(anchored, operator === '//' ? 'g' : ''), () => replacement);
			}
			default:
				throw new ShellError(`${raw}: bad substitution`);
		}
	}

	async function outputOf(shell: Shell, script: CommandScript): Promise<string> {
		if (!script) return '';
		const { reader, writer } = createPipe();
		const open = new Map([...shell.process.open].map(([number, file]) => [number, file.share()]));
		open.get(1)?.release();
		open.set(1, writer);
		const child = fork(shell, open, inner => runScript(inner, script));
		try {
			const bytes = await readAll(shell.process, reader, 16 * 1024 * 1024);
			shell.substituted = await child.done;
			return bytes.toString().replaceAll('\0', '').replace(/\n+$/, '');
		} finally {
			reader.release();
		}
	}

	return { fields, text, pattern, partsText };
}

function removeSuffix(value: string, whole: RegExp, longest: boolean): string {
	const starts = Array.from({ length: value.length + 1 }, (_, at) => at);
	const at = (longest ? starts : starts.toReversed()).find(start => whole.test(value.slice(start)));
	return at === undefined ? value : value.slice(0, at);
}

function special(shell: Shell, name: string): string | undefined {
	const { process, words, status, options, background, zero } = shell;
	if (/^[1-9]\d*$/.test(name)) return words[Number(name) - 1];
	switch (name) {
		case '0':
			return zero;
		case '#':
			return String(words.length);
		case '?':
			return String(status);
		case '$':
			return String(shell.pid);
		case '!':
			return background === undefined ? undefined : String(background);
		case '-':
			return [...options].map(option => option.charAt(0)).join('');
		case '@':
		case '*':
			return words.join(' ');
		case 'LINENO':
			return String(lineOf(shell));
		case 'PPID':
			return String(process.parent);
		case 'RANDOM':
			return String(Math.floor(Math.random() * 32_768));
		case 'HOSTNAME':
			return shell.variables.get(name)?.value ?? process.container.hostname;
		default:
			return shell.variables.get(name)?.value;
	}
}
