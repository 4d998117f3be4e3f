import type { Function as FunctionNode } from 'unbash';
import { type Process, type SignalName, say, startProcess } from '../process.ts';
import type { OpenFile } from '../streams.ts';

export type Variable = { value: string | undefined; exported: boolean; fixed: boolean };

/** A shell: what it knows, and the process that it is. */
export type Shell = {
	readonly process: Process;
	/** `$$`, which subshells share. */
	readonly pid: number;
	/** What it calls itself in complaints. */
	readonly name: string;
	/** `/dev/tcp` is a matter of bash alone. */
	readonly isBash: boolean;
	readonly variables: Map<string, Variable>;
	/** What `local` has hidden, function by function. */
	readonly hidden: Map<string, Variable | undefined>[];
	readonly functions: Map<string, FunctionNode['body']>;
	readonly options: Set<OptionName>;
	readonly traps: Map<SignalName | 'EXIT', string>;
	/** Signals with a trap that came in. */
	readonly caught: SignalName[];
	/** Ends a `wait` that lasts. */
	wake: (() => void) | undefined;
	readonly jobs: Map<number, Process>;
	/** `$0` and on. */
	zero: string;
	words: readonly string[];
	status: number;
	/** Of the last command substitution. */
	substituted: number;
	background: number | undefined;
	/** Where the command that runs is in its text, for complaints. */
	position: number;
	text: string;
	/** Runs a text as if it stood here. */
	readonly evaluate: (shell: Shell, text: string) => Promise<number>;
	depth: number;
	loops: number;
	/** Where a failure is looked at, and `set -e` does not matter. */
	guarded: number;
};

export const optionLetters = {
	e: 'errexit',
	u: 'nounset',
	x: 'xtrace',
	f: 'noglob',
	C: 'noclobber',
} as const;
export const optionNames = [...Object.values(optionLetters), 'pipefail'] as const;
export type OptionName = (typeof optionNames)[number];

/** `exit`, which also ends functions and loops. */
export class Leave extends Error {
	readonly status: number;
	constructor(status: number) {
		super();
		this.status = status;
	}
}
export class Return extends Leave {}
export class Jump extends Error {
	readonly kind: 'break' | 'continue';
	readonly count: number;
	constructor(kind: 'break' | 'continue', count: number) {
		super();
		this.kind = kind;
		this.count = count;
	}
}
/** Ends a shell that is not interactive, with words; an interactive one gives up the line. */
export class ShellError extends Error {
	readonly status: number;
	constructor(text: string, status = 1) {
		super(text);
		this.status = status;
	}
}

const environmentLimit = 1024 * 1024;
/** Characters that one variable may hold. */
const longest = 16 * 1024 * 1024;

export function createShell(
	process: Process,
	{ isBash, zero, words, evaluate }: Pick<Shell, 'isBash' | 'zero' | 'words' | 'evaluate'>,
): Shell {
	const variables = new Map<string, Variable>();
	for (const [name, value] of process.environment) {
		if (/^[A-Za-z_]\w*$/.test(name)) variables.set(name, { value, exported: true, fixed: false });
	}
	const own = (name: string, value: string, exported = false) => {
		if (!variables.has(name)) variables.set(name, { value, exported, fixed: false });
	};
	variables.set('IFS', { value: ' \t\n', exported: false, fixed: false });
	own('PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
	variables.set('PWD', { value: process.cwd, exported: true, fixed: false });
	own('OPTIND', '1');
	own('SHLVL', '1', true);
	return {
		process,
		pid: process.pid,
		name: isBash ? 'bash' : 'sh',
		isBash,
		variables,
		hidden: [],
		functions: new Map(),
		options: new Set(),
		traps: new Map(),
		caught: [],
		wake: undefined,
		jobs: new Map(),
		zero,
		words,
		status: 0,
		substituted: 0,
		background: undefined,
		position: 0,
		text: '',
		evaluate,
		depth: 0,
		loops: 0,
		guarded: 0,
	};
}

/** Runs in a process of its own what a subshell does: it begins with all that the shell knows, and keeps what it learns. */
export function fork(
	shell: Shell,
	open: ReadonlyMap<number, OpenFile> | undefined,
	work: (child: Shell) => Promise<number>,
): Process {
	const birth = { words: shell.process.words, environment: exported(shell), ...(open && { open }) };
	return startProcess(shell.process, birth, process => {
		const variables = new Map([...shell.variables].map(([name, variable]) => [name, { ...variable }]));
		return work({
			...shell,
			process,
			variables,
			hidden: shell.hidden.map(each => new Map(each)),
			functions: new Map(shell.functions),
			options: new Set(shell.options),
			traps: new Map(),
			caught: [],
			wake: undefined,
			jobs: new Map(),
			loops: 0,
		});
	});
}

export const shellValue = (shell: Shell, name: string): string | undefined =>
	shell.variables.get(name)?.value;

export function assign(shell: Shell, name: string, value: string): void {
	const variable = shell.variables.get(name);
	if (variable?.fixed) throw new ShellError(`${name}: readonly variable`);
	if (value.length > longest) throw new ShellError('cannot allocate memory', 2);
	if (variable) variable.value = value;
	else shell.variables.set(name, { value, exported: false, fixed: false });
}

/** What a command gets, names with a value only. */
export function exported({ variables }: Shell): Map<string, string> {
	const all = new Map<string, string>();
	let size = 0;
	for (const [name, { value, exported: isExported }] of variables) {
		if (!isExported || value === undefined) continue;
		size += name.length + value.length;
		all.set(name, value);
	}
	if (size > environmentLimit) throw new ShellError('Argument list too long', 126);
	return all;
}

export const lineOf = ({ text, position }: Shell): number => text.slice(0, position).split('\n').length;

export const warn = (shell: Shell, text: string): Promise<void> =>
	say(shell.process, `${shell.zero}: line ${lineOf(shell)}: ${text}\n`, 2);
