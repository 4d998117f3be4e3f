import type { KubeObject, ObjectStore } from '../../contract.ts';
import { resources } from '../../resources.ts';
import { forbidden, type Refusal, refuse } from '../failures.ts';
import { recordOf } from '../json.ts';

export type User = Readonly<{ name: string; groups: readonly string[] }>;

/** What someone wants to do. `path` is for what is not a resource: `/version`. */
export type Attributes =
	| Readonly<{
			kind: 'resource';
			verb: string;
			group: string;
			plural: string;
			subresource: string | undefined;
			namespace: string | undefined;
			name: string | undefined;
	  }>
	| Readonly<{ kind: 'path'; verb: string; path: string }>;

type ResourceAttributes = Extract<Attributes, { kind: 'resource' }>;

/** `*` represents anything. A rule without `subresource` speaks of the resource itself. */
export type DeniedRule = Readonly<{ verb: string; group: string; resource: string; subresource?: string }>;

export type Decision = Readonly<{ allowed: boolean; reason?: string }>;

export type Authorize = (user: User, attributes: Attributes) => Decision;

/** Denied rules hold for everybody; then masters may do everything, and all others what RBAC objects in the store grant. */
export function authorizer(store: ObjectStore, denied: readonly DeniedRule[]): Authorize {
	return (user, attributes) => {
		if (attributes.kind !== 'path' && denied.some(rule => isDenied(rule, attributes)))
			return { allowed: false };
		if (user.groups.includes(masters)) return { allowed: true };
		const namespace = attributes.kind === 'path' ? undefined : attributes.namespace;
		const granting = grantsFor(store, user, namespace).find(grant => grants(grant, attributes));
		return granting ? { allowed: true, reason: granting.reason } : { allowed: false };
	};
}

export function notAllowed(user: User, attributes: Attributes, { reason }: Decision): Refusal {
	const because = reason ? `: ${reason}` : '';
	if (attributes.kind === 'path') {
		const message = `forbidden: User "${user.name}" cannot ${attributes.verb} path "${attributes.path}"${because}`;
		return refuse(403, 'Forbidden', message, {});
	}
	const { verb, group, plural, subresource, namespace, name } = attributes;
	const what = subresource ? `${plural}/${subresource}` : plural;
	const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
	return forbidden(
		{ group, version: '', plural },
		name,
		`User "${user.name}" cannot ${verb} resource "${what}" in API group "${group}" ${where}${because}`,
	);
}

/** A review may ask for all verbs or all resources at once: that is denied as soon as one of them is. */
function isDenied(rule: DeniedRule, attributes: ResourceAttributes): boolean {
	const { verb, group, plural, subresource, namespace } = attributes;
	if (namespace !== undefined && plural === '*' && !isInNamespaces(rule)) {
		return false;
	}
	return (
		overlap(rule.verb, verb) &&
		overlap(rule.group, group) &&
		overlap(rule.resource, plural) &&
		(plural === '*' || overlap(rule.subresource ?? '', subresource ?? ''))
	);
}

/** All kinds of a namespace: neither a kind that has none, nor a subresource, which nothing lists. */
const isInNamespaces = ({ resource, subresource }: DeniedRule): boolean =>
	subresource === undefined &&
	Object.values(resources).some(({ plural, namespaced }) => plural === resource && namespaced);

function overlap(denied: string, wanted: string): boolean {
	return matches(denied, wanted) || wanted === '*';
}

export type Rule = {
	verbs?: string[];
	apiGroups?: string[];
	resources?: string[];
	resourceNames?: string[];
	nonResourceURLs?: string[];
};
type Subject = { kind: string; name: string; namespace?: string };
type Grant = Readonly<{ rules: readonly Rule[]; reason: string }>;

/** May do everything, whatever RBAC says. */
export const masters = 'system:masters';

const everything: readonly Rule[] = [
	{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
	{ verbs: ['*'], nonResourceURLs: ['*'] },
];

/** What RBAC gives someone in a namespace, and in the whole cluster. */
export function rulesFor(store: ObjectStore, user: User, namespace: string | undefined): readonly Rule[] {
	if (user.groups.includes(masters)) return everything;
	return grantsFor(store, user, namespace).flatMap(({ rules }) => rules);
}

function grantsFor(store: ObjectStore, user: User, namespace: string | undefined): Grant[] {
	const everywhere = store.list(resources.clusterrolebindings);
	const here = namespace ? store.list(resources.rolebindings, namespace) : [];
	return [...everywhere, ...here]
		.filter(binding => subjectsOf(binding).some(subject => isSubject(subject, user)))
		.map(binding => grantOf(store, binding));
}

function grantOf(store: ObjectStore, binding: KubeObject): Grant {
	const reference = { kind: '', name: '', ...recordOf(binding.roleRef) };
	const role =
		reference.kind === 'ClusterRole'
			? store.get(resources.clusterroles, undefined, reference.name)
			: store.get(resources.roles, binding.metadata.namespace, reference.name);
	const { name, namespace } = binding.metadata;
	const bindingName = namespace ? `${name}/${namespace}` : name;
	const subject = subjectsOf(binding)[0];
	return {
		rules: Array.isArray(role?.rules) ? (role.rules as Rule[]) : [],
		reason: `RBAC: allowed by ${binding.kind} "${bindingName}" of ${reference.kind} "${reference.name}" to ${subject?.kind} "${subject?.name}${subject?.namespace ? `/${subject.namespace}` : ''}"`,
	};
}

function subjectsOf(binding: KubeObject): Subject[] {
	return Array.isArray(binding.subjects) ? (binding.subjects as Subject[]) : [];
}

function isSubject({ kind, name, namespace }: Subject, user: User): boolean {
	if (kind === 'ServiceAccount') return user.name === `system:serviceaccount:${namespace}:${name}`;
	return kind === 'Group' ? user.groups.includes(name) : user.name === name;
}

function grants({ rules }: Grant, attributes: Attributes): boolean {
	return attributes.kind === 'path'
		? rules.some(
				rule =>
					includes(rule.verbs, attributes.verb) &&
					rule.nonResourceURLs?.some(url => pathFits(url, attributes.path)),
			)
		: grantsResource(rules, attributes);
}

/** `/api/*`: all below. */
export const pathFits = (pattern: string, path: string): boolean =>
	pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1)));

function grantsResource(
	rules: readonly Rule[],
	{ verb, group, plural, subresource, name }: ResourceAttributes,
): boolean {
	const wanted = subresource ? `${plural}/${subresource}` : plural;
	return rules.some(
		rule =>
			includes(rule.verbs, verb) &&
			includes(rule.apiGroups, group) &&
			(includes(rule.resources, wanted) ||
				(subresource !== undefined && rule.resources?.includes(`*/${subresource}`))) &&
			(!rule.resourceNames?.length || rule.resourceNames.includes(name ?? '')),
	);
}

function includes(allowed: readonly string[] | undefined, wanted: string): boolean {
	return allowed?.some(value => matches(value, wanted)) ?? false;
}

function matches(pattern: string, value: string): boolean {
	return pattern === '*' || pattern === value;
}
