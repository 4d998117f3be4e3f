import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import type { KubeObject } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import { type Ground, openGround, overhearPxctl, writes } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

const contexts = ['--source', 'east', '--destination', 'west'];

test('every pair of two clusters, the broken ones explained', async () => {
	await using ground = await openGround({ answers: { pair: { back: {} } } });
	await paired(ground);
	copyOf(ground, 'elsewhere', { server: 'https://third.example.com:6443', remote: 'another-uuid' });
	const before = writes(ground.practice.clusters.east).length;
	const works = await status(ground);
	expect(works).toMatchObject({ exitCode: 0 });
	expect(works.out.map(withoutAge)).toEqual([
		'3 ClusterPairs on east and west: 2 working, 1 to other clusters, not tried',
		'',
		'   PAIR                              DIRECTION               STORAGE  SCHEDULER  AGE  RESULT',
		'-  migrationnamespace/elsewhere      east → another cluster  Ready    Ready      AGE  not tried',
		'✔  migrationnamespace/remotecluster  east → west             Ready    Ready      AGE  works',
		'✔  migrationnamespace/remotecluster  west → east             Ready    Ready      AGE  works',
	]);

	const { west } = ground.practice.clusters;
	west.portworx.removeCredential(`clusterPair_${west.uuid}`);
	const broken = await status(ground);
	expect(broken.exitCode).toBe(1);
	expect(broken.out[0]).toBe(
		'3 ClusterPairs on east and west: 1 working, 1 with errors, 1 to other clusters, not tried',
	);
	expect(broken.out.at(-1)).toBe(broken.out[0]);
	expect(broken.out).toContain('migrationnamespace/remotecluster, east → west');
	expect(broken.out.join('\n')).toContain('[credential-missing]');
	expect(writes(ground.practice.clusters.east)).toHaveLength(before);
});

test('without a name and without contexts: all pairs on the clusters of the latest run', async () => {
	await using ground = await openGround();
	await paired(ground);
	copyOf(ground, 'anothers', {});
	await ground.sandbox.file('kubeconfig', withAThird(ground.practice.kubeconfig));
	const { exitCode, out } = await ground.run(['status']);
	expect({ exitCode, first: out[0] }).toEqual({
		exitCode: 0,
		first: '2 ClusterPairs on east and west: 2 working',
	});
	expect(JSON.parse((await ground.run(['status', '--json'])).out.join('\n'))).toMatchObject({
		schema: 'pxpair.pairs/v1',
		source: 'east',
		destination: 'west',
		pairs: [{ name: 'anothers' }, { name: 'remotecluster' }],
	});
});

test.each<[readonly string[], string]>([
	[[], 'No ClusterPairs on east and west'],
	[['--source=west'], 'No ClusterPairs on west and east'],
	[['--destination=east'], 'No ClusterPairs on west and east'],
])('without any run, a kubeconfig of two contexts says which clusters: %j', async (args, first) => {
	await using ground = await openGround();
	expect(await ground.run(['status', ...args])).toMatchObject({ exitCode: 0, out: [first] });
});

test.each<[string, readonly string[], string]>([
	['three contexts', [], 'the kubeconfig has 3 contexts: east, west, north'],
	['one of three named', ['--source=east'], 'the kubeconfig has 3 contexts: east, west, north'],
])('without any run, and %s: the command that names both', async (_title, args, evidence) => {
	await using ground = await openGround();
	await ground.sandbox.file('kubeconfig', withAThird(ground.practice.kubeconfig));
	const { exitCode, out, err } = await ground.run(['status', ...args]);
	expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] });
	expect(err[0]).toBe('pxpair: Which two clusters to check is not known');
	expect(err.join('\n')).toContain(evidence);
	expect(err.map(line => line.trim())).toContain('pxpair status --source CONTEXT --destination CONTEXT');
});

/** A context that no one uses. */
function withAThird(kubeconfig: string): string {
	const config = parse(kubeconfig) as { contexts: { name: string; context: object }[] };
	const [first] = config.contexts;
	return stringify({ ...config, contexts: [...config.contexts, { ...first, name: 'north' }] });
}

test('no pairs at all is not an error', async () => {
	await using ground = await openGround();
	expect(await status(ground)).toMatchObject({ exitCode: 0, out: ['No ClusterPairs on east and west'] });
});

