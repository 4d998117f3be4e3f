import { errorsAmong, type Finding } from '../../pairing/words/finding.ts';
import type { Problem } from '../../pairing/words/problem.ts';
import type { RunResult } from '../../runner/run-event.ts';

/** What scripts rely on. */
export const exitCode = {
	done: 0,
	/** Failed, and nothing was changed in any cluster. */
	failed: 1,
	/** The input was bad: nothing was changed. */
	badInput: 2,
	/** Failed after something was, or may have been, changed. */
	failedAfterChanges: 3,
	/** The pair works, but differs from what was asked for, or its login expires soon. */
	drifted: 4,
	/** Stopped by the person, as shells count it: 128 + SIGINT. By another signal, the process ends with the code of that one. */
	cancelled: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export const exitCodeOfProblem = (problem: Problem): ExitCode =>
	problem.id === 'cancelled'
		? exitCode.cancelled
		: problem.kind === 'input'
			? exitCode.badInput
			: exitCode.failed;

export function exitCodeOfFindings(findings: readonly Finding[]): ExitCode {
	const errors = errorsAmong(findings);
	return errors.length === 0
		? exitCode.done
		: errors.every(({ kind }) => kind === 'input')
			? exitCode.badInput
			: exitCode.failed;
}

export function exitCodeOf(result: RunResult): ExitCode {
	switch (result.kind) {
		case 'done':
			return exitCode.done;
		case 'cancelled':
			return exitCode.cancelled;
		case 'failed':
			return result.changes > 0 || result.trace === 'unknown'
				? exitCode.failedAfterChanges
				: exitCodeOfProblem(result.problem);
	}
}
