const { Segmenter } = Intl;

/**
 * For this process, and all packages in it. To make the first real segmenter takes 20 ms, half as long as Node itself
 * needs to start; Ink and what it is made of want nine before the first frame, and hardly a text of ours needs one.
 */
export function segmentQuickly(): void {
	Object.assign(Intl, { Segmenter: QuickSegmenter });
}

/** Makes a real one once a text comes whose characters are not graphemes each by itself. */
export class QuickSegmenter {
	readonly #arguments: ConstructorParameters<typeof Intl.Segmenter>;
	#real: Intl.Segmenter | undefined;

	constructor(...given: ConstructorParameters<typeof Intl.Segmenter>) {
		this.#arguments = given;
	}

	segment(text: string): Pick<Intl.Segments, 'containing' | typeof Symbol.iterator> {
		const { granularity = 'grapheme' } = this.#arguments[1] ?? {};
		if (granularity === 'grapheme' && graphemeEach.test(text)) {
			return eachByItself(text);
		}
		this.#real ??= new Segmenter(...this.#arguments);
		return this.#real.segment(text);
	}
}

/** Nothing here joins with what is beside it: no marks, no emoji, no carriage return. */
const graphemeEach =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the start of each colour, which Ink segments with the text
	/^[\n\u001B\u0020-\u007E\u00A1-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u2010-\u2027\u2039\u203A\u2190-\u2193\u23CE\u2500-\u257F\u25B2\u25C6\u25CB\u2714\u2716\u276F\u2800-\u28FF]*$/;

function eachByItself(text: string) {
	const at = (index: number): Intl.SegmentData => ({ segment: text[index] ?? '', index, input: text });
	return {
		containing: (index = 0) => (index >= 0 && index < text.length ? at(Math.trunc(index)) : undefined),
		*[Symbol.iterator]() {
			for (let index = 0; index < text.length; index++) {
				yield at(index);
			}
		},
	} as Pick<Intl.Segments, 'containing' | typeof Symbol.iterator>;
}
