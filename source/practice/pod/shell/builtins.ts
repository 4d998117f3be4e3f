import {
	absolute,
	Exit,
	nodeAt,
	openPath,
	type Process,
	readAll,
	say,
	signalNamed,
	signals,
} from '../process.ts';
import { findProgram, pathOf } from '../run.ts';
import { during } from '../streams.ts';
import { calculate, expressionIn } from './arithmetic.ts';
import { test } from './condition.ts';
import { printf, unescaped } from './printf.ts';
import { read } from './read.ts';
import {
	assign,
	Jump,
	Leave,
	type OptionName,
	optionLetters,
	optionNames,
	Return,
	type Shell,
	shellValue,
} from './state.ts';

type Builtin = (shell: Shell, args: readonly string[]) => Promise<number>;

const ok = async () => 0;
/** What is a program, too. */
export const shared: Readonly<
	Record<string, (process: Process, args: readonly string[]) => Promise<number>>
> = {
	true: ok,
	false: async () => 1,
	async echo(process, args) {
		const options = args.findIndex(word => !/^-[neE]+$/.test(word));
		const words = args.slice(options < 0 ? args.length : options);
		const flags = args.slice(0, args.length - words.length).join('');
		const plain = words.join(' ');
		const { text, ends } = flags.includes('e') ? unescaped(plain) : { text: plain, ends: false };
		await say(process, ends || flags.includes('n') ? text : `${text}\n`);
		return 0;
	},
	async printf(process, args) {
		if (args.length === 0) throw new Exit(2, 'usage: printf [-v var] format [arguments]');
		await say(process, printf(args[0] === '--' ? args.slice(1) : args));
		return 0;
	},
	test: async (process, args) => Number(!test(process, args)),
	async '['(process, args) {
		if (args.at(-1) !== ']') throw new Exit(2, "missing `]'");
		return Number(!test(process, args.slice(0, -1)));
	},
	async pwd(process) {
		await say(process, `${process.cwd}\n`);
		return 0;
	},
	kill,
};

async function kill({ container, ...process }: Process, args: readonly string[]): Promise<number> {
	if (args[0] === '-l') {
		await say({ container, ...process }, `${Object.keys(signals).join(' ')}\n`);
		return 0;
	}
	const [, flag] = /^-(\w+)$/.exec(args[0] ?? '') ?? [];
	const named = flag === 's' ? args[1] : flag;
	const ids = args.slice(flag === 's' ? 2 : flag === undefined ? 0 : 1);
	if (ids.length === 0)
		throw new Exit(2, 'usage: kill [-s sigspec | -signum | -sigspec] pid | jobspec ... or kill -l [sigspec]');
	const name = signalNamed(named ?? 'TERM');
	if (!name && named !== '0') throw new Exit(1, `${named}: invalid signal specification`);
	let status = 0;
	for (const id of ids) {
		// The first process of a container, which is not there, takes no signal from within.
		const found = container.processes.get(Math.abs(Number(id)));
		if (found && name) found.kill(name);
		else if (!found && id !== '1') {
			await say({ container, ...process }, `kill: (${id}) - No such process\n`, 2);
			status = 1;
		}
	}
	return status;
}

