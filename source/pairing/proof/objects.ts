import { authAnnotations } from '../cluster-pair/planned-pair.ts';
import { ownMigrationType } from '../clusters/migration-kinds.ts';
import { defined } from '../words/json.ts';
import type { Branch, Manifest } from '../words/manifest.ts';
import type { Side } from '../words/pair.ts';
import type { Proof, ProofOf } from './proof.ts';

/** What a proof creates. All of it has the name of the proof, and this label, by which the Migration chooses what it takes. */
const proofLabel = 'pxpair/proof';

export type Labels = Readonly<Record<string, string>>;

const metadataOf = ({ name, namespace }: Proof, labels: Labels) => ({
	name,
	namespace,
	labels: { ...labels, [proofLabel]: name },
});

/** Portworx's smallest volume. */
export const claimManifest = (proof: Proof, labels: Labels): Manifest => ({
	apiVersion: 'v1',
	kind: 'PersistentVolumeClaim',
	metadata: metadataOf(proof, labels),
	spec: {
		accessModes: ['ReadWriteOnce'],
		resources: { requests: { storage: '1Gi' } },
		storageClassName: proof.storageClass,
	},
});

export const configMapManifest = (proof: Proof, labels: Labels): Manifest => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: metadataOf(proof, labels),
	data: { nonce: proof.nonce },
});

/** Writes the nonce to the volume, and has it on disk before it ends. */
export const writerManifest = (proof: Proof, labels: Labels): Manifest =>
	podManifest(proof, 'source', labels, `echo ${proof.nonce} > /data/nonce && sync`);

/**
 * What a container leaves in its termination log is in the status of its pod: no one needs a right to logs or exec. That nothing could
 * be read is told there as well.
 */
export const readerManifest = (proof: Proof, labels: Labels): Manifest =>
	podManifest(proof, 'destination', labels, 'cat /data/nonce > /dev/termination-log 2>&1 || true');

/** Any user but root. */
const user = 65_534;

/** As small as it gets, and allowed where Pod Security says `restricted`. */
function podManifest(proof: Proof, side: Side, labels: Labels, script: string): Manifest {
	const ids: Branch = proof.assignsUsers[side] ? {} : { runAsUser: user, runAsGroup: user, fsGroup: user };
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: metadataOf(proof, labels),
		spec: {
			restartPolicy: 'Never',
			activeDeadlineSeconds: 600,
			automountServiceAccountToken: false,
			enableServiceLinks: false,
			terminationGracePeriodSeconds: 1,
			securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...ids },
			containers: [
				{
					name: 'proof',
					image: proof.images[side],
					imagePullPolicy: 'IfNotPresent',
					command: ['sh', '-c', script],
					resources: {
						requests: { cpu: '10m', memory: '16Mi' },
						limits: { cpu: '100m', memory: '64Mi' },
					},
					securityContext: {
						allowPrivilegeEscalation: false,
						readOnlyRootFilesystem: true,
						capabilities: { drop: ['ALL'] },
					},
					volumeMounts: [{ name: 'data', mountPath: '/data' }],
				},
			],
			volumes: [{ name: 'data', persistentVolumeClaim: { claimName: proof.name } }],
		},
	};
}

/** Beside its pair. Only what has the label goes along, whatever else is in the namespace. */
export const migrationManifest = ({ proof, pair }: ProofOf, labels: Labels): Manifest => ({
	apiVersion: ownMigrationType.apiVersion,
	kind: ownMigrationType.kind,
	metadata: {
		...metadataOf(proof, labels),
		namespace: pair.namespace,
		...defined({ annotations: proof.secured === undefined ? undefined : authAnnotations(proof.secured) }),
	},
	spec: {
		clusterPair: pair.name,
		namespaces: [proof.namespace],
		selectors: { [proofLabel]: proof.name },
		includeVolumes: true,
		includeResources: true,
		startApplications: false,
	},
});

/** What Stork writes on everything that a Migration brings. */
export const migrationAnnotation = 'stork.libopenstorage.org/migrationName';
