import { expect, test, vi } from 'vitest';
import { resources } from '../../../source/practice/resources.ts';
import type { ScenarioName } from '../../../source/practice/scenarios.ts';
import { allObjects } from '../../helpers/clusters/all-objects.ts';
import { type Ground, type GroundOptions, openGround, writes } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Two clusters that are paired, and what is in them then. */
async function paired(options: GroundOptions = {}): Promise<Ground & { before: readonly string[] }> {
	const ground = await openGround({ storkInterval: 50, ...options });
	const { exitCode, err } = await ground.run(['run', 'answers.yaml']);
	expect(err).toEqual([]);
	expect(exitCode).toBe(0);
	return Object.assign(ground, { before: await everything(ground) });
}

const everything = async ({ practice: { clusters } }: Ground): Promise<readonly string[]> =>
	(await Promise.all([allObjects(clusters.east), allObjects(clusters.west)])).flat().toSorted();

const nameIn = (out: readonly string[]): string =>
	/pxpair-proof-[0-9a-f]{8}/.exec(out.join('\n'))?.[0] ?? 'no name';

test('in the namespace of the pair: a volume arrives, and nothing of it is left', async () => {
	await using ground = await paired();
	const { exitCode, out, err } = await ground.run(['prove']);
	expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
	expect(out).toContainEqual(
		expect.stringMatching(/^Note: .*inside migrationnamespace.*Nothing else in it is touched/),
	);
	expect(out).toContainEqual(
		expect.stringMatching(
			/The Migration was successful: Final Successful, 1\/1 volumes, 1 GiB, 3\/3 resources/,
		),
	);
	expect(out).toContainEqual(
		expect.stringMatching(/^Proved: what was written on the source was read on the destination\./),
	);
	expect(out).toContain('Nothing that it created is left on either cluster.');
	expect(await everything(ground)).toEqual(ground.before);
	const own = nameIn(out);
	const { east, west } = ground.practice.clusters;
	const created = [...writes(east), ...writes(west)].filter(
		line => line.includes(own) || /^POST .*(pods|configmaps|migrations|persistentvolume)/.test(line),
	);
	expect(created.filter(line => line.startsWith('POST'))).toHaveLength(8);
	expect(created.filter(line => line.startsWith('PATCH'))).toEqual([]);
	expect((await ground.run(['undo', '--yes', '--plan'])).out.join('\n')).not.toContain('pxpair-proof');
	expect((await ground.run(['runs'])).out).toContainEqual(
		expect.stringMatching(/ proved +Prove east → west/),
	);
});

/**
 * All objects of all kinds, also those of controllers, beyond what was there before: how many at most at any change of either cluster, and
 * all there ever were. What every new namespace gets, and events, are not counted.
 */
function watchObjects({ practice }: Ground): Readonly<{ most: () => number; ever: ReadonlySet<string> }> {
	const ever = new Set<string>();
	const now = new Set<string>();
	let most = 0;
	for (const { store, name } of Object.values(practice.clusters)) {
		store.subscribe(({ type, resource: { plural }, object: { metadata } }) => {
			if (['events', 'serviceaccounts'].includes(plural) || metadata.name === 'kube-root-ca.crt') return;
			const object = `${name} ${plural} ${metadata.name}`;
			if (type === 'ADDED') {
				now.add(object);
				ever.add(object);
			} else if (type === 'DELETED') {
				now.delete(object);
			}
			most = Math.max(most, now.size);
		});
	}
	return { most: () => most, ever };
}

const ofOwnNamespace = (own: string): readonly string[] => [
	`practice-east configmaps ${own}`,
	`practice-east migrations ${own}`,
	`practice-east namespaces ${own}`,
	`practice-east persistentvolumeclaims ${own}`,
	`practice-east pods ${own}`,
	`practice-west configmaps ${own}`,
	`practice-west namespaces ${own}`,
	`practice-west persistentvolumeclaims ${own}`,
	`practice-west pods ${own}`,
];

test.for([
	['migrationnamespace', 'exists on both clusters', 7],
	['kube-system', 'exists on both clusters', 9],
	['migrationnamespace', 'is brought to the destination', 8],
	['kube-system', 'is brought to the destination', 10],
] as const)(
	'a pair in %s, with a StorageClass that %s: at no moment more than %i objects, and none is left',
	async ([namespace, storageClass, most]) => {
		await using ground = await paired({ answers: { pair: { namespace } } });
		const { east, west } = ground.practice.clusters;
		const isBrought = storageClass === 'is brought to the destination';
		if (isBrought) west.store.remove(resources.storageclasses, undefined, 'px-csi-db');
		const before = await everything(ground);
		const watched = watchObjects(ground);
		const { exitCode, out } = await ground.run(['prove']);
		expect(exitCode).toBe(0);
		const own = nameIn(out);
		expect([...watched.ever].filter(one => one.includes(own)).toSorted()).toEqual(
			ofOwnNamespace(own).filter(one => namespace === 'kube-system' || !one.includes(' namespaces ')),
		);
		const volumes = [...watched.ever].filter(one => one.includes(' persistentvolumes '));
		expect(volumes.map(one => one.split(' ')[0]).toSorted()).toEqual(['practice-east', 'practice-west']);
		expect(watched.most()).toBe(most);
		expect(out.join('\n').includes('in a namespace of its own')).toBe(namespace === 'kube-system');
		expect(/deleted +the StorageClass px-csi-db that the Migration brings/.test(out.join('\n'))).toBe(
			isBrought,
		);
		expect(await everything(ground)).toEqual(before);
		expect(east.store.get(resources.storageclasses, undefined, 'px-csi-db')).toBeDefined();
	},
);

