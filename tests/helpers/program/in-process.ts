import type { Host } from '../../../source/commands/line/host.ts';
import { parseCommandLine } from '../../../source/commands/line/parse.ts';
import { plainPage } from '../../../source/plain/page.ts';

type Surroundings = Readonly<{ environment: Host['environment']; folder: string }>;

export type Said = Readonly<{ code: number; out: string; err: string }>;

/** The program's own commands in this process: where hundreds of runs are tried, a process for each would take minutes. */
export async function callProgram(
	args: readonly string[],
	surroundings: Surroundings,
	saw: (line: string) => void = () => {},
): Promise<Said> {
	const out: string[] = [];
	const err: string[] = [];
	const host: Host = {
		...hostIn(surroundings),
		out(text) {
			out.push(text);
			saw(text);
		},
		err: text => void err.push(text),
	};
	const code = await dispatch(host, args);
	return { code, out: out.join(''), err: err.join('') };
}

function dispatch(host: Host, args: readonly string[]): Promise<number> {
	const line = parseCommandLine(args);
	if (line.command !== 'asked') {
		throw new Error(`not called here: ${JSON.stringify(line)}`);
	}
	return line.begin(host);
}

export const hostIn = ({ environment, folder }: Surroundings): Host => ({
	version: '0',
	environment,
	exposed: [],
	folder,
	out: () => {},
	err: () => {},
	readStandardInput: async () => '',
	isTerminal: false,
	platform: 'linux',
	look: { isSpoken: false },
	page: plainPage,
	errorPage: plainPage,
	suspend: undefined,
	stdin: process.stdin,
	stdout: process.stdout,
	stop: new AbortController().signal,
	abandon: new AbortController().signal,
	toBorrower: use => use(),
});
