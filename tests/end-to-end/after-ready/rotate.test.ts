import { expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import type { KubeObject } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import { storeCanaries } from '../../helpers/canaries.ts';
import { answersFor, type Ground, openGround } from '../../helpers/program/ground.ts';

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

const account = { pair: { login: 'service-account' } };

/** By the names of their Secrets. */
const tokensIn = ({ practice }: Ground): Readonly<Record<string, string>> =>
	Object.fromEntries(
		practice.clusters.west.store.list(resources.secrets, 'kube-system').flatMap(({ metadata, data }) => {
			const { token } = (data ?? {}) as Record<string, string>;
			return token && metadata.name.startsWith('pxpair-')
				? [[metadata.name, Buffer.from(token, 'base64').toString()] as const]
				: [];
		}),
	);

const carriedBy = (ground: Ground): string => JSON.stringify(ground.pair()?.spec);

test('a new login is used by Stork before the old token is deleted, again and again', async () => {
	const { ground, env } = await paired({ answers: account });
	await using _ = ground;
	const first = tokensIn(ground);
	for (const round of [1, 2, 3]) {
		const before = tokensIn(ground);
		const rotated = await ground.run(['rotate', '--what', 'login', '--yes']);
		expect(rotated).toMatchObject({ exitCode: 0, err: [] });
		const after = tokensIn(ground);
		expect(Object.keys(after)).toHaveLength(1);
		expect(Object.values(after)).not.toEqual(Object.values(before));
		expect(carriedBy(ground)).toContain(String(Object.values(after)));
		expect(ground.pair()?.status).toMatchObject({ schedulerStatus: 'Ready', storageStatus: 'Ready' });
		const told = JSON.stringify([rotated, [...(await ground.sandbox.records())]]);
		expect([...Object.values(before), ...Object.values(after)].filter(token => told.includes(token))).toEqual(
			[],
		);
		expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
		expect(tokensIn(ground), `round ${round}`).toEqual(after);
	}
	expect(Object.keys(tokensIn(ground))).not.toEqual(Object.keys(first));
	expect((await ground.run(['status'], { env })).exitCode).toBe(0);

	const [id = ''] = (await ground.sandbox.records()).keys();
	const undone = await ground.run(['undo', id, '--yes']);
	expect(undone.out.filter(line => /FAILED|kept/.test(line))).toEqual([]);
	expect(undone.exitCode).toBe(0);
	expect(tokensIn(ground)).toEqual({});
});

test('a login that Stork is not let in with is put back by undo', async () => {
	let isDown = false;
	const west = () => ground.practice.clusters.west.token;
	const { ground } = await paired({
		answers: account,
		fault: {
			west: ({ url, headers: { authorization } }) =>
				isDown && url.startsWith('/version') && !String(authorization).includes(west())
					? { kind: 'status', code: 503, reason: 'ServiceUnavailable', message: 'not now' }
					: undefined,
		},
	});
	await using _ = ground;
	const before = tokensIn(ground);
	isDown = true;
	const failed = await ground.run(['rotate', '--what', 'login', '--yes', '--timeout', '2']);
	expect(failed.exitCode).toBe(3);
	expect(failed.err.join('\n')).toContain('pxpair run --resume');
	expect(Object.keys(tokensIn(ground))).toHaveLength(2);
	isDown = false;
	const id = [...(await ground.sandbox.records()).keys()].at(-1) ?? '';
	const between = tokensIn(ground);
	const plain = await ground.run(['run', 'answers.yaml']);
	expect(plain.exitCode).toBe(0);
	expect(plain.out.join('\n')).toContain('pxpair run --resume RUN');
	expect(tokensIn(ground)).toEqual(between);
	const planned = await ground.run(['undo', id, '--plan']);
	expect(planned.out.filter(line => /^ +(keep|not found) /.test(line))).toEqual([]);
	const undone = await ground.run(['undo', id, '--yes']);
	expect(undone.exitCode).toBe(0);
	expect(tokensIn(ground)).toEqual(before);
	expect(carriedBy(ground)).toContain(String(Object.values(before)));
});

test('a pair with the login of its context has no token to rotate', async () => {
	const { ground } = await paired();
	await using _ = ground;
	const refused = await ground.run(['rotate', '--what', 'login', '--yes']);
	expect(refused.exitCode).toBe(1);
	expect(refused.out.join('\n')).toContain('does not log in as a ServiceAccount of its own');
});

test('a new cluster token pairs again, and the pairs that hold the old one are named', async () => {
	const { ground } = await paired();
	await using _ = ground;
	await ground.sandbox.file(
		'second.yaml',
		stringify({ ...answersFor('s3'), pair: { name: 'second', namespace: 'apps' } }),
	);
	expect(await ground.run(['run', 'second.yaml'])).toMatchObject({ exitCode: 0 });
	const { east, west } = ground.practice.clusters;
	const before = { token: west.clusterToken(), pairs: east.pairs(), uid: ground.pair()?.metadata.uid };
	const rotated = await ground.run(['rotate', '--answers', 'answers.yaml', '--what', 'token', '--yes']);
	expect(rotated).toMatchObject({ exitCode: 0, err: [] });
	expect(rotated.out.join('\n')).toContain('Also used by the ClusterPairs apps/second on the source');
	const token = west.clusterToken();
	expect(token).not.toBe(before.token);
	expect(ground.pair()).toMatchObject({
		metadata: { uid: before.uid },
		spec: { options: { token } },
		status: { schedulerStatus: 'Ready', storageStatus: 'Ready' },
	});
	expect(east.pairs()).toHaveLength(1);
	expect(east.pairs()).not.toEqual(before.pairs);
	expect(JSON.stringify([rotated, [...(await ground.sandbox.records())]])).not.toContain(token);
	const status = (await ground.run(['status', '--answers', 'answers.yaml'])).out.join('\n');
	expect(status).toContain('The pair contains the current token');
	expect(status).toContain('apps/second');
});

test('all at once, both ways, and undone with the pair', async () => {
	const { ground, env } = await paired({ answers: { pair: { login: 'service-account', back: {} } } });
	await using _ = ground;
	const rotated = await ground.run(['rotate', '--what', 'key,login,token', '--yes'], { env });
	expect(rotated).toMatchObject({ exitCode: 0, err: [] });
	expect(credentialsOf(ground).map(({ account: id }) => id)).toEqual(Array(4).fill(env.ID));
	const status = await ground.run(['status', 'remotecluster']);
	expect(status.exitCode).toBe(0);
	// Which are in use and since when, shortened and without the secrets.
	expect(status.out.join(' ')).toMatch(/In use: cana….{4}, since \d{4}-\d\d-\d\d/);
	expect(status.out.join(' ')).toMatch(/contains the token of .*, issued \d{4}-\d\d-\d\d/);
	expect(await ground.run(['undo', '--yes'])).toMatchObject({ exitCode: 0 });
	expect(credentialsOf(ground)).toEqual([]);
	expect(tokensIn(ground)).toEqual({});
});
