import type { InspectOptions } from 'node:util';

const dots = '••••••••';

/**
 * A value that must never be shown: every way of printing it gives dots. Only a gateway may `reveal()` it, on the
 * way to the cluster that needs it.
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
