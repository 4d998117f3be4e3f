import { expect, test } from 'vitest';
import { compileCacheFolder } from '../../source/commands/line/compile-cache.ts';

const local = 'C:\\Users\\me\\AppData\\Local';

test.each([
	['linux', { HOME: '/home/me' }, '/home/me/.cache/pxpair'],
	['linux', { HOME: '/home/me', XDG_CACHE_HOME: '/cache' }, '/cache/pxpair'],
	['linux', { HOME: '/home/me', XDG_CACHE_HOME: 'cache' }, '/home/me/.cache/pxpair'],
	// WSL may hand over what Windows has.
	['linux', { HOME: '/home/me', LOCALAPPDATA: local }, '/home/me/.cache/pxpair'],
	['darwin', { HOME: '/Users/me', XDG_CACHE_HOME: '/cache' }, '/Users/me/Library/Caches/pxpair'],
	['win32', { HOME: '/c/Users/me', LOCALAPPDATA: local }, `${local}\\pxpair`],
	['win32', { LOCALAPPDATA: 'Local' }, undefined],
	['linux', {}, undefined],
] as const)('on %s with %o: %s', (platform, environment, folder) => {
	expect(compileCacheFolder(environment, platform)).toBe(folder);
});
