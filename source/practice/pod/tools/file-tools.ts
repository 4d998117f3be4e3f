import { randomBytes } from 'node:crypto';
import { contentOf, folder, link, type Node, file as newFile, SystemError } from '../files.ts';
import {
	absolute,
	baseName,
	complain,
	Exit,
	nodeAt,
	nodeIfAny,
	type Process,
	type Program,
	say,
} from '../process.ts';
import { isAboutFile, optionsIn } from './options.ts';

/** Does something to each path, and complains of those that fail: `rm: cannot remove 'x': No such file or directory`. */
async function eachPath(
	process: Process,
	paths: readonly string[],
	verb: string,
	work: (path: string) => void,
): Promise<number> {
	if (paths.length === 0) throw new Exit(1, 'missing operand');
	let status = 0;
	for (const path of paths) {
		try {
			work(path);
		} catch (error) {
			if (!isAboutFile(error)) throw error;
			await complain(process, `cannot ${verb} '${path}': ${error.message}`);
			status = 1;
		}
	}
	return status;
}

export function filesBelow(process: Process, path: string): string[] {
	const node = nodeAt(process, path);
	return node.kind === 'folder'
		? [...node.entries.keys()].flatMap(name => filesBelow(process, join(path, name)))
		: node.kind === 'file'
			? [path]
			: [];
}

export const join = (path: string, name: string): string =>
	path.endsWith('/') ? `${path}${name}` : `${path}/${name}`;

/** What `ls -l` and `stat` show of a mode. */
export function modeText({ kind, mode }: Node): string {
	const bits = [...'rwxrwxrwx'].map((letter, index) => (mode & (0o400 >> index) ? letter : '-'));
	return `${{ folder: 'd', link: 'l', device: 'c', file: '-' }[kind]}${bits.join('')}`;
}

export const sizeOf = (node: Node): number =>
	node.kind === 'file'
		? node.size
		: node.kind === 'link'
			? node.target.length
			: node.kind === 'folder'
				? 4096
				: 0;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const ls: Program = async (process, args) => {
	const { has, rest } = optionsIn(args, 'lahAd1RrtSF');
	let status = 0;
	const names = rest.length > 0 ? rest : ['.'];
	const line = (name: string, node: Node) => {
		if (!has('l')) return `${name}\n`;
		const time = new Date(node.modified);
		const [hour, minute] = [time.getUTCHours(), time.getUTCMinutes()].map(part =>
			String(part).padStart(2, '0'),
		);
		const arrow = node.kind === 'link' ? ` -> ${node.target}` : '';
		return `${modeText(node)} 1 root root ${String(sizeOf(node)).padStart(8)} ${months[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)} ${hour}:${minute} ${name}${arrow}\n`;
	};
	const show = async (name: string, node: Node, isNamed: boolean): Promise<void> => {
		if (node.kind !== 'folder' || has('d')) return say(process, line(name, node));
		if (isNamed) await say(process, `${name}:\n`);
		const own: [string, Node][] = has('a')
			? [
					['.', node],
					['..', node],
				]
			: [];
		const entries = [
			...own,
			...[...node.entries].filter(([entry]) => !entry.startsWith('.') || has('a') || has('A')),
		];
		entries.sort(
			([a, x], [b, y]) =>
				(has('t') ? y.modified - x.modified : has('S') ? sizeOf(y) - sizeOf(x) : 0) || (a < b ? -1 : 1),
		);
		if (has('r')) entries.reverse();
		if (has('l')) await say(process, `total ${entries.length * 4}\n`);
		await say(process, entries.map(([entry, child]) => line(entry, child)).join(''));
		for (const [entry, child] of has('R') ? entries : []) {
			if (child.kind === 'folder' && !entry.startsWith('.'))
				await say(process, '\n').then(() => show(join(name, entry), child, true));
		}
	};
	for (const name of names) {
		const node = nodeIfAny(process, name, has('l') || has('d') ? 'keep' : 'follow');
		if (node) await show(name, node, names.length > 1 || has('R'));
		else {
			await complain(process, `cannot access '${name}': No such file or directory`);
			status = 2;
		}
	}
	return status;
};

const mkdir: Program = (process, args) => {
	const { has, value, rest } = optionsIn(args, 'pm:v');
	const mode = value('m') === undefined ? 0o777 & ~process.umask : Number.parseInt(value('m') ?? '', 8);
	return eachPath(process, rest, 'create directory', path => {
		const where = absolute(process, path);
		if (has('p')) process.container.files.makeFolders(where, mode);
		else if (process.container.files.find(where, 'keep')) throw new SystemError('EEXIST');
		else process.container.files.put(where, folder(mode));
	});
};

