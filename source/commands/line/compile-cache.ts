import { posix, win32 } from 'node:path';
import type { Environment } from '../../pairing/words/environment.ts';

/** Where Node keeps what it has compiled of this program, and nothing else; undefined where no folder is the person's own. */
export function compileCacheFolder(environment: Environment, platform: string): string | undefined {
	const { HOME, LOCALAPPDATA, XDG_CACHE_HOME } = environment;
	const { isAbsolute, join } = platform === 'win32' ? win32 : posix;
	const below = (folder: string | undefined, ...names: readonly string[]) =>
		folder !== undefined && isAbsolute(folder) ? join(folder, ...names, 'pxpair') : undefined;
	switch (platform) {
		case 'win32':
			return below(LOCALAPPDATA);
		case 'darwin':
			return below(HOME, 'Library', 'Caches');
		default:
			return below(XDG_CACHE_HOME) ?? below(HOME, '.cache');
	}
}
