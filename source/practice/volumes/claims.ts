import { recordOf } from '../api/json.ts';
import type { KubeObject, ObjectStore } from '../contract.ts';
import { resources } from '../resources.ts';
import { createSoon } from '../soon.ts';
import { createRecorder } from '../stork/events.ts';
import { emptyVolume, type Volumes } from './volumes.ts';

const { persistentvolumeclaims: claims, persistentvolumes, storageclasses } = resources;

export const portworxProvisioner = 'pxd.portworx.com';

type Surroundings = Readonly<{ volumes: Volumes; isFull: boolean }>;

/** Kubernetes' volume controller, and Portworx as its provisioner: claims are bound, and volumes go with them. The answer ends it. */
export function startClaims(store: ObjectStore, { volumes, isFull }: Surroundings): () => void {
	const record = createRecorder(store, portworxProvisioner);
	const { soon, stop } = createSoon();
	const unsubscribe = store.subscribe(({ resource: { plural }, type, object }) => {
		if (plural === claims.plural || plural === persistentvolumes.plural) soon(round);
		if (type === 'DELETED' && plural === persistentvolumes.plural) forget(object);
	});
	return () => {
		unsubscribe();
		stop();
	};

	/** What it changes wakes it again, until there is nothing to do. */
	function round() {
		for (const claim of store.list(claims)) if (phaseOf(claim) === 'Pending') settle(claim);
		for (const volume of store.list(persistentvolumes)) release(volume);
	}

	function settle(claim: KubeObject) {
		const { volumeName, storageClassName } = specOf(claim);
		if (volumeName) {
			const volume = store.get(persistentvolumes, undefined, String(volumeName));
			if (volume && isFree(volume, claim)) bind(claim, volume);
			return;
		}
		const storageClass = store.get(storageclasses, undefined, String(storageClassName));
		if (storageClass?.provisioner !== portworxProvisioner) return;
		if (isFull) {
			record(
				claim,
				'Warning',
				'ProvisioningFailed',
				`failed to provision volume with StorageClass "${storageClassName}": rpc error: code = Internal desc = Failed to create volume: could not find enough nodes to provision volume: no storage pool has enough free space`,
			);
			return;
		}
		bind(claim, provision(claim, storageClass));
	}

	function provision(claim: KubeObject, storageClass: KubeObject): KubeObject {
		const { uid = '' } = claim.metadata;
		const { accessModes, resources: wanted, storageClassName } = specOf(claim);
		const volumeHandle = BigInt(`0x${uid.replaceAll('-', '').slice(0, 15)}`).toString();
		volumes.set(volumeHandle, emptyVolume());
		return store.create(persistentvolumes, {
			apiVersion: 'v1',
			kind: 'PersistentVolume',
			metadata: {
				name: `pvc-${uid}`,
				annotations: { 'pv.kubernetes.io/provisioned-by': portworxProvisioner },
			},
			spec: {
				capacity: recordOf(recordOf(wanted).requests),
				accessModes,
				csi: { driver: portworxProvisioner, fsType: 'ext4', volumeHandle },
				persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
				storageClassName,
			},
		});
	}

	function bind(claim: KubeObject, volume: KubeObject) {
		const { name, namespace, uid, resourceVersion } = claim.metadata;
		const { capacity, accessModes } = specOf(volume);
		const claimRef = { apiVersion: 'v1', kind: claim.kind, name, namespace, uid, resourceVersion };
		store.update(persistentvolumes, {
			...volume,
			spec: { ...specOf(volume), claimRef },
			status: { phase: 'Bound' },
		});
		store.update(claims, {
			...claim,
			metadata: {
				...claim.metadata,
				annotations: { ...claim.metadata.annotations, 'pv.kubernetes.io/bind-completed': 'yes' },
			},
			spec: { ...specOf(claim), volumeName: volume.metadata.name },
			status: { phase: 'Bound', accessModes, capacity },
		});
	}

	/** When its claim is gone, what becomes of a volume is the policy's word. */
	function release(volume: KubeObject) {
		const { claimRef, persistentVolumeReclaimPolicy } = specOf(volume);
		const { name, namespace, uid } = recordOf(claimRef);
		if (!uid) {
			if (phaseOf(volume) === 'Pending')
				store.update(persistentvolumes, { ...volume, status: { phase: 'Available' } });
			return;
		}
		const claim = store.get(claims, String(namespace), String(name));
		if (claim?.metadata.uid === uid) return;
		if (persistentVolumeReclaimPolicy === 'Delete')
			store.remove(persistentvolumes, undefined, volume.metadata.name);
		else if (phaseOf(volume) !== 'Released')
			store.update(persistentvolumes, { ...volume, status: { phase: 'Released' } });
	}

	/** One that is to be kept outlives its object. */
	function forget(volume: KubeObject) {
		const { csi, persistentVolumeReclaimPolicy } = specOf(volume);
		if (persistentVolumeReclaimPolicy === 'Delete') volumes.delete(String(recordOf(csi).volumeHandle));
	}
}

/** The name under which Portworx keeps the volume of a bound claim. */
export function volumeHandleOf(store: ObjectStore, claim: KubeObject | undefined): string | undefined {
	if (!claim || phaseOf(claim) !== 'Bound') return undefined;
	const volume = store.get(persistentvolumes, undefined, String(specOf(claim).volumeName));
	return volume && String(recordOf(specOf(volume).csi).volumeHandle);
}

const specOf = ({ spec }: KubeObject) => recordOf(spec);
export const phaseOf = ({ status }: KubeObject): unknown => recordOf(status).phase;

/** Bound ahead to this claim, or to none. */
function isFree(volume: KubeObject, claim: KubeObject): boolean {
	const { uid } = recordOf(specOf(volume).claimRef);
	return uid === undefined || uid === claim.metadata.uid;
}
