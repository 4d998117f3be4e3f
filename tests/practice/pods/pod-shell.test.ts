import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { listenOnLoopback } from '../../../source/practice/way-in/loopback.ts';
import { finished, type TestPods, testPods } from '../../helpers/clusters/test-pods.ts';

let pods: TestPods;

beforeEach(() => {
	pods = testPods({ pods: ['pod', 'other'] });
});

afterEach(() => pods.close());

test('runs a command with its streams apart and its exit code', async () => {
	expect(await pods.run('echo out; echo err >&2; exit 3')).toEqual({
		stdout: 'out\n',
		stderr: 'err\n',
		code: 3,
	});
});

test('a command reads standard input by the line, without its end', async () => {
	const process = pods.start(['sh', '-c', 'IFS= read -r a; echo "got:$a"; exec head -c 3']);
	process.stdin.write(Buffer.from('  a $b "c"\nrest of it'));
	expect(await finished(process)).toEqual({ stdout: 'got:  a $b "c"\nres', stderr: '', code: 0 });
});

test('output comes while the command runs', async () => {
	const process = pods.start(['sh', '-c', 'while read -r line; do echo "<$line>"; done']);
	for (const line of ['one', 'two']) {
		const answer = new Promise<string>(resolve => process.onStdout(chunk => resolve(String(chunk))));
		process.stdin.write(Buffer.from(`${line}\n`));
		expect(await answer).toBe(`<${line}>\n`);
	}
});

test('without standard input a command finds its end at once', async () => {
	expect(await pods.run(['cat'])).toEqual({ stdout: '', stderr: '', code: 0 });
});

test.each([
	['portworx', '/nope', 'stat /nope: no such file or directory'],
	['portworx', 'nope', 'executable file not found in $PATH'],
	['portworx', '/etc/pwx', 'permission denied'],
	['csi-node-driver-registrar', 'sh', 'executable file not found in $PATH'],
])('in %s, %s does not start', async (container, file, message) => {
	expect(await pods.start([file], { container }).done).toEqual({ kind: 'not-started', message });
});

test('closing ends a running command and what it started', async () => {
	const process = pods.start(['sh', '-c', 'sleep 600 & echo started; wait']);
	await new Promise<Uint8Array>(resolve => process.onStdout(resolve));
	await pods.close();
	expect(await process.done).toEqual({ kind: 'exited', code: 137 });
	expect(pods.running()).toEqual([]);
});

test('what a command leaves behind ends with it', async () => {
	expect(await pods.run('sleep 600 & echo started')).toEqual({ stdout: 'started\n', stderr: '', code: 0 });
	expect(pods.running()).toEqual([]);
});

test('output without end waits for who reads it', async () => {
	const process = pods.start(['sh', '-c', 'while :; do echo a line of sixteen; done']);
	let taken = 0;
	const enough = new Promise<void>(resolve =>
		process.onStdout(chunk => {
			taken += chunk.length;
			if (taken < 10_000) return undefined;
			resolve();
			return new Promise(() => undefined);
		}),
	);
	await enough;
	const before = taken;
	expect(await pods.run('echo still here')).toMatchObject({ code: 0 });
	expect(taken).toBe(before);
	process.kill();
	expect(await process.done).toEqual({ kind: 'exited', code: 137 });
});

test.each([
	['while :; do :; done', 'a loop'],
	// In a shell of its own: a recursion ends its shell when it is too deep, and that may come before the kill.
	['f() { f; }; while :; do (f); done', 'a recursion'],
	// The shell itself starts one: at the limit of processes it would end before the kill.
	['f() { f | f & }; f; while :; do :; done', 'processes'],
])('%s leaves the others their turn, and can be ended', async script => {
	const process = pods.start(['sh', '-c', script]);
	expect(await pods.run('echo still here')).toMatchObject({ stdout: 'still here\n' });
	process.kill();
	expect(await process.done).toEqual({ kind: 'exited', code: 137 });
});

test.each([
	'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | grep -E "^(a+)+$"',
	'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | grep -iE "^(a|A)*$"',
	'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab | sed -E "s/(a*)*c/x/"',
	'[[ aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! =~ ^(a+)+$ ]]',
	'case aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa in *a*a*a*a*a*a*a*a*a*a*a*b) ;; esac',
])('a pattern that would take years is ended: %s', async script => {
	const { stderr, code } = await pods.run(['bash', '-c', script], '');
	expect([stderr, code]).toEqual([expect.stringMatching(/^\w+: the pattern takes too long\n$/), 2]);
	expect(await pods.run('echo still here')).toMatchObject({ stdout: 'still here\n' });
});

test('what printf is to print is no wider than memory allows', async () => {
	expect(await pods.run('printf %1000000000d 1')).toMatchObject({
		code: 1,
		stderr: expect.stringContaining('%1000000000d: too wide'),
	});
});

test('memory and disk of a pod have an end', async () => {
	expect(await pods.run('x=x; while :; do x=$x$x; done')).toMatchObject({ code: 2 });
	expect(await pods.run('cat /dev/zero > /tmp/full')).toMatchObject({
		code: 1,
		stderr: expect.stringContaining('No space left on device'),
	});
});

