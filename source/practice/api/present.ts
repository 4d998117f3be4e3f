import type { KubeObject } from '../contract.ts';
import type { Resource } from '../resources.ts';
import { notAcceptable } from './failures.ts';
import { type ListMeta, metadataOnly, type Presentation } from './presentation.ts';
import { tableOf } from './tables/table.ts';

export function presentationOf(accept: string | undefined, query: URLSearchParams): Presentation {
	const form = rangesOf(accept).find(isServed)?.form;
	if (form === undefined) throw notAcceptable();
	return { form, includeObject: query.get('includeObject') ?? 'Metadata' };
}

export function prefersYaml(accept: string | undefined): boolean {
	return rangesOf(accept).find(isServed)?.type === 'application/yaml';
}

type Range = Readonly<{ type: string; form: Presentation['form'] | undefined }>;

const served = ['application/json', 'application/yaml', 'application/*', '*/*'];

function isServed({ type, form }: Range): boolean {
	return served.includes(type) && form !== undefined;
}

function rangesOf(accept = '*/*'): Range[] {
	return accept.split(',').map(range => {
		const [type = '', ...parameters] = range.split(';').map(part => part.trim());
		const as = parameters.find(parameter => parameter.startsWith('as='))?.slice(3);
		return { type, form: formOf(as) };
	});
}

export function presentObject(
	resource: Resource,
	object: KubeObject,
	presentation: Presentation,
	now: Date,
): object {
	switch (presentation.form) {
		case 'plain': {
			const { kind, apiVersion, metadata, ...rest } = object;
			return { kind, apiVersion, metadata, ...rest };
		}
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

function formOf(as: string | undefined): Presentation['form'] | undefined {
	if (as === 'Table') return 'table';
	if (as?.startsWith('PartialObjectMetadata')) return 'metadata';
	return as === undefined ? 'plain' : undefined;
}

/** Items of built-in lists carry neither kind nor apiVersion; those of custom ones do. */
function withoutType({ kind: _, apiVersion: __, ...item }: KubeObject): object {
	return item;
}
