import type { Node } from '../files.ts';
import { complain, nodeAt, nodeIfAny, type Program, say } from '../process.ts';
import { formatted } from './date.ts';
import { optionsIn } from './options.ts';
import { eachShown, filesBelow } from './paths.ts';

/** What `ls -l` and `stat` show of a mode. */
function modeText({ kind, mode }: Node): string {
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

const ls: Program = async (process, args) => {
	const { has, rest } = optionsIn(args, 'lahAd1rt');
	let status = 0;
	const names = rest.length > 0 ? rest : ['.'];
	const line = (name: string, node: Node) => {
		if (!has('l')) return `${name}\n`;
		const arrow = node.kind === 'link' ? ` -> ${node.target}` : '';
		return `${modeText(node)} 1 root root ${String(sizeOf(node)).padStart(8)} ${formatted(node.modified, '%b %e %H:%M')} ${name}${arrow}\n`;
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
		entries.sort(([a, x], [b, y]) => (has('t') ? y.modified - x.modified : 0) || (a < b ? -1 : 1));
		if (has('r')) entries.reverse();
		if (has('l')) await say(process, `total ${entries.length * 4}\n`);
		await say(process, entries.map(([entry, child]) => line(entry, child)).join(''));
	};
	for (const name of names) {
		const node = nodeIfAny(process, name, has('l') || has('d') ? 'keep' : 'follow');
		if (node) await show(name, node, names.length > 1);
		else {
			await complain(process, `cannot access '${name}': No such file or directory`);
			status = 2;
		}
	}
	return status;
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

const du: Program = (process, args) => {
	const { rest } = optionsIn(args, 'shkamxd:');
	return eachShown(process, rest.length > 0 ? rest : ['.'], path => {
		const bytes = filesBelow(process, path).reduce((sum, name) => sum + sizeOf(nodeAt(process, name)), 4096);
		return `${Math.ceil(bytes / 1024)}\t${path}`;
	});
};

export const listingTools: Readonly<Record<string, Program>> = {
	...{ ls, stat, du },
	async df(process) {
		await say(
			process,
			'Filesystem     1K-blocks  Used Available Use% Mounted on\noverlay            65536  1024     64512   2% /\n',
		);
		return 0;
	},
};
