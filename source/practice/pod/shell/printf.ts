import { Exit } from '../process.ts';

/** `\n`, `\t`, `\033` and the like; `\c` ends the output. */
export function unescaped(text: string): Readonly<{ text: string; ends: boolean }> {
	const end = /(?<!\\)(?:\\\\)*\\c/.exec(text);
	const kept = end ? text.slice(0, end.index + end[0].length - 2) : text;
	const escapes: Readonly<Record<string, string>> = {
		n: '\n',
		t: '\t',
		r: '\r',
		a: '\x07',
		b: '\b',
		f: '\f',
		v: '\v',
		e: '\x1b',
		'\\': '\\',
		'"': '"',
	};
	return {
		ends: end !== null,
		text: kept.replaceAll(
			/\\(?:0?([0-7]{1,3})|x([\da-fA-F]{1,2})|(.))/gs,
			(found, octal?: string, hex?: string, one = '') => {
				if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
				if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
				return escapes[one] ?? found;
			},
		),
	};
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/printf.html */
export function printf([format = '', ...rest]: readonly string[]): string {
	const args = [...rest];
	let output = '';
	do {
		const before = args.length;
		const { text, ends } = formatted(format, args);
		output += text;
		if (ends || args.length === before) break;
	} while (args.length > 0);
	return output;
}

function formatted(format: string, args: string[]): Readonly<{ text: string; ends: boolean }> {
	let text = '';
	for (const part of format.match(/%[-+ 0#]*(?:\*|\d+)?(?:\.\d*)?[a-zA-Z%]|[^%]+|%/gs) ?? []) {
		const directive = /^%([-+ 0#]*)(\*|\d*)(?:\.(\d*))?([a-zA-Z%])$/.exec(part);
		if (!directive) {
			const plain = unescaped(part);
			text += plain.text;
			if (plain.ends) return { text, ends: true };
			continue;
		}
		const [, flags = '', width = '', precision, kind = ''] = directive;
		if (kind === '%') {
			text += '%';
			continue;
		}
		const size = Number(width === '*' ? args.shift() : width) || 0;
		if (size > widest || Number(precision) > 100) throw new Exit(1, `${part}: too wide`);
		const value = converted(kind, args.shift() ?? '', precision);
		const padded =
			flags.includes('0') && !flags.includes('-') && kind !== 's' ? value.padStart(size, '0') : value;
		const signed =
			flags.includes('+') && /^[di]$/.test(kind) && !padded.startsWith('-') ? `+${padded}` : padded;
		text += flags.includes('-') ? signed.padEnd(size) : signed.padStart(size);
	}
	return { text, ends: false };
}

/** As wide as a value may be long. */
const widest = 1024 * 1024;

function converted(kind: string, value: string, precision: string | undefined): string {
	const number = () => {
		if (/^['"]/.test(value)) return value.codePointAt(1) ?? 0;
		if (value !== '' && !/^\s*[-+]?(0x[\da-f]+|[\d.]+(e[-+]?\d+)?)$/i.test(value))
			throw new Exit(1, `${value}: invalid number`);
		return Number(value);
	};
	const whole = () => Math.trunc(number());
	switch (kind) {
		case 's':
			return precision === undefined ? value : value.slice(0, Number(precision));
		case 'b':
			return unescaped(value).text;
		case 'q':
			return /^[\w./:=@%+-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
		case 'c':
			return value.charAt(0);
		case 'd':
		case 'i':
		case 'u':
			return String(whole());
		case 'x':
			return whole().toString(16);
		case 'X':
			return whole().toString(16).toUpperCase();
		case 'o':
			return whole().toString(8);
		case 'f':
			return number().toFixed(precision === undefined ? 6 : Number(precision));
		case 'e':
			return number().toExponential(precision === undefined ? 6 : Number(precision));
		case 'g':
			return String(number());
		default:
			throw new Exit(1, `%${kind}: invalid format character`);
	}
}
