import { type Permission, resourceOf } from '../clusters/permission.ts';
import { type Branch, type Manifest, printManifest } from '../words/manifest.ts';

export type RoleOptions = Readonly<{
	/** By the name that the API server knows them by. */
	user: string;
	/** Namespaces that are not there, as far as is known. They are made first: a right in all others would be much more. */
	absent: readonly string[];
}>;

/** YAML for `kubectl apply` that gives the user these rights on their cluster, and no others. */
export function smallestRole(permissions: readonly Permission[], { user, absent }: RoleOptions): string {
	const made = absent.filter(name =>
		permissions.some(({ namespace, unlessNamespace }) => [namespace, unlessNamespace].includes(name)),
	);
	const left = permissions.filter(({ unlessNamespace }) => !made.some(name => name === unlessNamespace));
	const byNamespace = Map.groupBy(left, ({ namespace }) => namespace);
	const places = [...byNamespace.keys()].sort((a = '', b = '') => (a < b ? -1 : 1));
	return [
		...made.map(namespaceManifest),
		...places.flatMap(place => roleWithBinding(rulesFor(byNamespace.get(place) ?? []), place, user)),
	]
		.map(manifest => `${printManifest(manifest)}\n`)
		.join('---\n');
}

const namespaceManifest = (name: string): Manifest => ({
	apiVersion: 'v1',
	kind: 'Namespace',
	metadata: { name },
});

const rbac = 'rbac.authorization.k8s.io';

function roleWithBinding(rules: readonly Rule[], namespace: string | undefined, user: string): Manifest[] {
	const kind = namespace ? 'Role' : 'ClusterRole';
	const metadata = {
		name: `pxpair-${fingerprint(JSON.stringify([rules, user]))}`,
		...(namespace && { namespace }),
	};
	return [
		{ apiVersion: `${rbac}/v1`, kind, metadata, rules },
		{
			apiVersion: `${rbac}/v1`,
			kind: `${kind}Binding`,
			metadata,
			roleRef: { apiGroup: rbac, kind, name: metadata.name },
			subjects: [{ apiGroup: rbac, kind: 'User', name: user }],
		},
	];
}

type Rule = Branch &
	Readonly<Record<'apiGroups' | 'resources' | 'verbs', readonly string[]>> &
	Readonly<{ resourceNames?: readonly string[] }>;

/** Verbs of one thing become one rule, then things with the same verbs. Together they grant what each of them does. */
function rulesFor(permissions: readonly Permission[]): readonly Rule[] {
	const single = permissions.map(
		(permission): Rule => ({
			apiGroups: [permission.group],
			resources: [resourceOf(permission)],
			...(permission.name && { resourceNames: [permission.name] }),
			verbs: [permission.verb],
		}),
	);
	return merged(merged(single, 'verbs'), 'resources');
}

function merged(rules: readonly Rule[], field: 'verbs' | 'resources'): readonly Rule[] {
	const alike = Map.groupBy(rules, rule => JSON.stringify({ ...rule, [field]: [] }));
	return [...alike.values()].map(group => ({
		...(group[0] as Rule),
		[field]: [...new Set(group.flatMap(rule => rule[field]))],
	}));
}

/**
 * Part of a Role's name, so that applying one never takes away what an earlier one gives, or gives it to someone else.
 * FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/
 */
function fingerprint(text: string): string {
	const hash = [...new TextEncoder().encode(text)].reduce(
		(sum, byte) => Math.imul(sum ^ byte, 0x01000193),
		0x811c9dc5,
	);
	return (hash >>> 0).toString(16).padStart(8, '0');
}
