/** Puts pieces on as few lines as it takes, none wider than `columns` unless one piece alone is. */
export function fold<Piece>(
	pieces: readonly Piece[],
	columns: number,
	widthOf: (piece: Piece) => number,
	gap = 2,
): Piece[][] {
	const lines: Piece[][] = [];
	let room = 0;
	for (const piece of pieces) {
		const width = widthOf(piece);
		const line = lines.at(-1);
		if (line === undefined || gap + width > room) {
			lines.push([piece]);
			room = columns - width;
		} else {
			line.push(piece);
			room -= gap + width;
		}
	}
	return lines;
}
