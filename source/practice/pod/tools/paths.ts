import { complain, Exit, nodeAt, type Process, say } from '../process.ts';
import { isAboutFile } from './options.ts';

/** Does something to each path, and complains of those that fail: `rm: cannot remove 'x': No such file or directory`. */
export async function eachPath(
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

export async function eachShown(
	process: Process,
	paths: readonly string[],
	text: (path: string) => string,
): Promise<number> {
	const lines: string[] = [];
	const status = await eachPath(process, paths, 'access', path => void lines.push(`${text(path)}\n`));
	await say(process, lines.join(''));
	return status;
}
