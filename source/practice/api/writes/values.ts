import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../../contract.ts';
import type { Resource } from '../../resources.ts';
import { type Cause, forbiddenValue, invalid, invalidValue, requiredValue, tooLong } from '../failures.ts';
import { recordOf } from '../json.ts';
import { keyProblems } from '../names.ts';
import { normalForm } from './defaults.ts';

type Causes = readonly Required<Cause>[];

/** What a type alone does not say of an object: which values it may have, and which of them may change. */
export function checkValues(resource: Resource, object: KubeObject, before: KubeObject | undefined): void {
	const special = resource.custom ? undefined : rules[resource.plural];
	const kept = normalForm(resource, object);
	const causes = [
		...keyProblems(object),
		...finalizerProblems(object, before),
		...(special?.(kept, before) ?? []),
	];
	if (causes.length > 0) throw invalid(resource, object.metadata.name, causes);
}

type Rules = (object: KubeObject, before: KubeObject | undefined) => Causes;

const rules: Readonly<Record<string, Rules>> = {
	clusterrolebindings: bindingProblems,
	configmaps: (map, before) => [...contentProblems(map), ...frozenProblems(map, before)],
	deployments: deploymentProblems,
	rolebindings: bindingProblems,
	storageclasses: ({ provisioner, parameters }, before) =>
		Object.entries({ parameters, provisioner })
			.filter(([field, value]) => before && !isDeepStrictEqual(before[field], value))
			.map(([field]) => forbiddenValue(field, `updates to ${field} are forbidden.`)),
	secrets: (secret, before) => [
		...contentProblems(secret),
		...(before && before.type !== secret.type ? [unchangeable('type', secret.type)] : []),
		...frozenProblems(secret, before),
	],
};

const unchangeable = (field: string, value: unknown) => invalidValue(field, value, 'field is immutable');

function finalizerProblems({ metadata }: KubeObject, before: KubeObject | undefined): Causes {
	const finalizers = metadata.finalizers ?? [];
	const had = before?.metadata.finalizers ?? [];
	const added = finalizers.filter(name => !had.includes(name));
	const why = 'name is neither a standard finalizer name nor is it fully qualified';
	return [
		...finalizers
			.filter(
				name => added.includes(name) && !/^(orphan|foregroundDeletion|kubernetes|[^/]+\/[^/]+)$/.test(name),
			)
			.map(name => invalidValue(`metadata.finalizers[${finalizers.indexOf(name)}]`, name, why)),
		...(before?.metadata.deletionTimestamp && added.length > 0
			? [
					forbiddenValue(
						'metadata.finalizers',
						`no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map(name => JSON.stringify(name)).join(', ')}}`,
					),
				]
			: []),
	];
}

const keyRule =
	"a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

const contentLimit = 1024 * 1024;

function contentProblems({ kind, data, binaryData }: KubeObject): Causes {
	const [plain, binary] = kind === 'Secret' ? [{}, data] : [data, binaryData];
	const entries = [plain, binary].flatMap(part => Object.entries(recordOf(part)));
	const size =
		Object.values(recordOf(plain)).reduce<number>((sum, text) => sum + Buffer.byteLength(String(text)), 0) +
		Object.values(recordOf(binary)).reduce<number>(
			(sum, text) => sum + Buffer.byteLength(String(text), 'base64'),
			0,
		);
	return [
		...entries
			.filter(([key]) => !/^[-._a-zA-Z0-9]+$/.test(key))
			.map(([key]) => invalidValue(`data[${key}]`, key, keyRule)),
		...(size > contentLimit ? [tooLong(kind === 'Secret' ? 'data' : '[]', contentLimit)] : []),
	];
}

function frozenProblems(object: KubeObject, before: KubeObject | undefined): Causes {
	if (before?.immutable !== true) return [];
	const why = 'field is immutable when `immutable` is set';
	return [
		...(object.immutable === true ? [] : [forbiddenValue('immutable', why)]),
		...['data', 'binaryData']
			.filter(field => !isDeepStrictEqual(object[field], before[field]))
			.map(field => forbiddenValue(field, why)),
	];
}

function bindingProblems({ roleRef }: KubeObject, before: KubeObject | undefined): Causes {
	const { apiGroup = 'rbac.authorization.k8s.io', kind, name } = recordOf(roleRef);
	const missing = [
		...(kind ? [] : [requiredValue('roleRef.kind')]),
		...(name ? [] : [requiredValue('roleRef.name')]),
	];
	const had = recordOf(before?.roleRef);
	if (missing.length > 0 || !before || (had.kind === kind && had.name === name)) return missing;
	const shown = `rbac.RoleRef{APIGroup:"${apiGroup}", Kind:"${kind}", Name:"${name}"}`;
	const message = `Invalid value: ${shown}: cannot change roleRef`;
	return [{ reason: 'FieldValueInvalid', message, field: 'roleRef' }];
}

function deploymentProblems({ spec }: KubeObject, before: KubeObject | undefined): Causes {
	const { selector, template, replicas } = recordOf(spec);
	if (selector === undefined) return [requiredValue('spec.selector')];
	const wanted = recordOf(recordOf(selector).matchLabels);
	const { labels } = recordOf(recordOf(template).metadata);
	const isMatch = Object.entries(wanted).every(([label, value]) => recordOf(labels)[label] === value);
	const why = '`selector` does not match template `labels`';
	return [
		...(Number(replicas ?? 0) < 0
			? [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')]
			: []),
		...(isMatch ? [] : [invalidValue('spec.template.metadata.labels', recordOf(labels), why)]),
		...(before && !isDeepStrictEqual(recordOf(before.spec).selector, selector)
			? [changedSelector(wanted)]
			: []),
	];
}

function changedSelector(labels: Readonly<Record<string, unknown>>): Required<Cause> {
	const shown = Object.entries(labels).map(
		([label, value]) => `${JSON.stringify(label)}:${JSON.stringify(value)}`,
	);
	const selector = `v1.LabelSelector{MatchLabels:map[string]string{${shown.join(', ')}}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}`;
	return {
		reason: 'FieldValueInvalid',
		message: `Invalid value: ${selector}: field is immutable`,
		field: 'spec.selector',
	};
}
