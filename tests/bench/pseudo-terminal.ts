import { setTimeout as pause } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';
import type { Surroundings } from './surroundings.ts';

/** The program on a pseudo-terminal, without a model of the screen: what comes is timed, not understood. */
export type PseudoTerminal = Readonly<{
	pid: number;
	/** Resolves as soon as the text was written. */
	until(text: string): Promise<void>;
	/** Milliseconds from writing the keys to the first bytes that come back. */
	answerTo(keys: string): Promise<number>;
	/** Resolves when nothing has come for so many milliseconds. */
	quiet(milliseconds: number): Promise<void>;
	/** As a person does, with Ctrl-C. */
	leave(): Promise<void>;
}>;

const patience = 20_000;

export function startOnTerminal(surroundings: Surroundings, ...args: readonly string[]): PseudoTerminal {
	const [file, ...given] = surroundings.command(...args);
	const pty = spawn(file, given, {
		name: 'xterm-256color',
		cols: 80,
		rows: 24,
		cwd: surroundings.folder,
		env: { ...surroundings.environment },
	});
	let output = '';
	let wake: () => void = () => {};
	pty.onData(data => {
		output += data;
		wake();
	});
	const ended = new Promise<void>(resolve => pty.onExit(() => resolve()));
	const lastWords = () => `The last that was seen: ${JSON.stringify(output.slice(-300))}`;
	const more = async (): Promise<void> => {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		wake = resolve;
		const late = setTimeout(() => reject(new Error(`Nothing more came. ${lastWords()}`)), patience);
		void ended.then(() => reject(new Error(`It ended. ${lastWords()}`)));
		await promise.finally(() => clearTimeout(late));
	};
	return {
		pid: pty.pid,
		async until(text) {
			while (!output.includes(text)) {
				await more();
			}
		},
		async answerTo(keys) {
			const started = performance.now();
			const answer = more();
			pty.write(keys);
			await answer;
			return performance.now() - started;
		},
		async quiet(milliseconds) {
			let seen = -1;
			while (seen !== output.length) {
				seen = output.length;
				await pause(milliseconds);
			}
		},
		async leave() {
			pty.write('\u0003\u0003');
			const stuck = setTimeout(() => pty.kill('SIGKILL'), patience);
			await ended;
			clearTimeout(stuck);
		},
	};
}
