import { randomFillSync } from 'node:crypto';
import { type DeviceName, type File, type Files, SystemError } from './files.ts';

/** Where an open file leads. Waiting ends with the signal, by its reason. */
export type End = {
	/** undefined: its end. */
	read(signal: AbortSignal): Promise<Buffer | undefined>;
	write(bytes: Buffer, signal: AbortSignal): Promise<void>;
	close(): void;
	isTerminal: boolean;
};

/** Milliseconds that programs run before others have a turn. */
const turn = 8;
let lastTurn = performance.now();

/** Between any two commands: ends what was killed, and lets the rest of this process have its turn. */
export async function breathe({ signal }: Readonly<{ signal: AbortSignal }>): Promise<void> {
	signal.throwIfAborted();
	if (performance.now() - lastTurn > turn) {
		await new Promise(setImmediate);
		lastTurn = performance.now();
		signal.throwIfAborted();
	}
}

/** An open file, as descriptors of several processes may share it: with it they share what was read too far. */
export class OpenFile {
	readonly #end: End;
	#users = 1;
	#ahead: Buffer | undefined;

	constructor(end: End) {
		this.#end = end;
	}

	get isTerminal(): boolean {
		return this.#end.isTerminal;
	}

	async read(signal: AbortSignal): Promise<Buffer | undefined> {
		await breathe({ signal });
		const ahead = this.#ahead;
		this.#ahead = undefined;
		return ahead ?? this.#end.read(signal);
	}

	/** Gives back the rest of what `read` has given. */
	unread(bytes: Buffer): void {
		if (bytes.length > 0) this.#ahead = this.#ahead ? Buffer.concat([bytes, this.#ahead]) : bytes;
	}

	/** Up to a line break, which is part of it, and nothing beyond. */
	async readLine(signal: AbortSignal, most = 1024 * 1024): Promise<Buffer> {
		const parts: Buffer[] = [];
		let size = 0;
		for (let chunk = await this.read(signal); chunk; chunk = await this.read(signal)) {
			const end = chunk.indexOf(10);
			parts.push(end < 0 ? chunk : chunk.subarray(0, end + 1));
			size += chunk.length;
			if (end >= 0) this.unread(chunk.subarray(end + 1));
			if (end >= 0 || size > most) break;
		}
		return Buffer.concat(parts);
	}

	async write(bytes: Buffer, signal: AbortSignal): Promise<void> {
		await breathe({ signal });
		if (bytes.length > 0) await this.#end.write(bytes, signal);
	}

	share(): this {
		this.#users += 1;
		return this;
	}

	release(): void {
		this.#users -= 1;
		if (this.#users === 0) this.#end.close();
	}
}

const chunkSize = 64 * 1024;
const notForReading = async (): Promise<never> => {
	throw new SystemError('EBADF');
};
const nothing = (): void => undefined;

/** Both ends of a pipe. A writer waits while it is full, a reader while it is empty. */
export function createPipe(): Readonly<{ reader: OpenFile; writer: OpenFile }> {
	const chunks: Buffer[] = [];
	let size = 0;
	let isWritten = true;
	let isRead = true;
	let change = Promise.withResolvers<void>();
	const changed = () => {
		change.resolve();
		change = Promise.withResolvers<void>();
	};
	const reader: End = {
		isTerminal: false,
		async read(signal) {
			while (chunks.length === 0 && isWritten) await during(signal, change.promise);
			const chunk = chunks.shift();
			size -= chunk?.length ?? 0;
			changed();
			return chunk;
		},
		write: notForReading,
		close() {
			isRead = false;
			changed();
		},
	};
	const writer: End = {
		isTerminal: false,
		read: notForReading,
		async write(bytes, signal) {
			while (size >= chunkSize && isRead) await during(signal, change.promise);
			if (!isRead) throw new SystemError('EPIPE');
			chunks.push(bytes);
			size += bytes.length;
			changed();
		},
		close() {
			isWritten = false;
			changed();
		},
	};
	return { reader: new OpenFile(reader), writer: new OpenFile(writer) };
}

/** Waits for the one or the other. */
export async function during<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
	// What is late is not listened to.
	work.catch(() => undefined);
	signal.throwIfAborted();
	const { promise, reject } = Promise.withResolvers<never>();
	const stop = () => reject(signal.reason as Error);
	signal.addEventListener('abort', stop, { once: true });
	try {
		return await Promise.race([work, promise]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

export type Opening = Readonly<{ reads: boolean; writes: boolean; appends: boolean }>;

export function openContent(files: Files, target: File, { reads, writes, appends }: Opening): OpenFile {
	let position = 0;
	return new OpenFile({
		isTerminal: false,
		async read() {
			if (!reads) throw new SystemError('EBADF');
			const end = Math.min(position + chunkSize, target.size);
			const chunk = Buffer.from(target.data.subarray(position, end));
			position = end;
			return chunk.length > 0 ? chunk : undefined;
		},
		async write(bytes) {
			if (!writes) throw new SystemError('EBADF');
			const at = appends ? target.size : position;
			files.resize(target, Math.max(target.size, at + bytes.length));
			bytes.copy(target.data, at);
			position = at + bytes.length;
		},
		close: nothing,
	});
}

export function openText(text: string): OpenFile {
	let left: Buffer | undefined = Buffer.from(text);
	return new OpenFile({
		isTerminal: false,
		async read() {
			const chunk = left;
			left = undefined;
			return chunk?.length ? chunk : undefined;
		},
		write: notForReading,
		close: nothing,
	});
}

export function openDevice(name: Exclude<DeviceName, 'terminal'>): OpenFile {
	return new OpenFile({
		isTerminal: false,
		async read() {
			switch (name) {
				case 'null':
					return undefined;
				case 'random':
					return randomFillSync(Buffer.alloc(4096));
				default:
					return Buffer.alloc(4096);
			}
		},
		async write() {
			if (name === 'full') throw new SystemError('ENOSPC');
		},
		close: nothing,
	});
}
