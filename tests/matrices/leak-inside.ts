import { checkCommand } from '../../source/commands/check.ts';
import type { Host } from '../../source/commands/line/host.ts';
import { type Options, parseOptions } from '../../source/commands/line/options.ts';
import { planCommand } from '../../source/commands/plan.ts';
import { runCommand } from '../../source/commands/run.ts';
import { runsCommand } from '../../source/commands/runs.ts';
import { statusCommand } from '../../source/commands/status.ts';
import { undoCommand } from '../../source/commands/undo.ts';

export type Said = Readonly<{ code: number; out: string; err: string }>;

/** What the program does with a command line, done in this process: a thousand times without a thousand starts. */
export async function pxpair(
	args: readonly string[],
	surroundings: Pick<Host, 'environment' | 'folder'>,
): Promise<Said> {
	let out = '';
	let err = '';
	const never = new AbortController().signal;
	const host: Host = {
		version: '0',
		...surroundings,
		out: text => {
			out += text;
		},
		err: text => {
			err += text;
		},
		readStandardInput: async () => '',
		isTerminal: false,
		platform: 'linux',
		look: { isSpoken: false },
		stdin: process.stdin,
		stdout: process.stdout,
		stop: never,
		abandon: never,
	};
	const code = await dispatch(host, parseOptions(args));
	return { code, out, err };
}

function dispatch(host: Host, options: Options): Promise<number> {
	switch (options.command) {
		case 'run':
			return runCommand(host, options);
		case 'check':
			return checkCommand(host, options);
		case 'plan':
			return planCommand(host, options);
		case 'status':
			return statusCommand(host, options);
		case 'runs':
			return runsCommand(host, options);
		case 'undo':
			return undoCommand(host, options);
		default:
			throw new Error(`not for here: ${JSON.stringify(options)}`);
	}
}
