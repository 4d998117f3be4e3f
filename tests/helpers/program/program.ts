import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { type Canaries, canariesIn, canariesInFiles, filesBelow } from '../canaries.ts';
import { processesWith, watchDescendants } from './processes.ts';
import { programStart, sharedCache } from './under-test.ts';

/** What a run of the program came to. Times, ports and folders are taken out of the lines. */
export type Transcript = Readonly<{
	command: string;
	exitCode: number | undefined;
	out: string[];
	err: string[];
	/** The programs that it started, with their arguments. */
	started: string[];
}>;

export type RunOptions = Readonly<{
	/** Beside the sandbox's own; undefined takes one away. */
	env?: Readonly<Record<string, string | undefined>>;
	input?: string;
	/** Called when the program has started. */
	during?: (running: Running) => Promise<void> | void;
	/** Another Node than that of the tests. */
	node?: string;
}>;

export type Running = Readonly<{
	signal(name: NodeJS.Signals): void;
	/** Resolves as soon as the text is in what it printed; rejects when it ends without. */
	said(text: string): Promise<void>;
	/** Resolves as soon as a program that it started is seen. */
	saw(argv: RegExp): Promise<void>;
	/** Goes away as `head` does. */
	stopReading(): void;
}>;

/** A home of its own for the program: nothing of this machine gets in, nothing that it leaves goes unseen. */
export type Sandbox = AsyncDisposable &
	Readonly<{
		/** Where it is started. */
		work: string;
		/** Writes a file below `work`, and tells its path. */
		file(name: string, content: string | Uint8Array): Promise<string>;
		/** What it keeps of its runs, as text by their ids, the oldest first. */
		records(): Promise<ReadonlyMap<string, string>>;
		/** Puts a shell script on the PATH, which is otherwise empty. */
		script(name: string, text: string): Promise<string>;
		/**
		 * Runs the program to its end and throws when it left a process behind, or a file that is no record of a run, or when any of the
		 * canaries shows in what it printed or left, or in arguments or environment of any process it started.
		 */
		run(args: readonly string[], canaries: Canaries, options?: RunOptions): Promise<Transcript>;
	}>;

export async function makeSandbox(): Promise<Sandbox> {
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'pxpair-sandbox-')));
	const at = (name: string) => join(folder, name);
	const places = { HOME: at('home'), TMPDIR: at('tmp'), ...xdg(at('home')) };
	await Promise.all(
		[...Object.values(places), at('work'), at('bin')].map(path => mkdir(path, { recursive: true })),
	);
	const written = new Set<string>();
	const file = async (name: string, content: string | Uint8Array) => {
		const path = join(at('work'), name);
		written.add(name);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, content, { mode: 0o600 });
		return path;
	};
	return {
		work: at('work'),
		file,
		async records() {
			const names = await readdir(at(recordFolder)).catch(() => []);
			const read = async (name: string) =>
				[name.replace(/\.json$/, ''), await readFile(at(join(recordFolder, name)), 'utf8')] as const;
			return new Map(
				await Promise.all(
					names
						.filter(name => name.endsWith('.json'))
						.sort()
						.map(read),
				),
			);
		},
		async script(name, text) {
			const path = join(at('bin'), name);
			await writeFile(path, `#!/bin/sh\n${text}`);
			await chmod(path, 0o755);
			return path;
		},
		async run(args, canaries, { env = {}, input = '', during, node = process.execPath } = {}) {
			await takeTurn();
			try {
				const began = Date.now();
				const running = launch(
					node,
					args,
					{ ...places, PATH: at('bin'), KUBECONFIG: at('work/kubeconfig'), ...env },
					at('work'),
					input,
				);
				const watch = watchDescendants(running.pid ?? 0);
				await during?.(runningOf(running, watch.saw));
				const { exitCode, stdout, stderr } = await running;
				const descendants = watch.stop();
				const told = { stdout, stderr, arguments: args.join('\n'), processes: JSON.stringify(descendants) };
				const leaks = [
					...Object.entries(told).flatMap(([place, text]) =>
						canariesIn(text, canaries).map(name => `${name} in ${place}`),
					),
					...(await canariesInFiles(at('home'), canaries)),
					...(await canariesInFiles(sharedCache, canaries, began)),
				];
				// Who crashes cannot tidy up: the next run takes such a lock over.
				const hasCrashed = stderr.includes('This is a bug in pxpair');
				const left = [
					...(await leftOvers(folder, written)).filter(
						file => !(hasCrashed && /\.(lock|json\.new)$/.test(file)),
					),
					...processesWith(folder),
				];
				if (leaks.length + left.length > 0) {
					throw new Error(
						[`pxpair ${args.join(' ')}`, ...leaks, ...left.map(what => `left: ${what}`)].join('\n'),
					);
				}
				return {
					command: `pxpair ${args.join(' ')}`,
					exitCode,
					out: linesOf(stdout, at('work')),
					err: linesOf(stderr, at('work')),
					started: [...new Set(descendants.map(({ argv }) => argv))],
				};
			} finally {
				giveTurn();
			}
		},
		[Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
	};
}

