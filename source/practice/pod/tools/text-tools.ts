import { descriptor, Exit, openPath, type Program, say } from '../process.ts';
import type { OpenFile } from '../streams.ts';
import { eachFile, eachInput, linesOf, optionsIn } from './options.ts';
import { tr } from './tr.ts';

/** Passes on what comes as it comes, for a file without end as well. */
const cat: Program = async (process, args) => {
	const { has, rest } = optionsIn(args, 'nu');
	let line = 0;
	const number = () => {
		line += 1;
		return `${String(line).padStart(6)}\t`;
	};
	return eachFile(process, rest, async file => {
		for (let chunk = await file.read(process.signal); chunk; chunk = await file.read(process.signal)) {
			const numbered = () => chunk?.toString().replaceAll(/^(?=.|\n)/gm, number) ?? '';
			await say(process, has('n') ? numbered() : chunk);
		}
	});
};

const head: Program = async (process, args) => {
	const { value, rest } = optionsIn(countFirst(args), 'c:n:qv', { lines: 'n', bytes: 'c' });
	const bytes = value('c');
	const copy = async (file: OpenFile, name: string) => {
		if (rest.length > 1) await say(process, `==> ${name} <==\n`);
		await (bytes === undefined ? copyLines(file, Number(value('n') ?? 10)) : copyBytes(file, Number(bytes)));
	};
	return eachFile(process, rest, copy, (name, why) => `cannot open '${name}' for reading: ${why}`);

	async function copyLines(file: OpenFile, count: number) {
		for (let left = count; left > 0; left -= 1) {
			const line = await file.readLine(process.signal);
			if (line.length === 0) return;
			await say(process, line);
		}
	}

	async function copyBytes(file: OpenFile, count: number) {
		for (let left = count; left > 0; ) {
			const chunk = await file.read(process.signal);
			if (!chunk) return;
			await say(process, chunk.subarray(0, left));
			file.unread(chunk.subarray(left));
			left -= chunk.length;
		}
	}
};

/** `-5` as `-n 5`. */
const countFirst = (args: readonly string[]): string[] =>
	args.flatMap(word => (/^-\d+$/.test(word) ? ['-n', word.slice(1)] : [word]));

const tail: Program = (process, args) => {
	const { value, rest, has } = optionsIn(countFirst(args), 'c:n:fFq', { lines: 'n', bytes: 'c' });
	if (has('f') || has('F')) throw new Exit(1, '-f: not known to the practice pods');
	return eachInput(process, rest, async bytes => {
		const count = value('c') ?? value('n') ?? '10';
		const from = Number(count.replace(/^[+-]/, ''));
		if (value('c') !== undefined)
			return say(
				process,
				count.startsWith('+') ? bytes.subarray(from - 1) : bytes.subarray(-from || bytes.length),
			);
		const lines = linesOf(bytes);
		const kept = count.startsWith('+') ? lines.slice(from - 1) : lines.slice(-from || lines.length);
		return say(process, kept.map(line => `${line}\n`).join(''));
	});
};

const wc: Program = (process, args) => {
	const { has, rest } = optionsIn(args, 'clmw');
	const all = !['c', 'l', 'm', 'w'].some(has);
	return eachInput(process, rest, async (bytes, name) => {
		const text = bytes.toString();
		const numbers = [
			...(all || has('l') ? [text.split('\n').length - 1] : []),
			...(all || has('w') ? [text.split(/\s+/).filter(Boolean).length] : []),
			...(has('m') ? [[...text].length] : []),
			...(all || has('c') ? [bytes.length] : []),
		];
		const width = numbers.length > 1 ? 7 : 0;
		await say(
			process,
			`${numbers.map(number => String(number).padStart(width)).join(' ')}${name === '-' ? '' : ` ${name}`}\n`,
		);
	});
};

