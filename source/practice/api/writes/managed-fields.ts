import type { KubeObject, ObjectStore } from '../../contract.ts';
import { timestampOf } from '../../object-store.ts';
import { apiVersionOf, type Resource } from '../../resources.ts';
import type { Json } from '../json.ts';
import {
	common,
	compareFields,
	type FieldSet,
	fieldsOf,
	fromFieldsV1,
	toFieldsV1,
	union,
	without,
} from './field-set.ts';

/** Who owns which fields, by what kind of request. */
export type Owner = Readonly<{
	manager: string;
	operation: 'Apply' | 'Update';
	apiVersion: string;
	time: string;
	subresource?: string;
	fields: FieldSet;
}>;

type Entry = Omit<Owner, 'fields'> & { fieldsType: 'FieldsV1'; fieldsV1: Json };

export type Writer = Readonly<{ manager: string; subresource: string | undefined; time: string }>;

/** `after` with its writer owning what the update changed, and no one else owning it any more. */
export function ownUpdate(
	resource: Resource,
	before: KubeObject | undefined,
	after: KubeObject,
	writer: Writer,
): KubeObject {
	const { changed, removed } = compareFields(
		before ? fieldsOf(resource, before) : new Map(),
		fieldsOf(resource, after),
	);
	const owners = ownersOf(after);
	const isWriter = (owner: Owner) =>
		owner.manager === writer.manager &&
		owner.operation === 'Update' &&
		owner.subresource === writer.subresource;
	const others = owners.map(owner => {
		const lost = isWriter(owner) ? removed : union(changed, removed);
		return common(owner.fields, lost).size === 0 ? owner : { ...owner, fields: without(owner.fields, lost) };
	});
	const own = others.find(isWriter);
	const fields = union(own?.fields ?? [], changed);
	if (fields.size === (own?.fields.size ?? 0)) return withOwners(after, others);
	const updated: Owner = {
		manager: writer.manager,
		operation: 'Update',
		apiVersion: apiVersionOf(resource),
		time: writer.time,
		...(writer.subresource && { subresource: writer.subresource }),
		fields,
	};
	return withOwners(after, [...others.filter(owner => owner !== own), updated]);
}

/** For controllers that write into the store directly: the update, with their name on the fields they changed. */
export function updateAs(
	store: ObjectStore,
	resource: Resource,
	object: KubeObject,
	manager: string,
): KubeObject {
	const before = store.get(resource, object.metadata.namespace, object.metadata.name);
	const writer = { manager, subresource: undefined, time: timestampOf(new Date()) };
	return store.update(resource, ownUpdate(resource, before, object, writer));
}

export function ownersOf(object: KubeObject): Owner[] {
	const entries = (object.metadata.managedFields ?? []) as Entry[];
	return entries
		.filter(entry => entry.fieldsV1)
		.map(({ fieldsType: _, fieldsV1, ...entry }) => ({ ...entry, fields: fromFieldsV1(fieldsV1) }));
}

export function withOwners(object: KubeObject, owners: readonly Owner[]): KubeObject {
	const entries = owners.filter(({ fields }) => fields.size > 0).map(entryOf);
	const { managedFields: _, ...metadata } = object.metadata;
	return { ...object, metadata: { ...metadata, ...(entries.length > 0 && { managedFields: entries }) } };
}

function entryOf({ manager, operation, apiVersion, time, subresource, fields }: Owner): Entry {
	return {
		manager,
		operation,
		apiVersion,
		time,
		fieldsType: 'FieldsV1',
		fieldsV1: toFieldsV1(fields),
		...(subresource && { subresource }),
	};
}
