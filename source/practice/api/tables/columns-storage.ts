import type { KubeObject } from '../../contract.ts';
import { recordOf } from '../json.ts';
import { age, type Cell, type Columns, listAt, textAt } from './cells.ts';

const attributesClass: Cell = ({ spec }) => textAt(spec, 'volumeAttributesClassName', '<unset>');
const volumeMode: Cell = ({ spec }) => textAt(spec, 'volumeMode', 'Filesystem');

/** What `kubectl get` shows of volumes and what limits them, besides the name. */
export const storageColumns: Readonly<Record<string, Columns>> = {
	'/persistentvolumeclaims': {
		Status: claim => (claim.metadata.deletionTimestamp ? 'Terminating' : textAt(claim.status, 'phase', '')),
		Volume: ({ spec }) => textAt(spec, 'volumeName', ''),
		Capacity: ({ spec, status }) => (recordOf(spec).volumeName ? storageAt(recordOf(status).capacity) : ''),
		'Access Modes': ({ spec, status }) => (recordOf(spec).volumeName ? accessModes(status) : ''),
		StorageClass: ({ spec }) => textAt(spec, 'storageClassName', ''),
		VolumeAttributesClass: attributesClass,
		Age: age,
		'+VolumeMode': volumeMode,
	},
	'/persistentvolumes': {
		Capacity: ({ spec }) => storageAt(recordOf(spec).capacity),
		'Access Modes': ({ spec }) => accessModes(spec),
		'Reclaim Policy': ({ spec }) => textAt(spec, 'persistentVolumeReclaimPolicy', ''),
		Status: volume =>
			volume.metadata.deletionTimestamp ? 'Terminating' : textAt(volume.status, 'phase', ''),
		Claim: claimOf,
		StorageClass: ({ spec }) => textAt(spec, 'storageClassName', ''),
		VolumeAttributesClass: attributesClass,
		Reason: ({ status }) => textAt(status, 'reason', ''),
		Age: age,
		'+VolumeMode': volumeMode,
	},
	'storage.k8s.io/storageclasses': {
		Name: ({ metadata }) =>
			metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true'
				? `${metadata.name} (default)`
				: metadata.name,
		Provisioner: ({ provisioner }) => String(provisioner ?? ''),
		ReclaimPolicy: storageClass => textAt(storageClass, 'reclaimPolicy', 'Delete'),
		VolumeBindingMode: storageClass => textAt(storageClass, 'volumeBindingMode', '<unset>'),
		AllowVolumeExpansion: ({ allowVolumeExpansion }) => (allowVolumeExpansion === true ? 'true' : 'false'),
		Age: age,
	},
	'/limitranges': { 'Created At': ({ metadata }) => metadata.creationTimestamp ?? '' },
	'/resourcequotas': {
		Age: age,
		Request: ({ status }) => quota(status, name => !name.startsWith('limits.')),
		Limit: ({ status }) => quota(status, name => name.startsWith('limits.')),
	},
	'apiregistration.k8s.io/apiservices': {
		Service: ({ spec }) => {
			const { name, namespace } = recordOf(recordOf(spec).service);
			return name ? `${namespace}/${name}` : 'Local';
		},
		Available: ({ status }) => {
			const available = listAt(status, 'conditions').find(({ type }) => type === 'Available');
			if (!available) return 'Unknown';
			return available.status === 'True' ? 'True' : `${available.status} (${available.reason})`;
		},
		Age: age,
	},
};

function storageAt(resources: unknown): string {
	return textAt(resources, 'storage', '');
}

const shortModes: Readonly<Record<string, string>> = {
	ReadWriteOnce: 'RWO',
	ReadOnlyMany: 'ROX',
	ReadWriteMany: 'RWX',
	ReadWriteOncePod: 'RWOP',
};

function accessModes(holder: unknown): string {
	const { accessModes: modes } = recordOf(holder);
	return (Array.isArray(modes) ? modes : []).map(mode => shortModes[mode] ?? '').join(',');
}

function claimOf({ spec }: KubeObject): string {
	const { namespace, name } = recordOf(recordOf(spec).claimRef);
	return name ? `${namespace}/${name}` : '';
}

function quota(status: unknown, isMeant: (name: string) => boolean): string {
	const { hard, used } = recordOf(status);
	return Object.entries(recordOf(hard))
		.filter(([name]) => isMeant(name))
		.map(([name, limit]) => `${name}: ${recordOf(used)[name] ?? 0}/${limit}`)
		.join(', ');
}
