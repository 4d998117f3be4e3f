import type { Case, CompoundList, For, If, While } from 'unbash';
import { breathe } from '../streams.ts';
import { expandAll } from './command.ts';
import { guarded, type Language, runTraps } from './language.ts';
import { matches } from './pattern.ts';
import { assign, Jump, type Shell, ShellError } from './state.ts';

/** What runs other statements, or not, or again. */
export async function runIf(language: Language, shell: Shell, node: If): Promise<number> {
	for (const { clause, then } of [node, ...node.elif]) {
		if ((await guarded(shell, () => language.statements(shell, clause.commands))) === 0)
			return runBody(language, shell, then);
	}
	return node.else ? runBody(language, shell, node.else) : 0;
}

function runBody(language: Language, shell: Shell, { commands }: CompoundList): Promise<number> {
	shell.status = 0;
	return language.statements(shell, commands);
}

export async function runFor(
	language: Language,
	shell: Shell,
	{ name, wordlist, body }: For,
): Promise<number> {
	const words = wordlist ? await expandAll(language, shell, wordlist) : [...shell.words];
	return loop(
		language,
		shell,
		async () => {
			const word = words.shift();
			if (word !== undefined) assign(shell, name.value, word);
			return word !== undefined;
		},
		body,
	);
}

export function runWhile(language: Language, shell: Shell, { kind, clause, body }: While): Promise<number> {
	const test = async () =>
		((await guarded(shell, () => language.statements(shell, clause.commands))) === 0) === (kind === 'while');
	return loop(language, shell, test, body);
}

async function loop(
	language: Language,
	shell: Shell,
	test: () => Promise<boolean>,
	body: CompoundList,
): Promise<number> {
	let status = 0;
	shell.loops += 1;
	try {
		for (;;) {
			await breathe(shell.process);
			await runTraps(shell);
			try {
				if (!(await test())) return status;
				status = await runBody(language, shell, body);
			} catch (error) {
				if (!(error instanceof Jump)) throw error;
				if (error.count > 1 && shell.loops > 1) throw new Jump(error.kind, error.count - 1);
				status = 0;
				if (error.kind === 'break') return status;
			}
		}
	} finally {
		shell.loops -= 1;
	}
}

export async function runCase(language: Language, shell: Shell, { word, items }: Case): Promise<number> {
	const text = await language.expand.text(shell, word);
	const falls = items.find(({ terminator }) => terminator && terminator !== ';;');
	if (falls) throw new ShellError(`${falls.terminator}: not known to the shell of the practice pods`, 2);
	for (const { pattern, body } of items)
		for (const each of pattern)
			if (matches(await language.expand.pattern(shell, each), text)) return runBody(language, shell, body);
	return 0;
}
