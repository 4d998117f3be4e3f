#!/usr/bin/env node
import { join } from 'node:path';
import type { Asked } from './source/commands/line/command.ts';
import { exposures } from './source/commands/line/exposures.ts';
// A command line to its command, a command to an exit code. Heavy things are imported once it is known that they are needed.
import type { Host } from './source/commands/line/host.ts';
import { isVerbose, lookFrom, spellsAscii } from './source/commands/line/look.ts';
import { exceptColors, pageOn } from './source/commands/line/page.ts';
import type { CommandLine } from './source/commands/line/parse.ts';
import { visiblyEscaped } from './source/pairing/words/outside-text.ts';
import { plainPage } from './source/plain/page.ts';
import { kindOf, whereThrown } from './source/runner/where-thrown.ts';
import { asciiGlyphs, spellSigns } from './source/ui/glyphs.ts';

const oldestNode = [22, 19] as const;
const stopping = 'Stopping after the current change… press Ctrl-C again to quit now';

const look = lookFrom(process.argv, process.env);
const isAscii = spellsAscii(look, process.env, process.platform);

// Node's own report of what no one caught repeats its message, which may quote anything.
process.on('uncaughtException', error => {
	reportBug(error);
	process.exit(1);
});

// Node would open its inspector for every local user, and with it the memory that holds the keys.
process.on('SIGUSR1', () => {});

/** What stopped the program: Ctrl-C at a question is a key, and counts as SIGINT. */
let stoppedBy: NodeJS.Signals = 'SIGINT';

await main();

async function main(): Promise<void> {
	if (isTooOld(process.versions.node)) {
		process.stderr.write(
			`pxpair needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}.\n`,
		);
		process.exitCode = 2;
		return;
	}
	try {
		const code = await dispatch(await readCommandLine(process.argv.slice(2)));
		process.exitCode = code === 130 ? exitCodeBy(stoppedBy) : code;
	} catch (error) {
		reportBug(error);
		process.exitCode = 1;
	}
}

/** What is asked most often needs no parser: each file that is read takes its time. */
async function readCommandLine(argv: readonly string[]): Promise<CommandLine> {
	const [only, ...more] = argv;
	if (more.length === 0 && (only === '--version' || only === '-V')) {
		return { command: 'version' };
	}
	if (more.length === 0 && (only === '--help' || only === '-h')) {
		return { command: 'help', topic: undefined };
	}
	return (await import('./source/commands/line/parse.ts')).parseCommandLine(argv);
}

async function dispatch(line: CommandLine): Promise<number> {
	switch (line.command) {
		case 'help':
			process.stdout.write(spelled(await helpText(line.topic)));
			return 0;
		case 'version':
			process.stdout.write(`pxpair ${process.env.PXPAIR_VERSION}\n`);
			return 0;
		case 'mistake':
			process.stderr.write(spelled(`pxpair: ${line.message}\n  → See ${line.help}.\n`));
			return 2;
		case 'asked':
			await startFaster();
			return line.begin(host(line));
	}
}

/** The list of commands was written when this was built, as the version was: it is asked for more often than all else. */
async function helpText(topic: string | undefined): Promise<string> {
	return topic === undefined
		? (process.env.PXPAIR_HELP ?? '')
		: (await import('./source/commands/line/parse.ts')).helpText(topic);
}

/** What is imported from here on need not be compiled again next time. Where it can't be kept, nothing is said: it only takes longer. */
async function startFaster(): Promise<void> {
	if (!runsAlone()) {
		const { readOwnFiles } = await import('./source/commands/line/own-files.ts');
		const { readFileSync } = process.getBuiltinModule('node:fs');
		readOwnFiles(new URL('.', import.meta.url).href, path =>
			readFileSync(join(import.meta.dirname, path), 'utf8'),
		);
	}
	const { compileCacheFolder } = await import('./source/commands/line/compile-cache.ts');
	const folder = compileCacheFolder(process.env, process.platform);
	if (folder) {
		process.getBuiltinModule('node:module').enableCompileCache(folder);
	}
}

/** Signs for a terminal or a locale that has none of them. */
function spelled(text: string): string {
	return isAscii ? spellSigns(text, asciiGlyphs) : text;
}

function host({ isForPrograms, seesThrough }: Asked): Host {
	const surroundings = { look, environment: process.env, isVerbose: isVerbose(process.argv) };
	const page = isForPrograms ? plainPage : pageOn(process.stdout, surroundings);
	const spell = isForPrograms ? (text: string) => text : spelled;
	const saysSo = seesThrough === 'always' || (seesThrough === 'in-lines' && !isTerminal());
	const stop = new AbortController();
	let isReading = false;
	let isLent = false;
	const abandon = new AbortController();
	const interrupt = (signal: NodeJS.Signals) => {
		if (isLent && signal === 'SIGINT') {
			return;
		}
		if (stop.signal.aborted) {
			abandon.abort();
			return;
		}
		if (isReading) {
			// Nothing has begun yet.
			process.exit(exitCodeBy(signal));
		}
		if (saysSo) {
			process.stderr.write(`\n${stopping}\n`);
		}
		stoppedBy = signal;
		stop.abort();
	};
	process.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGHUP', interrupt);
	// A reader that went away (`| head`) is no reason to stop in the middle of a change.
	process.stdout.on('error', () => {});
	process.stderr.on('error', () => {});
	return {
		version: process.env.PXPAIR_VERSION ?? '',
		environment: process.env,
		exposed: exposures(
			runsAlone() ? { ...process.env, NODE_OPTIONS: undefined } : process.env,
			process.execArgv,
		),
		folder: process.cwd(),
		out: text => void process.stdout.write(spell(exceptColors(text, visiblyEscaped))),
		err: text => void process.stderr.write(spelled(exceptColors(text, visiblyEscaped))),
		async readStandardInput() {
			isReading = true;
			const { readStandardInput } = await import('./source/commands/inputs/standard-input.ts');
			const text = await readStandardInput(process.stdin);
			isReading = false;
			return text;
		},
		async toBorrower(use) {
			isLent = true;
			try {
				return await use();
			} finally {
				isLent = false;
			}
		},
		platform: process.platform,
		look,
		page,
		errorPage: pageOn(process.stderr, surroundings),
		stdin: process.stdin,
		suspend: process.platform === 'win32' ? undefined : suspend,
		stdout: process.stdout,
		isTerminal: isTerminal(),
		stop: stop.signal,
		abandon: abandon.signal,
	};
}

/** With all of its group, so that the shell that began it has the terminal. The window may have another size afterwards. */
function suspend(): void {
	process.kill(0, 'SIGTSTP');
	process.emit('SIGWINCH');
}

/** As an executable of its own: NODE_OPTIONS is for another Node. */
function runsAlone(): boolean {
	return process.getBuiltinModule('node:sea').isSea();
}

function isTerminal(): boolean {
	return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** As shells count it. */
function exitCodeBy(signal: NodeJS.Signals): number {
	return 128 + process.getBuiltinModule('node:os').constants.signals[signal];
}

/** The one place where a stack is shown: the mistake is ours. The message may quote anything, so it stays out. */
function reportBug(error: unknown): void {
	const stack = error instanceof Error ? whereThrown(error) : [];
	process.stderr.write(
		`pxpair: Internal error (${error instanceof Error ? kindOf(error) : 'unknown'}). This is a bug in pxpair\n${stack.slice(0, 6).join('\n')}\n  → Please report it with the lines above. Running it again is safe.\n`,
	);
}

function isTooOld(version: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
}
