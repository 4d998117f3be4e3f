import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { devNull } from 'node:os';

/** Bytes: more than kubeconfigs of thousands of clusters have. A larger file would fill the memory, or take long to parse. */
export const mostBytes = 8 * 1024 * 1024;

export const tooLarge = `it is larger than ${mostBytes / 1024 ** 2} MiB`;

/** Why a file is not read although it is there; `fileTrouble` has words for it. */
const unfit = (code: 'EISDIR' | 'ENOTFILE' | 'EFBIG'): Error => Object.assign(new Error(code), { code });

export const readBoundedFile = async (path: string): Promise<string> =>
	(await readBounded(path)).bytes.toString('utf8');

export const readBoundedBytes = async (path: string): Promise<Buffer> => (await readBounded(path)).bytes;

/**
 * A regular file of a bounded size. A pipe or a device could be waited for without end, so it is refused at once. Read at one
 * go: to hand so little to another thread takes longer, and the first frame waits for a kubeconfig.
 * @throws an error with a `code`
 */
export async function readBounded(path: string): Promise<Readonly<{ bytes: Buffer; stats: Stats }>> {
	// Without O_NONBLOCK opening a pipe waits for its writer.
	const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	try {
		const stats = fstatSync(file);
		if (stats.isDirectory()) {
			throw unfit('EISDIR');
		}
		// The one device that people name for a file, to have an empty one.
		if (!stats.isFile() && path !== devNull) {
			throw unfit('ENOTFILE');
		}
		return { bytes: readWhole(file, stats.size), stats };
	} finally {
		closeSync(file);
	}
}

/** Of one that grows while it is read, no more than of any other. */
function readWhole(file: number, size: number): Buffer {
	const chunks: Buffer[] = [];
	let total = size > mostBytes ? size : 0;
	while (total <= mostBytes) {
		const chunk = Buffer.alloc(64 * 1024);
		const length = readSync(file, chunk);
		if (length === 0) {
			return Buffer.concat(chunks);
		}
		chunks.push(chunk.subarray(0, length));
		total += length;
	}
	throw unfit('EFBIG');
}
