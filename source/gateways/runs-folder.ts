import { readdirSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the records of runs lie. Apart from reading them: who has none need not load what reads them. */
export function runsFolder(
	{ XDG_STATE_HOME, LOCALAPPDATA, HOME }: Environment,
	system: NodeJS.Platform = platform(),
): string {
	// Relative XDG paths are invalid by its specification. Inside WSL, LOCALAPPDATA may be there, and names a folder of Windows.
	const base = XDG_STATE_HOME?.startsWith('/')
		? XDG_STATE_HOME
		: system === 'win32' && LOCALAPPDATA
			? LOCALAPPDATA
			: join(HOME ?? homedir(), '.local', 'state');
	return join(base, 'pxpair', 'runs');
}

export function hasRuns(environment: Environment): boolean {
	try {
		return readdirSync(runsFolder(environment)).some(name => name.endsWith('.json'));
	} catch {
		return false;
	}
}
