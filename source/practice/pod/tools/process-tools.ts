import {
	complain,
	descriptor,
	Exit,
	type Process,
	type Program,
	readAll,
	say,
	signalNamed,
	sleep,
} from '../process.ts';
import { findProgram, missingWords, pathOf, startCommand, waitFor } from '../run.ts';
import { date } from './date.ts';
import { optionsIn } from './options.ts';

/** Ends what it started when it is ended itself. */
async function run(
	process: Process,
	words: readonly string[],
	environment = process.environment,
): Promise<number> {
	const [name = ''] = words;
	const found = findProgram({ ...process, environment }, name);
	if (found.kind === 'missing') {
		const words = found.reason === 'no-command' ? 'No such file or directory' : missingWords[found.reason];
		throw new Exit(found.reason.startsWith('no-') ? 127 : 126, `failed to run command '${name}': ${words}`);
	}
	return waitFor(process, startCommand(process, words, { environment }));
}

const env: Program = async (process, args) => {
	const left = [...args];
	let environment = new Map(process.environment);
	while (left[0] === '-i' || left[0] === '-' || left[0] === '-u') {
		if (left.shift() === '-u') environment.delete(left.shift() ?? '');
		else environment = new Map();
	}
	for (let word = left[0]; word?.includes('='); word = left[0]) {
		environment.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
		left.shift();
	}
	if (left.length > 0) return run(process, left, environment);
	await say(process, [...environment].map(([name, value]) => `${name}=${value}\n`).join(''));
	return 0;
};

const timeout: Program = async (process, args) => {
	const first = args.findIndex(word => /^\d/.test(word));
	const { value, has } = optionsIn(args.slice(0, Math.max(first, 0)), 's:k:pfv', {
		signal: 's',
		'kill-after': 'k',
		foreground: 'f',
		'preserve-status': 'p',
	});
	const [duration = '', ...words] = args.slice(Math.max(first, 0));
	if (words.length === 0) throw new Exit(125, 'missing operand');
	const [name = ''] = words;
	const found = findProgram(process, name);
	if (found.kind === 'missing') return run(process, words);
	const child = startCommand(process, words);
	let isLate = false;
	const late = setTimeout(() => {
		isLate = true;
		child.kill(signalNamed(value('s') ?? 'TERM') ?? 'TERM');
	}, milliseconds(duration));
	const grace = value('k');
	const kill =
		grace === undefined
			? undefined
			: setTimeout(() => child.kill('KILL'), milliseconds(duration) + milliseconds(grace));
	try {
		const status = await waitFor(process, child);
		return isLate && !has('p') ? 124 : status;
	} finally {
		clearTimeout(late);
		clearTimeout(kill);
	}
};

function milliseconds(text: string): number {
	const [, count, unit = 's'] = /^(\d*\.?\d+)([smhd]?)$/.exec(text) ?? [];
	if (count === undefined) throw new Exit(125, `invalid time interval '${text}'`);
	return Math.min(Number(count) * 1000 * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit] ?? 1), 2 ** 31 - 1);
}

const xargs: Program = async (process, args) => {
	const first = args.findIndex(
		(word, index) => !word.startsWith('-') && !/^-[nILPd]$/.test(args[index - 1] ?? ''),
	);
	const { has, value } = optionsIn(args.slice(0, first < 0 ? args.length : first), '0rtn:I:L:P:');
	const command = first < 0 ? ['echo'] : args.slice(first);
	const text = (await readAll(process, descriptor(process, 0))).toString();
	const words = has('0')
		? text.split('\0').filter(Boolean)
		: has('I')
			? text.split('\n').filter(Boolean)
			: (text.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map(word => word.replace(/^(['"])(.*)\1$/s, '$2'));
	if (words.length === 0 && has('r')) return 0;
	const replaced = value('I');
	const size = Number(value('n') ?? 1000);
	const calls: string[][] = [];
	if (replaced !== undefined)
		calls.push(...words.map(word => command.map(part => part.replaceAll(replaced, word))));
	else
		for (let at = 0; at < Math.max(words.length, 1); at += size)
			calls.push([...command, ...words.slice(at, at + size)]);
	let status = 0;
	for (const call of calls) status = (await run(process, call)) === 0 ? status : 123;
	return status;
};

const ps: Program = async process => {
	const { container } = process;
	const rows = [...container.processes.values()].map(({ pid, words }) => [pid, words.join(' ')] as const);
	const all = [[1, container.portworx ? '/px-oci-mon' : '/stork'] as const, ...rows];
	await say(
		process,
		`    PID TTY          TIME CMD\n${all.map(([pid, words]) => `${String(pid).padStart(7)} ?        00:00:00 ${words}\n`).join('')}`,
	);
	return 0;
};

const uname: Program = async (process, args) => {
	const { has } = optionsIn(args, 'asnrvmo');
	const parts = [
		['s', 'Linux'],
		['n', process.container.hostname],
		['r', '6.8.0-practice'],
		['v', '#1 SMP'],
		['m', 'x86_64'],
		['o', 'GNU/Linux'],
	] as const;
	const shown = parts.filter(([letter]) => has('a') || has(letter) || (args.length === 0 && letter === 's'));
	await say(process, `${shown.map(([, text]) => text).join(' ')}\n`);
	return 0;
};

const printed =
	(text: (process: Process, args: readonly string[]) => string): Program =>
	async (process, args) => {
		await say(process, `${text(process, args)}\n`);
		return 0;
	};

export const processTools: Readonly<Record<string, Program>> = {
	...{ env, timeout, xargs, ps, uname, date },
	async sleep(process, args) {
		if (args.length === 0) throw new Exit(1, 'missing operand');
		for (const word of args) await sleep(process, milliseconds(word));
		return 0;
	},
	async printenv(process, [name]) {
		if (name === undefined) return env(process, []);
		const value = process.environment.get(name);
		if (value !== undefined) await say(process, `${value}\n`);
		return Number(value === undefined);
	},
	async which(process, names) {
		let status = 0;
		for (const name of names) {
			const path = pathOf(process, name);
			if (path !== undefined) await say(process, `${path}\n`);
			else {
				await complain(process, `no ${name} in (${process.environment.get('PATH') ?? ''})`);
				status = 1;
			}
		}
		return status;
	},
	hostname: printed(({ container }) => container.hostname),
	whoami: printed(() => 'root'),
	id: printed((_process, [flag]) =>
		flag === undefined ? 'uid=0(root) gid=0(root) groups=0(root)' : /n/.test(flag) ? 'root' : '0',
	),
};
