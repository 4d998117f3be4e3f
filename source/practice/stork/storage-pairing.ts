import type { KubeObject, ObjectStore } from '../contract.ts';
import type { PortworxEndpoint } from '../portworx-endpoint.ts';
import type { PxctlState } from '../pxctl/state.ts';
import { resources } from '../resources.ts';
import type { ClusterPair } from './cluster-pair.ts';

/** What Stork knows of the Portworx beside it. */
export type OwnPortworx = Pick<PxctlState, 'settings' | 'removePair'>;

export type StorageResult =
	| Readonly<{ kind: 'paired'; id: string }>
	| Readonly<{ kind: 'not-provided' }>
	| Readonly<{ kind: 'error'; message: string }>;

type Surroundings = Readonly<{
	store: ObjectStore;
	endpoint: Pick<PortworxEndpoint, 'pairWith'>;
	portworx: OwnPortworx;
}>;

/** The Portworx half of a ClusterPair. */
export function createStoragePairing({ store, endpoint, portworx }: Surroundings) {
	return {
		async pair({ metadata, spec }: ClusterPair, signal: AbortSignal): Promise<StorageResult> {
			const { ip = '', port = '9001', token } = spec.options ?? {};
			if (!token) return { kind: 'not-provided' };
			if (!/^\d+$/.test(port)) return { kind: 'error', message: portMessage(port) };
			if (!isAuthorized(metadata.annotations)) return { kind: 'error', message: accessDenied };
			try {
				const { id } = await endpoint.pairWith({ ip, port, token }, signal);
				return { kind: 'paired', id };
			} catch (error) {
				return { kind: 'error', message: (error as Error).message };
			}
		},
		/** Several ClusterPairs may point to one remote cluster: the last one takes the Portworx pair with it. */
		unpair({ status }: ClusterPair, others: readonly KubeObject[]) {
			const isShared = others.some(
				other =>
					(other.status as { remoteStorageId?: string } | undefined)?.remoteStorageId ===
					status.remoteStorageId,
			);
			if (status.remoteStorageId !== '' && !isShared) portworx.removePair(status.remoteStorageId);
		},
	};

	/** With PX-Security on, Stork shows Portworx the token of the Secret that the pair's annotations name. */
	function isAuthorized(annotations: Readonly<Record<string, string>> = {}): boolean {
		const { adminToken } = portworx.settings();
		if (adminToken === undefined) return true;
		const namespace = annotations['openstorage.io/auth-secret-namespace'];
		const name = annotations['openstorage.io/auth-secret-name'];
		const secret = name === undefined ? undefined : store.get(resources.secrets, namespace, name);
		const token = (secret?.data as Record<string, string> | undefined)?.['auth-token'];
		return token !== undefined && Buffer.from(token, 'base64').toString() === adminToken;
	}
}

const accessDenied = 'rpc error: code = PermissionDenied desc = Access denied without authentication token';

function portMessage(port: string): string {
	return `invalid port (${port}) specified for cluster pair: strconv.ParseUint: parsing "${port}": invalid syntax`;
}
