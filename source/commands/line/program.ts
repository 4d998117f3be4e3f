import { attempt } from '../../pairing/words/json.ts';
import { visiblyEscaped } from '../../pairing/words/outside-text.ts';
import { plainPage } from '../../plain/page.ts';
import { bugText } from './bug.ts';
import type { Asked } from './command.ts';
import { exitCode } from './exit-code.ts';
import { exposures } from './exposures.ts';
import type { Host } from './host.ts';
import { type Interruptions, interruptionsOf } from './interruptions.ts';
import { isVerbose, lookFrom } from './look.ts';
import { exceptColors, pageOn } from './page.ts';
import { helpText, parseCommandLine } from './parse.ts';
import { spellingFor } from './spelling.ts';

/** As much of the process as the program uses. */
type Own = Pick<
	NodeJS.Process,
	| 'argv'
	| 'cwd'
	| 'emit'
	| 'env'
	| 'execArgv'
	| 'exit'
	| 'kill'
	| 'on'
	| 'platform'
	| 'stderr'
	| 'stdin'
	| 'stdout'
>;

type Built = Readonly<{
	version: string;
	/** As an executable of its own: NODE_OPTIONS is for another Node. */
	isAlone: boolean;
}>;

const gone =
	'pxpair: the current folder no longer exists\n  → Change to another one, and start pxpair there.\n';

/** All of a process, once it runs. @returns the exit code */
export async function program(own: Own, built: Built): Promise<number> {
	own.stderr.on('error', () => {});
	// Node's own report of what no one caught repeats its message, which may quote anything.
	own.on('uncaughtException', error => {
		own.stderr.write(bugText(error));
		own.exit(1);
	});
	try {
		return await dispatch(own, built);
	} catch (error) {
		own.stderr.write(bugText(error));
		return 1;
	}
}

/** A command line to its command. */
async function dispatch(own: Own, built: Built): Promise<number> {
	const spelled = spellingFor(own);
	const line = parseCommandLine(own.argv.slice(2));
	switch (line.command) {
		case 'help':
			own.stdout.write(spelled(helpText(line.topic)));
			return exitCode.done;
		case 'version':
			own.stdout.write(`pxpair ${built.version}\n`);
			return exitCode.done;
		case 'mistake':
			own.stderr.write(spelled(`pxpair: ${line.message}\n  → See ${line.help}.\n`));
			return exitCode.badInput;
		case 'asked': {
			const folder = attempt(() => own.cwd());
			if (folder === undefined) {
				own.stderr.write(spelled(gone));
				return exitCode.badInput;
			}
			const { seesThrough } = line;
			const saysSo = seesThrough === 'always' || (seesThrough === 'in-lines' && !isTerminal(own));
			const interruptions = interruptionsOf(own, saysSo);
			const code = await line.begin(hostOf(own, { ...built, folder, spelled }, line, interruptions));
			return code === exitCode.cancelled ? interruptions.exitCode() : code;
		}
	}
}

function hostOf(
	own: Own,
	{
		version,
		isAlone,
		folder,
		spelled,
	}: Built & Readonly<{ folder: string; spelled: (text: string) => string }>,
	{ isForPrograms }: Asked,
	{ stop, abandon, whileReading, toBorrower }: Interruptions,
): Host {
	const { argv, env: environment, platform, stdin, stdout, stderr } = own;
	const look = lookFrom(argv, environment);
	const surroundings = { look, environment, isVerbose: isVerbose(argv) };
	const spell = isForPrograms ? (text: string) => text : spelled;
	return {
		version,
		environment,
		exposed: exposures(isAlone ? { ...environment, NODE_OPTIONS: undefined } : environment, own.execArgv),
		folder,
		out: text => void stdout.write(spell(exceptColors(text, visiblyEscaped))),
		err: text => void stderr.write(spelled(exceptColors(text, visiblyEscaped))),
		readStandardInput: () =>
			whileReading(async () => {
				const { readStandardInput } = await import('../inputs/standard-input.ts');
				return readStandardInput(stdin);
			}),
		toBorrower,
		platform,
		look,
		page: isForPrograms ? plainPage : pageOn(stdout, surroundings),
		errorPage: pageOn(stderr, surroundings),
		stdin,
		suspend: platform === 'win32' ? undefined : () => suspend(own),
		stdout,
		isTerminal: isTerminal(own),
		stop,
		abandon,
	};
}

/** With all of its group, so that the shell that began it has the terminal. The window may have another size afterwards. */
function suspend(own: Own): void {
	own.kill(0, 'SIGTSTP');
	own.emit('SIGWINCH');
}

const isTerminal = ({ stdin, stdout }: Own): boolean => stdin.isTTY === true && stdout.isTTY === true;
