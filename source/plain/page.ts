/** What a piece of a line means. Colour only repeats what its words say already. */
export type Tone = 'source' | 'destination' | 'ok' | 'changed' | 'warning' | 'error' | 'muted' | 'strong';

/** What plain lines are written on: a person's terminal, or a pipe that is read by whatever comes after. */
export type Page = Readonly<{
	paint(tone: Tone, text: string): string;
	/** A URL, as something to follow where the terminal has links. */
	link(url: string): string;
	/** How wide prose may be; undefined: each line is as long as it is. */
	columns: number | undefined;
	/** A step is one line with its sign, and its evidence is left out. */
	isBrief: boolean;
}>;

/** A pipe, a file or a screen reader: the same words, nothing around them. */
export const plainPage: Page = {
	paint: (_, text) => text,
	link: url => url,
	columns: undefined,
	isBrief: false,
};

/**
 * Prose that fits the page, broken at blanks; commands and links are not for this. Before it is painted: colours have no width.
 * @param hang by how many columns the lines after the first are indented
 */
export function wrap(text: string, { columns }: Page, hang: number): readonly string[] {
	const room = columns ?? 0;
	// Where hardly anything fits beside the indent, the terminal breaks lines better than this would.
	if (room < hang + 20 || text.length <= room) {
		return [text];
	}
	const indent = /^ */.exec(text)?.[0] ?? '';
	const lines: string[] = [];
	let line = indent;
	for (const word of text.slice(indent.length).split(' ')) {
		const isFirst = line.trim() === '';
		if (!isFirst && line.length + 1 + word.length > room) {
			lines.push(line);
			line = `${' '.repeat(hang)}${word}`;
		} else {
			line = isFirst ? `${line}${word}` : `${line} ${word}`;
		}
	}
	return [...lines, line];
}
