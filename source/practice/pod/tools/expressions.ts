import { Exit } from '../process.ts';
import { Pattern } from '../shell/bounded.ts';
import { classOf } from '../shell/pattern.ts';

/** A regular expression of grep or sed: basic ones escape what extended ones do not. */
export function expression(text: string, kind: 'basic' | 'extended', flags: string): RegExp {
	let source = '';
	for (let at = 0; at < text.length; at += 1) {
		const rest = text.slice(at);
		const bracket = /^\[(\^?)(\]?(?:\[:\w+:\]|[^\]])*)\]/s.exec(rest);
		const one = text.charAt(at);
		if (bracket) {
			source += `[${bracket[1]}${classOf((bracket[2] ?? '').replaceAll('\\', '\\\\'))}]`;
			at += bracket[0].length - 1;
		} else if (one === '\\') {
			at += 1;
			const next = text.charAt(at);
			const isOperator = kind === 'basic' && /[(){}|+?]/.test(next);
			source += isOperator ? next : next === '<' || next === '>' ? '\\b' : `\\${next}`;
		} else {
			const isPlain =
				kind === 'basic' &&
				(/[(){}|+?]/.test(one) || (one === '*' && /(^|\\\(|\|)$/.test(text.slice(0, at))));
			source += isPlain ? `\\${one}` : one;
		}
	}
	try {
		return new Pattern(source, flags);
	} catch {
		throw new Exit(2, 'Invalid regular expression');
	}
}
