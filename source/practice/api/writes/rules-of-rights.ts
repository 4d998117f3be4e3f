import { invalidAs, invalidValue, requiredValue } from '../failures.ts';
import { recordOf } from '../json.ts';
import { subdomainProblems } from '../names.ts';
import { type Causes, type Check, had, named, only, type Place, type Rules, required } from './rules.ts';

const group = 'rbac.authorization.k8s.io';

export const bindingRules = (...kinds: string[]): Rules => [
	['roleRef.apiGroup', ({ value = group, ...place }) => only(group)({ ...place, value })],
	['roleRef.kind', only(...kinds)],
	['roleRef.name', required()],
	['subjects[*]', [['name', required()]], subjectProblems],
	['roleRef', changeProblems],
];

function subjectProblems(place: Place): Causes {
	const { field, object } = place;
	const { kind, name, namespace, apiGroup } = recordOf(place.value);
	const at = (part: string, value: unknown) => ({ ...place, field: `${field}.${part}`, value });
	if (kind !== 'ServiceAccount')
		return [
			...only('ServiceAccount', 'User', 'Group')(at('kind', kind)),
			...(kind === 'User' || kind === 'Group' ? only(group)(at('apiGroup', apiGroup ?? group)) : []),
		];
	return [
		...named(subdomainProblems)(at('name', name)),
		...(apiGroup ? only('')(at('apiGroup', apiGroup)) : []),
		...(object.kind === 'ClusterRoleBinding' && !namespace ? [requiredValue(`${field}.namespace`)] : []),
	];
}

function changeProblems(place: Place): Causes {
	const { apiGroup = group, kind, name } = recordOf(place.value);
	const before = recordOf(had(place));
	if (!place.before || (before.kind === kind && before.name === name)) return [];
	const shown = `rbac.RoleRef{APIGroup:"${apiGroup}", Kind:"${kind}", Name:"${name}"}`;
	return [invalidAs('roleRef', shown, 'cannot change roleRef')];
}

export const ruleProblems: Check = ({ field, value, object }) => {
	const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = recordOf(value);
	const isGiven = (part: unknown) => Array.isArray(part) && part.length > 0;
	const of = (part: string, given: unknown, why: string) =>
		isGiven(given) ? [] : [requiredValue(`${field}.${part}`, why)];
	const ofPaths = (why: string) => invalidValue(`${field}.nonResourceURLs`, nonResourceURLs, why);
	const missing = of('verbs', verbs, 'verbs must contain at least one value');
	if (isGiven(nonResourceURLs))
		return [
			...missing,
			...(object.kind === 'Role' ? [ofPaths('namespaced rules cannot apply to non-resource URLs')] : []),
			...([apiGroups, resources, resourceNames].some(isGiven)
				? [ofPaths('rules cannot apply to both regular resources and non-resource URLs')]
				: []),
		];
	return [
		...missing,
		...of('apiGroups', apiGroups, 'resource rules must supply at least one api group'),
		...of('resources', resources, 'resource rules must supply at least one resource'),
	];
};
