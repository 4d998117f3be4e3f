import { constants, open } from 'node:fs/promises';

/** Bytes. No input of this program is near it; a file that is would fill the memory, or take minutes to parse. */
const mostBytes = 4 * 1024 * 1024;

/** Why a file is not read although it is there; `fileTrouble` has words for it. */
const unfit = (code: 'EISDIR' | 'ENOTFILE' | 'EFBIG'): Error => Object.assign(new Error(code), { code });

export const readBoundedFile = async (path: string): Promise<string> =>
	(await readBoundedBytes(path)).toString('utf8');

/**
 * A regular file of a bounded size. A pipe or a device could be waited for without end, so it is refused at once.
 * @throws an error with a `code`
 */
export async function readBoundedBytes(path: string): Promise<Buffer> {
	// Without O_NONBLOCK opening a pipe waits for its writer.
	const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	try {
		const found = await file.stat();
		if (found.isDirectory()) {
			throw unfit('EISDIR');
		}
		if (!found.isFile()) {
			throw unfit('ENOTFILE');
		}
		if (found.size > mostBytes) {
			throw unfit('EFBIG');
		}
		return await file.readFile();
	} finally {
		await file.close();
	}
}
