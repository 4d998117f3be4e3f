import type { KubeObject } from '../../source/practice/contract.ts';
import type { Practice } from '../../source/practice/practice.ts';
import type { PracticeCluster } from '../../source/practice/practice-cluster.ts';
import { fingerprintOf } from '../../source/practice/pxctl/state.ts';
import { resources } from '../../source/practice/resources.ts';

/**
 * Everything that both clusters hold, as lines to compare: each object without what differs from one time to the next, and
 * what Portworx keeps. A token is there as the Secret that it is of, so a pair with the token of an older Secret differs; so is the
 * current token of a cluster.
 */
export function stateOf({ clusters }: Practice): readonly string[] {
	const tokens = Object.values(clusters).flatMap(tokensOf);
	return Object.values(clusters)
		.flatMap(cluster => stateOfCluster(cluster))
		.map(line => tokens.reduce((text, { value, name }) => text.replaceAll(value, name), line));
}

const stateOfCluster = ({ name, store, credentials, pairs }: PracticeCluster): readonly string[] => [
	...kept
		.flatMap(resource => store.list(resource))
		.map(object => `${name} ${object.kind} ${JSON.stringify(withoutChance(object))}`)
		.toSorted(),
	...credentials().map(
		({ uuid: _uuid, ...credential }) => `${name} credential ${JSON.stringify(credential)}`,
	),
	...pairs().map(pair => `${name} Portworx pair ${JSON.stringify(pair)}`),
];

/** Events tell a story, which may well be longer when it was interrupted. */
const kept = Object.values(resources).filter(
	({ plural, verbs }) => plural !== 'events' && verbs.includes('list'),
);

function withoutChance({ metadata, ...object }: KubeObject): object {
	const {
		uid: _,
		resourceVersion: _v,
		generation: _g,
		creationTimestamp: _c,
		managedFields: _m,
		...rest
	} = metadata;
	const { 'pxpair/run': _run, ...labels } = metadata.labels ?? {};
	// Both are UIDs.
	const {
		'kubernetes.io/service-account.uid': _uid,
		'pxpair/replaces': _replaces,
		...annotations
	} = metadata.annotations ?? {};
	return { ...object, metadata: { ...rest, labels, annotations } };
}

function tokensOf({ name, store, ...cluster }: PracticeCluster): readonly { value: string; name: string }[] {
	const token = cluster.clusterToken();
	const own = token
		? [
				{ value: token, name: `<cluster token of ${name}>` },
				{ value: fingerprintOf(token), name: `<fingerprint of the cluster token of ${name}>` },
			]
		: [];
	const inSecrets = store.list(resources.secrets).flatMap(({ metadata, data }) => {
		const encoded = (data as Record<string, string> | undefined)?.token;
		const called = `<token in ${name} ${metadata.namespace}/${metadata.name}>`;
		return encoded
			? [
					{ value: encoded, name: called },
					{ value: Buffer.from(encoded, 'base64').toString(), name: called },
				]
			: [];
	});
	return [...own, ...inSecrets];
}
