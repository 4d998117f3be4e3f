import type { KubeObject } from '../../contract.ts';
import { type Resource, resources } from '../../resources.ts';
import type { ApiRequest, Cluster } from '../cluster.ts';
import { forbidden, notFound } from '../failures.ts';
import { isRecord, recordOf } from '../json.ts';
import { masters, pathFits, type Rule, rulesFor } from './authorization.ts';

/** No one gives rights that they lack: neither in a role nor by a binding, unless RBAC lets them do just that. */
export function checkEscalation(
	{ store, authorize }: Cluster,
	{ user }: ApiRequest,
	resource: Resource,
	object: KubeObject,
): void {
	if (resource.group !== 'rbac.authorization.k8s.io' || user.groups.includes(masters)) return;
	const { namespace, name } = object.metadata;
	const may = (verb: string, plural: string, wanted: string) =>
		authorize(user, {
			kind: 'resource',
			verb,
			group: resource.group,
			plural,
			subresource: undefined,
			namespace,
			name: wanted,
		}).allowed;
	const given = isRecord(object.roleRef) ? boundRules() : rulesOf(object);
	if (!isRecord(object.roleRef) && may('escalate', resource.plural, name)) return;
	const held = rulesFor(store, user, namespace).flatMap(single);
	const missing = given.flatMap(single).filter(wanted => !held.some(one => covers(one, wanted)));
	if (missing.length === 0) return;
	const groups = user.groups.map(group => JSON.stringify(group)).join(' ');
	throw forbidden(
		resource,
		name,
		`user "${user.name}" (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${compact(missing).join('\n')}`,
	);

	function boundRules(): readonly Rule[] {
		const { kind, name: role } = { kind: '', name: '', ...recordOf(object.roleRef) };
		const type = kind === 'ClusterRole' ? resources.clusterroles : resources.roles;
		if (may('bind', type.plural, role)) return [];
		const found = store.get(type, type.namespaced ? namespace : undefined, role);
		if (!found) throw notFound(type, role);
		return rulesOf(found);
	}
}

const rulesOf = ({ rules }: KubeObject): readonly Rule[] => (Array.isArray(rules) ? (rules as Rule[]) : []);

type Single = Readonly<{ verb: string; group?: string; resource?: string; name?: string; path?: string }>;

function single(rule: Rule): Single[] {
	const { verbs = [], apiGroups = [], nonResourceURLs = [], resourceNames = [] } = rule;
	const names = resourceNames.length > 0 ? resourceNames : [undefined];
	return verbs.flatMap(verb => [
		...apiGroups.flatMap(group =>
			(rule.resources ?? []).flatMap(resource =>
				names.map(name => ({ verb, group, resource, ...(name !== undefined && { name }) })),
			),
		),
		...nonResourceURLs.map(path => ({ verb, path })),
	]);
}

function covers(held: Single, wanted: Single): boolean {
	if (!fits(held.verb, wanted.verb)) return false;
	if (wanted.path !== undefined) return held.path !== undefined && pathFits(held.path, wanted.path);
	return (
		held.path === undefined &&
		fits(held.group, wanted.group) &&
		(fits(held.resource, wanted.resource) ||
			(held.resource?.startsWith('*/') === true &&
				wanted.resource?.endsWith(held.resource.slice(1)) === true)) &&
		(held.name === undefined || held.name === wanted.name)
	);
}

const fits = (held: string | undefined, wanted: string | undefined) => held === '*' || held === wanted;

/** Verbs on the same things in one line, as Go prints a rule. */
function compact(missing: readonly Single[]): string[] {
	const alike = Map.groupBy(missing, ({ verb: _, ...what }) => JSON.stringify(what));
	return [...alike.values()]
		.map(rules => {
			const { group, resource, name, path } = rules[0] ?? { verb: '' };
			const parts: readonly (readonly [string, readonly (string | undefined)[]])[] = [
				['APIGroups', [group]],
				['Resources', [resource]],
				['NonResourceURLs', [path]],
				['ResourceNames', [name]],
				['Verbs', rules.map(({ verb }) => verb)],
			];
			const shown = parts.flatMap(([field, values]) => {
				const quoted = values.flatMap(value => (value === undefined ? [] : [JSON.stringify(value)]));
				return quoted.length > 0 ? [`${field}:[${quoted.join(' ')}]`] : [];
			});
			return `{${shown.join(', ')}}`;
		})
		.toSorted();
}
