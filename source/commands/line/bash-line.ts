/** The last word of a line of bash, as far as it is typed. */
export type LastWord = Readonly<{
	/** Without its quoting. */
	word: string;
	quote: '"' | "'" | undefined;
	/** How much of the word readline leaves where it is: it replaces what is after a sign that breaks words, or after an open quote. */
	kept: number;
}>;

/**
 * The words of a line up to the cursor. bash itself hands over words that are cut at `:` and `=`, and with their quoting.
 * @param breaks `COMP_WORDBREAKS`
 */
export function readBashLine(line: string, breaks: string): Readonly<{ before: string[]; last: LastWord }> {
	const before: string[] = [];
	let word: string | undefined;
	let quote: LastWord['quote'];
	let kept = 0;
	const letters = [...line];
	for (let at = 0; at < letters.length; at += 1) {
		const letter = letters[at] ?? '';
		if (letter === quote) {
			quote = undefined;
		} else if (letter === '\\' && quote !== "'") {
			at += 1;
			word = (word ?? '') + (letters[at] ?? '');
		} else if (quote !== undefined) {
			word += letter;
		} else if (letter === '"' || letter === "'") {
			quote = letter;
			word ??= '';
			kept = word.length;
		} else if (/\s/.test(letter)) {
			before.push(...(word === undefined ? [] : [word]));
			word = undefined;
			kept = 0;
		} else {
			const length = word?.length ?? 0;
			word = (word ?? '') + letter;
			// Readline breaks at this sign as at others, and replaces it anyway: its rl_special_prefixes.
			kept = breaks.includes(letter) ? length + (letter === '@' ? 0 : 1) : kept;
		}
	}
	return { before, last: { word: word ?? '', quote, kept } };
}

/** A candidate as readline has to be given it: what stays is left out, and the rest is quoted as the word was begun. */
export function forReadline(candidate: string, { quote, kept }: LastWord): string {
	const rest = candidate.slice(kept);
	switch (quote) {
		case "'":
			return rest.replaceAll("'", String.raw`'\''`);
		case '"':
			return rest.replaceAll(/["$`\\!]/g, String.raw`\$&`);
		case undefined:
			return rest.replaceAll(/[^\p{L}\p{N}_./:@%+=,-]/gu, String.raw`\$&`);
	}
}
