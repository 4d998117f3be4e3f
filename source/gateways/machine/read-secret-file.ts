import type { Stats } from 'node:fs';
import { platform } from 'node:os';
import { type Exposure, Secret } from '../../pairing/words/secret.ts';
import { ownUid } from './not-ones-own.ts';
import { readBounded } from './read-bounded-file.ts';

/**
 * What is in a file, as a secret that knows who else can read that.
 * @throws an error with a `code`
 */
export async function readSecretFile(path: string): Promise<Secret> {
	const { bytes, stats } = await readBounded(path);
	return new Secret(bytes.toString('utf8'), exposureOf(path, stats));
}

function exposureOf(path: string, { mode, uid }: Stats): Exposure | undefined {
	// Windows has other permissions than these.
	if (platform() === 'win32') {
		return undefined;
	}
	const own = ownUid();
	if (own !== undefined && uid !== own && uid !== 0) {
		return { path, because: 'it belongs to another user', isOwn: false };
	}
	return mode & 0o077
		? {
				path,
				because: `its permissions are ${(mode & 0o777).toString(8).padStart(4, '0')}`,
				isOwn: uid === own,
			}
		: undefined;
}
