import { createHash } from 'node:crypto';
import { omit, recordOf } from '../api/json.ts';
import type { KubeObject, ObjectStore } from '../contract.ts';
import { resources } from '../resources.ts';
import type { ClusterPair } from './cluster-pair.ts';
import type { Collected, MigratedResource } from './migration.ts';
import { askRemote, type RemoteRequest, refusal, type Surroundings } from './scheduler-check.ts';

type Remote = Readonly<{
	pair: ClusterPair;
	surroundings: Surroundings;
	/** Milliseconds between two looks at a claim that is not bound yet. */
	pause(): Promise<void>;
}>;

/** What could not even be asked, or that the destination does not know the pair's login: all of it is tried again. */
export class Unreachable extends Error {}

/**
 * Puts what was collected onto the destination with the pair's own login, in Stork's order: namespaces, volumes, their claims, then the rest.
 * What has the same name there is left as it is.
 */
export async function applyRemotely(
	store: ObjectStore,
	migration: KubeObject,
	{ claims, volumes, others }: Collected,
	remote: Remote,
): Promise<readonly MigratedResource[]> {
	const ask = (path: string, request?: RemoteRequest) => asked(remote, path, request);
	const put = async (path: string, object: KubeObject): Promise<string | undefined> => {
		const { code, body } = await ask(path, { method: 'POST', body: object });
		return code < 300 || code === 409 ? undefined : `Error applying resource: ${refusal(code, body)}`;
	};
	const told: MigratedResource[] = [];
	const tell = (object: KubeObject, trouble: string | undefined) =>
		void told.push(resourceOf(object, trouble));

	for (const namespace of new Set([...claims, ...others].map(({ metadata }) => metadata.namespace ?? ''))) {
		const own = store.get(resources.namespaces, undefined, namespace);
		const { labels, annotations } = own?.metadata ?? {};
		const metadata = { name: namespace, ...(labels && { labels }), ...(annotations && { annotations }) };
		await put('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata });
	}
	for (const volume of volumes) {
		tell(volume, await put('/api/v1/persistentvolumes', volumeToSend(volume, migration)));
	}
	if (told.some(({ status }) => status === 'Failed')) return told;
	for (const claim of claims) {
		const path = `/api/v1/namespaces/${claim.metadata.namespace}/persistentvolumeclaims`;
		tell(
			claim,
			(await put(path, claimToSend(claim, migration))) ??
				(await bound(`${path}/${claim.metadata.name}`, claim, remote)),
		);
	}
	for (const object of others) {
		const plural = `${object.kind.toLowerCase()}s`;
		const path = `/api/v1/namespaces/${object.metadata.namespace}/${plural}`;
		tell(object, await put(path, withTraces(object, migration)));
	}
	for (const volume of volumes) await restore(store, volume, ask, put);
	return told;
}

async function asked({ pair, surroundings }: Remote, path: string, request?: RemoteRequest) {
	const answer = await askRemote(pair.spec.config, path, surroundings, request).catch(
		({ message }: Error) => {
			throw new Unreachable(message);
		},
	);
	if (answer.code === 401) throw new Unreachable(refusal(answer.code, answer.body));
	return answer;
}

/** Two minutes at Stork's own pace. */
const looks = 24;

async function bound(path: string, { metadata }: KubeObject, remote: Remote): Promise<string | undefined> {
	for (let look = 0; look < looks; look++) {
		const { body } = await asked(remote, path);
		if (recordOf(recordOf(JSON.parse(body)).status).phase === 'Bound') return undefined;
		await remote.pause();
	}
	return `pvc ${metadata.namespace}/${metadata.name} is not in bound state `;
}

/** At the end a volume gets its policy and its StorageClass back, which is made there if it is missing. */
async function restore(
	store: ObjectStore,
	volume: KubeObject,
	ask: (path: string, request?: RemoteRequest) => Promise<{ code: number; body: string }>,
	put: (path: string, object: KubeObject) => Promise<string | undefined>,
): Promise<void> {
	const { storageClassName, persistentVolumeReclaimPolicy } = recordOf(volume.spec);
	const storageClass = store.get(resources.storageclasses, undefined, String(storageClassName));
	if (storageClass) await put('/apis/storage.k8s.io/v1/storageclasses', bare(storageClass, {}));
	const path = `/api/v1/persistentvolumes/${volume.metadata.name}`;
	const found = recordOf(JSON.parse((await ask(path)).body));
	if (found.kind !== volume.kind) return;
	const spec = { ...recordOf(found.spec), storageClassName, persistentVolumeReclaimPolicy };
	await ask(path, { method: 'PUT', body: { ...found, spec } });
}

const claimToSend = (claim: KubeObject, migration: KubeObject): KubeObject => {
	const { spec } = claim;
	return { ...withTraces(claim, migration), spec };
};

function volumeToSend(volume: KubeObject, migration: KubeObject): KubeObject {
	const {
		claimRef: _,
		csi,
		persistentVolumeReclaimPolicy,
		storageClassName,
		...spec
	} = recordOf(volume.spec);
	const { name } = volume.metadata;
	return {
		...bare(volume, {
			...tracesOf(migration),
			'stork.libopenstorage.org/current-storage-class-name': String(storageClassName),
			'stork.libopenstorage.org/reclaimPolicy': String(persistentVolumeReclaimPolicy),
		}),
		spec: {
			...spec,
			csi: { ...recordOf(csi), volumeHandle: name },
			persistentVolumeReclaimPolicy: 'Retain',
			storageClassName: '',
		},
	};
}

const withTraces = (object: KubeObject, migration: KubeObject): KubeObject =>
	bare(withoutAddress(object), {
		...tracesOf(migration),
		'stork.libopenstorage.org/resource-hash': hashOf(object),
	});

/** Each cluster gives its own. */
function withoutAddress(object: KubeObject): KubeObject {
	const spec = recordOf(object.spec);
	if (object.kind !== 'Service' || spec.clusterIP === 'None') return object;
	return { ...object, spec: omit(spec, ['clusterIP', 'clusterIPs', 'loadBalancerIP']) };
}

const hashOf = (object: KubeObject): string =>
	BigInt(`0x${createHash('sha256').update(JSON.stringify(object)).digest('hex').slice(0, 15)}`).toString();

const tracesOf = ({ metadata: { name, namespace = '' } }: KubeObject) => ({
	'stork.libopenstorage.org/migrated': 'true',
	'stork.libopenstorage.org/migrationName': name,
	'stork.libopenstorage.org/migrationNamespace': namespace,
	'stork.libopenstorage.org/migrationTime': new Date()
		.toISOString()
		.slice(0, 19)
		.replace(/T|:/g, sign => (sign === 'T' ? '-' : '')),
});

/** Of its metadata travel name, namespace, labels and annotations. */
function bare({ metadata, status: _, ...object }: KubeObject, more: Record<string, string>): KubeObject {
	const { name, namespace, labels, annotations } = metadata;
	return {
		...object,
		metadata: {
			name,
			...(namespace && { namespace }),
			...(labels && { labels }),
			annotations: { ...annotations, ...more },
		},
	} as KubeObject;
}

function resourceOf(
	{ apiVersion, kind, metadata }: KubeObject,
	trouble: string | undefined,
): MigratedResource {
	const [version = '', group = 'core'] = apiVersion.split('/').toReversed();
	return {
		group,
		kind,
		name: metadata.name,
		namespace: metadata.namespace ?? '',
		reason: trouble ?? 'Resource migrated successfully',
		status: trouble === undefined ? 'Successful' : 'Failed',
		transformedBy: '',
		version,
	};
}
