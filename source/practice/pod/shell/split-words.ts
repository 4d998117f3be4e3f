/** A piece of a word: its text as a pattern in which what is quoted is escaped; `split`: it falls apart at blanks. */
export type Piece = Readonly<{ pattern: string; split: boolean }> | 'next-word';

/** Cuts at blanks what may be cut. A blank that is none of space, tab and line break ends a field even that is empty. */
export function splitWords(pieces: readonly Piece[], blanks: string): string[] {
	const words: string[] = [];
	let word: string | undefined;
	const end = () => {
		if (word !== undefined) words.push(word);
		word = undefined;
	};
	for (const piece of pieces) {
		if (piece === 'next-word') {
			end();
			continue;
		}
		if (!piece.split || blanks === '') {
			if (piece.pattern !== '' || !piece.split) word = (word ?? '') + piece.pattern;
			continue;
		}
		for (const character of piece.pattern) {
			if (!blanks.includes(character)) word = (word ?? '') + character;
			else if (/\s/.test(character)) end();
			else {
				word ??= '';
				end();
			}
		}
	}
	end();
	return words;
}
