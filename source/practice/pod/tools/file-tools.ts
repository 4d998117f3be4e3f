import { randomBytes } from 'node:crypto';
import { contentOf, folder, link, type Node, file as newFile, SystemError } from '../files.ts';
import { absolute, baseName, Exit, nodeAt, nodeIfAny, type Process, type Program, say } from '../process.ts';
import { isAboutFile, optionsIn } from './options.ts';
import { eachPath, join } from './paths.ts';

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
	const { has, rest } = optionsIn(args, 'acm');
	const time = process.container.now();
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

export const fileTools: Readonly<Record<string, Program>> = {
	...{ mkdir, rm, cp, mv, ln, touch, chmod, mktemp },
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
};
