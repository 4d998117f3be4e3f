import type { PortworxFacts } from '../clusters/cluster.ts';
import { namespaceType, podType, secretType } from '../clusters/kubernetes.ts';
import type { Permission } from '../clusters/permission.ts';
import type { ResourceType } from '../clusters/resource-type.ts';
import type { Side } from '../words/pair.ts';

/** A right that a step needs. Those in the namespace of Portworx are known once that is found. */
export type Need =
	| Permission
	| Readonly<{ side: Side; oncePortworxIsFound(portworx: PortworxFacts): readonly Permission[] }>;

type Where = Pick<Permission, 'namespace' | 'name' | 'subresource' | 'for' | 'unlessNamespace'>;

/** @param why after "to" */
export const may = (
	side: Side,
	verb: Permission['verb'],
	{ apiVersion, plural, scope }: Pick<ResourceType, 'apiVersion' | 'plural' | 'scope'>,
	why: string,
	where: Where = {},
): Permission => ({
	side,
	verb,
	group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
	resource: plural,
	...(scope === 'cluster' && { scope }),
	why,
	...where,
});

export const toTellApart = (side: Side): Need =>
	may(side, 'get', namespaceType, 'identify the cluster by its UID', { name: 'kube-system' });

/**
 * An exec over WebSocket is a GET, for which every API server wants `get`. Those from 1.35 on want `create` besides, which is
 * asked for on older ones too: there the next upgrade would be the end of it. https://github.com/kubernetes/kubernetes/pull/134577
 */
export const toRunPxctl = (side: Side, why: string): Need => ({
	side,
	oncePortworxIsFound: ({ namespace, secured }) => [
		...(['get', 'create'] as const).map(verb =>
			may(side, verb, podType, why, { subresource: 'exec', namespace }),
		),
		...(secured
			? [may(side, 'get', secretType, 'log pxctl in to Portworx', { name: 'px-admin-token', namespace })]
			: []),
	],
});
