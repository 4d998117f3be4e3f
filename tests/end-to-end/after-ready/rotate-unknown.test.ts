import { expect, test, vi } from 'vitest';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { resources } from '../../../source/practice/resources.ts';
import { storeCanaries } from '../../helpers/canaries.ts';
import { replacePxctl } from '../../helpers/clusters/pod-files.ts';
import { type Ground, type GroundOptions, openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 90_000 });

const account = { pair: { login: 'service-account' } };

/** A pair that works, and a key that is new. */
async function paired(options: GroundOptions = {}) {
	const fresh = storeCanaries();
	const ground = await openGround({
		...options,
		canaries: { 'new key ID': fresh.accessKeyId, 'new secret': fresh.secretAccessKey },
	});
	expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
	return { ground, env: { ID: fresh.accessKeyId, SECRET: fresh.secretAccessKey } };
}

const secretsIn = ({ practice }: Ground) =>
	practice.clusters.west.store
		.list(resources.secrets, 'kube-system')
		.filter(({ metadata }) => metadata.name.startsWith('pxpair-'));

const namesIn = (ground: Ground) => secretsIn(ground).map(({ metadata }) => metadata.name);

const newest = async ({ sandbox }: Ground) => [...(await sandbox.records()).keys()].at(-1) ?? '';

/** What pxctl does once, in place of creating the credential of the pair. */
function onceAtCreate(cluster: PracticeCluster, script: string): void {
	replacePxctl(
		cluster,
		`case "$1 $2 $*" in 'credentials create '*clusterPair_*)
	if [ ! -e /var/once ]; then touch /var/once; ${script}; fi ;;
esac
exec "$0.real" "$@"`,
	);
}

test.each([
	['nothing came of it', 'exit 124', 'credential-unknown', 3],
	[
		'the daemon gave no answer in time',
		`echo 'rpc error: code = DeadlineExceeded desc = context deadline exceeded' >&2; exit 1`,
		'credential-unknown',
		3,
	],
	[
		'pxctl says why it did not',
		`echo 'createCred: error validating credential during create: SlowDown: reduce your rate' >&2; exit 1`,
		'credential-gone',
		3,
	],
	['it was created, and the answer was lost', '"$0.real" "$@"; exit 124', undefined, 0],
])('a creation of which the end was not seen: %s', async (_, script, id, exitCode) => {
	const { ground, env } = await paired();
	await using _ground = ground;
	const { east, west } = ground.practice.clusters;
	onceAtCreate(east, script);
	const rotated = await ground.run(['rotate', '--yes'], { env });
	expect(rotated.exitCode).toBe(exitCode);
	const told = rotated.out.join('\n');
	expect(/could not be created/.test(told)).toBe(id === 'credential-gone');
	expect(/whether the new one was created is unknown/.test(told)).toBe(id === 'credential-unknown');
	if (exitCode !== 0) {
		expect(await ground.run(['run', '--resume', await newest(ground)], { env })).toMatchObject({
			exitCode: 0,
		});
	}
	expect([east, west].map(({ credentials }) => credentials().map(one => one.account))).toEqual([
		[env.ID],
		[env.ID],
	]);
});

test('an old credential that is deleted though the answer was lost is replaced anyway', async () => {
	const { ground, env } = await paired();
	await using _ = ground;
	const { east } = ground.practice.clusters;
	const [old] = east.credentials();
	replacePxctl(
		east,
		`case "$1 $2 $3" in 'credentials delete ${old?.uuid}') "$0.real" "$@"; exit 124 ;; esac
exec "$0.real" "$@"`,
	);
	expect(await ground.run(['rotate', '--yes'], { env })).toMatchObject({ exitCode: 0 });
	expect(east.credentials().map(one => one.account)).toEqual([env.ID]);
});

