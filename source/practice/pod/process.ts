import type { PodNetwork } from '../pod-network/pod-network.ts';
import type { PortworxEndpoint } from '../portworx-endpoint.ts';
import type { PxctlState } from '../pxctl/state.ts';
import { type Files, type Node, SystemError } from './files.ts';
import { breathe, during, type OpenFile, openContent, openDevice } from './streams.ts';

/** One container that has a shell: what is in it lives in the memory of this process, and nothing of this machine is. */
export type Container = Readonly<{
	/** Of the pod. */
	name: string;
	hostname: string;
	files: Files;
	environment: Readonly<Record<string, string>>;
	processes: Map<number, Process>;
	nextPid(): number;
	/** Hears of each process as it begins, as `ps` would show it. */
	onStart(process: Pick<Process, 'words' | 'environment'>): void;
	/** Milliseconds since 1970, by the clock of its node. */
	now(): number;
	network: PodNetwork;
	/** The Portworx of the cluster, where this is one of its pods. */
	portworx: PxctlState | undefined;
	/** What the management endpoint on the pod's node does for `pxctl cluster pair create`. */
	pairWith: PortworxEndpoint['pairWith'];
	/** What is found by the name in a file that represents a binary. */
	programs: Readonly<Record<string, Program>>;
}>;

/** What runs in a container: no process of this machine, but work of this one, with descriptors of its own. */
export type Process = {
	readonly pid: number;
	readonly parent: number;
	readonly container: Container;
	readonly session: Session;
	/** Descriptors. */
	readonly open: Map<number, OpenFile>;
	/** What it exports. */
	environment: Map<string, string>;
	words: readonly string[];
	cwd: string;
	umask: number;
	/** Ends what it waits for; its reason is a `Killed`. */
	signal: AbortSignal;
	/** Signals that it wants to hear of instead of being ended by them. */
	readonly handlers: Map<SignalName, () => void>;
	kill(name: SignalName): void;
	done: Promise<number>;
};

/** All that one exec has started, and its terminal. */
export type Session = {
	readonly processes: Set<Process>;
	readonly terminal: OpenFile | undefined;
};

/** @returns an exit status. What it throws ends it as well. */
export type Program = (process: Process, args: readonly string[]) => Promise<number>;

export const signals = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, USR1: 10, USR2: 12, PIPE: 13, ALRM: 14, TERM: 15 };
export type SignalName = keyof typeof signals;

export const signalNamed = (text: string): SignalName | undefined =>
	(Object.keys(signals) as SignalName[]).find(
		name => name === text.toUpperCase().replace(/^SIG/, '') || String(signals[name]) === text,
	);

export class Killed extends Error {
	readonly status: number;
	constructor(name: SignalName) {
		super(name);
		this.status = 128 + signals[name];
	}
}

/** Ends a program with this status, and with words on standard error if there are any. */
export class Exit extends Error {
	readonly status: number;
	constructor(status: number, text = '') {
		super(text);
		this.status = status;
	}
}

/** Of all sessions of one container; a real one has its limit, too. */
const mostProcesses = 200;

export type Birth = Readonly<{
	words: readonly string[];
	environment?: ReadonlyMap<string, string>;
	/** Descriptors instead of those of the parent, which are shared. They go over to the process. */
	open?: ReadonlyMap<number, OpenFile>;
}>;

type Parent = Pick<Process, 'pid' | 'container' | 'session' | 'open' | 'environment' | 'cwd' | 'umask'>;

/** Starts a process that does this. It always comes to an end, with an exit status. */
export function startProcess(parent: Parent, birth: Birth, program: Program): Process {
	const { container, session } = parent;
	if (container.processes.size >= mostProcesses) throw new SystemError('EAGAIN');
	const controller = new AbortController();
	const born: Process = {
		pid: container.nextPid(),
		parent: parent.pid,
		container,
		session,
		words: birth.words,
		environment: new Map(birth.environment ?? parent.environment),
		open: new Map(birth.open ?? [...parent.open].map(([number, file]) => [number, file.share()])),
		cwd: parent.cwd,
		umask: parent.umask,
		signal: controller.signal,
		handlers: new Map(),
		kill(name) {
			const handler = name === 'KILL' ? undefined : born.handlers.get(name);
			if (handler) handler();
			else controller.abort(new Killed(name));
		},
		done: Promise.resolve(0),
	};
	container.processes.set(born.pid, born);
	container.onStart(born);
	session.processes.add(born);
	born.done = live(born, program);
	return born;
}

