import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pretendPxctl } from './pretend-pxctl.ts';

/** The folders that stand for the roots of one cluster's containers. Only this user can enter them. */
export type Scratch = Readonly<{ portworx: string; stork: string; remove(): void }>;

export function createScratch(parent: string | undefined, cluster: string): Scratch {
	const folder = mkdtempSync(join(parent ?? tmpdir(), `pxpair-${cluster}-`));
	const portworx = join(folder, 'portworx');
	const stork = join(folder, 'stork');
	for (const path of ['opt/pwx/bin', 'etc/pwx', 'usr/bin', 'tmp', 'dev/shm', 'root', 'var']) {
		mkdirSync(join(portworx, path), { recursive: true });
	}

	for (const path of ['tmp', 'root']) mkdirSync(join(stork, path), { recursive: true });
	writeFileSync(join(portworx, 'opt/pwx/bin/pxctl'), pretendPxctl, { mode: 0o755 });
	return {
		portworx,
		stork,
		remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
	};
}
