import { Gathered } from '../../kubernetes/gathered.ts';

/** What one job writes on one stream, between the two lines that the loop marks it with. */
export type JobStream = Readonly<{
	add(bytes: Buffer): void;
	began(): boolean;
	text(): string;
	/** undefined until it has ended. */
	code(): number | undefined;
}>;

export function jobStream(mark: string): JobStream {
	const gathered = new Gathered();
	const begin = `pxpair ${mark} begins\n`;
	const end = `\npxpair ${mark} ended `;
	let ends = -1;
	let code: number | undefined;
	const start = () => {
		const at = gathered.bytes.indexOf(begin);
		return at < 0 ? 0 : at + begin.length;
	};
	return {
		add(piece) {
			// Only what is new is searched: output may come in many pieces.
			const from = Math.max(0, gathered.size - end.length);
			gathered.add(piece);
			const { bytes } = gathered;
			ends = ends < 0 ? bytes.indexOf(end, from) : ends;
			const behind = ends + end.length;
			const told =
				ends < 0 ? undefined : /^(\d{1,3})\n/.exec(bytes.toString('latin1', behind, behind + 4))?.[1];
			code ??= told === undefined ? undefined : Number(told);
		},
		began: () => gathered.bytes.includes(begin),
		text: () => gathered.bytes.toString('utf8', start(), code === undefined ? gathered.size : ends),
		code: () => code,
	};
}