test('metrics for node_exporter, replaced whole, and what a script gets to know by the exit code', async () => {
	await using ground = await openGround({ scenario: 'certificate-ending' });
	await paired(ground, '--ignore=login-ending');
	const file = await ground.sandbox.file('pairs.prom', 'old');
	expect(await status(ground, `--prometheus=${file}`)).toMatchObject({ exitCode: 0 });
	const metrics = await readFile(file, 'utf8');
	const labels = 'namespace="migrationnamespace",pair="remotecluster",source="east",destination="west"';
	expect(metrics).toContain(`pxpair_pair_ready{${labels}} 1\n`);
	expect(metrics).toContain(`pxpair_pair_check{${labels},check="credential"} 1\n`);
	const [, expiry] = metrics.match(/^pxpair_login_expiry_seconds\{.*\} (\d+)$/m) ?? [];
	expect(Number(expiry) - Date.now() / 1000).toBeGreaterThan(2 * 86_400);
	expect(Number(expiry) - Date.now() / 1000).toBeLessThan(4 * 86_400);
	expect(await status(ground, '--expiry=14d')).toMatchObject({ exitCode: 4 });
	expect(await status(ground, '--expiry=12h')).toMatchObject({ exitCode: 0 });
	expect(await status(ground, 'remotecluster', '--expiry=14d')).toMatchObject({ exitCode: 4 });
	const nowhere = await status(ground, '--prometheus=nowhere/pairs.prom');
	expect(nowhere.exitCode).toBe(2);
	expect(nowhere.err.find(line => line.startsWith('pxpair:'))).toMatch(
		/^pxpair: The file .*nowhere\/pairs\.prom can't be written$/,
	);
});

/** Another destination, another address of the API server, a login that is refused, another address of Portworx. */
const otherWays = [
	{ server: 'https://third.example.com:6443', remote: 'another-uuid' },
	{ server: 'https://localhost:1' },
	{ token: 'canary-of-no-one' },
	{ ip: '192.0.2.1' },
] as const;

test.each<[string, readonly Way[], string]>([
	['go the same way', [], '20 working'],
	['go four other ways, too', otherWays, '5 working, 12 with errors, 3 to other clusters, not tried'],
])(
	'twenty pairs that %s cost less than one and a half times the requests of one',
	async (_, ways, verdict) => {
		await using ground = await openGround();
		await paired(ground);
		const clusters = Object.values(ground.practice.clusters);
		const overheard = clusters.map(overhearPxctl);
		// What the API servers are asked, and how often pxctl runs.
		const asked = () =>
			[...clusters.map(({ requests }) => requests), ...overheard.map(commands => commands())].flat().length;
		const before = asked();
		expect(await status(ground)).toMatchObject({ exitCode: 0 });
		const one = asked() - before;

		for (let count = 1; count < 20; count++) copyOf(ground, `pair-${count}`, ways[count % 5] ?? {});
		const { out } = await status(ground);
		expect(out[0]).toBe(`20 ClusterPairs on east and west: ${verdict}`);
		expect(asked() - before - one).toBeLessThan(1.5 * one);
	},
);

test('--watch looks again until Ctrl-C', async () => {
	await using ground = await openGround();
	const transcript = await ground.run(['status', ...contexts, '--watch'], {
		async during(running) {
			await running.said('Checking again in 30 s');
			running.signal('SIGINT');
		},
	});
	expect(transcript).toMatchObject({ exitCode: 0, out: ['No ClusterPairs on east and west'] });
});

const status = (ground: Ground, ...args: readonly string[]) => ground.run(['status', ...contexts, ...args]);

async function paired(ground: Ground, ...args: readonly string[]): Promise<void> {
	const { exitCode, err } = await ground.run(['run', 'answers.yaml', ...args]);
	expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
}

type Way = Readonly<{ server?: string; remote?: string; token?: string; ip?: string }>;

/** A further pair with the spec of the first, Ready, on another way if so wanted. */
function copyOf(ground: Ground, name: string, way: Way): void {
	const { store } = ground.practice.clusters.east;
	const first = ground.pair();
	if (!first) {
		throw new Error('no pair to copy');
	}
	const { uid: _uid, resourceVersion: _version, managedFields: _fields, ...metadata } = first.metadata;
	const spec = [
		['"server":"', way.server],
		['"config".*"token":"', way.token],
		['"ip":"', way.ip],
	].reduce(
		(text, [before, value]) =>
			value === undefined ? text : text.replace(new RegExp(`(${before})[^"]+`), `$1${value}`),
		JSON.stringify(first.spec),
	);
	store.create(resources.clusterpairs, {
		...first,
		metadata: { ...metadata, name },
		spec: JSON.parse(spec),
		status: {
			...(first as KubeObject & { status: object }).status,
			...(way.remote && { remoteStorageId: way.remote }),
		},
	});
}

const withoutAge = (line: string): string => line.replace(/(Ready\s+)\d+[smhd]\s+/, '$1AGE  ');
