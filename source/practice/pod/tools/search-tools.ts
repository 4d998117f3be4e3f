import { complain, Exit, openPath, type Program, say } from '../process.ts';
import { Pattern } from '../shell/bounded.ts';
import { escaped } from '../shell/pattern.ts';
import { expression } from './expressions.ts';
import { eachInput, inputNamed, isAboutFile, linesOf, optionsIn } from './options.ts';
import { filesBelow } from './paths.ts';

export const grep: Program = async (process, args) => {
	const options = optionsIn(args, 'EFGivcnqsolLwxhHrRe:f:m:', {
		'ignore-case': 'i',
		quiet: 'q',
		count: 'c',
		'only-matching': 'o',
	});
	const { has, values, rest } = options;
	const [pattern, ...names] = has('e') ? [values('e').join('\n'), ...rest] : rest;
	if (pattern === undefined) throw new Exit(2, 'usage: grep [OPTION]... PATTERNS [FILE]...');
	const kind = has('E') || process.words[0]?.endsWith('egrep') ? 'extended' : 'basic';
	const tests = pattern.split('\n').map(text => {
		const source = has('F') ? escaped(text) : expression(text, kind, '').source;
		const placed = has('x') ? `^(?:${source})$` : has('w') ? `\\b(?:${source})\\b` : source;
		return new Pattern(placed, has('i') ? 'gi' : 'g');
	});
	const recursive = has('r') || has('R');
	const files = recursive
		? (names.length > 0 ? names : ['.']).flatMap(name => filesBelow(process, name))
		: names;
	const shows = (files.length > 1 || recursive || has('H')) && !has('h');
	let found = false;
	let status = 0;
	for (const name of files.length > 0 ? files : ['-']) {
		try {
			if (await search(name)) found = true;
		} catch (error) {
			if (!isAboutFile(error)) throw error;
			if (!has('s')) await complain(process, `${name}: ${error.message}`);
			status = 2;
		}
		if (found && has('q')) return 0;
	}
	return status || Number(!found);

	async function search(name: string): Promise<boolean> {
		const file = inputNamed(process, name);
		const start = shows ? `${name}:` : '';
		let count = 0;
		try {
			for (let number = 1; ; number += 1) {
				const line = (await file.readLine(process.signal)).toString();
				if (line === '') break;
				const text = line.replace(/\n$/, '');
				const hits = tests.flatMap(test => text.match(test) ?? []);
				if (hits.length > 0 === has('v')) continue;
				count += 1;
				if (has('q')) return true;
				if (has('l') || has('L')) break;
				const at = has('n') ? `${number}:` : '';
				if (!has('c'))
					await say(
						process,
						(has('o') ? hits.filter(Boolean) : [text]).map(each => `${start}${at}${each}\n`).join(''),
					);
				if (count === Number(options.value('m'))) break;
			}
		} finally {
			file.release();
		}
		if (has('c')) await say(process, `${start}${count}\n`);
		if (has('l') ? count > 0 : has('L') && count === 0) await say(process, `${name}\n`);
		return count > 0;
	}
};

type Address = number | RegExp | 'last';
type Edit = Readonly<{
	from: Address | undefined;
	to: Address | undefined;
	negated: boolean;
	does:
		| Readonly<{ kind: 'p' | 'd' | 'q' | '=' }>
		| Readonly<{ kind: 's'; test: RegExp; by: string; prints: boolean; nth: number }>;
}>;

/** Substitution, `p`, `d`, `q` and `=` with addresses. */
export const sed: Program = async (process, args) => {
	const { has, values, rest } = optionsIn(args, 'nErie:s', {
		'in-place': 'i',
		quiet: 'n',
		'regexp-extended': 'E',
	});
	const [script, ...names] = has('e') ? [values('e').join('\n'), ...rest] : rest;
	if (script === undefined) throw new Exit(1, 'no script specified');
	const edits = editsIn(script, has('E') || has('r') ? 'extended' : 'basic');
	return eachInput(process, names, async (bytes, name) => {
		const output = edited(linesOf(bytes), edits, has('n'));
		if (!has('i')) return say(process, output);
		const file = openPath(process, name, 'write');
		return file.write(Buffer.from(output), process.signal).finally(() => file.release());
	});
};

