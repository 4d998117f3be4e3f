import type { Side } from '../words/pair.ts';

/** Something that a step has to be allowed to do, in the terms of Kubernetes RBAC. */
export type Permission = Readonly<{
	side: Side;
	/** `*` of everything is what only an administrator may. */
	verb: 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete' | 'bind' | '*';
	/** `''` is the core group. */
	group: string;
	resource: string;
	subresource?: string;
	/** undefined: in all namespaces, or of a type that has none. */
	namespace?: string;
	name?: string;
	/** The type has no namespaces. */
	scope?: 'cluster';
	/** What it is for, after "to": "create the namespace of the pair". */
	why: string;
	/** `run` when absent. `help`: without it the pairing works, but less can be said of what goes wrong. */
	for?: Purpose;
	/** Needed only as long as the cluster has no namespace of this name. */
	unlessNamespace?: string;
}>;

/** Every kind of every group, as RBAC and SelfSubjectAccessReview write it. */
export const everyKind = { apiVersion: '*/*', plural: '*', scope: 'namespace' } as const;

/** The graver first. */
export const purposes = ['run', 'undo', 'help'] as const;
export type Purpose = (typeof purposes)[number];

export const purposeOf = (permission: Permission): Purpose => permission.for ?? 'run';

/**
 * `create pods/exec in portworx`, `get namespaces kube-system`.
 * @param what more than one kind of thing, where the right is the same for each
 */
export function describePermission(permission: Permission, what = resourceOf(permission)): string {
	const { verb, namespace, name, scope } = permission;
	const where = namespace ? ` in ${namespace}` : scope === 'cluster' ? '' : ' in all namespaces';
	return `${verb} ${what === '*' ? 'all kinds' : what}${name ? ` ${name}` : ''}${where}`;
}

/** As RBAC writes it: `pods/exec`. */
export const resourceOf = ({ resource, subresource }: Permission): string =>
	subresource ? `${resource}/${subresource}` : resource;

/** The same for the same right, whatever it is for. */
export const rightOf = (right: Permission): string =>
	[right.side, right.verb, right.group, resourceOf(right), right.namespace, right.name].join(' ');

/**
 * Each right once, for all that it is asked for and with the gravest purpose. It may be spared only if each of its uses may.
 */
export function joinPermissions(permissions: readonly Permission[]): readonly Permission[] {
	return [...Map.groupBy(permissions, rightOf).values()].map(same => same.reduce(joined));
}

const joined = (one: Permission, other: Permission): Permission => {
	const { unlessNamespace, ...both } = one;
	const purpose = purposes.find(it => [purposeOf(one), purposeOf(other)].includes(it)) ?? 'run';
	const why = one.why.split(', and to ').includes(other.why) ? one.why : `${one.why}, and to ${other.why}`;
	const spared = unlessNamespace && unlessNamespace === other.unlessNamespace;
	return { ...both, for: purpose, why, ...(spared && { unlessNamespace }) };
};
