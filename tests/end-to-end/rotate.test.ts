import { expect, test, vi } from 'vitest';
import type { KubeObject } from '../../source/practice/contract.ts';
import { resources } from '../../source/practice/resources.ts';
import { storeCanaries } from '../helpers/canaries.ts';
import { type Ground, openGround } from '../helpers/ground.ts';

vi.setConfig({ testTimeout: 90_000 });

const rotate = ['rotate', '--yes'];

/** A pair that works, and a key that is new. */
async function paired(options: Parameters<typeof openGround>[0] = {}) {
	const fresh = storeCanaries();
	const ground = await openGround({
		...options,
		canaries: { 'new key ID': fresh.accessKeyId, 'new secret': fresh.secretAccessKey },
	});
	expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
	const env = { ID: fresh.accessKeyId, SECRET: fresh.secretAccessKey };
	return { ground, fresh, env };
}

const credentialsOf = ({ practice: { clusters } }: Ground) =>
	[clusters.east, clusters.west].flatMap(({ credentials }) =>
		credentials().map(({ name, account, uuid }) => ({ name, account, uuid })),
	);

test('a new key replaces the old one on both clusters, and undo says what it keeps', async () => {
	const { ground, fresh, env } = await paired();
	await using _ = ground;
	const before = credentialsOf(ground);
	const rotated = await ground.run(rotate, { env });
	expect(rotated.err.join('\n')).toBe('');
	expect(rotated.exitCode).toBe(0);
	const after = credentialsOf(ground);
	expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
	expect(after.map(({ account }) => account)).toEqual([fresh.accessKeyId, fresh.accessKeyId]);
	expect(after.filter(({ uuid }) => before.some(old => old.uuid === uuid))).toEqual([]);
	expect(rotated.out.join('\n')).toContain('No other ClusterPair uses it');

	// Undone by itself, nothing is deleted that the pair needs.
	const ids = [...(await ground.sandbox.records()).keys()];
	const undone = await ground.run(['undo', ids.at(-1) ?? '', '--yes']);
	expect(undone.exitCode).toBe(3);
	expect(undone.out.join('\n')).toContain('uses it');
	expect(undone.out.join('\n')).toContain("Undo can't restore the old key");
	expect(credentialsOf(ground)).toEqual(after);

	// With the pair goes what was rotated since.
	const planned = await ground.run(['undo', '--plan']);
	expect(planned.out.filter(line => /^ +keep /.test(line))).toEqual([]);
	expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0 });
	expect(credentialsOf(ground)).toEqual([]);
	expect((await ground.run(['undo', '--yes'])).err.join('\n')).toContain('No run has anything left to undo');
});

test('a wrong key ends before anything changes', async () => {
	const { ground, env } = await paired();
	await using _ = ground;
	const before = credentialsOf(ground);
	const refused = await ground.run(rotate, { env: { ...env, ID: 'AKIAWRONG' } });
	expect(refused.exitCode).toBe(1);
	expect(refused.out.join('\n')).toContain('Nothing was changed');
	expect(credentialsOf(ground)).toEqual(before);
});

test('the key that is in use already is not called new', async () => {
	const { ground } = await paired();
	await using _ = ground;
	const refused = await ground.run(rotate);
	expect(refused.exitCode).toBe(1);
	expect(refused.out.join('\n')).toContain('the one that both clusters use already');
});

const migration = (namespace: string, stage: string | undefined): KubeObject => ({
	apiVersion: 'stork.libopenstorage.org/v1alpha1',
	kind: 'Migration',
	metadata: { name: 'nightly', namespace },
	spec: { clusterPair: 'remotecluster', namespaces: [namespace] },
	...(stage !== undefined && { status: { stage, status: 'InProgress' } }),
});

test.each([
	['migrationnamespace', 'Volumes', 1],
	['kube-system', 'Applications', 1],
	['migrationnamespace', undefined, 1],
	['migrationnamespace', 'Final', 0],
])('a Migration in %s at stage %s: exit %i', async (namespace, stage, exitCode) => {
	const { ground, env } = await paired({
		// It stays at that stage.
		override: ({ east, west }) => ({ east: { ...east, migrations: 'off' }, west }),
	});
	await using _ = ground;
	const { store } = ground.practice.clusters.east;
	store.create(resources.migrations, migration(namespace, stage));
	const before = credentialsOf(ground);
	const done = await ground.run(rotate, { env });
	expect(done.exitCode).toBe(exitCode);
	if (exitCode === 1) {
		expect(done.out.join('\n')).toContain(`Migration ${namespace}/nightly`);
		expect(credentialsOf(ground)).toEqual(before);
	}
});

test('what it would do is shown, and nothing is done without a word', async () => {
	const { ground, env } = await paired();
	await using _ = ground;
	const before = credentialsOf(ground);
	const shown = await ground.run(['rotate', '--plan'], { env });
	expect(shown.exitCode).toBe(0);
	expect(shown.out.join('\n')).toContain('pxctl credentials delete clusterPair_');
	const asked = await ground.run(['rotate'], { env });
	expect(asked.exitCode).toBe(2);
	expect(credentialsOf(ground)).toEqual(before);
});
