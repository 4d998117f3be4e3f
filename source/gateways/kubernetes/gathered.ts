/**
 * Bytes that come in pieces, of which each takes the room of its bytes alone: ten million of one byte are ten million bytes. What
 * is outgrown is given back at once, and not when the garbage collector comes by.
 */
export class Gathered {
	#held = new ArrayBuffer(4096);
	#size = 0;

	get size(): number {
		return this.#size;
	}

	get bytes(): Buffer {
		return Buffer.from(this.#held, 0, this.#size);
	}

	get text(): string {
		return this.bytes.toString('utf8');
	}

	add(piece: Uint8Array): void {
		const size = this.#size + piece.length;
		if (size > this.#held.byteLength) {
			this.#held = this.#held.transfer(Math.max(size, this.#held.byteLength * 2));
		}
		new Uint8Array(this.#held).set(piece, this.#size);
		this.#size = size;
	}

	clear(): void {
		this.#held = this.#held.transfer(0);
		this.#size = 0;
	}
}
