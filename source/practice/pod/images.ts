import { randomUUID } from 'node:crypto';
import { curl } from '../pod-network/pods-curl.ts';
import { pxctl } from '../pxctl/pxctl.ts';
import { createFiles, type DeviceName, type Files, file, folder, link } from './files.ts';
import type { Program } from './process.ts';
import { shared } from './shell/shared.ts';
import { shellProgram } from './shell/shell.ts';
import { fileTools } from './tools/file-tools.ts';
import { find } from './tools/find.ts';
import { listingTools } from './tools/listing.ts';
import { processTools } from './tools/process-tools.ts';
import { grep, sed } from './tools/search-tools.ts';
import { tar } from './tools/tar.ts';
import { textTools } from './tools/text-tools.ts';

/** The programs that files in images stand for. */
export const programs: Readonly<Record<string, Program>> = {
	...{ ...shared, ...textTools, ...fileTools, ...listingTools, ...processTools },
	...{ grep, egrep: grep, sed, find, tar, curl, pxctl },
	sh: shellProgram(false),
	bash: shellProgram(true),
};

export type Image = Readonly<{
	/** `portworx` has pxctl. */
	kind: 'portworx' | 'stork';
	/** Without it there is no bash either, which could open connections by itself. */
	curl: boolean;
	hostname: string;
}>;

/** The files of a new container. */
export function filesOf({ kind, curl: hasCurl, hostname }: Image): Files {
	const files = createFiles();
	for (const path of [
		'/etc',
		'/home',
		'/proc/self',
		'/proc/sys/kernel/random',
		'/root',
		'/run',
		'/sys',
		'/tmp',
		'/usr/bin',
		'/usr/local/bin',
		'/var/log',
		'/dev/shm',
	])
		files.makeFolders(path);
	files.put('/bin', link('usr/bin'));
	files.put('/proc/self/fd', folder());
	files.put('/dev/fd', link('/proc/self/fd'));
	for (const [name, device] of devices)
		files.put(`/dev/${name}`, { kind: 'device', name: device, mode: 0o666, modified: Date.now() });
	for (const name of ['stdin', 'stdout', 'stderr'])
		files.put(`/dev/${name}`, link(`/proc/self/fd/${['stdin', 'stdout', 'stderr'].indexOf(name)}`));
	files.write('/etc/hostname', `${hostname}\n`);
	files.write('/etc/hosts', '127.0.0.1\tlocalhost\n');
	files.write('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n');
	files.write(
		'/etc/os-release',
		'NAME="Practice Linux"\nID=practice\nPRETTY_NAME="Practice Linux, of a pretend pod"\n',
	);
	files.write('/proc/sys/kernel/random/uuid', `${randomUUID()}\n`);
	files.write('/proc/version', 'Linux version 6.8.0-practice\n');
	const own = Object.keys(programs).filter(
		name => name !== 'pxctl' && (hasCurl || !['curl', 'bash'].includes(name)),
	);
	for (const name of own) files.put(`/usr/bin/${name}`, binary(name));
	if (kind === 'portworx') {
		for (const path of ['/opt/pwx/bin', '/etc/pwx']) files.makeFolders(path);
		files.put('/opt/pwx/bin/pxctl', binary('pxctl'));
	}
	return files;
}

const binary = (name: string) => file(`\x7fELF practice ${name}\n`, 0o755, name);

const devices: readonly (readonly [string, DeviceName])[] = [
	['null', 'null'],
	['zero', 'zero'],
	['full', 'full'],
	['random', 'random'],
	['urandom', 'random'],
	['tty', 'terminal'],
];
