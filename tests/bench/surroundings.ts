import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** A file, and its arguments. */
export type Command = readonly [file: string, ...args: string[]];

const root = join(import.meta.dirname, '../..');

/** A folder that holds all that the program keeps, its compile cache among it, and is gone afterwards. */
export type Surroundings = Disposable &
	Readonly<{
		folder: string;
		environment: Readonly<Record<string, string>>;
		/** Writes a file into the folder, and tells its path. */
		file(name: string, text: string): string;
		/** The program and its arguments, as a process is started. */
		command(...args: readonly string[]): Command;
		/** Runs it to its end; it has to end well. */
		run(...args: readonly string[]): Promise<string>;
	}>;

export function openSurroundings(): Surroundings {
	const folder = mkdtempSync(join(tmpdir(), 'pxpair-bench-'));
	const remove = () => rmSync(folder, { recursive: true, force: true });
	// Also when the measuring breaks off.
	process.once('exit', remove);
	// A copy, so that no one who builds meanwhile changes what is measured.
	for (const part of ['dist', 'package.json']) {
		cpSync(join(root, part), join(folder, part), { recursive: true });
	}
	const environment = {
		PATH: process.env.PATH ?? '',
		HOME: folder,
		TMPDIR: folder,
		XDG_CACHE_HOME: join(folder, 'cache'),
		LANG: 'C.UTF-8',
		TERM: 'xterm-256color',
	};
	const command = (...args: readonly string[]): Command => [
		process.execPath,
		join(folder, 'dist/pxpair.js'),
		...args,
	];
	return {
		folder,
		environment,
		command,
		file(name, text) {
			const path = join(folder, name);
			writeFileSync(path, text, { mode: 0o600 });
			return path;
		},
		async run(...args) {
			const options = {
				cwd: root,
				env: environment,
				extendEnv: false,
				stdin: 'ignore',
				timeout: 60_000,
			} as const;
			const [file, ...given] = command(...args);
			return (await execa(file, given, options)).stdout;
		},
		[Symbol.dispose]: remove,
	};
}

/** A kubeconfig as `kubectl config` writes one, with so many contexts. Nothing listens where they lead. */
export function kubeconfigOf(contexts: number): string {
	const names = Array.from({ length: contexts }, (_, index) => `cluster-${String(index).padStart(4, '0')}`);
	return [
		'apiVersion: v1',
		'clusters:',
		...names.map(name => `- cluster:\n    server: https://127.0.0.1:1\n  name: ${name}`),
		'contexts:',
		...names.map(name => `- context:\n    cluster: ${name}\n    user: user\n  name: ${name}`),
		`current-context: ${names[0]}`,
		'kind: Config',
		'preferences: {}',
		'users:',
		'- name: user\n  user:\n    token: none',
		'',
	].join('\n');
}
