import { isDeepStrictEqual } from 'node:util';
import type { StoredCredential, Traits } from '../../pairing/cluster-pair/credential-traits.ts';
import { beginning } from '../../pairing/words/outside-text.ts';
import type { JsonCredential } from './credential-json.ts';
import {
	bucketOf,
	endpointOf,
	providerNamed,
	type Reader,
	traitsBy,
	whole,
	yesOrNo,
} from './credential-values.ts';

/** `names`: false where this pxctl lists no names, or its list is not understood; then it does not tell what is absent. */
export type CredentialList = Readonly<{
	names: boolean;
	rows: readonly (StoredCredential & Readonly<{ cells: readonly string[] }>)[];
}>;

/**
 * `pxctl credentials list`, in every form of its text: one section for each provider, with columns that came and went with versions,
 * told apart by tabs or blanks.
 */
export function credentialsIn(text: string): CredentialList {
	const rows: CredentialList['rows'][number][] = [];
	const headers: Header[] = [];
	let provider: string | undefined;
	for (const whole of text.slice(0, 1_000_000).split('\n')) {
		const line = beginning(whole);
		const section = /^([\w .-]+) credentials:?$/i.exec(line.trim())?.[1];
		const uuid = /^\s*([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?=\s|$)/i.exec(line)?.[1];
		if (section) {
			// One that is not known is not that of the section before.
			provider = section.split(' ').map(providerNamed).find(Boolean);
		} else if (/^\s*UUID\b/i.test(line)) {
			headers.push(headerIn(line));
		} else if (uuid) {
			const cells = headers.length > 0 ? cellsIn(line, headers.at(-1) ?? noHeader) : undefined;
			rows.push({
				uuid,
				cells: line.trim().split(/\s+/),
				traits: { ...(provider && { provider }), ...traitsBy(columns, Object.entries(cells ?? {})) },
			});
		}
	}
	return { rows, names: headers.length > 0 && headers.every(({ titles }) => titles.includes('NAME')) };
}

/** `at` is where each title begins, with tabs expanded. */
type Header = Readonly<{ titles: readonly string[]; at: readonly number[] }>;
const noHeader: Header = { titles: [], at: [] };

/** The longer first: a title may be part of another. */
const knownTitles =
	/WRITE THROUGHPUT \(KBPS\)|DISABLE PATH STYLE|MOUNT OPTIONS|STORAGE CLASS|ACCOUNT NAME|NFS SERVER|USE PROXY|SUB PATH|PROJECT ID|ACCESS KEY|SSL ENABLED|ENCRYPTION|ENDPOINT|ACCOUNT|PROJECT|REGION|BUCKET|UUID|NAME|\S+/gi;

function headerIn(line: string): Header {
	const found = [...expanded(line).matchAll(knownTitles)];
	const titles = /\S\t+\S/.test(line) ? line.trim().split(/\t+/) : found.map(([title]) => title);
	return {
		titles: titles.map(title => title.trim().toUpperCase()),
		at: titles.length === found.length ? found.map(({ index }) => index) : [],
	};
}

/** undefined when the columns can't be told apart with certainty: where two ways to do it come to other cells, as where one is empty. */
function cellsIn(line: string, { titles, at }: Header): Readonly<Record<string, string>> | undefined {
	const fits = (cells: readonly string[] | undefined) => cells?.length === titles.length;
	const tabbed = line.trim().split('\t');
	// A list of endpoints, as Go writes it, has blanks in it.
	const joined = line.replaceAll(/\[[^\]]*\]/g, list => list.replaceAll(/[ ,]+/g, ','));
	const candidates = fits(tabbed)
		? [tabbed]
		: [joined.trim().split(/\t+| {2,}/), joined.trim().split(/\s+/), aligned(line, at)].filter(fits);
	const read = candidates.map(cells =>
		Object.fromEntries(titles.map((title, index) => [title, cellValue(cells?.[index] ?? '')])),
	);
	const [cells] = read;
	return read.every(other => isDeepStrictEqual(other, cells)) ? cells : undefined;
}

const cellValue = (cell: string): string =>
	cell
		.trim()
		.replaceAll(/^[[{]|[\]}]$/g, '')
		.trim()
		.replaceAll(/[\s,]+/g, ',');

/** By where the titles begin; not when a value runs over into the next column. */
function aligned(line: string, at: readonly number[]): readonly string[] | undefined {
	const text = expanded(line);
	return at.every(start => start === 0 || /^\s?$/.test(text.charAt(start - 1)))
		? at.map((start, index) => text.slice(start, at[index + 1]))
		: undefined;
}

const expanded = (line: string): string =>
	line
		.trimEnd()
		.split('\t')
		.reduce((text, part) => `${text.padEnd(Math.ceil((text.length + 1) / 8) * 8)}${part}`);

const columns: Readonly<Record<string, Reader>> = {
	REGION: ['region', whole],
	ENDPOINT: ['endpoint', endpointOf],
	'ACCESS KEY': ['account', whole],
	'ACCOUNT NAME': ['account', whole],
	ACCOUNT: ['account', whole],
	'PROJECT ID': ['account', whole],
	PROJECT: ['account', whole],
	'NFS SERVER': ['account', whole],
	SERVER: ['account', whole],
	'SUB PATH': ['share', whole],
	BUCKET: ['bucket', bucketOf],
	'SSL ENABLED': ['ssl', yesOrNo],
	ENCRYPTION: ['encryption', yesOrNo],
	'USE PROXY': ['proxy', yesOrNo],
};

/** Both forms of the list in one. Where they contradict each other, neither counts. */
export function withJson(list: CredentialList, json: readonly JsonCredential[]): CredentialList {
	const byUuid = new Map(json.map(each => [each.uuid.toLowerCase(), each]));
	const rows = list.rows.map(row => {
		const other = byUuid.get(row.uuid.toLowerCase());
		return other
			? {
					...row,
					cells: [...row.cells, ...(other.name === undefined ? [] : [other.name])],
					traits: agreed(row.traits, other.traits),
				}
			: row;
	});
	const isNamed = ({ uuid }: StoredCredential) => byUuid.get(uuid.toLowerCase())?.name !== undefined;
	return { rows, names: list.names || (rows.length > 0 && rows.every(isNamed)) };
}

function agreed(one: Traits, other: Traits): Traits {
	const both = { ...other, ...one };
	return Object.fromEntries(
		Object.entries(both).filter(([name, value]) => {
			const [here, there] = [Reflect.get(one, name), Reflect.get(other, name)];
			return value !== undefined && (here === undefined || there === undefined || here === there);
		}),
	);
}
