export type Json = Record<string, unknown>;

export function isRecord(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a record, or an empty one. */
export function recordOf(value: unknown): Json {
	return isRecord(value) ? value : {};
}

export function omit(record: Json, fields: readonly string[]): Json {
	return Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name)));
}

export const listOf = (value: unknown): readonly Json[] =>
	Array.isArray(value) ? value.filter(isRecord) : [];
