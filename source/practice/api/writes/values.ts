import type { KubeObject } from '../../contract.ts';
import type { Resource } from '../../resources.ts';
import { forbiddenValue, invalid, invalidValue, tooLong } from '../failures.ts';
import { recordOf } from '../json.ts';
import { keyProblems } from '../names.ts';
import { normalForm } from './defaults.ts';
import { type Causes, type Check, problemsOf, type Rules } from './rules.ts';
import { rulesOfKinds } from './rules-of-kinds.ts';

/** What a type alone does not say of an object: which values it may have, and which of them may change. */
export function checkValues(resource: Resource, object: KubeObject, before: KubeObject | undefined): void {
	const own = resource.custom ? [] : (rulesOfKinds[resource.plural] ?? []);
	const causes = problemsOf([...ofAll, ...own], normalForm(resource, object), before);
	if (causes.length > 0) throw invalid(resource, object.metadata.name, causes);
}

const annotationLimit = 256 * 1024;

const bytesOf = (annotations: unknown): number =>
	Object.entries(recordOf(annotations)).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);

const ofAll: Rules = [
	['metadata', ({ value }) => keyProblems(recordOf(value))],
	[
		'metadata.annotations',
		({ field, value }) => (bytesOf(value) > annotationLimit ? [tooLong(field, annotationLimit)] : []),
	],
	['metadata.ownerReferences[*]', ({ value }) => ownerProblems(recordOf(value))],
	['metadata.finalizers', finalizerProblems],
];

function ownerProblems(owner: Readonly<Record<string, unknown>>): Causes {
	const needed = { apiVersion: 'version', kind: 'kind', name: 'name', uid: 'uid' };
	return Object.entries(needed)
		.filter(([field]) => !owner[field])
		.map(([field, word]) =>
			invalidValue(`metadata.ownerReferences.${field}`, '', `${word} must not be empty`),
		);
}

function finalizerProblems({ value, before }: Parameters<Check>[0]): Causes {
	const finalizers = (value ?? []) as readonly string[];
	const { finalizers: had = [], deletionTimestamp } = recordOf(before?.metadata) as Partial<
		KubeObject['metadata']
	>;
	const added = finalizers.filter(name => !had.includes(name));
	const why = 'name is neither a standard finalizer name nor is it fully qualified';
	const shown = added.map(name => JSON.stringify(name)).join(', ');
	return [
		...added
			.filter(name => !/^(orphan|foregroundDeletion|kubernetes|[^/]+\/[^/]+)$/.test(name))
			.map(name => invalidValue(`metadata.finalizers[${finalizers.indexOf(name)}]`, name, why)),
		...(deletionTimestamp && added.length > 0
			? [
					forbiddenValue(
						'metadata.finalizers',
						`no new finalizers can be added if the object is being deleted, found new finalizers []string{${shown}}`,
					),
				]
			: []),
	];
}