const special: Readonly<Record<string, Builtin>> = {
	':': ok,
	read,
	eval: (shell, args) => shell.evaluate(shell, args.join(' ')),
	async '.'(shell, [name, ...args]) {
		if (name === undefined) throw new Exit(2, 'filename argument required');
		const path = name.includes('/') ? name : (pathOf(shell.process, name) ?? name);
		const file = openPath(shell.process, path, 'read');
		const text = await readAll(shell.process, file).finally(() => file.release());
		const { words } = shell;
		if (args.length > 0) shell.words = args;
		try {
			return await shell.evaluate(shell, text.toString());
		} catch (error) {
			if (error instanceof Return) return error.status;
			throw error;
		} finally {
			shell.words = words;
		}
	},
	async exit(shell, [status]) {
		throw new Leave(statusIn(status, shell));
	},
	async return(shell, [status]) {
		throw new Return(statusIn(status, shell));
	},
	break: (shell, [count]) => jump(shell, 'break', count),
	continue: (shell, [count]) => jump(shell, 'continue', count),
	async shift(shell, [count = '1']) {
		if (Number(count) > shell.words.length) return 1;
		shell.words = shell.words.slice(Number(count));
		return 0;
	},
	set: setOptions,
	async unset({ variables, functions }, args) {
		const names = args.filter(word => !word.startsWith('-'));
		for (const name of names) {
			if (variables.get(name)?.fixed) throw new Exit(1, `${name}: cannot unset: readonly variable`);
			if (args[0] === '-f' || !variables.delete(name)) functions.delete(name);
		}
		return 0;
	},
	export: (shell, args) => declare(shell, args, { exported: true }, 'declare -x'),
	readonly: (shell, args) => declare(shell, args, { fixed: true }, 'declare -r'),
	async local(shell, args) {
		const hidden = shell.hidden.at(-1);
		if (!hidden) throw new Exit(1, 'can only be used in a function');
		for (const word of args) {
			const [name = '', value] = nameAndValue(word);
			const before = shell.variables.get(name);
			if (!hidden.has(name)) hidden.set(name, before);
			shell.variables.set(name, { value: value ?? '', exported: before?.exported ?? false, fixed: false });
		}
		return 0;
	},
	async cd(shell, args) {
		const [to = shellValue(shell, 'HOME') ?? '/root'] = args.filter(word => !/^-[LP]$|^--$/.test(word));
		const target = to === '-' ? (shellValue(shell, 'OLDPWD') ?? '') : to;
		const { process } = shell;
		if (nodeAt(process, target).kind !== 'folder') throw new Exit(1, `${target}: Not a directory`);
		assign(shell, 'OLDPWD', process.cwd);
		process.cwd = normal(absolute(process, target));
		assign(shell, 'PWD', process.cwd);
		if (to === '-') await say(process, `${process.cwd}\n`);
		return 0;
	},
	trap,
	async umask({ process }, [mask]) {
		if (mask === undefined) await say(process, `${process.umask.toString(8).padStart(4, '0')}\n`);
		else if (/^[0-7]{1,4}$/.test(mask)) process.umask = Number.parseInt(mask, 8);
		else throw new Exit(1, `${mask}: octal number out of range`);
		return 0;
	},
	async wait(shell, ids) {
		const all = ids.length > 0 ? ids.map(Number) : [...shell.jobs.keys()];
		let status = 0;
		for (const id of all) {
			const job = shell.jobs.get(id);
			if (!job) throw new Exit(127, `pid ${id} is not a child of this shell`);
			const wakes = new AbortController();
			shell.wake = () => wakes.abort(new Exit(128 + (signals[shell.caught[0] ?? 'INT'] ?? 0)));
			try {
				const end = await during(AbortSignal.any([shell.process.signal, wakes.signal]), job.done);
				status = ids.length > 0 ? end : 0;
			} finally {
				shell.wake = undefined;
			}
			shell.jobs.delete(id);
		}
		return status;
	},
	async jobs({ process, jobs }) {
		for (const [index, job] of [...jobs.values()].entries()) {
			if (process.container.processes.has(job.pid))
				await say(process, `[${index + 1}]   Running                 ${job.words.join(' ')} &\n`);
		}
		return 0;
	},
	command: commandBuiltin,
	async type(shell, names) {
		return describe(shell, names, 'long');
	},
	async let(shell, args) {
		let value = 0;
		for (const text of args) {
			const expression = expressionIn(text);
			if (expression) value = await calculate(shell, expression, async word => word.value);
		}
		return Number(value === 0);
	},
	times: ok,
	ulimit: ok,
	hash: ok,
};

async function commandBuiltin(shell: Shell, args: readonly string[]): Promise<number> {
	const [first = '', ...rest] = args;
	if (first === '-v') return describe(shell, rest, 'short');
	if (first === '-V') return describe(shell, rest, 'long');
	const words = first === '-p' || first === '--' ? rest : args;
	const { functions } = shell;
	const hidden = new Map(functions);
	functions.clear();
	try {
		return await shell.evaluate(
			shell,
			words.map(word => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' '),
		);
	} finally {
		for (const [name, body] of hidden) functions.set(name, body);
	}
}

async function describe(shell: Shell, names: readonly string[], form: 'short' | 'long'): Promise<number> {
	let status = 0;
	for (const name of names) {
		const found = findProgram(shell.process, name);
		const kind = shell.functions.has(name)
			? 'function'
			: Object.hasOwn(builtins, name)
				? 'builtin'
				: undefined;
		if (kind)
			await say(
				shell.process,
				form === 'short'
					? `${name}\n`
					: `${name} is a ${kind === 'function' ? 'function' : 'shell builtin'}\n`,
			);
		else if (found.kind === 'program') {
			const path = pathOf(shell.process, name);
			await say(shell.process, form === 'short' ? `${path}\n` : `${name} is ${path}\n`);
		} else {
			if (form === 'long') await say(shell.process, `${shell.zero}: type: ${name}: not found\n`, 2);
			status = 1;
		}
	}
	return status;
}

