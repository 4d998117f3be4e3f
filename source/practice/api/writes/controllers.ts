import type { KubeObject } from '../../contract.ts';
import type { Change, ClusterStore } from '../../object-store.ts';
import { type Resource, resources } from '../../resources.ts';
import { createSoon } from '../../soon.ts';
import { createRecorder } from '../../stork/events.ts';
import { simplePod } from '../../volumes/simple-pod.ts';
import { createWorkloads } from '../../workloads/workloads.ts';
import type { TokenIssuer } from '../access/authentication.ts';
import { createDefaultRoles } from '../access/default-roles.ts';
import { recordOf } from '../json.ts';
import { createNamespaceEnd } from './namespace-end.ts';

/**
 * The controllers that a bare cluster has: every namespace gets its default service account, token Secrets get their
 * token, and a namespace being deleted is emptied and then let go. A pod of one's own is told why it waits. The answer
 * stops them.
 */
export function startControllers(store: ClusterStore, { issuer, caPem, namespacePause }: Means): () => void {
	bootstrap(store);
	const namespaces = createNamespaceEnd(store, namespacePause);
	const record = createRecorder(store, 'default-scheduler');
	const { soon, stop } = createSoon();
	const workloads = createWorkloads(store);
	const react = (change: Pick<Change, 'type' | 'resource' | 'object' | 'previous'>) => {
		const { type, resource, object } = change;
		const { name, namespace } = object.metadata;
		soon(() => workloads(change));
		if (resource.plural === 'namespaces' && type === 'ADDED') soon(() => addServiceAccount(store, name));
		if (resource.plural === 'namespaces') soon(() => namespaces.end(name));
		if (type === 'DELETED' && namespace) soon(() => namespaces.end(namespace));
		if (resource.plural === 'apiservices')
			for (const { metadata } of store.list(resources.namespaces)) soon(() => namespaces.end(metadata.name));
		if (
			resource.plural === 'pods' &&
			type === 'ADDED' &&
			!recordOf(object.spec).nodeName &&
			!simplePod(object)
		)
			soon(() => record(object, 'Warning', 'FailedScheduling', 'practice runs no containers'));
		if (resource.plural === 'secrets' && type !== 'DELETED')
			soon(() => fillTokenSecret(store, issuer, caPem, object));
		if (resource.plural === 'serviceaccounts' && type === 'ADDED')
			for (const secret of store.list(resources.secrets, namespace))
				soon(() => fillTokenSecret(store, issuer, caPem, secret));
	};
	for (const resource of [resources.namespaces, resources.secrets])
		for (const object of store.list(resource))
			react({ type: 'ADDED', resource, object, previous: undefined });
	const unsubscribe = store.subscribe(react);
	return () => {
		unsubscribe();
		stop();
		namespaces.stop();
	};
}

type Means = Readonly<{
	issuer: TokenIssuer;
	caPem: string;
	/** Milliseconds that a namespace is Terminating at least. */
	namespacePause: number;
}>;

function bootstrap(store: ClusterStore): void {
	for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system'])
		ensure(store, resources.namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
	createDefaultRoles(store);
}

function addServiceAccount(store: ClusterStore, namespace: string): void {
	if (!store.get(resources.namespaces, undefined, namespace)) return;
	const metadata = { name: 'default', namespace };
	ensure(store, resources.serviceaccounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
}

function fillTokenSecret(
	store: ClusterStore,
	issuer: TokenIssuer,
	caPem: string,
	{ metadata }: KubeObject,
): void {
	const secret = store.get(resources.secrets, metadata.namespace, metadata.name);
	const { namespace = '', name, annotations = {} } = secret?.metadata ?? metadata;
	const account = annotations['kubernetes.io/service-account.name'];
	const found = account && store.get(resources.serviceaccounts, namespace, account);
	const data = recordOf(secret?.data);
	if (!secret || !found || secret.type !== 'kubernetes.io/service-account-token' || data.token) return;
	const serviceAccountUid = found.metadata.uid ?? '';
	const token = issuer.issue({ namespace, serviceAccount: account, serviceAccountUid, secret: name });
	const uid = { 'kubernetes.io/service-account.uid': serviceAccountUid };
	store.update(resources.secrets, {
		...secret,
		metadata: { ...secret.metadata, annotations: { ...annotations, ...uid } },
		data: { ...data, 'ca.crt': base64(caPem), namespace: base64(namespace), token: base64(token) },
	});
}

function ensure(store: ClusterStore, resource: Resource, object: KubeObject): void {
	const { namespace, name } = object.metadata;
	if (!store.get(resource, namespace, name)) store.create(resource, object);
}

function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}
