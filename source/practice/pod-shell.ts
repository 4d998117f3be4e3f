import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ExecProcess, ExecRequest, ExecRunner } from './contract.ts';
import { pathIn } from './pod-network/pod-tools.ts';

export type PodShell = Readonly<{
	runner: ExecRunner;
	/** Ends every process that a command left behind, and resolves when they are gone. */
	close(): Promise<void>;
	/** The same without waiting, for a process that is about to exit. */
	killNow(): void;
}>;

/**
 * Runs the commands of pod execs for real, in scratch folders that stand for the roots of containers. A container that has no folder here
 * is one built from an image without a shell.
 */
export function createPodShell(roots: Readonly<Record<string, string>>): PodShell {
	const running = new Set<ExecProcess>();
	const killNow = () => {
		for (const execution of running) execution.kill();
	};

	return {
		killNow,
		runner(request) {
			const root = roots[request.container];
			const execution = root === undefined ? notFound(request) : start(request, root);
			running.add(execution);
			void execution.done.then(() => running.delete(execution));
			return execution;
		},
		async close() {
			const ended = [...running].map(execution => execution.done);
			killNow();
			await Promise.all(ended);
		},
	};
}

function start(request: ExecRequest, root: string): ExecProcess {
	const [file = '', ...args] = request.command.map(argument => below(root, argument));
	const child = spawn(file, args, {
		cwd: root,
		// Nothing of our own environment: anyone who execs here must not read it.
		env: {
			PATH: pathIn(root),
			HOME: join(root, 'root'),
			TMPDIR: join(root, 'tmp'),
			PRACTICE_ROOT: root,
			PRACTICE_POD: request.pod,
		},
		// A process group of its own, so that what the command started can be ended with it.
		detached: true,
		stdio: [request.stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
	});
	// A command may end before it has read all that is written to it.
	child.stdin?.on('error', () => undefined);
	return {
		stdin: {
			write: chunk => void child.stdin?.write(chunk),
			end: () => void child.stdin?.end(),
		},
		onStdout: listener => void child.stdout?.on('data', listener),
		onStderr: listener => void child.stderr?.on('data', listener),
		done: whenDone(child, request),
		kill: () => killGroup(child),
	};
}

const podFolders = /(?<![\w./-])\/(?=(?:opt\/pwx|etc\/pwx|dev\/shm|tmp|storkctl)(?![\w.-]))/g;

/** `/opt/pwx/bin/pxctl` and the like, wherever they stand in an argument, as they are found on this machine. */
function below(root: string, argument: string): string {
	return argument.replace(podFolders, () => `${root}/`);
}

function whenDone(child: ChildProcess, request: ExecRequest): ExecProcess['done'] {
	const { promise, resolve } = Promise.withResolvers<Awaited<ExecProcess['done']>>();
	child.on('error', (error: NodeJS.ErrnoException) =>
		resolve({ kind: 'not-started', message: whyNotStarted(request.command[0] ?? '', error.code) }),
	);
	child.on('exit', () => killGroup(child));
	child.on('close', (code, signal) =>
		resolve({ kind: 'exited', code: code ?? (signal === 'SIGKILL' ? 137 : 143) }),
	);
	if (!request.stdout) {
		child.stdout?.resume();
	}

	if (!request.stderr) {
		child.stderr?.resume();
	}

	return promise;
}

/** In the words of the container runtime. */
function whyNotStarted(file: string, code: string | undefined): string {
	if (code === 'EACCES') return 'permission denied';
	return file.includes('/')
		? `stat ${file}: no such file or directory`
		: 'executable file not found in $PATH';
}

function notFound({ command: [file = ''] }: ExecRequest): ExecProcess {
	return {
		stdin: { write: () => undefined, end: () => undefined },
		onStdout: () => undefined,
		onStderr: () => undefined,
		done: Promise.resolve({ kind: 'not-started', message: whyNotStarted(file, 'ENOENT') }),
		kill: () => undefined,
	};
}

function killGroup({ pid }: ChildProcess) {
	try {
		if (pid !== undefined) {
			process.kill(-pid, 'SIGKILL');
		}
	} catch {
		// The group is gone already.
	}
}
