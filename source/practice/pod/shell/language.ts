import type { AndOr, Command, CompoundCommand, Pipeline, PipelineNode, Statement } from 'unbash';
import type { Expand } from './expand.ts';
import type { Shell } from './state.ts';

export type AnyCommand = Command | Pipeline | CompoundCommand | Exclude<PipelineNode, Pipeline>;

/** How parts of a command run, for what runs them: their modules would else need each other. */
export type Language = Readonly<{
	statements(shell: Shell, statements: readonly Statement[]): Promise<number>;
	any(shell: Shell, node: AnyCommand | AndOr): Promise<number>;
	untilItLeaves(shell: Shell, work: () => Promise<number>): Promise<number>;
	expand: Expand;
}>;

/** Runs what is looked at, where `set -e` does not matter. */
export async function guarded(shell: Shell, work: () => Promise<number>): Promise<number> {
	shell.guarded += 1;
	try {
		return await work();
	} finally {
		shell.guarded -= 1;
	}
}

/** Runs the actions of the signals that came in. */
export async function runTraps(shell: Shell): Promise<void> {
	for (let name = shell.caught.shift(); name; name = shell.caught.shift()) {
		const { status } = shell;
		await shell.evaluate(shell, shell.traps.get(name) ?? '');
		shell.status = status;
	}
}
