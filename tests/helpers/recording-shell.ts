import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './program/temporary-folder.ts';

export type RecordingShell = Readonly<{
	/**
	 * What the programs were started with, one list a start, when this is pasted into the shell.
	 * @param typed what is typed where it asks; else bash expands its history, as for a person
	 */
	paste(shell: 'sh' | 'bash', text: string, typed?: string): Promise<readonly (readonly string[])[]>;
}>;

/**
 * A real shell whose programs only record what they are given.
 * @param programs their names, each with what it prints
 */
export async function recordingShell(programs: Readonly<Record<string, string>>): Promise<RecordingShell> {
	const folder = await temporaryFolder();
	const log = join(folder.path, 'log');
	for (const [name, output] of Object.entries(programs)) {
		// Tens of thousands are started: printed by the shell itself, it costs no second process.
		const says = output === '' ? '' : `printf %s '${output.replaceAll("'", String.raw`'\''`)}'\n`;
		const script = `#!/bin/sh\nprintf '%s\\0' $# ${name} "$@" >> '${log}'\n${says}`;
		chmodSync(await folder.file(name, script), 0o755);
	}
	const ours = new Set([...(await readdir(folder.path)), 'log']);
	// `kill` is no program to a shell.
	const builtIn = Object.keys(programs).includes('kill') ? 'kill() { env kill "$@"; }\n' : '';
	return {
		async paste(shell, text, typed) {
			await rm(log, { force: true });
			const start = shell === 'bash' ? 'set -o history; set -H\n' : '';
			const lines = `${start}${builtIn}${text}\n`;
			const ran = spawnSync(shell, typed === undefined ? ['-s'] : ['-c', lines], {
				cwd: folder.path,
				input: typed ?? lines,
				encoding: 'utf8',
				timeout: 20_000,
				env: { PATH: `${folder.path}:/usr/bin:/bin`, HOME: folder.path, LC_ALL: 'C.UTF-8' },
			});
			const left = (await readdir(folder.path)).filter(name => !ours.has(name) && !/\.yaml$/.test(name));
			if (ran.error || left.length > 0 || /syntax|unexpected|unterminated/i.test(ran.stderr)) {
				throw new Error(`${ran.error?.message ?? ''} ${ran.stderr} left: ${left.join(', ')}\n${text}`);
			}
			const said = await readFile(log, 'utf8').catch(() => '');
			const words = said.split('\0').slice(0, -1);
			const started: string[][] = [];
			while (words.length > 0) started.push(words.splice(0, Number(words.shift()) + 1));
			return started;
		},
	};
}
