#!/usr/bin/env node
// Starts the program. What is asked most often is answered at once; all else is imported once it can be had compiled.
import { join } from 'node:path';
import { compileCacheFolder } from './source/commands/line/compile-cache.ts';
import { readOwnFiles } from './source/commands/line/own-files.ts';

const oldestNode = [22, 19] as const;

// Node would open its inspector for every local user, and with it the memory that holds the keys.
process.on('SIGUSR1', () => {});

await main();

async function main(): Promise<void> {
	if (isTooOld(process.versions.node)) {
		process.stderr.write(
			`pxpair needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}.\n`,
		);
		process.exitCode = 2;
		return;
	}
	process.exitCode = await answer(process.argv.slice(2));
}

/** The version, and the list of commands, were written when this was built: each file that is read takes its time. */
async function answer(argv: readonly string[]): Promise<number> {
	const version = process.env.PXPAIR_VERSION ?? '';
	// A reader that went away (`| head`) is no mistake, and no reason to stop in the middle of a change.
	process.stdout.on('error', () => {});
	const only = argv.length === 1 ? argv[0] : undefined;
	if (only === '--version' || only === '-V') {
		process.stdout.write(`pxpair ${version}\n`);
		return 0;
	}
	if (only === '--help' || only === '-h') {
		const { spellingFor } = await import('./source/commands/line/spelling.ts');
		process.stdout.write(spellingFor(process)(process.env.PXPAIR_HELP ?? ''));
		return 0;
	}
	const isAlone = process.getBuiltinModule('node:sea').isSea();
	await startFaster(isAlone);
	const { program } = await import('./source/commands/line/program.ts');
	return program(process, { version, isAlone });
}

/**
 * What is imported from here on is found without a search, and need not be compiled again next time. Where it can't be kept,
 * nothing is said: it only takes longer.
 *
 * @param isAlone as one file with a Node.js inside, which reads its own files already
 */
async function startFaster(isAlone: boolean): Promise<void> {
	if (!isAlone) {
		const { readFileSync } = process.getBuiltinModule('node:fs');
		readOwnFiles(new URL('.', import.meta.url).href, path =>
			readFileSync(join(import.meta.dirname, path), 'utf8'),
		);
	}
	const folder = compileCacheFolder(process.env, process.platform);
	if (folder && (await isThere(folder))) {
		process.getBuiltinModule('node:module').enableCompileCache(folder);
	}
}

/** @returns whether there is a folder to keep compiled code in; made, where it is missing */
async function isThere(folder: string): Promise<boolean> {
	if (process.getBuiltinModule('node:fs').existsSync(folder)) {
		return true;
	}
	const { makeFolder } = await import('./source/gateways/machine/files.ts');
	try {
		makeFolder(folder);
		return true;
	} catch {
		return false;
	}
}

function isTooOld(version: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
}
