import type { InspectOptions } from 'node:util';

const dots = '••••••••';

/** `because` says how it is known: `its permissions are 0644`. One of another user is not ours to change. */
export type Exposure = Readonly<{ path: string; because: string; isOwn: boolean }>;

/**
 * A value that must never be shown: every way of printing it gives dots. `reveal()` is for what has to see it: the field it is
 * typed into, what judges or compares its form before it is used, and the gateway that sends it to the cluster. None of them
 * prints, records or throws it.
 */
export class Secret {
	readonly #value: string;
	/** The file that it was read from, where other users can read that too. */
	readonly exposure: Exposure | undefined;

	constructor(value: string, exposure?: Exposure) {
		this.#value = value;
		this.exposure = exposure;
	}

	reveal(): string {
		return this.#value;
	}

	/** In characters as a person counts them, for the "did my paste arrive whole?" question. */
	get length(): number {
		return [...this.#value].length;
	}

	/** Whether two secrets hold the same value, without either leaving its box. */
	equals(other: Secret): boolean {
		return this.#value === other.#value;
	}

	toString(): string {
		return dots;
	}

	toJSON(): string {
		return dots;
	}

	[Symbol.toPrimitive](): string {
		return dots;
	}

	[Symbol.for('nodejs.util.inspect.custom')](_depth: number, _options: InspectOptions): string {
		return dots;
	}
}
