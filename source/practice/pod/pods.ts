import type { ExecProcess, ExecRequest, ExecRunner } from '../contract.ts';
import type { Files } from './files.ts';
import type { Container } from './process.ts';
import { Killed, type Process, type Session, startProcess } from './process.ts';
import { findProgram, reasonNotToStart, wordsOf } from './run.ts';
import { createPipe, type OpenFile, openDevice } from './streams.ts';
import { createTerminal } from './terminal.ts';

export type Pods = Readonly<{
	runner: ExecRunner;
	/** The files of a container that has a shell. */
	files(pod: string, container: string): Files | undefined;
	/** The commands that run. */
	running(): string[];
	/** A pod that is gone takes its files with it. */
	forget(pod: string): void;
	/** Ends all that runs, and resolves when it has ended. */
	close(): Promise<void>;
}>;

/** @param build makes a container, when it is first asked for; undefined for one whose image has no shell */
export function createPods(build: (pod: string, container: string) => Container | undefined): Pods {
	const containers = new Map<string, Container | undefined>();
	const running = new Set<ExecProcess>();
	const containerOf = (pod: string, name: string): Container | undefined => {
		const key = `${pod}/${name}`;
		if (!containers.has(key)) containers.set(key, build(pod, name));
		return containers.get(key);
	};
	return {
		running: () =>
			[...containers.values()].flatMap(container =>
				[...(container?.processes.values() ?? [])].map(({ words }) => words.join(' ')),
			),
		files: (pod, name) => containerOf(pod, name)?.files,
		forget(pod) {
			for (const [key, container] of containers) {
				if (!key.startsWith(`${pod}/`)) continue;
				containers.delete(key);
				for (const process of container?.processes.values() ?? []) process.kill('KILL');
			}
		},
		runner(request) {
			const container = containerOf(request.pod, request.container);
			const execution = container
				? execute(container, request)
				: refused('executable file not found in $PATH');
			running.add(execution);
			void execution.done.then(() => running.delete(execution));
			return execution;
		},
		async close() {
			const ended = [...running].map(execution => execution.done);
			for (const execution of running) execution.kill();
			await Promise.all(ended);
		},
	};
}

const refused = (message: string): ExecProcess => ({
	stdin: { write: () => undefined, end: () => undefined },
	onStdout: () => undefined,
	onStderr: () => undefined,
	done: Promise.resolve({ kind: 'not-started', message }),
	kill: () => undefined,
});

type Listener = Parameters<ExecProcess['onStdout']>[0];

function execute(container: Container, request: ExecRequest): ExecProcess {
	const [name = ''] = request.command;
	const environment = new Map(Object.entries(container.environment));
	const reason = reasonNotToStart({ container, cwd: '/', environment }, name);
	if (reason !== undefined) return refused(reason);
	const found = findProgram({ container, cwd: '/', environment }, name);
	if (found.kind === 'missing') return refused('permission denied');

	const [output, errors] = [outputTo(), outputTo()];
	const input = inputOf(
		request,
		text => output.show(text),
		() => {
			for (const process of processes) process.kill('INT');
		},
	);
	const processes = new Set<Process>();
	const session: Session = { processes, terminal: input.terminal };
	const files: [number, OpenFile][] = input.terminal
		? [0, 1, 2].map(number => [number, input.file.share()])
		: [
				[0, input.file],
				[1, output.file],
				[2, errors.file],
			];
	if (input.terminal) {
		// What is written there goes by way of the terminal.
		output.file.release();
		errors.file.release();
		environment.set('TERM', 'xterm');
	}
	const parent = { pid: 0, container, session, open: new Map(), environment, cwd: '/', umask: 0o022 };
	const main = startProcess(
		parent,
		{ words: wordsOf(found, request.command), open: new Map(files) },
		found.program,
	);
	const done = main.done.then(async code => {
		// What a command leaves behind ends with it.
		const left = [...processes];
		for (const process of left) process.kill('KILL');
		await Promise.all(left.map(process => process.done));
		await Promise.all([output.drained(), errors.drained()]);
		return { kind: 'exited' as const, code };
	});
	return {
		stdin: { write: input.write, end: input.end },
		onStdout: output.listen,
		onStderr: errors.listen,
		done,
		kill() {
			output.give();
			errors.give();
			for (const process of processes) process.kill('KILL');
		},
	};
}

/** Hands on what is written as fast as it is taken; no one takes it any more once it was given up. */
function outputTo() {
	const listeners: Listener[] = [];
	let last: Promise<unknown> = Promise.resolve();
	let isOpen = true;
	const hand = (bytes: Uint8Array): Promise<unknown> => {
		last = last
			.then(() => Promise.all(listeners.map(listener => listener(bytes))))
			.catch(() => {
				isOpen = false;
			});
		return last;
	};
	const { reader, writer } = createPipe();
	const controller = new AbortController();
	const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<void>();
	const pumped = (async () => {
		try {
			for (
				let chunk = await reader.read(controller.signal);
				chunk;
				chunk = await reader.read(controller.signal)
			) {
				await hand(chunk);
				if (!isOpen) break;
			}
		} catch {
			// Given up.
		} finally {
			reader.release();
		}
	})();
	return {
		file: writer,
		show: (text: string) => void hand(Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'))),
		listen: (listener: Listener) => void listeners.push(listener),
		give() {
			controller.abort(new Killed('PIPE'));
			giveUp();
		},
		drained: () => Promise.race([Promise.all([pumped, last]), givenUp]),
	};
}

type Input = Readonly<{
	file: OpenFile;
	terminal: OpenFile | undefined;
	write(bytes: Uint8Array): void;
	end(): void;
}>;

function inputOf({ stdin, tty }: ExecRequest, show: (text: string) => void, interrupt: () => void): Input {
	if (tty) {
		const { file, type, hangUp } = createTerminal(show, interrupt);
		return { file, terminal: file, write: type, end: hangUp };
	}
	if (!stdin)
		return { file: openDevice('null'), terminal: undefined, write: () => undefined, end: () => undefined };
	const { reader, writer } = createPipe();
	const forever = new AbortController().signal;
	let isOpen = true;
	let last = Promise.resolve();
	return {
		file: reader,
		terminal: undefined,
		write(bytes) {
			// A command may end before it has read all that is written to it.
			last = last.then(() => writer.write(Buffer.from(bytes), forever)).catch(() => undefined);
		},
		end() {
			if (isOpen) void last.then(() => writer.release());
			isOpen = false;
		},
	};
}
