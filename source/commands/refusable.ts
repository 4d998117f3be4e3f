import { problemThrown } from '../pairing/words/problem.ts';
import { problemLine } from '../plain/json-lines.ts';
import { problemText } from '../plain/lines.ts';
import { type ExitCode, exitCodeOfProblem } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';

export type Face = Readonly<{
	json: boolean;
	practice: boolean;
	/** undefined: that of a run. */
	schema?: string;
}>;

/** What blocks a command is said in its own face, and its exit code says whose doing it is. */
export async function refusable(
	host: Host,
	{ json, practice, schema }: Face,
	work: () => Promise<ExitCode>,
): Promise<ExitCode> {
	try {
		return await work();
	} catch (error) {
		const problem = problemThrown(error);
		if (json) {
			printer(host.out)(problemLine(problem, practice, schema));
		} else {
			problemText(problem, host.errorPage).forEach(printer(host.err));
		}
		return exitCodeOfProblem(problem);
	}
}
