import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { programInShell } from '../../helpers/program/under-test.ts';

test.for([['--version'], ['--help'], ['help', 'run'], ['runs'], ['explain']])(
	'%j ends in peace when no one reads what it prints',
	async args => {
		expect(await inBash(`exec 3> >(exec true); wait $!; ${programInShell(args)} >&3`)).toEqual({
			exitCode: 0,
			stdout: '',
			stderr: '',
		});
	},
);

test('a folder that is gone is told of as that', async () => {
	expect(await inBash(`mkdir gone; cd gone; rmdir ../gone; ${programInShell(['runs'])}`)).toEqual({
		exitCode: 2,
		stdout: '',
		stderr: 'pxpair: the current folder no longer exists\n  → Change to another one, and start pxpair there.',
	});
});

test.runIf(process.platform === 'linux')(
	'a cache folder that the system will not have made is done without',
	async () => {
		const { exitCode, stdout, stderr } = await inBash(
			`XDG_CACHE_HOME=/proc/1/none ${programInShell(['explain', 'destination'])}`,
		);
		expect({ exitCode, stderr, isTold: stdout.length > 0 }).toEqual({
			exitCode: 0,
			stderr: '',
			isTold: true,
		});
	},
);

async function inBash(line: string) {
	await using folder = await mkdtempDisposable(join(tmpdir(), 'pxpair-odd-'));
	const { exitCode, stdout, stderr } = await execa('bash', ['-c', line], {
		cwd: folder.path,
		env: { PATH: process.env.PATH, HOME: folder.path, LANG: 'C.UTF-8' },
		extendEnv: false,
		reject: false,
		timeout: 50_000,
	});
	return { exitCode, stdout, stderr };
}
