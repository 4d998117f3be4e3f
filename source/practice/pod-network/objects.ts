import { xml } from './answers.ts';
import type { Fetched } from './loopback.ts';

/** What the practice stores keep, by address. */
export type KeptObjects = Map<string, string>;

/**
 * What one object is asked for. A bucket with `readonly` in its name takes none, one with `writeonly` gives none, one with `keeps`
 * deletes none.
 * @returns undefined where it is refused, in words that each store has its own
 */
export function objectIn(
	kept: KeptObjects,
	{
		bucket,
		name,
		method,
		data,
	}: Readonly<{ bucket: string; name: string; method: string; data: string | undefined }>,
): Fetched | undefined {
	const key = `${bucket}/${name}`;
	switch (method) {
		case 'PUT':
		case 'POST':
			if (bucket.includes('readonly')) return undefined;
			kept.set(key, data ?? '');
			return { ...xml(201, 'Created', ''), body: '' };
		case 'DELETE':
			if (bucket.includes('keeps')) return undefined;
			kept.delete(key);
			return { ...xml(204, 'No Content', ''), body: '' };
		default: {
			const content = kept.get(key);
			return content === undefined || bucket.includes('writeonly')
				? undefined
				: { ...xml(200, 'OK', ''), body: content };
		}
	}
}
