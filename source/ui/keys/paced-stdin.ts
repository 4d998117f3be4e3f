import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createKeySplitter, escapeKey, interruptKey, isText, suspendKey } from './key-splitter.ts';

/** What we need of `process.stdin`. */
export type TerminalInput = NodeJS.ReadableStream & {
	isTTY?: boolean;
	setRawMode?(mode: boolean): unknown;
	ref?(): unknown;
	unref?(): unknown;
};

/**
 * Sits between the terminal and Ink's `render(tree, { stdin })` and hands over one key at a time, each in a turn of
 * its own. Ink calls its handlers for all keys of one read before React has drawn anything, so "text⏎" arrives as
 * one unknown key, and what is typed after Enter goes to the question that was just answered.
 *
 * Printable text goes key by key too, so that each reaches the screen that the key before it brought up, unless so
 * much of it has piled up that drawing after each key would take seconds: then the run goes as one string. Fields
 * take a string whole; screens that listen for single letters take no notice, which is right, because a hundred
 * letters at once are a paste and not a hundred commands.
 */
export class PacedStdin extends Readable {
	readonly isTTY: boolean;
	readonly #source: TerminalInput;
	readonly #escapeDelay: number;
	readonly #splitter = createKeySplitter();
	readonly #decoder = new StringDecoder('utf8');
	readonly #keys: string[] = [];
	#isReading = false;
	#isWanted = false;
	#isScheduled = false;
	#holds = 0;
	#timer: NodeJS.Timeout | undefined;

	/** `escapeDelay` in milliseconds: how long an Esc may be the start of a sequence that the line cut in two. */
	constructor(source: TerminalInput, { escapeDelay = 50 }: { escapeDelay?: number } = {}) {
		super({ objectMode: true, highWaterMark: 1 });
		this.#source = source;
		this.#escapeDelay = escapeDelay;
		this.isTTY = source.isTTY === true;
	}

	/**
	 * Keys are read while the terminal is raw; otherwise they are left to its owner, such as a child process.
	 * Call it before `render`: Ink does so only after the first frame, and a key struck in between would be echoed.
	 */
	setRawMode(isRaw: boolean): this {
		this.#source.setRawMode?.(isRaw);
		if (isRaw && !this.#isReading) {
			this.#source.on('data', this.#take).on('end', this.#end).resume();
		} else if (!isRaw && this.#isReading) {
			this.#source.off('data', this.#take).off('end', this.#end).pause();
		}
		this.#isReading = isRaw;
		return this;
	}

	/**
	 * Keeps keys back until released, for as long as an answer is being looked at: what is typed meanwhile belongs to
	 * the next question. Ctrl-C and Ctrl-Z always pass, and Esc when nothing was typed before it.
	 */
	hold(): () => void {
		this.#holds++;
		let isHeld = true;
		return () => {
			if (isHeld) this.#holds--;
			isHeld = false;
			this.#schedule();
		};
	}

	ref(): this {
		this.#source.ref?.();
		return this;
	}

	unref(): this {
		this.#source.unref?.();
		return this;
	}

	/** Ink asks for UTF-8 strings. Keys are strings already. */
	override setEncoding(): this {
		return this;
	}

	override _read(): void {
		this.#isWanted = true;
		this.#schedule();
	}

	readonly #take = (chunk: Buffer | string): void => {
		clearTimeout(this.#timer);
		this.#add(this.#splitter.push(typeof chunk === 'string' ? chunk : this.#decoder.write(chunk)));
		const waitsFor = this.#splitter.waitsFor();
		if (waitsFor === 'nothing') return;
		const delay = waitsFor === 'escape' ? this.#escapeDelay : pasteDelay;
		// After a busy moment the rest may lie in the terminal already, unread: look there before giving up on it.
		const giveUp = (): NodeJS.Immediate => setImmediate(() => this.#timer === timer && this.#flush());
		const timer = setTimeout(giveUp, delay);
		timer.unref();
		this.#timer = timer;
	};

	readonly #end = (): void => {
		this.#flush();
		this.#keys.push(endOfInput);
		this.#schedule();
	};

	#flush(): void {
		this.#timer = undefined;
		this.#add(this.#splitter.flush());
	}

	#add(keys: readonly string[]): void {
		for (const key of keys) {
			const last = this.#keys.at(-1);
			if (last && isText(last) && isText(key)) this.#keys[this.#keys.length - 1] = last + key;
			else this.#keys.push(key);
		}
		this.#schedule();
	}

	#schedule(): void {
		if (this.#isScheduled || !this.#isWanted || !this.#mayPass()) return;
		this.#isScheduled = true;
		// Two turns: effects of the key before may have work queued for the first.
		setImmediate(() =>
			setImmediate(() => {
				this.#isScheduled = false;
				if (this.#mayPass()) this.#pass();
			}),
		);
	}

	#mayPass(): boolean {
		if (this.#holds === 0) return this.#keys.length > 0;
		const interrupt = this.#keys.indexOf(interruptKey);
		if (interrupt > 0) this.#keys.splice(0, interrupt);
		const suspend = this.#keys.indexOf(suspendKey);
		if (suspend > 0) this.#keys.unshift(...this.#keys.splice(suspend, 1));
		return interrupt !== -1 || suspend !== -1 || this.#keys[0] === escapeKey;
	}

	#pass(): void {
		const next = this.#keys.shift();
		if (next === undefined) return;
		this.#isWanted = false;
		if (next === endOfInput) {
			this.push(null);
			return;
		}
		const key = isText(next) && next.length <= longestTyped ? firstGrapheme(next) : next;
		if (key.length < next.length) this.#keys.unshift(next.slice(key.length));
		this.push(key);
	}
}

const longestTyped = 64;
/** Milliseconds of silence after which a paste is taken for ended. Long: a slow line is likelier than a lost end. */
const pasteDelay = 2000;
const endOfInput = '';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const firstGrapheme = (text: string): string => graphemes.segment(text).containing(0)?.segment ?? text;
