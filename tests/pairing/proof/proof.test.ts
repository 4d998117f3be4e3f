import { expect, test } from 'vitest';
import { ownMigrationType, storageClassType } from '../../../source/pairing/clusters/migration-kinds.ts';
import { adminNamespaceOf } from '../../../source/pairing/clusters/stork.ts';
import { isHopeless, remediesFor } from '../../../source/pairing/proof/causes.ts';
import { readerManifest, writerManifest } from '../../../source/pairing/proof/objects.ts';
import { progressOf, sizeOf } from '../../../source/pairing/proof/progress.ts';
import { proofShape } from '../../../source/pairing/proof/proof.ts';
import { chooseStorageClass } from '../../../source/pairing/proof/storage-class.ts';
import { PairingError } from '../../../source/pairing/words/problem.ts';

const classOf = (name: string, more: object = {}) =>
	storageClassType.shape.parse({ metadata: { name }, provisioner: 'pxd.portworx.com', ...more });

const operators = [
	classOf('px-csi-db-encrypted', { parameters: { repl: '3', secure: 'true' } }),
	classOf('px-csi-replicated', { parameters: { repl: '2' } }),
	classOf('px-csi-db', { parameters: { repl: '3', io_profile: 'db_remote' } }),
	classOf('px-db', { provisioner: 'kubernetes.io/portworx-volume', parameters: {} }),
	classOf('stork-snapshot-sc', { provisioner: 'stork-snapshot' }),
	classOf('kept', { reclaimPolicy: 'Retain' }),
	classOf('flash', { parameters: { backend: 'pure_block' } }),
	classOf('nfs', { parameters: { proxy_endpoint: 'nfs://1.2.3.4' } }),
];

test('the plainest StorageClass that can be removed and is copied is chosen; a default one first', () => {
	expect(chooseStorageClass(operators, undefined, 'east')).toBe('px-csi-replicated');
	const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
	const preferred = classOf('mine', {
		metadata: { name: 'mine', annotations },
		parameters: { a: '1', b: '2', c: '3' },
	});
	expect(chooseStorageClass([...operators, preferred], undefined, 'east')).toBe('mine');
	expect(chooseStorageClass(operators, 'px-db', 'east')).toBe('px-db');
});

test.each([
	['kept', 'its reclaim policy is Retain'],
	['flash', 'of another storage system'],
	['nfs', 'of another storage system'],
	['px-csi-db-encrypted', 'encrypted'],
	['stork-snapshot-sc', "is not Portworx's"],
	['none', 'no StorageClass of this name'],
])('the StorageClass %s is refused: %s', (name, because) => {
	expect(() => chooseStorageClass(operators, name, 'east')).toThrow(PairingError);
	expect(evidenceOf(() => chooseStorageClass(operators, name, 'east'))).toContain(because);
});

test('a name that does not exist is answered with those that can be used, the plainest first', () => {
	expect(evidenceOf(() => chooseStorageClass(operators, 'px-csi-bd', 'east'))).toBe(
		'px-csi-bd: the source has no StorageClass of this name; those that can be used: px-csi-replicated, px-csi-db, px-db',
	);
});

test('a cluster with none that will do says why of each', () => {
	expect(
		evidenceOf(() => chooseStorageClass([classOf('kept', { reclaimPolicy: 'Retain' })], undefined, 'east')),
	).toContain('kept: its reclaim policy');
	expect(evidenceOf(() => chooseStorageClass([], undefined, 'east'))).toContain(
		'none with a Portworx provisioner',
	);
});

test('what is said fits: one that was named, or all of them', () => {
	const titleOf = (named: string | undefined) => {
		try {
			return chooseStorageClass([classOf('kept', { reclaimPolicy: 'Retain' })], named, 'east');
		} catch (error) {
			return error instanceof PairingError ? error.problem.title : String(error);
		}
	};
	expect(titleOf('kept')).toBe('The StorageClass that was named cannot be used for a proof');
	expect(titleOf(undefined)).toBe('No StorageClass of Portworx on the source can be used for a proof');
});

function evidenceOf(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		return error instanceof PairingError ? (error.problem.evidence ?? '') : String(error);
	}
	return 'nothing was thrown';
}

test.each<[readonly string[], string]>([
	[['/stork', '--driver=pxd'], 'kube-system'],
	[['/stork', '--admin-namespace=portworx'], 'portworx'],
	[['/stork', '-admin-namespace', 'px'], 'px'],
	[['/stork', '--migration-admin-namespace=old'], 'old'],
	[['/stork', '--migration-admin-namespace=old', '--admin-namespace=new'], 'new'],
	[['/stork', '--admin-namespace='], 'kube-system'],
])('Stork that is started with %j has the admin namespace %s', (words, namespace) => {
	expect(adminNamespaceOf(words)).toBe(namespace);
});

const progress = (status: unknown) =>
	progressOf(ownMigrationType.shape.parse({ metadata: { name: 'm' }, status }).status);
const all = ['PersistentVolumeClaim', 'PersistentVolume', 'ConfigMap'].map(kind => ({
	kind,
	status: 'Successful',
}));
const copied = { status: 'Successful', bytesTotal: 1_073_741_824, reason: 'Migration successful for volume' };