function launch(node: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string, input: string) {
	const options = {
		cwd,
		env: { LANG: 'C.UTF-8', ...env },
		extendEnv: false,
		input,
		reject: false,
		stripFinalNewline: false,
	} as const;
	return execa(...programStart(args, node), options);
}

type Child = ReturnType<typeof launch>;

function runningOf(child: Child, saw: Running['saw']): Running {
	let printed = '';
	const listeners = new Set<() => void>();
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => {
			printed += chunk;
			for (const listener of listeners) listener();
		});
	}
	return {
		signal: name => void child.kill(name),
		said(text) {
			const { promise, resolve, reject } = Promise.withResolvers<void>();
			const look = () => printed.includes(text) && resolve();
			listeners.add(look);
			void child.then(() => reject(new Error(`ended without saying ${text}:\n${printed}`)));
			look();
			return promise;
		},
		saw,
		stopReading: () => void child.stdout.destroy(),
	};
}

const xdg = (home: string) => ({
	XDG_CONFIG_HOME: join(home, '.config'),
	XDG_STATE_HOME: join(home, '.local/state'),
	XDG_CACHE_HOME: sharedCache,
	XDG_DATA_HOME: join(home, '.local/share'),
	XDG_RUNTIME_DIR: join(home, '.run'),
});

/** The one folder that the program may leave behind: what Node has compiled of it. */
const compileCache = join('home', process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'pxpair');

const recordFolder = 'home/.local/state/pxpair/runs';

async function leftOvers(folder: string, written: ReadonlySet<string>): Promise<string[]> {
	const expected = [...written].map(name => join('work', name));
	const left = (await filesBelow(folder)).filter(
		file => !expected.includes(file) && !file.startsWith('bin/') && !file.startsWith(`${compileCache}/`),
	);
	const others = await Promise.all(
		left.map(async file =>
			(await isRecord(folder, file)) || (await isHeldHere(folder, file)) ? [] : [file],
		),
	);
	return others.flat();
}

/** A lock that the test itself holds. */
async function isHeldHere(folder: string, file: string): Promise<boolean> {
	const text = file.endsWith('.lock') ? await readFile(join(folder, file), 'utf8') : '';
	return text.includes(`"pid":${process.pid},`);
}

/** Whole, under its own name, and for no one else to read. */
async function isRecord(folder: string, file: string): Promise<boolean> {
	return (
		dirname(file) === recordFolder &&
		file.endsWith('.json') &&
		((await stat(join(folder, file))).mode & 0o777) === 0o600
	);
}

function linesOf(text: string, work: string): string[] {
	const plain = text
		.replaceAll(`${work}/`, '')
		.replaceAll(work, '.')
		.replaceAll(/\(\d+(\.\d)? s\)/g, '(… s)')
		.replaceAll(/clusterPair_[0-9a-f-]{36}/g, 'clusterPair_UUID')
		.replaceAll(/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-[0-9a-f]{6}/g, 'RUN')
		.replaceAll(/^ {2}https:\S+#(\S+)$/gm, '  docs: $1')
		.replaceAll(/^ {2}https:\S+\/([\w-]+)$/gm, '  docs: $1')
		// Every problem ends in it: tests/commands/explain.test.ts holds that.
		.replaceAll(/^ +More: pxpair explain [a-z0-9-]+\n/gm, '')
		.replaceAll(/(127\.0\.0\.1:|port |ports from )\d+/g, '$1PORT');
	// Signs of life come when the machine is slow.
	const lines = plain.split('\n').filter(line => !/^( ?\d+\/\d+ \w+ +… |Checking .*… \d+ s$)/.test(line));
	return inStepOrder(lines.slice(0, lines.at(-1) === '' ? -1 : undefined));
}

/** Steps that run side by side end in any order. */
function inStepOrder(lines: readonly string[]): string[] {
	const number = (line: string) => Number(/^ ?(\d+)\/\d+ /.exec(line)?.[1] ?? Number.NaN);
	const steps = lines.filter(line => number(line)).sort((a, b) => number(a) - number(b));
	return lines.map(line => (number(line) ? (steps.shift() ?? '') : line));
}

/** Four programs at once are as many as a small machine runs without making them wait for each other. */
let turns = 4;
const waiting: (() => void)[] = [];

async function takeTurn(): Promise<void> {
	if (turns > 0) {
		turns -= 1;
		return;
	}
	await new Promise<void>(resolve => waiting.push(resolve));
}

function giveTurn(): void {
	const next = waiting.shift();
	if (next) {
		next();
	} else {
		turns += 1;
	}
}
