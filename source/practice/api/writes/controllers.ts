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
 * The controllers that a bare cluster has: every namespace gets its default service account and the server's certificate, token Secrets get their
 * token, and a namespace being deleted is emptied and then let go. A pod of one's own is told why it waits. The answer
 * stops them.
 */
export function startControllers(
	store: ClusterStore,
	{ issuer, caPem, port, namespacePause }: Means,
): () => void {
	bootstrap(store, port);
	const namespaces = createNamespaceEnd(store, namespacePause);
	const record = createRecorder(store, 'default-scheduler');
	const { soon, stop } = createSoon();
	const workloads = createWorkloads(store);
	const react = (change: Pick<Change, 'type' | 'resource' | 'object' | 'previous'>) => {
		const { type, resource, object } = change;
		const { name, namespace } = object.metadata;
		soon(() => workloads(change));
		if (resource.plural === 'namespaces' && type === 'ADDED') soon(() => furnish(store, caPem, name));
		if (type === 'DELETED' && namespace) soon(() => furnish(store, caPem, namespace));
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
	/** On which the API server listens. */
	port: number;
	/** Milliseconds that a namespace is Terminating at least. */
	namespacePause: number;
}>;

function bootstrap(store: ClusterStore, port: number): void {
	for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system'])
		ensure(store, resources.namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
	createDefaultRoles(store);
	const metadata = { name: 'kubernetes', namespace: 'default' };
	const https = { name: 'https', protocol: 'TCP' };
	ensure(store, resources.services, {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: { ...metadata, labels: { component: 'apiserver', provider: 'kubernetes' } },
		spec: { clusterIP: '10.96.0.1', ports: [{ ...https, port: 443, targetPort: port }] },
	});
	ensure(store, resources.endpoints, {
		apiVersion: 'v1',
		kind: 'Endpoints',
		metadata,
		subsets: [{ addresses: [{ ip: '127.0.0.1' }], ports: [{ ...https, port }] }],
	});
}

/** What every namespace has, as long as it is not on its way out. */
function furnish(store: ClusterStore, caPem: string, namespace: string): void {
	const found = store.get(resources.namespaces, undefined, namespace);
	if (!found || found.metadata.deletionTimestamp) return;
	const account = { name: 'default', namespace };
	ensure(store, resources.serviceaccounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: account });
	const annotations = {
		'kubernetes.io/description':
			'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
	};
	ensure(store, resources.configmaps, {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: { name: 'kube-root-ca.crt', namespace, annotations },
		data: { 'ca.crt': caPem },
	});
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
