/** One file system of a container, in memory: nothing of this machine is behind it. */
export type Files = Readonly<{
	root: Folder;
	/** The node at an absolute path; undefined when there is none. Symbolic links are followed, bar the last one if told so. */
	find(path: string, last?: 'follow' | 'keep'): Node | undefined;
	/** Like `find`, and says why not. */
	get(path: string, last?: 'follow' | 'keep'): Node;
	/** Puts a node at a path whose folder exists; whatever has that name is replaced. */
	put(path: string, node: Node): void;
	remove(path: string): void;
	/** Makes a folder, and those above it. */
	makeFolders(path: string, mode?: number): Folder;
	/** For those outside of the container. */
	write(path: string, text: string | Uint8Array, mode?: number): void;
	read(path: string): string;
	/** The absolute paths of all files. */
	all(): string[];
	/** Sets what a file holds; the file system is as good as full beyond its quota. */
	resize(file: File, size: number): void;
}>;

export type Node = Folder | File | Link | Device;
type Common = { mode: number; modified: number };
export type Folder = Common & { kind: 'folder'; entries: Map<string, Node> };
export type File = Common & {
	kind: 'file';
	data: Buffer;
	size: number;
	/** The name of the program that this file is, as a binary would be. */
	program?: string;
};
export type Link = Common & { kind: 'link'; target: string };
export type Device = Common & { kind: 'device'; name: DeviceName };
export type DeviceName = 'null' | 'zero' | 'full' | 'random' | 'terminal';

/** A failed system call, in the words of its number. */
export class SystemError extends Error {
	readonly code: keyof typeof words;
	constructor(code: keyof typeof words) {
		super(words[code]);
		this.code = code;
	}
}

const words = {
	ENOENT: 'No such file or directory',
	ENOTDIR: 'Not a directory',
	EISDIR: 'Is a directory',
	EEXIST: 'File exists',
	ENOTEMPTY: 'Directory not empty',
	ELOOP: 'Too many levels of symbolic links',
	ENOSPC: 'No space left on device',
	EACCES: 'Permission denied',
	EPERM: 'Operation not permitted',
	EBADF: 'Bad file descriptor',
	EPIPE: 'Broken pipe',
	EBUSY: 'Device or resource busy',
	EINVAL: 'Invalid argument',
	ENXIO: 'No such device or address',
	EAGAIN: 'Resource temporarily unavailable',
	EMFILE: 'Too many open files',
	ECONNREFUSED: 'Connection refused',
	EHOSTUNREACH: 'No route to host',
	ENOTFOUND: 'Name or service not known',
} as const;

/** Bytes that the files of one container may hold together. */
const quota = 64 * 1024 * 1024;
const mostLinks = 40;
const mostNodes = 50_000;

export const folder = (mode = 0o755): Folder => ({
	kind: 'folder',
	mode,
	modified: Date.now(),
	entries: new Map(),
});

export function file(text: string | Uint8Array = '', mode = 0o644, program?: string): File {
	const data = Buffer.from(text);
	const common = { kind: 'file', mode, modified: Date.now(), data, size: data.length } as const;
	return program === undefined ? common : { ...common, program };
}

export const link = (target: string): Link => ({ kind: 'link', mode: 0o777, modified: Date.now(), target });

export const contentOf = ({ data, size }: File): Buffer => data.subarray(0, size);

export function createFiles(): Files {
	const root = folder();
	let used = 0;
	let nodes = 0;

	function find(path: string, last: 'follow' | 'keep' = 'follow'): Node | undefined {
		try {
			return get(path, last);
		} catch {
			return undefined;
		}
	}

	function get(path: string, last: 'follow' | 'keep' = 'follow'): Node {
		return walk(path, last, { links: 0 });
	}

	function walk(path: string, last: 'follow' | 'keep', budget: { links: number }): Node {
		const above: Node[] = [];
		let here: Node = root;
		const names = path.split('/').filter(name => name !== '' && name !== '.');
		const walked: string[] = [];
		for (const [index, name] of names.entries()) {
			if (here.kind !== 'folder') throw new SystemError('ENOTDIR');
			if (name === '..') {
				here = above.pop() ?? root;
				walked.pop();
				continue;
			}
			const next = here.entries.get(name);
			if (!next) throw new SystemError('ENOENT');
			const isLast = index === names.length - 1 && !path.endsWith('/');
			if (next.kind === 'link' && !(isLast && last === 'keep')) {
				budget.links += 1;
				if (budget.links > mostLinks) throw new SystemError('ELOOP');
				const target = next.target.startsWith('/') ? next.target : `/${walked.join('/')}/${next.target}`;
				return walk([target, ...names.slice(index + 1)].join('/'), last, budget);
			}
			above.push(here);
			walked.push(name);
			here = next;
		}
		if (path.endsWith('/') && here.kind !== 'folder') throw new SystemError('ENOTDIR');
		return here;
	}

	function parentOf(path: string): [parent: Folder, name: string] {
		const trimmed = path.replace(/\/+$/, '');
		const slash = trimmed.lastIndexOf('/');
		const name = trimmed.slice(slash + 1);
		if (name === '' || name === '.' || name === '..') throw new SystemError('EBUSY');
		const parent = get(trimmed.slice(0, slash + 1));
		if (parent.kind !== 'folder') throw new SystemError('ENOTDIR');
		return [parent, name];
	}

	function put(path: string, node: Node): void {
		const [parent, name] = parentOf(path);
		if (!parent.entries.has(name)) nodes += 1;
		if (nodes > mostNodes) throw new SystemError('ENOSPC');
		parent.entries.set(name, node);
		parent.modified = Date.now();
	}

	function makeFolders(path: string, mode?: number): Folder {
		const found = find(path);
		if (found?.kind === 'folder') return found;
		if (found) throw new SystemError('EEXIST');
		makeFolders(path.replace(/\/*[^/]+\/*$/, '') || '/');
		const made = folder(mode);
		put(path, made);
		return made;
	}

	function resize(target: File, size: number): void {
		if (used + size - target.size > quota) throw new SystemError('ENOSPC');
		used += size - target.size;
		if (size > target.data.length) {
			const grown = Buffer.alloc(Math.max(size, target.data.length * 2));
			target.data.copy(grown, 0, 0, target.size);
			target.data = grown;
		}
		target.size = size;
		target.modified = Date.now();
	}

	return {
		root,
		find,
		get,
		put,
		makeFolders,
		resize,
		remove(path) {
			const [parent, name] = parentOf(path);
			const node = parent.entries.get(name);
			if (!node) throw new SystemError('ENOENT');
			if (node.kind === 'folder' && node.entries.size > 0) throw new SystemError('ENOTEMPTY');
			if (node.kind === 'file') used -= node.size;
			nodes -= 1;
			parent.entries.delete(name);
			parent.modified = Date.now();
		},
		write(path, text, mode) {
			makeFolders(path.replace(/\/[^/]*$/, '') || '/');
			put(path, file(text, mode));
		},
		read(path) {
			const node = get(path);
			if (node.kind !== 'file') throw new SystemError('EISDIR');
			return contentOf(node).toString();
		},
		all: () => pathsBelow(root, ''),
	};
}

function pathsBelow({ entries }: Folder, path: string): string[] {
	return [...entries].flatMap(([name, node]) =>
		node.kind === 'folder' ? pathsBelow(node, `${path}/${name}`) : [`${path}/${name}`],
	);
}
