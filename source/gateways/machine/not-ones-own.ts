import { type Stats, statSync } from 'node:fs';
import { platform, userInfo } from 'node:os';
import { attempt } from '../../pairing/words/json.ts';

/** Windows has other permissions, and a system without a name for the user has no answer. */
export const ownUid = (): number | undefined =>
	platform() === 'win32' ? undefined : attempt(() => userInfo().uid);

/** Why what is in a file or folder may be of another user's making; undefined when it is one's own, and where the system does not tell. */
export function notOnesOwn({ uid, mode }: Stats): string | undefined {
	const own = ownUid();
	if (own === undefined) {
		return undefined;
	}
	return uid !== own
		? 'it belongs to another user'
		: (mode & 0o022) !== 0
			? 'other users can write to it; take that away with chmod go-w'
			: undefined;
}

/** The same for a folder that may not exist yet. */
export const folderNotOnesOwn = (path: string): string | undefined => {
	const stats = attempt(() => statSync(path));
	return stats && notOnesOwn(stats);
};
