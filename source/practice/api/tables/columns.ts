import type { PrinterColumn } from '../../kinds/kind.ts';
import type { Resource } from '../../resources.ts';
import { ageOf } from './age.ts';
import { age, type Cell } from './cells.ts';
import { appColumns } from './columns-apps.ts';
import { coreColumns } from './columns-core.ts';
import { storageColumns } from './columns-storage.ts';
import { valuesAt } from './json-path.ts';

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
	if (resource.printed) return [nameColumn, ...resource.printed.map(printedColumn)];
	const key = `${resource.group}/${resource.plural}`;
	const special = resource.custom ? undefined : (coreColumns[key] ?? appColumns[key] ?? storageColumns[key]);
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

const integers = ['Data', 'Secrets', 'Desired', 'Current', 'Up-to-date', 'Available', 'Active', '+Count'];

function columnOf(name: string, cell: Cell, type = integers.includes(name) ? 'integer' : 'string'): Column {
	const isWide = name.startsWith('+');
	return { name: name.replace('+', ''), type, format: '', description: '', priority: isWide ? 1 : 0, cell };
}

/** As a CustomResourceDefinition wants it; what an object lacks is left empty. */
function printedColumn({
	name,
	type,
	jsonPath,
	format = '',
	description = '',
	priority = 0,
}: PrinterColumn): Column {
	const cell: Cell = (object, now) => {
		const [value] = valuesAt(object, jsonPath);
		if (value === undefined || value === null) return '';
		if (type === 'date') return ageOf(value, now);
		return typeof value === 'number'
			? value
			: typeof value === 'object'
				? JSON.stringify(value)
				: String(value);
	};
	return { name, type, format, description, priority, cell };
}
