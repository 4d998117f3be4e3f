import type { KubeObject } from '../../contract.ts';
import { type Json, recordOf } from '../json.ts';
import { ageOf } from './age.ts';

export type Cell = (object: KubeObject, now: Date) => string | number;

/** Cells by column name; a name that begins with `+` is shown with `-o wide` only. */
export type Columns = Readonly<Record<string, Cell>>;

export const age: Cell = ({ metadata }, now) => ageOf(metadata.creationTimestamp, now);

export function pairs(labels: Json): string {
	const entries = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
	return entries.toSorted().join(',') || '<none>';
}

export function textAt(value: unknown, field: string, otherwise = '<none>'): string {
	const found = recordOf(value)[field];
	return typeof found === 'string' && found !== '' ? found : otherwise;
}

export function listAt(value: unknown, field: string): Json[] {
	const found = recordOf(value)[field];
	return Array.isArray(found) ? found.map(recordOf) : [];
}