test('the plan shows every manifest, and creates nothing', async () => {
	await using ground = await paired();
	const { exitCode, out } = await ground.run(['prove', '--plan']);
	expect(exitCode).toBe(0);
	const text = out.join('\n');
	for (const line of [
		'kind: PersistentVolumeClaim',
		'kind: Migration',
		'startApplications: false',
		'runAsNonRoot: true',
		'image: docker.io/openstorage/stork:24.3.0',
	]) {
		expect(text).toContain(line);
	}
	expect(await everything(ground)).toEqual(ground.before);
	const {
		out: [json = ''],
	} = await ground.run(['prove', '--plan', '--json', '--image', 'example.com/sh:1']);
	expect(json).toContain('{');
});

test('without a pair there is nothing to prove', async () => {
	await using ground = await openGround();
	const { exitCode, out } = await ground.run(['prove', 'other', '--source', 'east', '--destination', 'west']);
	expect(exitCode).toBe(1);
	expect(out.join('\n')).toContain('There is no ClusterPair migrationnamespace/other on the source');
});

/** Each with the stage that fails, what Stork or Portworx says, and what helps. */
test.each<[ScenarioName, string, readonly string[]]>([
	[
		'store-full',
		'migration-failed',
		[
			'The Migration failed',
			'Final Failed',
			'Migration Backup failed for volume',
			'XMinioStorageFull',
			'Free space in the object store',
		],
	],
	[
		'restore-fails',
		'migration-failed',
		[
			'Migration Restore failed for volume',
			'not found',
			'Create the object-store credential of this pair on both clusters',
		],
	],
	[
		'migration-unlicensed',
		'migration-refused',
		['Stork refuses the Migration', 'Licensed maximum reached', 'Add a license that includes migration'],
	],
	[
		'volume-empty',
		'proof-differs',
		['What arrived on the destination is not what was written on the source', 'No such file or directory'],
	],
])('%s: the proof names %s, and leaves nothing', async (scenario, id, words) => {
	await using ground = await paired({ scenario });
	const { exitCode, out } = await ground.run(['prove', '--json']);
	const text = out.join('\n');
	expect(exitCode).toBe(1);
	for (const word of [...words, `"id":"${id}"`]) expect(text).toContain(word);
	expect(out.at(-1)).toContain('"type":"proof","proved":false');
	expect(out.at(-1)).toContain('"left":[]');
	expect(await everything(ground)).toEqual(ground.before);
});

/** What is waited for in vain ends with its own limit. */
test.each<[ScenarioName, string]>([
	['migration-ignored', 'Stork has written nothing to it yet'],
	['pools-full', 'no storage pool has enough free space'],
	['image-refused', 'Back-off pulling image'],
])('%s: said while it waits, and Ctrl-C removes everything', async (scenario, words) => {
	await using ground = await paired({ scenario });
	const { exitCode, out } = await ground.run(['prove', '--json'], {
		async during({ said, signal }) {
			await said(words);
			signal('SIGINT');
		},
	});
	expect(exitCode).toBe(130);
	expect(out.at(-1)).toContain('"proved":null');
	expect(out.at(-1)).toContain('"left":[]');
	expect(await everything(ground)).toEqual(ground.before);
});

test('a login of the pair that lost its rights is named, with what the destination says', async () => {
	await using ground = await paired({ answers: { pair: { login: 'service-account' } } });
	const { store } = ground.practice.clusters.west;
	const [binding] = store
		.list(resources.clusterrolebindings)
		.filter(({ metadata }) => metadata.name.startsWith('pxpair-'));
	store.remove(resources.clusterrolebindings, undefined, binding?.metadata.name ?? '');
	const before = await everything(ground);
	const { exitCode, out } = await ground.run(['prove', '--json']);
	expect(exitCode).toBe(1);
	const text = out.join('\n');
	for (const word of [
		'"id":"migration-failed"',
		'Error applying resource',
		'is forbidden',
		'cluster-admin on the destination',
	])
		expect(text).toContain(word);
	expect(await everything(ground)).toEqual(before);
});

test('a login of the pair that is refused is tried again until the limit', async () => {
	await using ground = await paired({ answers: { pair: { login: 'service-account' } } });
	const { store } = ground.practice.clusters.west;
	const [token] = store.list(resources.secrets).filter(({ metadata }) => metadata.name.startsWith('pxpair-'));
	store.remove(resources.secrets, token?.metadata.namespace, token?.metadata.name ?? '');
	const before = await everything(ground);
	const { exitCode, out } = await ground.run(['prove', '--json', '--timeout=2']);
	expect(exitCode).toBe(1);
	const text = out.join('\n');
	for (const word of [
		'"id":"migration-timeout"',
		'in the stage Applications',
		'Unauthorized',
		"Renew the pair's login",
	])
		expect(text).toContain(word);
	expect(await everything(ground)).toEqual(before);
});

test('a Migration that does not come to its end is given up, and cancelled', async () => {
	await using ground = await paired({
		override: ({ east, west }) => ({ east: { ...east, migrations: 'stuck' }, west }),
	});
	const { exitCode, out } = await ground.run(['prove', '--json', '--timeout=1']);
	expect(exitCode).toBe(1);
	expect(out.join('\n')).toContain('"id":"migration-timeout"');
	expect(out.join('\n')).toContain('Backup');
	expect(await everything(ground)).toEqual(ground.before);
});
