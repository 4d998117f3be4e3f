import type * as z from 'zod';
import type { ListQuery } from '../../../pairing/clusters/ports.ts';
import type { ResourceType } from '../../../pairing/clusters/resource-type.ts';
import { isRecord } from '../../../pairing/words/json.ts';
import type { Connection } from '../connection.ts';
import type { Answer } from './answer.ts';
import { pathOf } from './paths.ts';
import { nonsense, shaped, succeed } from './understood.ts';

const pageSize = 100;
/** A server may name a next page for ever. In all; a thousand Portworx pods take some 15 MB. */
const mostOfAList = { pages: 200, items: 10_000, bytes: 24 * 1024 * 1024 } as const;

const isEndless = ({ pages, bytes, items }: Readonly<Record<keyof typeof mostOfAList, number>>): boolean =>
	pages > mostOfAList.pages || bytes > mostOfAList.bytes || items > mostOfAList.items;

/** @param over the connection to read over, where it is not the usual one */
export type ReadOptions = Readonly<{ accept?: string; over?: Connection }>;

type ReadPage = (path: string, options?: ReadOptions) => Promise<Answer>;

/** @returns undefined when the cluster does not serve the type */
export async function listAll<S extends z.ZodType>(
	connection: Connection,
	read: ReadPage,
	type: ResourceType<S>,
	query: ListQuery = {},
): Promise<readonly z.infer<S>[] | undefined> {
	const pages = () => pagesOf(connection, read, type, query);
	const listed = await pages();
	const items = listed === 'expired' ? await pages() : listed;
	return items === 'expired'
		? nonsense(connection, pathOf(type, query.namespace), 'a list that expires while it is read')
		: items;
}

/**
 * Page by page. One at a time of those that have more than one page: a server that never ends its lists could otherwise fill the
 * memory with many of them.
 */
async function pagesOf<S extends z.ZodType>(
	connection: Connection,
	read: ReadPage,
	type: ResourceType<S>,
	query: ListQuery,
): Promise<z.infer<S>[] | 'expired' | undefined> {
	const items: z.infer<S>[] = [];
	const path = pathOf(type, query.namespace);
	let next: string | undefined;
	let pages = 0;
	let bytes = 0;
	let endTurn: (() => void) | undefined;
	try {
		do {
			const page = `${path}?${parameters(query, next)}`;
			const answer = await read(page, endTurn && { over: { ...connection, takeTurn: async () => () => {} } });
			if (answer.code === 404) {
				return undefined;
			}
			if (answer.code === 410 && next) {
				return 'expired';
			}
			const { items: found, next: further } = listPage(
				connection,
				path,
				succeed(connection, 'GET', path, answer),
			);
			pages += 1;
			bytes += answer.size;
			if (isEndless({ pages, bytes, items: items.length + found.length })) {
				nonsense(connection, path, 'an endless list');
			}
			for (const item of found) {
				items.push(shaped(connection, path, type.shape, item));
			}
			next = items.length < (query.limit ?? Number.POSITIVE_INFINITY) ? further : undefined;
			if (next) {
				endTurn ??= await connection.takeTurn();
			}
		} while (next);
		return items;
	} finally {
		endTurn?.();
	}
}

function listPage(
	connection: Connection,
	path: string,
	value: unknown,
): { items: unknown[]; next: string | undefined } {
	if (!isRecord(value) || !Array.isArray(value.items)) {
		return nonsense(connection, path, 'JSON that is not a list');
	}
	const metadata = isRecord(value.metadata) ? value.metadata : {};
	const next = metadata.continue;
	return { items: value.items, next: typeof next === 'string' && next !== '' ? next : undefined };
}

function parameters(
	{ labelSelector, fieldSelector, limit }: ListQuery,
	next: string | undefined,
): URLSearchParams {
	return new URLSearchParams({
		limit: String(Math.min(limit ?? pageSize, pageSize)),
		...(labelSelector && { labelSelector }),
		...(fieldSelector && { fieldSelector }),
		...(next && { continue: next }),
	});
}