test('at a terminal: prompt, echo, Ctrl-C and Ctrl-D', async () => {
	const process = pods.start(['sh'], { tty: true });
	let seen = '';
	let look = () => {};
	process.onStdout(chunk => {
		seen += String(chunk);
		look();
	});
	const shows = (text: string) =>
		new Promise<void>(resolve => {
			look = () => seen.endsWith(text) && resolve();
			look();
		});
	const type = (text: string) => process.stdin.write(Buffer.from(text));
	await shows('sh-5.1# ');
	type('echo hex\x7fy\r');
	await shows('hey\r\nsh-5.1# ');
	type('sleep 600\r');
	await shows('sleep 600\r\n');
	await expect.poll(() => pods.running()).toContain('sleep 600');
	type('\x03');
	await shows('^C\r\nsh-5.1# ');
	type('echo $?\r');
	await shows('130\r\nsh-5.1# ');
	type('\x04');
	expect(await process.done).toEqual({ kind: 'exited', code: 0 });
	expect(seen).toContain('echo hex\b \by\r\nhey\r\n');
});

const canary = 'canary-of-this-machine';

/** Each shows the canary, or changes its file, where it gets out. */
const waysOut: readonly string[] = [
	'cat "$FILE"',
	'cat < "$FILE"',
	'cat "/tmp/../..$FILE"',
	'cat ../../../../../..$FILE',
	'cat //"$FILE"',
	'cd "$FOLDER"; cat secret; ls',
	'ls -la "$FOLDER" "$FOLDER/.."',
	'echo gone > "$FILE"',
	'echo gone >> "$FILE"',
	'echo gone 1<> "$FILE"',
	'set -C; echo gone >| "$FILE"',
	'rm -rf "$FOLDER"',
	'rm -rf /*; rm -rf --no-preserve-root /',
	'mv "$FILE" /tmp/x; cat /tmp/x',
	'cp "$FILE" /tmp/x; cat /tmp/x',
	'ln -s "$FILE" /tmp/l; cat /tmp/l; echo gone > /tmp/l',
	'ln -s / /tmp/r; cat "/tmp/r$FILE"',
	'ln -s ../../../../../../.. /tmp/up; cat "/tmp/up$FILE"',
	'ln "$FILE" /tmp/hard; cat /tmp/hard',
	'touch "$FILE"; chmod 777 "$FILE"; truncate -s 0 "$FILE"',
	'for f in "$FOLDER"/*; do cat "$f"; done',
	'cat "$FOLDER"/s?cr[e]t',
	'find / -name secret -exec cat {} \\; -delete',
	'find "$FOLDER" -type f',
	'echo "$FILE" | xargs cat',
	'grep -r canary / 2>&1',
	'sed -i s/canary/gone/ "$FILE"; sed -n p "$FILE"',
	'tee "$FILE" <<EOF\ngone\nEOF',
	'cat <<EOF\n$(cat "$FILE")\n`cat "$FILE"`\nEOF',
	'cat <<< "$(< "$FILE")"',
	'. "$FILE"; source "$FILE"',
	'eval "cat \\"$FILE\\""',
	'exec cat "$FILE"',
	'exec 3< "$FILE"; cat <&3; cat /dev/fd/3',
	'while read -r line; do echo "$line"; done < "$FILE"',
	'sh -c "cat \\"$FILE\\""; bash "$FILE"',
	'(cat "$FILE") & wait',
	'tar cf - "$FILE" | tar xOf -; tar cf - -C "$FOLDER" secret | od -c',
	'dd if="$FILE"; head "$FILE"; tail "$FILE"; od -c "$FILE"; base64 "$FILE"',
	'env; printenv; set; export; cat /proc/self/environ /proc/1/environ',
	'echo "$SEALED_CANARY $SEALED_CANARY"; printenv SEALED_CANARY',
	'cat "/proc/$HOST_PID/environ" "/proc/$HOST_PID/root$FILE" "/proc/self/root$FILE" /proc/self/cwd',
	'ls /proc/self/fd /proc/*/fd; cat /proc/*/cmdline; cat /proc/mounts',
	'for n in 0 1 2 3 4 5 6 7 8 9 10 20 21 22 30; do cat /dev/fd/$n <&-; done',
	'ps aux; kill -0 "$HOST_PID"; kill "$HOST_PID"; kill -9 "$HOST_PID"; kill -9 -1',
	'kill -STOP "$HOST_PID"; kill -- -"$HOST_PID"; trap "cat \\"$FILE\\"" EXIT',
	'curl -sS "file://$FILE"',
	'curl -sS --config "$FILE"; curl -sS --cacert "$FILE" https://localhost:$PORT; curl -sS -d @"$FILE" http://localhost:$PORT',
	'for h in 127.0.0.1 localhost 127.1.2.3 0.0.0.0 [::1] [::ffff:127.0.0.1] 2130706433 0x7f000001; do curl -sS "http://$h:$PORT/"; done',
	'curl -sS --resolve x:80:127.0.0.1 http://x/; curl -sS --connect-to x:80:127.0.0.1:$PORT http://x/',
	'bash -c \'exec 3<>"/dev/tcp/127.0.0.1/$PORT"; printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3; cat <&3\'',
	"bash -c ': > /dev/udp/127.0.0.1/$PORT; cat < /dev/tcp/localhost/$PORT'",
	'/bin/cat "$FILE"; /usr/bin/node -e 1; /usr/bin/env cat "$FILE"; command cat "$FILE"; "$NODE" --version',
	'PATH=/usr/local/bin:/usr/bin:/bin:$FOLDER; python3 -c 1; perl -e 1; nc 127.0.0.1 $PORT; wget http://127.0.0.1:$PORT',
	'cat /etc/shadow /etc/passwd /root/.ssh/id_rsa /root/.kube/config ~/.bash_history; ls /home/* /work /Users',
	'echo gone > /dev/sda; cat /dev/mem /dev/kmem; ls /sys/* /dev/disk; mount; mknod x b 8 0; chroot / sh',
	'mkdir -p "$FOLDER/new"; ls "$FOLDER"; rmdir "$FOLDER/new"; mktemp -p "$FOLDER"; du -s "$FOLDER"; stat "$FILE"',
	'cat /pods/other/etc/pwx/note /../other/etc/pwx/note /proc/2/root/etc/pwx/note; find / -name note',
	'alias x="cat \\"$FILE\\""; x; command -p cat "$FILE"; builtin eval "cat \\"$FILE\\""',
	'BASH_ENV="$FILE" bash -c env; ENV="$FILE" sh -i -c env; bash --rcfile "$FILE" -c true',
	'cat <(cat "$FILE"); echo gone > >(tee "$FILE")',
	'read -r x < "$FILE"; echo "$x"; mapfile x < "$FILE"; echo "$x"; xargs -a "$FILE" echo',
	'cd /tmp; ln -s "$FOLDER" e; tar cf a.tar e; rm e; mkdir e; echo gone > e/secret; tar cf b.tar e; rm -r e; tar xf a.tar; tar xf b.tar; cat e/secret | tr a-z A-Z',
	'mkdir -p /__proto__ /constructor; cat "/__proto__$FILE" "/constructor/..$FILE"; __proto__="$FILE"; cat "$__proto__"',
	'ulimit -a; nohup cat "$FILE"; sudo cat "$FILE"; su -c cat; timeout 1 cat "$FILE"',
	'printf %s "$(cat "$FILE")"; echo "$(: "$(cat "$FILE")")"; echo $((`cat "$FILE"`))',
];

