/** One line that can't move a cursor or turn what follows: control characters and line breaks of all kinds become spaces. */
export const oneLine = (text: string): string =>
	text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();

/** The same for what may have several lines: each of them is one. What they are indented by stays. */
export const plainLines = (text: string): string =>
	text
		.split('\n')
		.map(line => `${/^ */.exec(line)?.[0] ?? ''}${oneLine(line)}`)
		.join('\n');
