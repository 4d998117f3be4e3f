import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export type TemporaryFolder = Readonly<{
	path: string;
	/** Writes a file and answers its whole path. `executable` makes a program of it. */
	file(name: string, contents: string | Buffer, kind?: 'executable'): Promise<string>;
}>;

/** A folder of its own for one test, gone when that ends. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
	const path = await mkdtemp(join(tmpdir(), 'pxpair-test-'));
	onTestFinished(() => rm(path, { recursive: true, force: true }));
	return {
		path,
		async file(name, contents, kind) {
			const whole = join(path, name);
			await writeFile(whole, contents, { mode: kind === 'executable' ? 0o755 : 0o600 });
			return whole;
		},
	};
}
