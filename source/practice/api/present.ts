import type { KubeObject } from '../contract.ts';
import type { Resource } from '../resources.ts';
import { type ListMeta, metadataOnly, type Presentation } from './presentation.ts';
import { tableOf } from './tables/table.ts';

export function presentationOf(accept: string | undefined, query: URLSearchParams): Presentation {
	const form = (accept ?? '').split(',').map(formOf).find(Boolean) ?? 'plain';
	return { form, includeObject: query.get('includeObject') ?? 'Metadata' };
}

export function presentObject(
	resource: Resource,
	object: KubeObject,
	presentation: Presentation,
	now: Date,
): object {
	switch (presentation.form) {
		case 'plain':
			return object;
		case 'metadata':
			return metadataOnly(object);
		case 'table': {
			const { resourceVersion = '' } = object.metadata;
			return tableOf(resource, [object], { resourceVersion }, presentation, now);
		}
	}
}

export function presentList(
	resource: Resource,
	objects: readonly KubeObject[],
	metadata: ListMeta,
	presentation: Presentation,
	now: Date,
): object {
	switch (presentation.form) {
		case 'plain': {
			const { kind, version, group } = resource;
			const apiVersion = group === '' ? version : `${group}/${version}`;
			const items = resource.custom ? objects : objects.map(withoutType);
			return { kind: `${kind}List`, apiVersion, metadata, items };
		}
		case 'metadata': {
			const items = objects.map(metadataOnly);
			return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items };
		}
		case 'table':
			return tableOf(resource, objects, metadata, presentation, now);
	}
}

function formOf(range: string): Presentation['form'] | undefined {
	const [type = '', ...parameters] = range.split(';').map(part => part.trim());
	if (!['application/json', 'application/*', '*/*'].includes(type)) return undefined;
	const as = parameters.find(parameter => parameter.startsWith('as='))?.slice(3);
	if (as === 'Table') return 'table';
	if (as?.startsWith('PartialObjectMetadata')) return 'metadata';
	return as === undefined ? 'plain' : undefined;
}

/** Items of built-in lists carry neither kind nor apiVersion; those of custom ones do. */
function withoutType({ kind: _, apiVersion: __, ...item }: KubeObject): object {
	return item;
}
