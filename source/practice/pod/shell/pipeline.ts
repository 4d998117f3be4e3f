import type { Pipeline } from 'unbash';
import type { Process } from '../process.ts';
import { waitFor } from '../run.ts';
import { createPipe, type OpenFile } from '../streams.ts';
import type { Language } from './language.ts';
import { fork, type Shell, ShellError } from './state.ts';

/** All at once, each in a process of its own. */
export async function runParts(
	language: Language,
	shell: Shell,
	{ commands, operators }: Pipeline,
): Promise<number> {
	if (operators.includes('|&')) throw new ShellError('|&: not known to the shell of the practice pods', 2);
	const [only] = commands;
	if (commands.length === 1 && only) return language.any(shell, only);
	const children: Process[] = [];
	let input: OpenFile | undefined;
	for (const [index, command] of commands.entries()) {
		const pipe = index < commands.length - 1 ? createPipe() : undefined;
		const open = new Map([...shell.process.open].map(([at, file]) => [at, file.share()]));
		const put = (at: number, file: OpenFile) => {
			open.get(at)?.release();
			open.set(at, file);
		};
		if (input) put(0, input);
		if (pipe) put(1, pipe.writer);
		children.push(
			fork(shell, open, inner => language.untilItLeaves(inner, () => language.any(inner, command))),
		);
		input = pipe?.reader;
	}
	const statuses: number[] = [];
	for (const child of children) statuses.push(await waitFor(shell.process, child));
	const failed = shell.options.has('pipefail') ? statuses.findLast(status => status !== 0) : undefined;
	return failed ?? statuses.at(-1) ?? 0;
}