async function live(process: Process, program: Program): Promise<number> {
	try {
		await breathe(process);
		return await program(process, process.words.slice(1));
	} catch (error) {
		return await statusOf(process, error);
	} finally {
		for (const file of process.open.values()) file.release();
		process.open.clear();
		process.container.processes.delete(process.pid);
		process.session.processes.delete(process);
	}
}

/** The status that a failure ends a program with, after its words are said. */
export async function statusOf(process: Process, error: unknown): Promise<number> {
	if (error instanceof Killed) return error.status;
	if (error instanceof SystemError && error.code === 'EPIPE') return 128 + signals.PIPE;
	const isOwn = error instanceof Exit || error instanceof SystemError;
	// A mistake of the pretend programs themselves ends one of them, and not the clusters.
	const words = isOwn ? error.message : `internal error: ${String(error)}`;
	if (words !== '') {
		await complain(process, words).catch(() => undefined);
	}
	if (error instanceof Exit) return error.status;
	return isOwn ? 1 : 70;
}

export const baseName = (path: string): string => path.replace(/\/+$/, '').replace(/^.*\//, '') || path;

export const absolute = ({ cwd }: Pick<Process, 'cwd'>, path: string): string =>
	path.startsWith('/') ? path : `${cwd}/${path}`;

export function nodeAt(process: Process, path: string, last?: 'follow' | 'keep'): Node {
	if (path === '') throw new SystemError('ENOENT');
	return process.container.files.get(absolute(process, path), last);
}

export const nodeIfAny = (process: Process, path: string, last?: 'follow' | 'keep'): Node | undefined =>
	path === '' ? undefined : process.container.files.find(absolute(process, path), last);

export function descriptor(process: Process, number: number): OpenFile {
	const file = process.open.get(number);
	if (!file) throw new SystemError('EBADF');
	return file;
}

export type Way = 'read' | 'write' | 'append' | 'create' | 'both';

/** Opens a file of the container; `create`: only where none is yet. */
export function openPath(process: Process, path: string, way: Way): OpenFile {
	const { files } = process.container;
	const number = /^\/(?:dev|proc\/self)\/(?:fd\/(\d+)|stdin|stdout|stderr)$/.exec(path);
	if (number) {
		const named = ['/dev/stdin', '/dev/stdout', '/dev/stderr'].indexOf(path);
		return descriptor(process, named < 0 ? Number(number[1]) : named).share();
	}
	const where = absolute(process, path);
	const reads = way === 'read' || way === 'both';
	let node = way === 'read' ? nodeAt(process, path) : nodeIfAny(process, path);
	if (!node) {
		node = {
			kind: 'file',
			mode: 0o666 & ~process.umask,
			modified: Date.now(),
			data: Buffer.alloc(0),
			size: 0,
		};
		files.put(targetOf(process, where), node);
	} else if (way === 'create' && node.kind === 'file') {
		throw new SystemError('EEXIST');
	}
	if (node.kind === 'folder') throw new SystemError('EISDIR');
	if (node.kind === 'link') throw new SystemError('ENOENT');
	if (node.kind === 'device') {
		if (node.name !== 'terminal') return openDevice(node.name);
		if (!process.session.terminal) throw new SystemError('ENXIO');
		return process.session.terminal.share();
	}
	if (way === 'write') files.resize(node, 0);
	return openContent(files, node, { reads, writes: way !== 'read', appends: way === 'append' });
}

/** A link that leads nowhere yet is where the file will be. */
function targetOf(process: Process, path: string): string {
	const found = process.container.files.find(path, 'keep');
	if (found?.kind !== 'link') return path;
	return found.target.startsWith('/') ? found.target : `${path.replace(/[^/]*$/, '')}${found.target}`;
}

export const say = (process: Process, text: string | Uint8Array, number = 1): Promise<void> =>
	descriptor(process, number).write(Buffer.from(text), process.signal);

/** `name: words`, on standard error. */
export const complain = (process: Process, text: string): Promise<void> =>
	say(process, `${baseName(process.words[0] ?? '')}: ${text}\n`, 2);

export async function readAll(process: Process, file: OpenFile, most = 64 * 1024 * 1024): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for (let chunk = await file.read(process.signal); chunk; chunk = await file.read(process.signal)) {
		chunks.push(chunk);
		size += chunk.length;
		if (size > most) throw new Exit(1, 'memory exhausted');
		await breathe(process);
	}
	return Buffer.concat(chunks);
}

export async function sleep(process: Process, milliseconds: number): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	try {
		await during(
			process.signal,
			new Promise(resolve => {
				timer = setTimeout(resolve, Math.min(milliseconds, 2 ** 31 - 1));
			}),
		);
	} finally {
		clearTimeout(timer);
	}
}
