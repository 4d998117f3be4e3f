import { packTar, type TarEntry, unpackTar } from 'modern-tar';
import { contentOf, folder, link, type Node, file as newFile } from '../files.ts';
import {
	absolute,
	complain,
	descriptor,
	Exit,
	nodeIfAny,
	openPath,
	type Process,
	type Program,
	readAll,
	say,
} from '../process.ts';
import { optionsIn } from './options.ts';

/** What `kubectl cp` needs of it, and what people do by hand: -c, -x, -t. */
export const tar: Program = async (process, args) => {
	const [first = '', ...others] = args;
	const dashed = first.startsWith('-') ? args : [`-${first}`, ...others];
	const { has, value, rest } = optionsIn(dashed, 'cxtvmpohf:C:', {
		'no-same-permissions': 'p',
		'no-same-owner': 'o',
	});
	const name = value('f') ?? '-';
	const base = value('C') === undefined ? process.cwd : absolute(process, value('C') ?? '');
	const where = { ...process, cwd: base };
	if (has('c')) return create(process, where, name, rest);
	if (!has('x') && !has('t')) throw new Exit(2, "You must specify one of the '-Acdtrux' options");
	const entries = await unpackTar(
		name === '-' ? await archiveFromInput(process) : await contentsOf(process, name),
	).catch(() => {
		throw new Exit(2, 'This does not look like a tar archive');
	});
	for (const entry of entries) {
		const { header } = entry;
		if (has('t') || has('v')) await say(process, `${header.name}\n`);
		if (has('x')) extract(where, header.name, nodeOf(entry));
	}
	return 0;
};

async function contentsOf(process: Process, name: string): Promise<Buffer> {
	const file = openPath(process, name, 'read');
	return readAll(process, file).finally(() => file.release());
}

/** Its end is in it: over older connections that of standard input is never told. */
async function archiveFromInput(process: Process): Promise<Buffer> {
	const input = descriptor(process, 0);
	const chunks: Buffer[] = [];
	let size = 0;
	for (let chunk = await input.read(process.signal); chunk; chunk = await input.read(process.signal)) {
		chunks.push(chunk);
		size += chunk.length;
		if (size > 64 * 1024 * 1024) throw new Exit(2, 'memory exhausted');
		if (
			size % 512 === 0 &&
			Buffer.concat(chunks.slice(-3))
				.subarray(-1024)
				.every(byte => byte === 0) &&
			size >= 1024
		)
			break;
	}
	return Buffer.concat(chunks);
}

function nodeOf({ header, data }: Awaited<ReturnType<typeof unpackTar>>[number]): Node {
	if (header.type === 'directory') return folder(header.mode ?? 0o755);
	if (header.type === 'symlink') return link(header.linkname ?? '');
	return newFile(data ?? '', header.mode ?? 0o644);
}

/** Below the folder, whatever an archive says. */
function extract(process: Process, name: string, node: Node): void {
	const { files } = process.container;
	const parts = name.split('/').filter(part => part !== '' && part !== '.' && part !== '..');
	const path = [process.cwd.replace(/\/+$/, ''), ...parts].join('/');
	if (parts.length === 0) return;
	files.makeFolders(path.replace(/\/[^/]*$/, '') || '/');
	if (node.kind === 'folder') files.makeFolders(path, node.mode);
	else if (node.kind === 'file') {
		const made = { ...node, data: Buffer.alloc(0), size: 0 };
		files.resize(made, node.size);
		contentOf(node).copy(made.data);
		files.put(path, made);
	} else files.put(path, node);
}

async function create(
	process: Process,
	where: Process,
	name: string,
	paths: readonly string[],
): Promise<number> {
	const entries: TarEntry[] = [];
	let status = 0;
	if (paths.length === 0) throw new Exit(2, 'Cowardly refusing to create an empty archive');
	for (const path of paths) {
		const node = nodeIfAny(where, path, 'keep');
		if (node) entries.push(...entriesOf(path.replace(/^\/+/, '') || '.', node));
		else {
			await complain(process, `${path}: Cannot stat: No such file or directory`);
			status = 2;
		}
		if (path.startsWith('/') && node) await say(process, "tar: Removing leading `/' from member names\n", 2);
	}
	const archive = await packTar(entries);
	if (name === '-') await say(process, archive);
	else {
		const file = openPath(process, name, 'write');
		await file.write(Buffer.from(archive), process.signal).finally(() => file.release());
	}
	return status;
}

function entriesOf(name: string, node: Node): TarEntry[] {
	const common = { mode: node.mode & 0o7777, mtime: new Date(node.modified) };
	if (node.kind === 'folder') {
		const own = { header: { ...common, name: `${name}/`, type: 'directory' as const, size: 0 } };
		return [own, ...[...node.entries].flatMap(([child, inside]) => entriesOf(`${name}/${child}`, inside))];
	}
	if (node.kind === 'link')
		return [{ header: { ...common, name, type: 'symlink', linkname: node.target, size: 0 } }];
	if (node.kind === 'device') return [];
	return [
		{ header: { ...common, name, type: 'file', size: node.size }, body: new Uint8Array(contentOf(node)) },
	];
}
