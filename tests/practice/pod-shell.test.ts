import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExecProcess } from '../../source/practice/contract.ts';
import { createPodShell, type PodShell } from '../../source/practice/pod-shell.ts';

let root: string;
let shell: PodShell;

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'pod-shell-test-'));
	for (const path of ['opt/pwx/bin', 'etc/pwx', 'tmp', 'root'])
		mkdirSync(join(root, path), { recursive: true });
	shell = createPodShell({ portworx: root });
});

afterEach(async () => {
	await shell.close();
	rmSync(root, { recursive: true });
});

test('runs a command with its streams apart and its exit code', async () => {
	expect(await run(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
		out: 'out\n',
		err: 'err\n',
		code: 3,
	});
});

test('a command reads standard input by the line, without its end', async () => {
	const process = start(['sh', '-c', 'IFS= read -r a; echo "got:$a"']);
	process.stdin.write(Buffer.from('  a $b "c"\n'));
	expect(await finished(process)).toEqual({ out: 'got:  a $b "c"\n', err: '', code: 0 });
});

test('without standard input a command finds its end at once', async () => {
	expect(await run(['cat'])).toEqual({ out: '', err: '', code: 0 });
});

test("the pod's folders are those of the scratch folder, wherever they are named", async () => {
	const script =
		'umask 077; cat > /etc/pwx/key.json; ls /etc/pwx; rm -f "/etc/pwx/key.json"; ls -d /opt/pwx/bin "$1"';
	const process = start(['sh', '-c', script, 'name', '/tmp']);
	process.stdin.write(Buffer.from('{}'));
	process.stdin.end();
	expect(await finished(process)).toEqual({
		out: `key.json\n${root}/opt/pwx/bin\n${root}/tmp\n`,
		err: '',
		code: 0,
	});
});

test('names that only look like them stay', async () => {
	const { out } = await run(['echo', '/opt/pwx2', '/tmpfile', 'x/tmp', '/var/tmp/y', '/etc/pwx.d']);
	expect(out).toBe('/opt/pwx2 /tmpfile x/tmp /var/tmp/y /etc/pwx.d\n');
});

test('nothing of our own environment is in the pod', async () => {
	process.env.POD_SHELL_CANARY = 'canary';
	const { out } = await run(['env']);
	delete process.env.POD_SHELL_CANARY;
	expect(
		out
			.split('\n')
			.map(line => line.split('=')[0])
			.toSorted(),
	).toEqual(['', 'HOME', 'PATH', 'PRACTICE_POD', 'PRACTICE_ROOT', 'TMPDIR']);
});

test.each([
	['portworx', '/nope', 'stat /nope: no such file or directory'],
	['portworx', 'nope', 'executable file not found in $PATH'],
	['portworx', '/etc/pwx', 'permission denied'],
	['portworx-api', 'sh', 'executable file not found in $PATH'],
])('in %s, %s does not start', async (container, file, message) => {
	expect(await start([file], container).done).toEqual({ kind: 'not-started', message });
});

// Both processes hold standard output: it ends, and with it `done`, only when the two are gone.
test('closing ends a running command and what it started', async () => {
	const process = start(['sh', '-c', 'sleep 600 & echo started; wait']);
	await new Promise<Uint8Array>(resolve => process.onStdout(resolve));
	await shell.close();
	expect(await process.done).toEqual({ kind: 'exited', code: 137 });
});

test('what a command leaves behind ends with it', async () => {
	expect(await run(['sh', '-c', 'sleep 600 & echo started'])).toEqual({ out: 'started\n', err: '', code: 0 });
});

function start(command: string[], container = 'portworx', stdin = true): ExecProcess {
	const request = {
		namespace: 'portworx',
		pod: 'pod',
		container,
		command,
		stdout: true,
		stderr: true,
		tty: false,
	};
	return shell.runner({ ...request, stdin });
}

function run(command: string[]) {
	return finished(start(command, 'portworx', false));
}

async function finished(process: ExecProcess) {
	const out: Uint8Array[] = [];
	const err: Uint8Array[] = [];
	process.onStdout(chunk => out.push(chunk));
	process.onStderr(chunk => err.push(chunk));
	const end = await process.done;
	return {
		out: Buffer.concat(out).toString(),
		err: Buffer.concat(err).toString(),
		code: end.kind === 'exited' ? end.code : end.message,
	};
}
