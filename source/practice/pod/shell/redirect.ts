import type { Redirection } from 'unbash';
import { SystemError } from '../files.ts';
import { descriptor, nodeIfAny, openPath, type Way } from '../process.ts';
import { type OpenFile, openText } from '../streams.ts';
import type { expansions } from './expand.ts';
import { lineOf, type Shell, ShellError, warn } from './state.ts';

type Expand = ReturnType<typeof expansions>;

/** What brings the old descriptors back, or lets go of them, as `exec` does. */
export type Redirected = Readonly<{ restore(): void; keep(): void }>;

/** Changes the shell's descriptors. */
export async function redirect(
	shell: Shell,
	redirections: readonly Redirection[],
	expand: Expand,
): Promise<Redirected> {
	const { open } = shell.process;
	const before = new Map<number, OpenFile | undefined>();
	const restore = () => {
		for (const [number, file] of before) {
			open.get(number)?.release();
			if (file) open.set(number, file);
			else open.delete(number);
		}
	};
	const put = (number: number, file: OpenFile | undefined) => {
		if (before.has(number)) open.get(number)?.release();
		else before.set(number, open.get(number));
		if (file) open.set(number, file);
		else open.delete(number);
	};
	try {
		for (const redirection of redirections) await apply(shell, redirection, expand, put);
	} catch (error) {
		restore();
		throw error;
	}
	return {
		restore,
		keep() {
			for (const file of before.values()) file?.release();
		},
	};
}

type Put = (number: number, file: OpenFile | undefined) => void;

async function apply(shell: Shell, redirection: Redirection, expand: Expand, put: Put): Promise<void> {
	const { operator, descriptor: named } = redirection;
	if (named?.type === 'FileDescriptorVariable')
		throw new ShellError(`{${named.name}}: not known to the shell of the practice pods`);
	const number = named?.value ?? (operator.startsWith('<') ? 0 : 1);
	if (redirection.type === 'HereDoc') {
		const { body, delimiter } = redirection;
		const raw = operator === '<<-' ? body.text.replaceAll(/^\t+/gm, '') : body.text;
		put(number, openText(!delimiter?.quoted && body.parts ? await expand.partsText(shell, body.parts) : raw));
		return;
	}
	const target = redirection.target ? await expand.text(shell, redirection.target) : '';
	if (redirection.type === 'HereString') put(number, openText(`${target}\n`));
	else if (operator === '<&' || operator === '>&') copyDescriptor(shell, number, target, put);
	else if (operator === '&>' || operator === '&>>') {
		const file = await openTarget(shell, target, operator === '&>' ? 'write' : 'append');
		put(1, file);
		put(2, file.share());
	} else put(number, await openTarget(shell, target, wayOf(shell, operator, target)));
}

function copyDescriptor(shell: Shell, number: number, target: string, put: Put): void {
	if (target === '-') put(number, undefined);
	else {
		try {
			put(number, descriptor(shell.process, Number(target)).share());
		} catch (error) {
			throw named(target, error);
		}
	}
}

function wayOf(shell: Shell, operator: string, target: string): Way {
	switch (operator) {
		case '<':
			return 'read';
		case '>>':
			return 'append';
		case '<>':
			return 'both';
		case '>':
			return shell.options.has('noclobber') && nodeIfAny(shell.process, target)?.kind !== 'device'
				? 'create'
				: 'write';
		default:
			return 'write';
	}
}

async function openTarget(shell: Shell, target: string, way: Way): Promise<OpenFile> {
	const [, host, port] = (shell.isBash && /^\/dev\/tcp\/([^/]+)\/(\d+)$/.exec(target)) || [];
	try {
		if (host !== undefined && port !== undefined)
			return await shell.process.container.network.connect(host, port, shell.process.signal);
		return openPath(shell.process, target, way);
	} catch (error) {
		if (host !== undefined && error instanceof SystemError && error.code !== 'ENOTFOUND')
			throw new ShellError(
				`connect: ${error.message}\n${shell.zero}: line ${lineOf(shell)}: ${target}: ${error.message}`,
			);
		throw named(target, error, way);
	}
}

function named(target: string, error: unknown, way?: Way): unknown {
	if (!(error instanceof SystemError)) return error;
	if (error.code === 'EEXIST' && way === 'create')
		return new ShellError(`${target}: cannot overwrite existing file`);
	return new ShellError(`${target}: ${error.message}`);
}

/** Complains of what is wrong with a redirection, and does not go on. */
export async function redirectOrWarn<T>(shell: Shell, work: () => Promise<T>): Promise<T | undefined> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof ShellError)) throw error;
		await warn(shell, error.message);
		return undefined;
	}
}