const rm: Program = (process, args) => {
	const { has, rest } = optionsIn(args, 'rRfvid');
	const { files } = process.container;
	const remove = (path: string) => {
		const node = files.get(path, 'keep');
		if (node.kind === 'folder') {
			if (!(has('r') || has('R') || has('d'))) throw new SystemError('EISDIR');
			if (node === files.root) throw new SystemError('EBUSY');
			for (const name of has('d') ? [] : [...node.entries.keys()]) remove(join(path, name));
		}
		files.remove(path);
	};
	if (rest.length === 0 && has('f')) return Promise.resolve(0);
	return eachPath(process, rest, 'remove', path => {
		if (has('f') && !nodeIfAny(process, path, 'keep')) return;
		remove(absolute(process, path));
	});
};

/** Where something goes: into a folder under its own name, else by the name given. */
function destination(process: Process, source: string, target: string): string {
	const isFolder = nodeIfAny(process, target)?.kind === 'folder';
	return absolute(process, isFolder ? join(target, baseName(source)) : target);
}

function copyOf(node: Node, process: Process): Node {
	if (node.kind === 'file') {
		const made = newFile('', node.mode, node.program);
		process.container.files.resize(made, node.size);
		contentOf(node).copy(made.data);
		return made;
	}
	if (node.kind !== 'folder') return { ...node };
	const made = folder(node.mode);
	for (const [name, child] of [...node.entries]) made.entries.set(name, copyOf(child, process));
	return made;
}

const cp: Program = (process, args) => {
	const { has, rest } = optionsIn(args, 'rRafpdvT');
	const target = rest.at(-1) ?? '';
	return eachPath(process, rest.slice(0, -1), 'copy', path => {
		const node = nodeAt(process, path, has('a') || has('d') ? 'keep' : 'follow');
		if (node.kind === 'folder' && !['r', 'R', 'a'].some(has)) throw new SystemError('EISDIR');
		process.container.files.put(destination(process, path, target), copyOf(node, process));
	});
};

