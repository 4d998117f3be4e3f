import { execa } from 'execa';

export type Program = Readonly<{
	file: string;
	args: readonly string[];
	/** All of it: nothing is added from our own. */
	environment: Readonly<Record<string, string | undefined>>;
	seconds: number;
	signal: AbortSignal;
}>;

/** How a program on this machine ended. execa's own errors quote whole command lines, so they stop here. */
export type ProgramResult =
	| Readonly<{ kind: 'done'; stdout: string }>
	| Readonly<{ kind: 'failed'; exitCode: number | undefined; stderr: string }>
	| Readonly<{ kind: 'not-started'; code: string }>
	| Readonly<{ kind: 'too-late' }>
	| Readonly<{ kind: 'cancelled' }>;

/** Runs a program that asks nothing, and ends it when its time is over. */
export async function runProgram(program: Program): Promise<ProgramResult> {
	const { file, args, environment, seconds, signal } = program;
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
		stdin: 'ignore',
		cancelSignal: end,
		forceKillAfterDelay: 500,
		reject: false,
		maxBuffer: 4_000_000,
	});
	// What the program has started itself may outlive it, and would hold its output open.
	end.addEventListener('abort', () => {
		child.stdout.destroy();
		child.stderr.destroy();
	});
	const result = await child;
	if (!result.failed) {
		return { kind: 'done', stdout: result.stdout };
	}
	if (end.aborted) {
		return { kind: signal.aborted ? 'cancelled' : 'too-late' };
	}
	return result.exitCode === undefined && result.code !== undefined
		? { kind: 'not-started', code: result.code }
		: { kind: 'failed', exitCode: result.exitCode, stderr: result.stderr };
}