const sort: Program = async (process, args) => {
	const { has, value, rest } = optionsIn(args, 'nrufk:t:V');
	const lines: string[] = [];
	const status = await eachInput(process, rest, async bytes => void lines.push(...linesOf(bytes)));
	const field = Number.parseInt(value('k') ?? '0', 10);
	const key = (line: string) => (field > 0 ? (line.split(value('t') ?? /\s+/)[field - 1] ?? '') : line);
	const compare = (a: string, b: string) => {
		if (has('n')) return (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0);
		if (has('V')) return a.localeCompare(b, 'en', { numeric: true });
		const [x, y] = has('f') ? [a.toUpperCase(), b.toUpperCase()] : [a, b];
		return x < y ? -1 : Number(x > y);
	};
	lines.sort((a, b) => (compare(key(a), key(b)) || (a < b ? -1 : Number(a > b))) * (has('r') ? -1 : 1));
	const kept = has('u') ? lines.filter((line, index) => index === 0 || line !== lines[index - 1]) : lines;
	await say(process, kept.map(line => `${line}\n`).join(''));
	return status;
};

const uniq: Program = (process, args) => {
	const { has, rest } = optionsIn(args, 'cdui');
	return eachInput(process, rest.slice(0, 1), async bytes => {
		const groups: { line: string; count: number }[] = [];
		for (const line of linesOf(bytes)) {
			const last = groups.at(-1);
			if (last?.line === line) last.count += 1;
			else groups.push({ line, count: 1 });
		}
		const kept = groups.filter(({ count }) => (has('d') ? count > 1 : !has('u') || count === 1));
		await say(
			process,
			kept.map(({ line, count }) => `${has('c') ? `${String(count).padStart(7)} ` : ''}${line}\n`).join(''),
		);
	});
};

const cut: Program = (process, args) => {
	const { value, has, rest } = optionsIn(args, 'd:f:c:b:s');
	const ranges = (value('f') ?? value('c') ?? value('b') ?? '').split(',').map(range => {
		const [from = '', to = range.includes('-') ? '' : from] = range.split('-');
		return [Number(from) || 1, to === '' ? Number.POSITIVE_INFINITY : Number(to)] as const;
	});
	if (!['f', 'c', 'b'].some(has))
		throw new Exit(1, 'you must specify a list of bytes, characters, or fields');
	const keeps = (index: number) => ranges.some(([from, to]) => index + 1 >= from && index + 1 <= to);
	const delimiter = value('d') ?? '\t';
	return eachInput(process, rest, async bytes => {
		const lines = linesOf(bytes).flatMap(line => {
			if (!has('f')) return [[...line].filter((_, index) => keeps(index)).join('')];
			if (!line.includes(delimiter)) return has('s') ? [] : [line];
			return [
				line
					.split(delimiter)
					.filter((_, index) => keeps(index))
					.join(delimiter),
			];
		});
		await say(process, lines.map(line => `${line}\n`).join(''));
	});
};

const tee: Program = async (process, args) => {
	const { has, rest } = optionsIn(args, 'a');
	const files = rest.map(name => openPath(process, name, has('a') ? 'append' : 'write'));
	const input = descriptor(process, 0);
	try {
		for (let chunk = await input.read(process.signal); chunk; chunk = await input.read(process.signal)) {
			for (const file of files) await file.write(chunk, process.signal);
			await say(process, chunk);
		}
	} finally {
		for (const file of files) file.release();
	}
	return 0;
};

const base64: Program = (process, args) => {
	const { has, value, rest } = optionsIn(args, 'dw:i', { decode: 'd', wrap: 'w' });
	return eachInput(process, rest, async bytes => {
		if (has('d')) {
			const text = bytes.toString('latin1').replaceAll(/\s/g, '');
			await say(process, Buffer.from(text, 'base64'));
			if (!has('i') && (/[^A-Za-z0-9+/=]/.test(text) || text.length % 4 !== 0))
				throw new Exit(1, 'invalid input');
			return;
		}
		const width = Number(value('w') ?? 76);
		const text = bytes.toString('base64');
		const lines =
			width > 0 ? (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map(line => `${line}\n`) : [text];
		await say(process, lines.join(''));
	});
};

export const textTools: Readonly<Record<string, Program>> = {
	...{ cat, head, tail, wc, sort, uniq, cut, tr, tee, base64 },
};
