import { randomUUID } from 'node:crypto';
import type { KubeObject } from '../../../source/practice/contract.ts';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { request } from '../../../source/practice/request.ts';
import { resources } from '../../../source/practice/resources.ts';
import type { ExactGround } from './exact-ground.ts';

/** What a run with an account of its own creates, by the step that creates it. */
export const things = {
	'apply-cluster-pair/source': object('east', clusterPairs('migrationnamespace'), 'remotecluster'),
	'issue-token/destination': object('west', '/api/v1/namespaces/kube-system/secrets', /^pxpair-.*-token$/),
	'bind-account/destination': object(
		'west',
		'/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
		/^pxpair-/,
	),
	'ensure-account/destination': object('west', '/api/v1/namespaces/kube-system/serviceaccounts', /^pxpair-/),
	'ensure-namespace/destination': object('west', '/api/v1/namespaces', 'migrationnamespace'),
	'ensure-namespace/source': object('east', '/api/v1/namespaces', 'migrationnamespace'),
	'create-credential/destination': credential('west'),
	'create-credential/source': credential('east'),
} as const;

export type ThingId = keyof typeof things;

/** What someone else may do to it between a run and its undo. */
export const edits = ['edited', 'deleted', 'created again', 'used by another pair'] as const;
export type Edit = (typeof edits)[number];

type Thing = Readonly<
	| { kind: 'object'; cluster: 'east' | 'west'; list: string; named: RegExp | string }
	| { kind: 'credential'; cluster: 'east' | 'west' }
>;

function object(cluster: 'east' | 'west', list: string, named: RegExp | string) {
	return { kind: 'object', cluster, list, named } as const;
}

function credential(cluster: 'east' | 'west') {
	return { kind: 'credential', cluster } as const;
}

const sharedByPairs: readonly ThingId[] = [
	'issue-token/destination',
	'bind-account/destination',
	'ensure-account/destination',
	'create-credential/destination',
	'create-credential/source',
];

/**
 * Which steps an undo keeps then; undefined: there is no such edit. What was edited is the run's no more where the edit is of
 * what the run wrote; a label or an annotation is not.
 */
export function keptAfter(id: ThingId, edit: Edit): readonly ThingId[] | undefined {
	switch (edit) {
		case 'edited':
			return things[id].kind === 'credential'
				? undefined
				: id === 'apply-cluster-pair/source'
					? // It still uses all that it used, and lives where it lives.
						[id, ...sharedByPairs, 'ensure-namespace/source']
					: id === 'bind-account/destination'
						? [id]
						: [];
		case 'deleted':
			return [];
		case 'created again':
			return id === 'apply-cluster-pair/source' ? [id, ...sharedByPairs, 'ensure-namespace/source'] : [id];
		case 'used by another pair':
			return id === 'apply-cluster-pair/source'
				? undefined
				: id === 'ensure-namespace/destination'
					? [id]
					: id === 'ensure-namespace/source'
						? [id, ...sharedByPairs]
						: sharedByPairs;
	}
}

export async function editThing(ground: ExactGround, id: ThingId, edit: Edit): Promise<void> {
	const thing: Thing = things[id];
	const cluster = ground.practice.clusters[thing.cluster];
	if (edit === 'used by another pair') {
		return pairOfAnother(ground, id);
	}
	if (thing.kind === 'credential') {
		const [found] = cluster.credentials();
		if (!found) throw new Error('there is no credential');
		cluster.portworx.removeCredential(found.name);
		if (edit === 'created again') {
			cluster.portworx.addCredential({ ...found, uuid: randomUUID(), account: 'AKIASOMEONEELSES0001' });
		}
		return;
	}
	const { items } = (await send(cluster, 'GET', thing.list)) as { items: readonly KubeObject[] };
	const found = items.find(({ metadata: { name } }) =>
		typeof thing.named === 'string' ? name === thing.named : thing.named.test(name),
	);
	if (!found) {
		throw new Error(`the run created no ${id}`);
	}
	const path = `${thing.list}/${found.metadata.name}`;
	if (edit === 'edited') {
		await send(cluster, 'PATCH', `${path}?fieldManager=kubectl-edit`, changesTo(id, found));
		return;
	}
	await send(cluster, 'DELETE', path);
	if (edit === 'created again') {
		const { name, namespace, labels, annotations } = found.metadata;
		const { status: _status, ...rest } = found;
		await send(cluster, 'POST', thing.list, { ...rest, metadata: { name, namespace, labels, annotations } });
	}
}

function changesTo(id: ThingId, found: KubeObject): object {
	switch (id) {
		case 'apply-cluster-pair/source':
			return { spec: { options: { port: '9999' } } };
		case 'bind-account/destination':
			return {
				subjects: [
					...(found.subjects as readonly object[]),
					{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane' },
				],
			};
		default:
			return { metadata: { annotations: { 'example.com/team': 'a' } } };
	}
}

/** A pair of someone else's with the same login and the same destination, elsewhere or in the namespace that is meant. */
async function pairOfAnother({ practice }: ExactGround, id: ThingId): Promise<void> {
	const { east, west } = practice.clusters;
	const isNamespace = id.startsWith('ensure-namespace');
	const namespace = isNamespace ? 'migrationnamespace' : 'others';
	const cluster = id === 'ensure-namespace/destination' ? west : east;
	const pair = east.store.get(resources.clusterpairs, 'migrationnamespace', 'remotecluster');
	if (!isNamespace) {
		await send(cluster, 'POST', '/api/v1/namespaces', { metadata: { name: namespace } });
	}
	await send(cluster, 'POST', clusterPairs(namespace), {
		apiVersion: pair?.apiVersion,
		kind: pair?.kind,
		metadata: { name: 'theirs' },
		spec: pair?.spec,
	});
}

function clusterPairs(namespace: string): string {
	return `/apis/stork.libopenstorage.org/v1alpha1/namespaces/${namespace}/clusterpairs`;
}

async function send(
	{ url, caPem, token }: PracticeCluster,
	method: string,
	path: string,
	body?: object,
): Promise<unknown> {
	const { code, body: text } = await request(
		new URL(`${url}${path}`),
		{
			method,
			ca: caPem,
			headers: {
				authorization: `Bearer ${token}`,
				'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
			},
			timeout: 30_000,
		},
		body && JSON.stringify(body),
	);
	if (code >= 300) {
		throw new Error(`${method} ${path}: ${code} ${text.slice(0, 300)}`);
	}
	return JSON.parse(text);
}
