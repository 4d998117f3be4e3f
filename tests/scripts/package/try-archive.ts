import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/** Unpacks an archive and pairs the practice clusters with what is in it, where PATH has no program at all. */
export async function tryArchive(
	{ out, name }: Readonly<{ out: string; name: string }>,
	folder: string,
): Promise<void> {
	const unpacked = join(folder, 'unpacked');
	await mkdir(join(unpacked, 'bin'), { recursive: true });
	await execa('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: out });
	await execa('tar', ['-xJf', join(out, `${name}.tar.xz`), '-C', unpacked]);
	const env = { PATH: join(unpacked, 'bin'), HOME: unpacked };
	for (const program of ['pxpair', 'kubectl-pxpair']) {
		const options = { env, extendEnv: false, stdin: 'ignore', timeout: 60_000 } as const;
		const { stdout } = await execa(join(unpacked, name, program), ['--practice'], options);
		if (!stdout.includes('Done. 5 changes were made.')) {
			throw new Error(`${program} of the archive did not pair:\n${stdout}`);
		}
	}
}
