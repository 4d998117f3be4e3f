/** Per cell of a row, the places of the letters that a query found there. */
export type Marks = readonly ReadonlySet<number>[];

/** Each letter of a text as it is searched, with its place in the text. */
export type Searchable = Readonly<{ letters: string; places: readonly number[] }>;

export function searchable(text: string): Searchable {
	const folded = [...text].map(character => fold(character));
	return {
		letters: folded.join(''),
		places: folded.flatMap((letters, place) => Array.from({ length: letters.length }, () => place)),
	};
}

/** The words of a query, as they are searched. */
export const wordsOf = (query: string): readonly string[] =>
	fold(query)
		.split(/\s+/)
		.filter(word => word !== '');

/**
 * Where each word lies in a row: as it is in any cell, else its letters in their order in the first, which is the name. undefined: one of
 * them is not there.
 */
export function marksOf(words: readonly string[], cells: readonly Searchable[]): Marks | undefined {
	const marks = cells.map(() => new Set<number>());
	for (const word of words) {
		const cell = cells.findIndex(({ letters }) => letters.includes(word));
		const at = cell === -1 ? scattered(word, cells[0]) : whole(word, cells[cell]);
		if (at === undefined) {
			return undefined;
		}
		for (const place of at) marks[Math.max(0, cell)]?.add(place);
	}
	return marks;
}

function whole(word: string, cell: Searchable | undefined): readonly number[] | undefined {
	const start = cell?.letters.indexOf(word) ?? -1;
	return start === -1 ? undefined : cell?.places.slice(start, start + word.length);
}

function scattered(word: string, cell: Searchable | undefined): readonly number[] | undefined {
	const places: number[] = [];
	let from = 0;
	for (const letter of word) {
		const at = cell?.letters.indexOf(letter, from) ?? -1;
		if (at === -1) return undefined;
		places.push(cell?.places[at] ?? 0);
		from = at + letter.length;
	}
	return places;
}

/** Words as they are typed, before what only has their letters. */
export const isWhole = (words: readonly string[], cells: readonly Searchable[]): boolean =>
	words.every(word => cells.some(({ letters }) => letters.includes(word)));

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
