import { descriptor, type Program, say } from '../process.ts';
import { unescaped } from '../shell/printf.ts';
import { optionsIn } from './options.ts';

export const tr: Program = async (process, args) => {
	const { has, rest } = optionsIn(args, 'dscC');
	const [from, to] = rest.map(set => charactersIn(set));
	const isIn = (character: string) => (from?.includes(character) ?? false) !== (has('c') || has('C'));
	const file = descriptor(process, 0);
	let last = '';
	for (let chunk = await file.read(process.signal); chunk; chunk = await file.read(process.signal)) {
		let text = '';
		for (const character of chunk.toString('latin1')) {
			if (has('d') && isIn(character)) continue;
			const other =
				!has('d') && to && isIn(character)
					? (to[Math.min(from?.indexOf(character) ?? 0, to.length - 1)] ?? to.at(-1))
					: undefined;
			const put = other ?? character;
			if (has('s') && put === last && (to ?? from)?.includes(put)) continue;
			text += put;
			last = put;
		}
		await say(process, Buffer.from(text, 'latin1'));
	}
	return 0;
};

function charactersIn(set: string): string[] {
	const sets: Readonly<Record<string, string>> = {
		upper: 'A-Z',
		lower: 'a-z',
		digit: '0-9',
		alpha: 'A-Za-z',
		alnum: 'A-Za-z0-9',
		space: ' \\t\\n\\r\\f\\v',
	};
	const text = unescaped(set.replaceAll(/\[:(\w+):\]/g, (found, name: string) => sets[name] ?? found)).text;
	return [...text.matchAll(/(.)-(.)|./gs)].flatMap(([one, from, to]) => {
		if (from === undefined || to === undefined) return [one];
		const start = from.charCodeAt(0);
		return Array.from({ length: Math.max(0, to.charCodeAt(0) - start + 1) }, (_, index) =>
			String.fromCharCode(start + index),
		);
	});
}
