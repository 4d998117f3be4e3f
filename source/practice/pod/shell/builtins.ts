import { absolute, Exit, nodeAt, openPath, readAll, say, signals } from '../process.ts';
import { findProgram, pathOf } from '../run.ts';
import { during } from '../streams.ts';
import { read } from './read.ts';
import { declare, nameAndValue, setOptions, trap } from './settings.ts';
import { shared } from './shared.ts';
import { assign, Jump, Leave, Return, type Shell, shellValue } from './state.ts';

type Builtin = (shell: Shell, args: readonly string[]) => Promise<number>;

const ok = async () => 0;

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
	command: commandBuiltin,
	async type(shell, names) {
		return describe(shell, names, 'long');
	},
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