const mv: Program = (process, args) => {
	const { rest } = optionsIn(args, 'fvnT');
	const { files } = process.container;
	const target = rest.at(-1) ?? '';
	return eachPath(process, rest.slice(0, -1), 'move', path => {
		const from = absolute(process, path);
		const node = files.get(from, 'keep');
		const to = destination(process, path, target);
		if (files.find(to, 'keep') === node) return;
		if (node.kind === 'folder' && `${to}/`.startsWith(`${from.replace(/\/+$/, '')}/`))
			throw new SystemError('EINVAL');
		files.put(to, node);
		const parent = files.get(from.replace(/[^/]+\/*$/, '') || '/');
		if (parent.kind === 'folder') parent.entries.delete(baseName(from));
	});
};

const ln: Program = (process, args) => {
	const { has, rest } = optionsIn(args, 'sfnvT');
	const { files } = process.container;
	const [target = '', name = baseName(target)] = rest;
	return eachPath(process, [name], 'link', () => {
		const to = destination(process, target, name);
		if (files.find(to, 'keep') && !has('f')) throw new SystemError('EEXIST');
		const node = has('s') ? link(target) : nodeAt(process, target, 'keep');
		if (node.kind === 'folder') throw new SystemError('EPERM');
		files.put(to, node);
	});
};

const touch: Program = (process, args) => {
	const { has, value, rest } = optionsIn(args, 'acmd:t:r:');
	const given = value('d');
	const time =
		given === undefined
			? process.container.now()
			: Date.parse(
					given.replace(/^@(\d+)$/, (_, seconds: string) => new Date(Number(seconds) * 1000).toISOString()),
				);
	if (Number.isNaN(time)) throw new Exit(1, `invalid date format '${given}'`);
	return eachPath(process, rest, 'touch', path => {
		const found = nodeIfAny(process, path);
		if (found) found.modified = time;
		else if (!has('c'))
			process.container.files.put(absolute(process, path), {
				...newFile('', 0o666 & ~process.umask),
				modified: time,
			});
	});
};

const chmod: Program = (process, args) => {
	const [mode = '', ...paths] = args.filter(word => !/^-[Rvf]+$/.test(word));
	return eachPath(process, paths, 'access', path => {
		const node = nodeAt(process, path);
		const octal = /^[0-7]{1,4}$/.test(mode) ? Number.parseInt(mode, 8) : undefined;
		const [, who = '', sign, what = ''] = /^([ugoa]*)([-+=])([rwxX]*)$/.exec(mode) ?? [];
		if (octal === undefined && sign === undefined) throw new Exit(1, `invalid mode: '${mode}'`);
		const bits = [...what].reduce((all, letter) => all | ({ r: 4, w: 2, x: 1, X: 1 }[letter] ?? 0), 0);
		const shifts = [...(who === '' || who.includes('a') ? 'ugo' : who)].map(
			letter => ({ u: 6, g: 3, o: 0 })[letter] ?? 0,
		);
		const mask = shifts.reduce((all, shift) => all | (bits << shift), 0);
		const cleared = shifts.reduce((all, shift) => all | (7 << shift), 0);
		node.mode =
			octal ??
			(sign === '+' ? node.mode | mask : sign === '-' ? node.mode & ~mask : (node.mode & ~cleared) | mask);
	});
};

const stat: Program = (process, args) => {
	const { value, rest } = optionsIn(args, 'c:L', { format: 'c' });
	return eachShown(process, rest, path => {
		const node = nodeAt(process, path, 'keep');
		const octal = (node.mode & 0o7777).toString(8);
		const parts: Readonly<Record<string, string>> = {
			n: path,
			s: String(sizeOf(node)),
			a: octal,
			A: modeText(node),
			U: 'root',
			G: 'root',
			u: '0',
			g: '0',
			Y: String(Math.floor(node.modified / 1000)),
			F: {
				folder: 'directory',
				file: 'regular file',
				link: 'symbolic link',
				device: 'character special file',
			}[node.kind],
		};
		const format =
			value('c') ??
			'  File: %n\n  Size: %s\t%F\nAccess: (0%a/%A)  Uid: (    0/    root)   Gid: (    0/    root)';
		return format.replaceAll(/%(\w)/g, (found, letter: string) => parts[letter] ?? found);
	});
};

async function eachShown(
	process: Process,
	paths: readonly string[],
	text: (path: string) => string,
): Promise<number> {
	const lines: string[] = [];
	const status = await eachPath(process, paths, 'access', path => void lines.push(`${text(path)}\n`));
	await say(process, lines.join(''));
	return status;
}

const mktemp: Program = async (process, args) => {
	const { has, value, rest } = optionsIn(args, 'dqup:t', { directory: 'd', tmpdir: 'p' });
	const base = value('p') ?? process.environment.get('TMPDIR') ?? '/tmp';
	const template = rest[0] ?? join(base, 'tmp.XXXXXXXXXX');
	const [, start = '', wild = '', end = ''] = /^(.*?)(X{3,})([^X/]*)$/.exec(template) ?? [];
	if (wild === '') throw new Exit(1, `too few X's in template '${template}'`);
	const name = `${start}${randomBytes(32).toString('base64').replaceAll(/\W/g, '').slice(0, wild.length)}${end}`;
	const path = has('t') && !name.includes('/') ? join(base, name) : name;
	try {
		if (!has('u'))
			process.container.files.put(absolute(process, path), has('d') ? folder(0o700) : newFile('', 0o600));
	} catch (error) {
		if (!isAboutFile(error)) throw error;
		throw new Exit(
			1,
			`failed to create ${has('d') ? 'directory' : 'file'} via template '${template}': ${error.message}`,
		);
	}
	await say(process, `${path}\n`);
	return 0;
};

/** Its path without links. */
function realPath(process: Process, path: string): string {
	const { files } = process.container;
	let real = '';
	for (const name of absolute(process, path)
		.split('/')
		.filter(part => part !== '' && part !== '.')) {
		if (name === '..') real = real.replace(/\/[^/]*$/, '');
		else {
			const next = `${real}/${name}`;
			const node = files.find(next, 'keep');
			real = node?.kind === 'link' ? realPath({ ...process, cwd: real || '/' }, node.target) : next;
		}
	}
	return real || '/';
}

const du: Program = (process, args) => {
	const { rest } = optionsIn(args, 'shkamxd:');
	return eachShown(process, rest.length > 0 ? rest : ['.'], path => {
		const bytes = filesBelow(process, path).reduce((sum, name) => sum + sizeOf(nodeAt(process, name)), 4096);
		return `${Math.ceil(bytes / 1024)}\t${path}`;
	});
};

export const fileTools: Readonly<Record<string, Program>> = {
	...{ ls, mkdir, rm, cp, mv, ln, touch, chmod, stat, mktemp, du },
	rmdir: (process, args) =>
		eachPath(process, optionsIn(args, 'pv').rest, 'remove', path => {
			if (nodeAt(process, path, 'keep').kind !== 'folder') throw new SystemError('ENOTDIR');
			process.container.files.remove(absolute(process, path));
		}),
	/** All is in memory. */
	async sync() {
		return 0;
	},
	async basename(process, [path = '', suffix = '']) {
		const name = baseName(path);
		await say(
			process,
			`${name !== suffix && name.endsWith(suffix) ? name.slice(0, name.length - suffix.length) : name}\n`,
		);
		return 0;
	},
	async dirname(process, [path = '']) {
		const above = path.replace(/\/+$/, '').replace(/\/*[^/]*$/, '');
		await say(process, `${above || (path.startsWith('/') ? '/' : '.')}\n`);
		return 0;
	},
	async readlink(process, args) {
		const {
			has,
			rest: [path = ''],
		} = optionsIn(args, 'fen');
		const node = nodeIfAny(process, path, 'keep');
		if (!has('f') && !has('e') && node?.kind !== 'link') return 1;
		await say(
			process,
			`${node?.kind === 'link' && !has('f') && !has('e') ? node.target : realPath(process, path)}\n`,
		);
		return 0;
	},
	realpath: (process, args) =>
		eachShown(process, optionsIn(args, 'ems').rest, path => {
			nodeAt(process, path);
			return realPath(process, path);
		}),
	async df(process) {
		await say(
			process,
			'Filesystem     1K-blocks  Used Available Use% Mounted on\noverlay            65536  1024     64512   2% /\n',
		);
		return 0;
	},
};