function edited(lines: readonly string[], edits: readonly Edit[], quiet: boolean): string {
	const open = new Set<Edit>();
	let output = '';
	for (const [index, original] of lines.entries()) {
		let line = original;
		let state: 'goes-on' | 'deleted' | 'ends' = 'goes-on';
		const fits = (address: Address) =>
			address === 'last'
				? index === lines.length - 1
				: typeof address === 'number'
					? address === index + 1
					: address.test(line);
		for (const edit of edits) {
			const { from, to, does } = edit;
			let isIn = from === undefined || fits(from);
			if (to !== undefined) {
				if (open.has(edit)) {
					isIn = true;
					if (fits(to)) open.delete(edit);
				} else if (isIn && !(typeof to === 'number' && to <= index + 1)) open.add(edit);
			}
			if (isIn === edit.negated) continue;
			if (does.kind === 's') {
				const after = substituted(line, does);
				if (does.prints && after !== line) output += `${after}\n`;
				line = after;
			} else if (does.kind === 'p') output += `${line}\n`;
			else if (does.kind === '=') output += `${index + 1}\n`;
			else {
				state = does.kind === 'd' ? 'deleted' : 'ends';
				break;
			}
		}
		if (state !== 'deleted' && !quiet) output += `${line}\n`;
		if (state === 'ends') break;
	}
	return output;
}

function substituted(line: string, { test, by, nth }: Extract<Edit['does'], { kind: 's' }>): string {
	let count = 0;
	return line.replace(test, (...found: (string | number)[]) => {
		count += 1;
		if (count < nth) return String(found[0]);
		return by.replaceAll(/\\(\d|.)|&/gs, (whole, one?: string) => {
			if (whole === '&') return String(found[0]);
			if (/^\d$/.test(one ?? '')) return String(found[Number(one)] ?? '');
			return one === 'n' ? '\n' : one === 't' ? '\t' : (one ?? '');
		});
	});
}

function editsIn(script: string, kind: 'basic' | 'extended'): Edit[] {
	const edits: Edit[] = [];
	let left = script;
	const take = (pattern: RegExp): RegExpExecArray | null => {
		const found = pattern.exec(left);
		if (found) left = left.slice(found[0].length);
		return found;
	};
	const address = (): Address | undefined => {
		const [, number, last, text] = take(/^(?:(\d+)|(\$)|\/((?:[^/\\]|\\.)*)\/)/s) ?? [];
		if (number !== undefined) return Number(number);
		return last ? 'last' : text === undefined ? undefined : expression(text, kind, '');
	};
	while (take(/^[\s;]+/) || left !== '') {
		if (left === '') break;
		const from = address();
		const to = take(/^,/) ? address() : undefined;
		const negated = take(/^\s*!/) !== null;
		take(/^\s+/);
		const letter = take(/^[pdq=]/)?.[0];
		if (letter) {
			edits.push({ from, to, negated, does: { kind: letter as 'p' } });
			continue;
		}
		const [, , pattern = '', by = '', flags = ''] =
			take(/^s([^\w\s\\])((?:(?!\1)[^\\]|\\.|\[[^\]]*\])*?)\1((?:(?!\1)[^\\]|\\.)*)\1([gpiI\d]*)/s) ?? [];
		if (pattern === '') throw new Exit(1, `-e expression #1: unknown command: \`${left.charAt(0)}'`);
		const test = expression(pattern, kind, `${/g|\d/.test(flags) ? 'g' : ''}${/i/i.test(flags) ? 'i' : ''}`);
		const nth = Number(/\d+/.exec(flags)?.[0] ?? 1);
		edits.push({ from, to, negated, does: { kind: 's', test, by, prints: flags.includes('p'), nth } });
	}
	return edits;
}
