import { problemThrown } from '../pairing/words/problem.ts';
import { problemLine } from '../plain/json-lines.ts';
import { printProblem } from '../plain/lines.ts';
import { type ExitCode, exitCode, exitCodeOfProblem } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';

export type Face = Readonly<{
	json: boolean;
	practice: boolean;
	/** undefined: that of a run. */
	schema?: string;
	/** What is said when Ctrl-C ended it, in place of what that made fail. For what only looks. */
	stopped?: string;
}>;

/** What blocks a command is said in its own face, and its exit code says whose doing it is. */
export async function refusable(
	host: Host,
	{ json, practice, schema, stopped }: Face,
	work: () => Promise<ExitCode>,
): Promise<ExitCode> {
	try {
		return await work();
	} catch (error) {
		const problem = problemThrown(error);
		if (stopped !== undefined && host.stop.aborted) {
			return sayStopped(host, stopped);
		}
		if (json) {
			printer(host.out)(problemLine(problem, practice, schema));
		} else {
			printProblem(problem, printer(host.err), host.errorPage);
		}
		return exitCodeOfProblem(problem);
	}
}

export function sayStopped(host: Host, stopped: string): ExitCode {
	printer(host.err)(stopped);
	return exitCode.cancelled;
}
