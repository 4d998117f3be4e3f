/** Reading values of unknown shape. */
export type JsonRecord = Record<string, unknown>;

export const isRecord = (value: unknown): value is JsonRecord =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const asRecord = (value: unknown): JsonRecord => (isRecord(value) ? value : {});

/** undefined when it is not JSON. */
export const parseJson = (text: string): unknown => attempt((): unknown => JSON.parse(text));

/** What an answer has in place of a text. Never `String(value)`, which calls the value's own `toString`. */
export const textIn = (value: unknown): string =>
	typeof value === 'string'
		? value
		: typeof value === 'number' || typeof value === 'boolean'
			? `${value}`
			: '';

/** For parsers that throw at what people and networks send them. */
export function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

/** Without the fields that are undefined, as `exactOptionalPropertyTypes` wants it. */
export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
	[K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

export const defined = <T extends object>(value: T): Defined<T> =>
	Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