function statusIn(text: string | undefined, { status }: Shell): number {
	if (text === undefined) return status;
	if (!/^-?\d+$/.test(text)) throw new Leave(2);
	return Number(text) & 255;
}

async function jump({ loops }: Shell, kind: 'break' | 'continue', count = '1'): Promise<number> {
	if (loops > 0) throw new Jump(kind, Number(count) || 1);
	return 0;
}

const nameAndValue = (word: string): [string, string | undefined] => {
	const at = word.indexOf('=');
	const name = at < 0 ? word : word.slice(0, at);
	if (!/^[A-Za-z_]\w*$/.test(name)) throw new Exit(1, `\`${word}': not a valid identifier`);
	return [name, at < 0 ? undefined : word.slice(at + 1)];
};

async function declare(
	shell: Shell,
	args: readonly string[],
	how: Partial<Readonly<{ exported: boolean; fixed: boolean }>>,
	shown: string,
): Promise<number> {
	const words = args.filter(word => !word.startsWith('-'));
	if (words.length === 0) {
		for (const [name, variable] of [...shell.variables].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
			if (how.exported ? variable.exported : variable.fixed)
				await say(shell.process, `${shown} ${name}="${variable.value ?? ''}"\n`);
		}
	}
	for (const word of words) {
		const [name, value] = nameAndValue(word);
		if (value !== undefined) assign(shell, name, value);
		const variable = shell.variables.get(name) ?? { value: undefined, exported: false, fixed: false };
		shell.variables.set(name, { ...variable, ...(args[0] === '-n' ? { exported: false } : how) });
	}
	return 0;
}

async function setOptions(shell: Shell, args: readonly string[]): Promise<number> {
	if (args.length === 0) {
		for (const [name, { value }] of [...shell.variables].toSorted(([a], [b]) => (a < b ? -1 : 1)))
			await say(shell.process, `${name}='${value ?? ''}'\n`);
	}
	for (const [index, word] of args.entries()) {
		const [, sign, letters] = /^([-+])(\w*)$/.exec(word) ?? [];
		const change = (name: OptionName) =>
			sign === '-' ? shell.options.add(name) : shell.options.delete(name);
		if (letters === 'o') {
			const name = optionNames.find(each => each === args[index + 1]);
			if (name) change(name);
			return 0;
		}
		if (word === '--' || letters === undefined) {
			shell.words = args.slice(word === '--' ? index + 1 : index);
			return 0;
		}
		for (const letter of letters) {
			const name = optionLetters[letter as keyof typeof optionLetters];
			if (name) change(name);
			else if (letter === 'o') {
				const long = optionNames.find(each => each === args[index + 1]);
				if (long) change(long);
				return 0;
			}
		}
	}
	return 0;
}

async function trap(shell: Shell, args: readonly string[]): Promise<number> {
	const { traps, process, caught } = shell;
	if (args.length === 0) {
		for (const [name, action] of traps)
			await say(process, `trap -- '${action}' ${name === 'EXIT' ? name : `SIG${name}`}\n`);
		return 0;
	}
	const [action = '', ...names] = args.length === 1 ? ['-', ...args] : args;
	for (const text of names) {
		const name = text === '0' || text === 'EXIT' ? 'EXIT' : signalNamed(text);
		if (!name) throw new Exit(1, `${text}: invalid signal specification`);
		if (name !== 'EXIT') process.handlers.delete(name);
		if (action === '-') {
			traps.delete(name);
			continue;
		}
		traps.set(name, action);
		if (name === 'EXIT' || name === 'KILL') continue;
		process.handlers.set(name, () => {
			if (action !== '') caught.push(name);
			shell.wake?.();
		});
	}
	return 0;
}

/** Without `..` and double slashes. */
function normal(path: string): string {
	const names: string[] = [];
	for (const name of path.split('/')) {
		if (name === '..') names.pop();
		else if (name !== '' && name !== '.') names.push(name);
	}
	return `/${names.join('/')}`;
}

export const builtins: Readonly<Record<string, Builtin>> = {
	...Object.fromEntries(
		Object.entries(shared).map(([name, program]): [string, Builtin] => [
			name,
			({ process }, args) => program(process, args),
		]),
	),
	...special,
	source: (shell, args) => special['.']?.(shell, args) ?? Promise.resolve(1),
	exec: ok,
};
