import type { Resource } from '../../resources.ts';
import { age, type Cell } from './cells.ts';
import { appColumns } from './columns-apps.ts';
import { coreColumns } from './columns-core.ts';

export type Column = Readonly<{
	name: string;
	type: string;
	format: string;
	description: string;
	/** 0 is always shown, 1 with `-o wide`. */
	priority: number;
	cell: Cell;
}>;

export function columnsOf(resource: Resource): Column[] {
	const key = `${resource.group}/${resource.plural}`;
	const special = resource.custom ? undefined : (coreColumns[key] ?? appColumns[key]);
	if (special) {
		const columns = Object.entries(special).map(([name, cell]) => columnOf(name, cell));
		// Events alone begin with something else: with when.
		return columns.some(({ name }) => name === 'Name') ? columns : [nameColumn, ...columns];
	}
	return [nameColumn, columnOf('Age', age, resource.custom ? 'date' : 'string')];
}

const nameColumn: Column = {
	name: 'Name',
	type: 'string',
	format: 'name',
	description: 'Name must be unique within a namespace.',
	priority: 0,
	cell: ({ metadata }) => metadata.name,
};

const integers = ['Data', 'Secrets', 'Desired', 'Current', 'Up-to-date', 'Available', '+Count'];

function columnOf(name: string, cell: Cell, type = integers.includes(name) ? 'integer' : 'string'): Column {
	const isWide = name.startsWith('+');
	return { name: name.replace('+', ''), type, format: '', description: '', priority: isWide ? 1 : 0, cell };
}
