/** DER, as much of it as a certificate needs: each value is its tag, its length and its contents. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
	const body = Buffer.concat(contents);
	return Buffer.concat([Buffer.of(tag, ...lengthOf(body.length)), body]);
}

export const sequence = (...contents: readonly Uint8Array[]) => der(0x30, ...contents);
export const set = (...contents: readonly Uint8Array[]) => der(0x31, ...contents);
export const octets = (contents: Uint8Array) => der(0x04, contents);
export const integer = (bytes: Uint8Array) => der(0x02, bytes);
export const yes = der(0x01, Buffer.of(0xff));
export const utf8 = (text: string) => der(0x0c, Buffer.from(text));

/** The last byte of `bytes` has so many bits that do not count. */
export const bits = (bytes: Uint8Array, unused = 0) => der(0x03, Buffer.of(unused), bytes);

/** `[number]`, around other values or in place of a primitive one. */
export const around = (number: number, ...contents: readonly Uint8Array[]) => der(0xa0 + number, ...contents);
export const inPlaceOf = (number: number, contents: Uint8Array) => der(0x80 + number, contents);

export function objectId(dotted: string): Buffer {
	const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
	return der(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** UTCTime, which certificates use until 2049. */
export function utcTime(date: Date): Buffer {
	const digits = date.toISOString().replace(/\D/g, '').slice(2, 14);
	return der(0x17, Buffer.from(`${digits}Z`));
}

function lengthOf(length: number): number[] {
	if (length < 0x80) return [length];
	return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function base128(value: number): number[] {
	const digits = [value & 0x7f];
	for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80);
	return digits;
}
