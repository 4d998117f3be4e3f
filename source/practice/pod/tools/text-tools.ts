import { createHash, randomUUID } from 'node:crypto';
import { checksumOf } from '../../pxctl/checksum.ts';
import { complain, descriptor, Exit, openPath, type Program, say } from '../process.ts';
import { unescaped } from '../shell/printf.ts';
import type { OpenFile } from '../streams.ts';
import { eachInput, isAboutFile, linesOf, optionsIn } from './options.ts';

/** Passes on what comes as it comes, for a file without end as well. */
const cat: Program = async (process, args) => {
	const { has, rest } = optionsIn(args, 'nu');
	let line = 0;
	const number = () => {
		line += 1;
		return `${String(line).padStart(6)}\t`;
	};
	let status = 0;
	for (const name of rest.length > 0 ? rest : ['-']) {
		try {
			const file = name === '-' ? descriptor(process, 0).share() : openPath(process, name, 'read');
			try {
				for (let chunk = await file.read(process.signal); chunk; chunk = await file.read(process.signal)) {
					const numbered = () => chunk?.toString().replaceAll(/^(?=.|\n)/gm, number) ?? '';
					await say(process, has('n') ? numbered() : chunk);
				}
			} finally {
				file.release();
			}
		} catch (error) {
			if (!isAboutFile(error)) throw error;
			await complain(process, `${name}: ${error.message}`);
			status = 1;
		}
	}
	return status;
};

const head: Program = async (process, args) => {
	const { value, rest } = optionsIn(countFirst(args), 'c:n:qv', { lines: 'n', bytes: 'c' });
	const bytes = value('c');
	let status = 0;
	for (const name of rest.length > 0 ? rest : ['-']) {
		try {
			const file = name === '-' ? descriptor(process, 0).share() : openPath(process, name, 'read');
			if (rest.length > 1) await say(process, `==> ${name} <==\n`);
			try {
				await (bytes === undefined
					? copyLines(file, Number(value('n') ?? 10))
					: copyBytes(file, Number(bytes)));
			} finally {
				file.release();
			}
		} catch (error) {
			if (!isAboutFile(error)) throw error;
			await complain(process, `cannot open '${name}' for reading: ${error.message}`);
			status = 1;
		}
	}
	return status;

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

const tr: Program = async (process, args) => {
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

const od: Program = async (process, args) => {
	const { value, rest } = optionsIn(args, 'A:N:t:vcx');
	const file = rest[0] === undefined ? descriptor(process, 0).share() : openPath(process, rest[0], 'read');
	const most = Number(value('N') ?? 1024 * 1024);
	const chunks: Buffer[] = [];
	try {
		for (let left = most; left > 0; ) {
			const chunk = await file.read(process.signal);
			if (!chunk) break;
			chunks.push(chunk.subarray(0, left));
			left -= chunk.length;
		}
	} finally {
		file.release();
	}
	const bytes = Buffer.concat(chunks);
	const address = (at: number) => (value('A') === 'n' ? '' : at.toString(8).padStart(7, '0'));
	let text = '';
	for (let at = 0; at < bytes.length; at += 16) {
		text += `${address(at)}${[...bytes.subarray(at, at + 16)].map(byte => ` ${byte.toString(16).padStart(2, '0')}`).join('')}\n`;
	}
	await say(process, `${text}${value('A') === 'n' ? '' : `${address(bytes.length)}\n`}`);
	return 0;
};

const digest =
	(algorithm: string): Program =>
	(process, args) =>
		eachInput(process, args, async (bytes, name) =>
			say(process, `${createHash(algorithm).update(bytes).digest('hex')}  ${name}\n`),
		);

const cksum: Program = (process, args) =>
	eachInput(process, args, async (bytes, name) =>
		say(process, `${checksumOf(bytes)} ${bytes.length}${name === '-' ? '' : ` ${name}`}\n`),
	);

const seq: Program = async (process, args) => {
	const [first = 1, step = 1, last = first] =
		args.length === 1
			? [1, 1, Number(args[0])]
			: args.length === 2
				? [Number(args[0]), 1, Number(args[1])]
				: args.map(Number);
	if (step === 0) throw new Exit(1, 'invalid Zero increment value: ‘0’');
	for (let number = first; step > 0 ? number <= last : number >= last; number += step)
		await say(process, `${number}\n`);
	return 0;
};

const yes: Program = async (process, args) => {
	const text = `${args.join(' ') || 'y'}\n`.repeat(512);
	for (;;) await say(process, text);
};

export const textTools: Readonly<Record<string, Program>> = {
	...{ cat, head, tail, wc, sort, uniq, cut, tr, tee, base64, od, cksum, seq, yes },
	md5sum: digest('md5'),
	sha256sum: digest('sha256'),
	async uuidgen(process) {
		await say(process, `${randomUUID()}\n`);
		return 0;
	},
	async rev(process, args) {
		return eachInput(process, args, async bytes =>
			say(
				process,
				linesOf(bytes)
					.map(line => `${[...line].toReversed().join('')}\n`)
					.join(''),
			),
		);
	},
};
