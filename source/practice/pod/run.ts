import { contentOf, type Node } from './files.ts';
import { absolute, type Birth, Exit, type Process, type Program, startProcess } from './process.ts';

/** What a command's name points to, or the exit status and words of a shell that finds nothing. */
export type Found =
	| Readonly<{ kind: 'program'; path: string; program: Program; before: readonly string[] }>
	| Readonly<{ kind: 'missing'; reason: 'no-file' | 'no-command' | 'denied' | 'folder' }>;

type Finder = Pick<Process, 'container' | 'cwd' | 'environment'>;

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The file that a name is of, by PATH where it has no slash. */
export function pathOf(process: Finder, name: string): string | undefined {
	if (name.includes('/')) return isThere(process, name) ? name : undefined;
	const path = process.environment.get('PATH') ?? usualPath;
	return path
		.split(':')
		.map(folder => `${folder}/${name}`)
		.find(file => name !== '' && isExecutable(process.container.files.find(file)));
}

const isThere = (process: Finder, path: string): boolean =>
	process.container.files.find(absolute(process, path)) !== undefined;

const isExecutable = (node: Node | undefined): boolean => node?.kind === 'file' && (node.mode & 0o111) !== 0;

export function findProgram(process: Finder, name: string, depth = 0): Found {
	const path = pathOf(process, name);
	const node = path === undefined ? undefined : process.container.files.find(absolute(process, path));
	if (path === undefined || !node) {
		return { kind: 'missing', reason: name.includes('/') ? 'no-file' : 'no-command' };
	}
	if (node.kind === 'folder') return { kind: 'missing', reason: 'folder' };
	if (node.kind !== 'file' || !isExecutable(node)) return { kind: 'missing', reason: 'denied' };
	const program = node.program === undefined ? undefined : process.container.programs[node.program];
	if (program) return { kind: 'program', path, program, before: [] };
	const [, interpreter = '/bin/sh', argument] =
		/^#![ \t]*(\S+)(?:[ \t]+(\S+))?/.exec(contentOf(node).subarray(0, 256).toString()) ?? [];
	if (depth > 4) return { kind: 'missing', reason: 'denied' };
	const found = findProgram(process, interpreter, depth + 1);
	if (found.kind === 'missing') return { kind: 'missing', reason: 'no-file' };
	return { ...found, before: [...found.before, interpreter, ...(argument ? [argument] : []), path] };
}

/** Starts a command as another process; a shell says what it does not find. */
export function startCommand(
	parent: Process,
	words: readonly string[],
	birth: Omit<Birth, 'words'> = {},
): Process {
	const [name = ''] = words;
	const finder = birth.environment ? { ...parent, environment: new Map(birth.environment) } : parent;
	const found = findProgram(finder, name);
	return startProcess(parent, { ...birth, words: wordsOf(found, words) }, programOf(found));
}

/** A script's words are those of its interpreter. */
export const wordsOf = (found: Found, words: readonly string[]): readonly string[] =>
	found.kind === 'program' && found.before.length > 0 ? [...found.before, ...words.slice(1)] : words;

export function programOf(found: Found): Program {
	if (found.kind === 'program') return found.program;
	return async () => {
		throw new Exit(found.reason.startsWith('no-') ? 127 : 126, missingWords[found.reason]);
	};
}

export const missingWords = {
	'no-file': 'No such file or directory',
	'no-command': 'command not found',
	denied: 'Permission denied',
	folder: 'Is a directory',
} as const;

/** The container's runtime starts a command, and says in its words why it can't. */
export function reasonNotToStart(process: Finder, name: string): string | undefined {
	const found = findProgram(process, name);
	if (found.kind === 'program') return undefined;
	if (found.reason === 'no-command') return 'executable file not found in $PATH';
	return found.reason === 'no-file' ? `stat ${name}: no such file or directory` : 'permission denied';
}

/** What stops a process while it waits stops what it waits for: nothing else would. */
export async function waitFor(process: Process, child: Process): Promise<number> {
	const stop = () => child.kill('KILL');
	process.signal.addEventListener('abort', stop, { once: true });
	try {
		return await child.done;
	} finally {
		process.signal.removeEventListener('abort', stop);
		process.signal.throwIfAborted();
	}
}