test('a rotation leaves the tokens of others alone, and says when there are too many', async () => {
	const { ground } = await paired({ answers: account });
	await using _ = ground;
	const { store } = ground.practice.clusters.west;
	const [own] = secretsIn(ground);
	const name = own?.metadata.name ?? '';
	const ofAnother = (number: number) => {
		const { labels = {}, annotations = {} } = own?.metadata ?? {};
		store.create(resources.secrets, {
			...{ apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token' },
			metadata: {
				name: `${name}-${number}`,
				namespace: 'kube-system',
				labels: { ...labels, 'pxpair/run': 'on-another-machine', 'pxpair/rotation': 'true' },
				annotations,
			},
		});
	};
	ofAnother(2);
	expect(await ground.run(['rotate', '--what', 'login', '--yes'])).toMatchObject({ exitCode: 0 });
	expect(namesIn(ground)).toEqual([`${name}-2`, `${name}-3`]);

	// What the pair had is deleted, and nothing of the other.
	expect(await ground.run(['rotate', '--what', 'login', '--yes'])).toMatchObject({ exitCode: 0 });
	expect(namesIn(ground)).toEqual([name, `${name}-2`]);

	ofAnother(3);
	ofAnother(4);
	const refused = await ground.run(['rotate', '--what', 'login', '--yes']);
	expect(refused.exitCode).toBe(1);
	expect(refused.out.join('\n')).toContain('other rotations are running or were not finished');
	expect(refused.out.join('\n')).toContain('of run on-another-machine');
	expect(namesIn(ground)).toHaveLength(4);
});

test('of two rotations at the same time, the one whose token the pair does not have says so and deletes nothing', async () => {
	let isRotating = false;
	let isRenewed = false;
	let isTaken = false;
	const { ground } = await paired({
		answers: account,
		fault: {
			east({ method, url }) {
				isRenewed ||= isRotating && method === 'PATCH';
				// After this one's token was put in and Ready, right before the old one would be deleted.
				if (
					isRenewed &&
					!isTaken &&
					method === 'GET' &&
					/\/v1alpha1\/clusterpairs\b/.test(url) &&
					isReady()
				) {
					isTaken = true;
					takeOver();
				}
				return undefined;
			},
		},
	});
	await using _ = ground;
	const { east } = ground.practice.clusters;
	function isReady(): boolean {
		return JSON.stringify(ground.pair()?.status).includes('"schedulerStatus":"Ready"');
	}
	function takeOver(): void {
		const pair = ground.pair();
		if (pair) {
			const text = JSON.stringify(pair).replaceAll(/"token":"eyJ[^"]+"/g, '"token":"of-the-other-rotation"');
			east.store.update(resources.clusterpairs, JSON.parse(text));
		}
	}
	const before = namesIn(ground);
	isRotating = true;
	const rotated = await ground.run(['rotate', '--what', 'login', '--yes']);
	expect(rotated.exitCode).toBe(3);
	expect(rotated.out.join('\n')).toContain('holds another token than this rotation issued');
	expect(namesIn(ground)).toEqual(expect.arrayContaining(before));
});

test.each([
	['is refused', { authenticated: false, user: {} }, 3, 'does not accept the new token'],
	[
		'is of someone else',
		{ authenticated: true, user: { username: 'system:serviceaccount:kube-system:default' } },
		3,
		'authenticated as system:serviceaccount:kube-system:default',
	],
])('a new token that %s never gets into the pair', async (_, status, exitCode, words) => {
	const { ground } = await paired({
		answers: account,
		fault: {
			west: ({ method, url }) =>
				method === 'POST' && url.includes('/tokenreviews')
					? { kind: 'raw', code: 201, contentType: 'application/json', body: JSON.stringify({ status }) }
					: undefined,
		},
	});
	await using _ground = ground;
	const before = ground.pair()?.metadata.resourceVersion;
	const rotated = await ground.run(['rotate', '--what', 'login', '--yes']);
	expect(rotated.exitCode).toBe(exitCode);
	expect(rotated.out.join('\n')).toContain(words);
	expect(ground.pair()?.metadata.resourceVersion).toBe(before);
	const undone = await ground.run(['undo', await newest(ground), '--yes']);
	expect(undone.exitCode).toBe(0);
	expect(namesIn(ground)).toHaveLength(1);
});

test('where no TokenReview may be asked for, that is said, and Stork is the first to try the token', async () => {
	const { ground } = await paired({
		answers: account,
		fault: {
			west: ({ method, url }) =>
				method === 'POST' && url.includes('/tokenreviews')
					? { kind: 'status', code: 403, reason: 'Forbidden', message: 'cannot create tokenreviews' }
					: undefined,
		},
	});
	await using _ = ground;
	const rotated = await ground.run(['rotate', '--what', 'login', '--yes']);
	expect(rotated).toMatchObject({ exitCode: 0, err: [] });
	expect(ground.pair()?.status).toMatchObject({ schedulerStatus: 'Ready' });
});
