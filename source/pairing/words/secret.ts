import type { InspectOptions } from 'node:util';

const dots = '••••••••';

/**
 * A value that must never be shown: every way of printing it gives dots. `reveal()` is for what has to see it: the field it is
 * typed into, what judges or compares its form before it is used, and the gateway that sends it to the cluster. None of them
 * prints, records or throws it.
 */
export class Secret {
	readonly #value: string;

	constructor(value: string) {
		this.#value = value;
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
