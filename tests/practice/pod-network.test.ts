import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { ClusterPlan } from '../../source/practice/cluster-plan.ts';
import { startPodNetwork } from '../../source/practice/pod-network/pod-network.ts';
import { installPodTools, pathIn } from '../../source/practice/pod-network/pod-tools.ts';
import { startPractice } from '../../source/practice/practice.ts';
import { createScratch } from '../../source/practice/scratch.ts';
import { closedPort } from '../../source/practice/way-in/loopback.ts';
import { startStub } from '../helpers/api-stub.ts';

type Plan = Pick<ClusterPlan, 'curl' | 'clockAhead'>;
type Said = Readonly<{ code: number; stdout: string; stderr: string }>;

test('a request to this machine is a real one', async () => {
	const { inPod } = await pod();
	const { url, received } = await startStub([{ body: 'hello' }]);
	expect(await inPod(`curl -sS -k ${url}/a?b=c`)).toEqual({ code: 0, stdout: 'hello', stderr: '' });
	expect(
		await inPod(`printf %s 'x=1&y' | curl -sS -k --data-binary @- --header 'X-Y: z' ${url}/form`),
	).toMatchObject({
		code: 0,
	});
	expect(received).toMatchObject([
		{ line: 'GET /a?b=c' },
		{ line: 'POST /form', body: 'x=1&y', headers: { 'x-y': 'z' } },
	]);
});

test('certificates are looked at', async () => {
	const { inPod } = await pod();
	const { url } = await startStub([{ body: 'hello' }]);
	expect(await inPod(`curl -sS ${url}`)).toMatchObject({
		code: 60,
		stdout: '',
		stderr: expect.stringMatching(/^curl: \(60\) SSL certificate problem: /),
	});
});

test('nothing else leaves this machine', async () => {
	const { inPod } = await pod();
	expect(await inPod('curl -sS https://example.com/')).toEqual({
		code: 6,
		stdout: '',
		stderr: 'curl: (6) Could not resolve host: example.com\n',
	});
	expect(await inPod('curl -sS http://192.0.2.7:9001/status')).toMatchObject({
		code: 7,
		stderr: 'curl: (7) Failed to connect to 192.0.2.7 port 9001: No route to host\n',
	});
	expect(await inPod('curl -sS -i https://s3.amazonaws.com/')).toMatchObject({
		code: 0,
		stdout: expect.stringMatching(/^HTTP\/1\.1 400 Bad Request\r\n.*<Code>AuthorizationHeaderMalformed</s),
	});
});

test('what is closed to pods is closed by host and port', async () => {
	const { url, port, received } = await startStub([{ body: 'hello' }]);
	const closedToPods = new Map<string, 'refused' | 'silent'>();
	const { inPod } = await pod({ closedToPods });
	const place = `127.0.0.1:${port}`;
	closedToPods.set(place, 'refused');
	expect(await inPod(`curl -sS -k ${url}`)).toMatchObject({
		code: 7,
		stderr: `curl: (7) Failed to connect to 127.0.0.1 port ${port}: Connection refused\n`,
	});
	closedToPods.set(place, 'silent');
	expect(await inPod(`curl -sS -k ${url}`)).toMatchObject({ code: 28 });
	expect(received).toEqual([]);
	expect(await inPod(`curl -sS -k https://localhost:${port}`)).toMatchObject({ code: 0 });
	expect(await inPod(`curl -sS http://127.0.0.1:${await closedPort()}`)).toMatchObject({ code: 7 });
});

test('an option that it does not know is not passed over', async () => {
	const { inPod } = await pod();
	expect(await inPod('curl --fail-with-body https://s3.amazonaws.com/')).toEqual({
		code: 2,
		stdout: '',
		stderr: 'curl: (2) option --fail-with-body: is unknown\n',
	});
	expect(await inPod("echo 'parallel' | curl --config -")).toMatchObject({
		code: 2,
		stderr: 'curl: (2) option --parallel: is unknown\n',
	});
});

test('without curl there is none, nor anything else that could go out', async () => {
	const { inPod } = await pod({ curl: 'missing' });
	for (const name of ['curl', 'wget', 'bash', 'python3', 'perl', 'nc']) {
		expect(await inPod(`command -v ${name}`)).toMatchObject({ stdout: '' });
	}
	expect(await inPod('printf aGk= | base64 -d | head -c 1')).toEqual({ code: 0, stdout: 'h', stderr: '' });
});

test.each([90, -90])('a clock that is %i seconds off', async clockAhead => {
	const { inPod } = await pod({ clockAhead });
	for (const format of ['+%s.%N', '+%s']) {
		const { stdout } = await inPod(`date ${format}`);
		expect(Math.abs(Number(stdout) - (Date.now() / 1000 + clockAhead))).toBeLessThan(10);
	}
});

test('a pod without curl can pair all the same: pxctl brings its own', async () => {
	const practice = await startPractice({
		override: ({ east, west }) => ({ east: { ...east, curl: 'missing' }, west }),
	});
	onTestFinished(() => practice.close());
	const { east, west } = practice.clusters;
	const show = await runIn(west.folder, '"$PRACTICE_ROOT/opt/pwx/bin/pxctl" cluster token show');
	const token = show.stdout.trim().split(' ').at(-1);
	expect(
		await runIn(
			east.folder,
			`"$PRACTICE_ROOT/opt/pwx/bin/pxctl" cluster pair create --ip 127.0.0.1 --remote-port ${west.portworxPort} --token ${token}`,
		),
	).toEqual({
		code: 0,
		stdout: 'Successfully paired with remote cluster px-practice-west\n',
		stderr: '',
	});
	expect(east.pairs()).toMatchObject([{ id: west.uuid }]);
});

/** A pod's commands and network, without a cluster around them. */
async function pod(plan: Partial<Plan> & { closedToPods?: Map<string, 'refused' | 'silent'> } = {}) {
	const { curl = 'there', clockAhead = 0, closedToPods = new Map() } = plan;
	const parent = mkdtempSync(join(tmpdir(), 'pod-network-test-'));
	const { portworx } = createScratch(parent, 'test');
	const network = await startPodNetwork({ closedToPods, storeRefuses: () => undefined });
	onTestFinished(async () => {
		await network.close();
		rmSync(parent, { recursive: true });
	});
	installPodTools(portworx, { curl, clockAhead }, network.port);
	return { inPod: (script: string) => runIn(portworx, script) };
}

async function runIn(root: string, script: string): Promise<Said> {
	const env = { PATH: pathIn(root), PRACTICE_ROOT: root, PRACTICE_POD: 'pod' };
	try {
		return { code: 0, ...(await promisify(execFile)('sh', ['-c', script], { env })) };
	} catch (error) {
		const { code, stdout, stderr } = error as Said;
		return { code, stdout, stderr };
	}
}
