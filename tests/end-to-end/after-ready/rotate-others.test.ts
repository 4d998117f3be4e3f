import { expect, test, vi } from 'vitest';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { resources } from '../../../source/practice/resources.ts';
import { storeCanaries } from '../../helpers/canaries.ts';
import { replacePxctl } from '../../helpers/clusters/pod-files.ts';
import { openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 90_000 });

/** A pair that works, and a key that is new. */
async function paired() {
	const fresh = storeCanaries();
	const ground = await openGround({
		canaries: { 'new key ID': fresh.accessKeyId, 'new secret': fresh.secretAccessKey },
	});
	expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
	return { ground, fresh, env: { ID: fresh.accessKeyId, SECRET: fresh.secretAccessKey } };
}

/** Right before the program deletes the credential that it found, someone else replaces it. */
function replaceUnseen(cluster: PracticeCluster): void {
	const { name = '', uuid = '' } = cluster.credentials()[0] ?? {};
	replacePxctl(
		cluster,
		`case "$1 $2 $3" in 'credentials delete ${name}' | 'credentials delete ${uuid}')
	if [ ! -e /var/replaced ]; then
		touch /var/replaced
		"$0.real" credentials delete ${name}
		"$0.real" credentials create --provider s3 --s3-access-key theirs --s3-secret-key theirs --s3-region us-east-1 --s3-endpoint s3.amazonaws.com ${name}
	fi ;;
esac
exec "$0.real" "$@"`,
	);
}

test('a credential that someone else replaced since it was checked is not deleted by a rotation', async () => {
	const { ground, env } = await paired();
	await using _ = ground;
	const { east } = ground.practice.clusters;
	replaceUnseen(east);
	const rotated = await ground.run(['rotate', '--yes'], { env });
	expect(rotated.exitCode).not.toBe(0);
	expect(rotated.out.join('\n')).toContain('A credential of that name already exists');
	expect(east.credentials().map(({ account }) => account)).toEqual(['theirs']);
});

test('nor by a run that replaces what exists', async () => {
	const { ground, env } = await paired();
	await using _ = ground;
	const { east } = ground.practice.clusters;
	replaceUnseen(east);
	const run = await ground.run(['run', 'answers.yaml', '--existing-credential=replace'], { env });
	expect(run.exitCode).not.toBe(0);
	expect(east.credentials().map(({ account }) => account)).toEqual(['theirs']);
});

test('a trial that could not be deleted is told, and undo deletes it', async () => {
	const { ground, env } = await paired();
	await using _ = ground;
	const { east } = ground.practice.clusters;
	const before = east.credentials();
	const uuid = before[0]?.uuid ?? '';
	replacePxctl(
		east,
		`case "$1 $2" in 'credentials delete')
	"$0.real" credentials list | grep pxpair-trial > /dev/null && [ ! -e /var/broken ] && touch /var/broken && { echo 'disk is full' >&2; exit 1; } ;;
esac
exec "$0.real" "$@"`,
	);
	const rotated = await ground.run(['rotate', '--yes'], { env });
	expect(rotated.exitCode).toBe(3);
	expect(east.credentials()).toHaveLength(2);
	const id = [...(await ground.sandbox.records()).keys()].at(-1) ?? '';
	expect((await ground.run(['undo', id, '--plan'])).out.join('\n')).toContain(
		'a credential to try the new key',
	);
	expect(await ground.run(['undo', id, '--yes'])).toMatchObject({ exitCode: 0 });
	expect(east.credentials().map(found => found.uuid)).toEqual([uuid]);
});

test('an old token that another pair came to use right before it is deleted is kept, and not told as deleted', async () => {
	let isRenewed = false;
	let isRotating = false;
	let lists = 0;
	await using ground = await openGround({
		answers: { pair: { login: 'service-account' } },
		fault: {
			east({ method, url }) {
				isRenewed ||= isRotating && method === 'PATCH';
				if (isRenewed && method === 'GET' && /\/v1alpha1\/clusterpairs\b/.test(url)) {
					lists += 1;
					// Once to see whether it is used, and once more before it is deleted.
					if (lists === 2) pairWithOldToken();
				}
				return undefined;
			},
		},
	});
	const { east, west } = ground.practice.clusters;
	expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
	const old = ground.pair();
	function pairWithOldToken(): void {
		if (old) {
			const metadata = { name: 'another', namespace: 'migrationnamespace' };
			east.store.create(resources.clusterpairs, { ...old, metadata });
		}
	}
	isRotating = true;
	const rotated = await ground.run(['rotate', '--what', 'login', '--yes']);
	expect(rotated.exitCode).toBe(0);
	expect(rotated.out.join('\n')).toContain('is kept: the ClusterPair migrationnamespace/another uses it');
	const tokens = west.store
		.list(resources.secrets, 'kube-system')
		.filter(({ metadata }) => metadata.name.startsWith('pxpair-'));
	expect(tokens).toHaveLength(2);
});
