import { expect, onTestFinished, test } from 'vitest';
import { startPractice } from '../../../source/practice/practice.ts';
import { closedPort } from '../../../source/practice/way-in/loopback.ts';
import { startStub } from '../../helpers/clusters/api-stub.ts';
import { testPods } from '../../helpers/clusters/test-pods.ts';
import { startKubectl } from '../../helpers/kubectl.ts';

test('a request to a port of the practice is a real one', async () => {
	const { url, port, received } = await startStub([{ body: 'hello' }]);
	const { run } = testPods({ openToPods: new Set([Number(port)]) });
	expect(await run(`curl -sS -k ${url}/a?b=c`)).toEqual({ code: 0, stdout: 'hello', stderr: '' });
	expect(
		await run(`printf %s 'x=1&y' | curl -sS -k --data-binary @- --header 'X-Y: z' ${url}/form`),
	).toMatchObject({ code: 0 });
	expect(received).toMatchObject([
		{ line: 'GET /a?b=c' },
		{ line: 'POST /form', body: 'x=1&y', headers: { 'x-y': 'z' } },
	]);
	expect(await run(`curl -sS ${url}`)).toMatchObject({
		code: 60,
		stdout: '',
		stderr: expect.stringMatching(/^curl: \(60\) SSL certificate problem: /),
	});
});

test('nothing else of this machine is reached, and nothing leaves it', async () => {
	const { url, port, received } = await startStub([{ body: 'hello' }]);
	const { run } = testPods();
	expect(await run(`curl -sS -k ${url}`)).toEqual({
		code: 7,
		stdout: '',
		stderr: `curl: (7) Failed to connect to 127.0.0.1 port ${port}: Connection refused\n`,
	});
	expect(received).toEqual([]);
	expect(await run('curl -sS https://example.com/')).toEqual({
		code: 6,
		stdout: '',
		stderr: 'curl: (6) Could not resolve host: example.com\n',
	});
	expect(await run('curl -sS http://192.0.2.7:9001/status')).toMatchObject({
		code: 7,
		stderr: 'curl: (7) Failed to connect to 192.0.2.7 port 9001: No route to host\n',
	});
	expect(await run('curl -sS -i https://s3.amazonaws.com/')).toMatchObject({
		code: 0,
		stdout: expect.stringMatching(/^HTTP\/1\.1 400 Bad Request\r\n.*<Code>AuthorizationHeaderMalformed</s),
	});
});

test('what is closed to pods is closed by host and port', async () => {
	const { url, port, received } = await startStub([{ body: 'hello' }]);
	const closedToPods = new Map<string, 'refused' | 'silent'>();
	const { run } = testPods({ closedToPods, openToPods: new Set([Number(port)]) });
	const place = `127.0.0.1:${port}`;
	closedToPods.set(place, 'refused');
	expect(await run(`curl -sS -k ${url}`)).toMatchObject({ code: 7 });
	closedToPods.set(place, 'silent');
	expect(await run(`curl -sS -k ${url}`)).toMatchObject({ code: 28 });
	expect(received).toEqual([]);
	expect(await run(`curl -sS -k https://localhost:${port}`)).toMatchObject({ code: 0 });
	expect(await run(`curl -s -m 5 -X GET http://127.0.0.1:${await closedPort()}`)).toMatchObject({ code: 7 });
});

test('an option that it does not know is not passed over', async () => {
	const { run } = testPods();
	expect(await run('curl --fail-with-body https://s3.amazonaws.com/')).toEqual({
		code: 2,
		stdout: '',
		stderr: 'curl: (2) option --fail-with-body: is unknown\n',
	});
	expect(await run("echo 'parallel' | curl --config -")).toMatchObject({
		code: 2,
		stderr: 'curl: (2) option --parallel: is unknown\n',
	});
});

test('without curl there is none, nor anything else that could go out', async () => {
	const { run } = testPods({ curl: 'missing' });
	for (const name of ['curl', 'wget', 'bash', 'python3', 'perl', 'nc']) {
		expect(await run(`command -v ${name}`)).toMatchObject({ stdout: '' });
	}
	expect(await run('printf aGk= | base64 -d | head -c 1')).toEqual({ code: 0, stdout: 'h', stderr: '' });
});

test.each([90, -90])('a clock that is %i seconds off', async clockAhead => {
	const { run } = testPods({ clockAhead });
	for (const format of ['+%s.%N', '+%s']) {
		const { stdout } = await run(`date ${format}`);
		expect(Math.abs(Number(stdout) - (Date.now() / 1000 + clockAhead))).toBeLessThan(10);
	}
});

test('a pod without curl can pair anyway: pxctl needs none', async () => {
	const practice = await startPractice({
		override: ({ east, west }) => ({ east: { ...east, curl: 'missing' }, west }),
	});
	const kubectl = await startKubectl(practice.kubeconfig);
	onTestFinished(async () => {
		await Promise.all([practice.close(), kubectl.close()]);
	});
	const { east, west } = practice.clusters;
	const pxctl = async (context: 'east' | 'west', args: string) => {
		const [pod = ''] = practice.clusters[context].podFiles().keys();
		const where = ['--context', context, 'exec', '-n', practice.clusters[context].portworxNamespace, pod];
		return kubectl.run([...where, '-c', 'portworx', '--', '/opt/pwx/bin/pxctl', ...args.split(' ')]);
	};
	const { stdout } = await pxctl('west', 'cluster token show');
	const token = stdout.trim().split(' ').at(-1);
	expect(
		await pxctl(
			'east',
			`cluster pair create --ip 127.0.0.1 --remote-port ${west.portworxPort} --token ${token}`,
		),
	).toEqual({ exitCode: 0, stdout: 'Successfully paired with remote cluster px-practice-west', stderr: '' });
	expect(east.pairs()).toMatchObject([{ id: west.uuid }]);
});
