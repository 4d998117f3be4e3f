import type { Readable } from 'node:stream';
import { execa } from 'execa';
import type { Environment } from '../../pairing/words/environment.ts';

export type Program = Readonly<{
	file: string;
	args: readonly string[];
	/** All of it: nothing is added from our own. */
	environment: Environment;
	/** Where it is started; where this program was when absent. */
	folder?: string;
	seconds: number;
	/** Characters that it may print on either of its outputs. */
	most?: number;
	/**
	 * `lent`: it reads from the terminal and writes there, but for its output. `none`: it finds none, even if it opens one by
	 * itself. Left out: its standard input is at its end.
	 */
	terminal?: 'lent' | 'none';
	signal: AbortSignal;
}>;

/** How a program on this machine ended. execa's own errors quote whole command lines, so they stop here. */
export type ProgramResult =
	| (Readonly<{ kind: 'done' }> & Printed)
	| (Readonly<{ kind: 'failed'; exitCode: number | undefined; killedBy: string | undefined }> & Printed)
	| Readonly<{ kind: 'not-started'; code: string }>
	| Readonly<{ kind: 'too-late' }>
	| Readonly<{ kind: 'too-much' }>
	| Readonly<{ kind: 'cancelled' }>;

type Printed = Readonly<{ stdout: string; stderr: string }>;

/** Characters. */
const mostOutput = 4_000_000;

/** Milliseconds, after a program has ended, for its output to end as well. */
const grace = 1000;

type Outputs = Readonly<{ stdout: Readable; stderr: Readable | null }>;

function endOutput({ stdout, stderr }: Outputs): void {
	stdout.destroy();
	stderr?.destroy();
}

/** Runs a program, and ends it when its time is over. */
export async function runProgram(program: Program): Promise<ProgramResult> {
	const { file, args, environment, folder, seconds, most = mostOutput, terminal, signal } = program;
	if (signal.aborted) {
		return { kind: 'cancelled' };
	}
	// No system takes them; execa would throw.
	if ([file, ...args, ...Object.entries(environment).flat()].some(word => word?.includes('\0'))) {
		return { kind: 'not-started', code: 'NUL character in a word' };
	}
	const end = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
	const child = execa(file, args, {
		env: environment,
		extendEnv: false,
		...(folder !== undefined && { cwd: folder }),
		stdin: terminal === 'lent' ? 'inherit' : 'ignore',
		stderr: terminal === 'lent' ? 'inherit' : 'pipe',
		detached: terminal === 'none',
		cancelSignal: end,
		forceKillAfterDelay: 500,
		reject: false,
		maxBuffer: most,
	});
	// What the program has started itself may outlive it, and would hold its output open.
	end.addEventListener('abort', () => endOutput(child));
	// Nor is that waited for: what the program had to say is there by the time it has ended.
	child.nodeChildProcess.once('exit', () => {
		setTimeout(() => setImmediate(() => endOutput(child)), grace).unref();
	});
	const result = await child;
	const { exitCode, signal: killedBy, stdout, stderr = '' } = result;
	if (!result.failed) {
		return { kind: 'done', stdout, stderr };
	}
	if (end.aborted) {
		return { kind: signal.aborted ? 'cancelled' : 'too-late' };
	}
	if (result.isMaxBuffer) {
		return { kind: 'too-much' };
	}
	return exitCode === undefined && result.code !== undefined
		? { kind: 'not-started', code: result.code }
		: { kind: 'failed', exitCode, killedBy, stdout, stderr };
}
