import type { KubeObject } from '../../contract.ts';
import { apiVersionOf, type Resource } from '../../resources.ts';
import { refuse } from '../failures.ts';
import { isRecord, type Json } from '../json.ts';
import { itemKey, listShape } from '../list-shapes.ts';
import { pathLabel, removePath } from '../paths.ts';
import { common, compareFields, type FieldSet, fieldsOf, pathOf, union, without } from './field-set.ts';
import { type Owner, ownersOf, withOwners } from './managed-fields.ts';

export type Applier = Readonly<{ manager: string; force: boolean; time: string }>;

/**
 * Server-side apply: merges what the manager wants into the object, takes out what it no longer wants and no one else
 * owns, and refuses to change what others own unless forced.
 */
export function applied(
	resource: Resource,
	live: KubeObject | undefined,
	wanted: KubeObject,
	applier: Applier,
): KubeObject {
	const owners = live ? ownersOf(live) : [];
	const own = owners.find(owner => owner.operation === 'Apply' && owner.manager === applier.manager);
	const others = owners.filter(owner => owner !== own);
	const wantedFields = new Set(fieldsOf(resource, wanted).keys());

	const merged = live ? (merge(resource, '', live, wanted) as KubeObject) : wanted;
	const dropped = without(own?.fields ?? new Set(), wantedFields, ...others.map(({ fields }) => fields));
	const next = [...dropped].toSorted(deepestFirst).reduce(removePath, merged);

	const { changed, removed } = compareFields(
		live ? fieldsOf(resource, live) : new Map(),
		fieldsOf(resource, next),
	);
	const disputes = others
		.map(owner => ({ owner, fields: common(owner.fields, changed) }))
		.filter(({ fields }) => fields.size > 0);
	if (disputes.length > 0 && !applier.force) throw conflictOf(disputes);

	const lost = union(changed, removed);
	const remaining = others.map(owner => ({ ...owner, fields: without(owner.fields, lost) }));
	return withOwners(next, inPlace(owners, own, remaining, ownedBy(resource, own, wantedFields, applier)));
}

type Dispute = Readonly<{ owner: Owner; fields: FieldSet }>;

function ownedBy(resource: Resource, own: Owner | undefined, fields: FieldSet, applier: Applier): Owner {
	const isSame = own?.fields.size === fields.size && without(fields, own.fields).size === 0;
	if (own && isSame) return own;
	const { manager, time } = applier;
	return { manager, operation: 'Apply', apiVersion: apiVersionOf(resource), time, fields };
}

/** The order of the entries stays, so that applying the same again changes nothing at all. */
function inPlace(
	owners: readonly Owner[],
	own: Owner | undefined,
	others: readonly Owner[],
	updated: Owner,
): Owner[] {
	if (!own) return [...others, updated];
	return others.toSpliced(owners.indexOf(own), 0, updated);
}

function merge(resource: Resource, field: string, live: unknown, wanted: unknown): unknown {
	if (isRecord(live) && isRecord(wanted)) {
		const entries = Object.entries(wanted).map(([name, value]) => [
			name,
			merge(resource, name, live[name], value),
		]);
		return { ...live, ...Object.fromEntries(entries) };
	}
	if (Array.isArray(live) && Array.isArray(wanted)) return mergeLists(resource, field, live, wanted);
	return wanted;
}

function mergeLists(resource: Resource, field: string, live: unknown[], wanted: unknown[]): unknown[] {
	const shape = listShape(resource, field, [...live, ...wanted]);
	if (shape.kind === 'atomic') return wanted;
	if (shape.kind === 'set') return [...new Set([...live, ...wanted])];
	const keyOf = (item: unknown) => itemKey(shape.keys, item as Json);
	const rest = new Map(wanted.map(item => [keyOf(item), item]));
	const merged = live.map(item => {
		const update = rest.get(keyOf(item));
		rest.delete(keyOf(item));
		return update === undefined ? item : merge(resource, '', item, update);
	});
	return [...merged, ...rest.values()];
}

function deepestFirst(a: string, b: string): number {
	return pathOf(b).length - pathOf(a).length;
}

function conflictOf(disputes: readonly Dispute[]) {
	const conflicts = disputes.flatMap(({ owner, fields }) =>
		[...fields].toSorted().map(path => ({ owner: labelOf(owner), field: pathLabel(pathOf(path)) })),
	);
	const causes = conflicts.map(({ owner, field }) => ({
		reason: 'FieldManagerConflict',
		message: `conflict with ${owner}`,
		field,
	}));
	const [only] = conflicts;
	const message =
		conflicts.length === 1
			? `Apply failed with 1 conflict: conflict with ${only?.owner}: ${only?.field}`
			: `Apply failed with ${conflicts.length} conflicts: ${disputes.flatMap(linesOf).join('\n')}`;
	return refuse(409, 'Conflict', message, { causes });
}

function linesOf({ owner, fields }: Dispute): string[] {
	const paths = [...fields].toSorted().map(path => `- ${pathLabel(pathOf(path))}`);
	return [`conflicts with ${labelOf(owner)}:`, ...paths];
}

function labelOf({ manager, operation, subresource, apiVersion }: Owner): string {
	const part = subresource ? ` with subresource "${subresource}"` : '';
	return operation === 'Apply' ? `"${manager}"${part}` : `"${manager}"${part} using ${apiVersion}`;
}
