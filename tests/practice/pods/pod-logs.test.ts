import { expect, onTestFinished, test, vi } from 'vitest';
import { type PracticeOptions, startPractice } from '../../../source/practice/practice.ts';
import { resources } from '../../../source/practice/resources.ts';
import { startKubectl } from '../../helpers/kubectl.ts';

vi.setConfig({ testTimeout: 60_000 });

async function start(options: PracticeOptions = {}) {
	const practice = await startPractice(options);
	onTestFinished(() => practice.close());
	const kubectl = await startKubectl(practice.kubeconfig);
	onTestFinished(() => kubectl.close());
	const place = ['--context', 'east', '-n', 'portworx'];
	const { store } = practice.clusters.east;
	const podOf = (name: string) =>
		store.list(resources.pods).find(({ metadata }) => metadata.labels?.name === name)?.metadata.name ?? '';
	const run = async (...args: string[]) => (await kubectl.run([...place, ...args])).stdout;
	return { kubectl, place, store, podOf, run };
}

/** Its port is a number, so no Stork that reads it works on any pair. */
const pair = {
	apiVersion: 'stork.libopenstorage.org/v1alpha1',
	kind: 'ClusterPair',
	metadata: { name: 'remote', namespace: 'portworx' },
	spec: { config: {}, options: { ip: '127.0.0.1', port: 'x', token: 'secret-token' } },
};

test("Stork's log tells of each pair, while it is followed", async () => {
	const { kubectl, place, podOf, store } = await start();
	const following = kubectl.start([...place, 'logs', '-f', podOf('stork')]);
	onTestFinished(() => void following.kill());
	store.create(resources.clusterpairs, pair);
	for await (const line of following)
		if (line.includes('ClusterPair')) {
			expect(line.replace(/time="[^"]+"/, 'time=T')).toBe(
				String.raw`time=T level=error msg="invalid port (x) specified for cluster pair: strconv.ParseUint: parsing \"x\": invalid syntax" ClusterPairName=remote ClusterPairNamespace=portworx`,
			);
			return;
		}
	throw new Error('the log ended');
});

test('a pair that stops Stork for all is told by its log alone', async () => {
	const { run } = await start({ scenario: 'undecodable-extensions' });
	await expect
		.poll(() => run('logs', '-l', 'name=stork', '--tail=-1'), { timeout: 30_000 })
		.toContain(
			'json: cannot unmarshal object into Go struct field Cluster.items.spec.config.clusters.extensions of type runtime.Object',
		);
});

test('the log of a Portworx pod tells what pxctl changed, and no secret', async () => {
	const { run, podOf } = await start();
	const pod = podOf('portworx');
	const secret = 'canary-of-a-secret';
	await run(
		...['exec', pod, '-c', 'portworx', '--', '/opt/pwx/bin/pxctl', 'credentials', 'create', 'one'],
		...['--provider=s3', '--s3-access-key=AKIAEXAMPLE', `--s3-secret-key=${secret}`],
		...['--s3-region=us-east-1', '--s3-endpoint=s3.amazonaws.com'],
	);
	await run('exec', pod, '-c', 'portworx', '--', '/opt/pwx/bin/pxctl', 'cluster', 'token', 'show');
	const log = await run('logs', pod, '-c', 'portworx');
	expect(log).toMatch(
		/^@practice-east-1 portworx\[1027\]: time="[^"]+Z" level=info msg="Starting PX version/,
	);
	expect(log).toMatch(/msg="Created credential one \([0-9a-f-]{36}\) for s3"/);
	expect(log.split('\n').at(-1)).toContain('msg="Generated new cluster token"');
	expect(log).not.toContain(secret);
	expect((await run('logs', pod, '-c', 'portworx', '--tail=1')).split('\n')).toHaveLength(1);
	expect(await run('logs', pod, '-c', 'portworx', '--timestamps', '--tail=1')).toMatch(
		/^\d{4}-[\d-]+T[\d:.]+Z @practice-east-1 /,
	);
});

test('a Portworx that does not run says so', async () => {
	const { run, podOf } = await start({
		override: clusters => ({ ...clusters, east: { ...clusters.east, pods: 'none-ready' } }),
	});
	expect(await run('logs', podOf('portworx'), '-c', 'portworx')).toContain('PX is not running on this host');
});