test.each<[unknown, string, boolean]>([
	[undefined, 'not begun', false],
	[{ stage: '', status: '', volumes: null, resources: null }, 'not begun', false],
	[{ stage: 'Volumes', status: 'Pending', volumes: null }, 'Volumes Pending', false],
	[
		{
			stage: 'Volumes',
			status: 'InProgress',
			volumes: [
				{
					status: 'InProgress',
					reason:
						'Volume migration has started. Backup in progress. BytesDone: 357913941 BytesTotal: 1073741824 ETA: 12 seconds',
				},
			],
		},
		'Volumes InProgress, 0/1 volumes, Backup 341 MiB of 1 GiB, about 12 s left',
		false,
	],
	[
		{ stage: 'Final', status: 'Successful', volumes: [copied], resources: all },
		'Final Successful, 1/1 volumes, 1 GiB, 3/3 resources',
		true,
	],
	// A claim that was not Bound when Stork collected is left out, and the end is Successful anyway.
	[
		{ stage: 'Final', status: 'Successful', volumes: [copied], resources: all.slice(1) },
		'Final Successful, 1/1 volumes, 1 GiB, 2/2 resources, missing: PersistentVolumeClaim',
		false,
	],
	[
		{ stage: 'Final', status: 'Successful', volumes: [], resources: [] },
		'Final Successful, missing: PersistentVolumeClaim, PersistentVolume, ConfigMap',
		false,
	],
])('%j reads: %s', (status, text, isComplete) => {
	expect(progress(status)).toMatchObject({ text, isComplete });
});

test('the first that failed is named with its reason', () => {
	const [claim, volume] = all;
	const refused = {
		kind: 'ConfigMap',
		name: 'one',
		status: 'Failed',
		reason: 'Error applying resource: denied',
	};
	const found = progress({
		stage: 'Final',
		status: 'PartialSuccess',
		volumes: [copied],
		resources: [claim, volume, refused],
	});
	expect(found).toEqual({
		stage: 'Final',
		text: 'Final PartialSuccess, 1/1 volumes, 1 GiB, 2/3 resources, missing: ConfigMap',
		reason: 'ConfigMap one: Error applying resource: denied',
		isComplete: false,
	});
});

test.each([
	[0, '0 B'],
	[1023, '1023 B'],
	[1_073_741_824, '1 GiB'],
	[1_610_612_736, '1.5 GiB'],
])('%i bytes are %s', (bytes, text) => {
	expect(sizeOf(bytes)).toBe(text);
});

test.each<[string, RegExp, boolean]>([
	['migration namespaces should only contain the current namespace', /admin namespace/, true],
	['cluster pair storage status is not ready. Status: NotProvided Err: <nil>', /synchronous DR/, true],
	['cluster pair storage status is not ready. Status: Error Err: <nil>', /replace it/, false],
	['clusterpairs.stork.libopenstorage.org "x" not found', /Create the pair again/, true],
	['Error applying resource: Unauthorized', /Renew the pair's login/, false],
	['User "x" cannot create resource "persistentvolumes"', /cluster-admin/, false],
	['Unable to find migration status for volume', /no longer knows the transfer/, false],
	['pvc ns/name is not in bound state ', /not bound/, false],
	[
		'Migration Backup failed for volume: InvalidRequest: Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
		/bucket without Object Lock/,
		false,
	],
	['Migration Backup failed for volume: a backup is already in progress', /other transfer/, false],
	['claim Pending, Pod: Pending', /provisioner of the StorageClass/, false],
	[
		'claim Pending, Pod: Pending: 0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
		/provisioner of the StorageClass/,
		false,
	],
	[
		'claim Bound, Pod: Pending: 0/3 nodes are available: 3 Insufficient memory.',
		/Make room on a node/,
		false,
	],
	[
		'claim Pending, Pod: Pending: failed to provision volume: no storage pool has enough free space',
		/storage pools/,
		false,
	],
	['a text that no one has seen', /^$/, false],
])('%s means %s', (said, means, hopeless) => {
	const [first] = remediesFor(said);
	expect(first === undefined ? '' : typeof first === 'string' ? first : first.what).toMatch(means);
	expect(isHopeless(said)).toBe(hopeless);
});

test('both pods meet the level restricted of Pod Security, and OpenShift chooses their users itself', () => {
	const proof = proofShape.parse({
		name: 'pxpair-proof-0123abcd',
		nonce: '0123abcd'.repeat(4),
		namespace: 'apps',
		storageClass: 'px-csi-db',
		bringsClass: false,
		images: { source: 'a', destination: 'b' },
		assignsUsers: { source: false, destination: true },
	});
	for (const pod of [writerManifest(proof, {}), readerManifest(proof, {})]) {
		expect(pod).toMatchObject({
			spec: {
				securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
				containers: [
					{
						securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
						resources: { limits: { memory: '64Mi' } },
					},
				],
			},
		});
	}
	expect(JSON.stringify(writerManifest(proof, {}))).toContain('"runAsUser":65534');
	expect(JSON.stringify(readerManifest(proof, {}))).not.toContain('runAsUser');
});
