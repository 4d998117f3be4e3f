import type { KubeObject } from '../../contract.ts';
import type { Resource } from '../../resources.ts';
import { type ListMeta, metadataOnly, type Presentation } from '../presentation.ts';
import { type Column, columnsOf } from './columns.ts';

/** `columnDefinitions` are left out of all watch events but the first. */
export type Table = Readonly<{
	kind: 'Table';
	apiVersion: 'meta.k8s.io/v1';
	metadata: ListMeta;
	columnDefinitions: readonly object[] | null;
	rows: readonly object[];
}>;

export function tableOf(
	resource: Resource,
	objects: readonly KubeObject[],
	metadata: ListMeta,
	{ includeObject }: Pick<Presentation, 'includeObject'>,
	now: Date,
): Table {
	const columns = columnsOf(resource);
	return {
		kind: 'Table',
		apiVersion: 'meta.k8s.io/v1',
		metadata,
		columnDefinitions: columns.map(definitionOf),
		rows: objects.map(object => ({
			cells: columns.map(column => column.cell(object, now)),
			object: included(object, includeObject),
		})),
	};
}

function definitionOf({ name, type, format, description, priority }: Column): object {
	return { name, type, format, description, priority };
}

function included(object: KubeObject, includeObject: string): object | null {
	if (includeObject === 'None') return null;
	return includeObject === 'Object' ? object : metadataOnly(object);
}