test('there are more than forty ways out', () => {
	expect(waysOut.length).toBeGreaterThan(40);
});

test.each(waysOut)('no way out: %s', async script => {
	const folder = mkdtempSync(join(tmpdir(), 'sealed-test-'));
	const file = join(folder, 'secret');
	writeFileSync(file, `${canary}\n`);
	symlinkSync('/', join(folder, 'root'));
	const asked: string[] = [];
	const answering = createServer((request, response) => {
		asked.push(request.url ?? '');
		response.end(canary);
	});
	answering.on('connection', () => asked.push('connection'));
	const { port, close } = await listenOnLoopback(answering);
	process.env.SEALED_CANARY = canary;
	pods.files('other').write('/etc/pwx/note', canary);
	onTestFinished(async () => {
		delete process.env.SEALED_CANARY;
		rmSync(folder, { recursive: true });
		await close();
	});
	const before = readdirSync(folder);

	const given = { FILE: file, FOLDER: folder, PORT: port, HOST_PID: process.pid, NODE: process.execPath };
	const settings = Object.entries(given).map(([name, value]) => `${name}='${value}'; export ${name}\n`);
	for (const shell of ['sh', 'bash']) {
		const { stdout, stderr } = await pods.run([shell, '-c', settings.join('') + script], '');
		expect(stdout + stderr).not.toContain(canary);
	}
	expect(readFileSync(file, 'utf8')).toBe(`${canary}\n`);
	expect(readdirSync(folder)).toEqual(before);
	expect(asked).toEqual([]);
	expect(pods.files('other').read('/etc/pwx/note')).toBe(canary);
});

test('what the image lacks is not found, and what only other shells know is told', async () => {
	expect(await pods.run('od -c /etc/hostname')).toMatchObject({
		code: 127,
		stderr: expect.stringContaining('od: command not found'),
	});
	for (const script of [
		'for ((i = 0; i < 3; i++)); do echo $i; done',
		'echo {a,b}',
		'case a in a) echo a ;& b) echo b ;; esac',
		'echo a |& cat',
		'a=(b c)',
		'select a in b; do :; done',
	])
		expect(await pods.run(script)).toMatchObject({
			code: 2,
			stdout: '',
			stderr: expect.stringContaining('not known to the shell of the practice pods'),
		});
});
