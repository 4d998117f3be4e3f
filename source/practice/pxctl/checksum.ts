/** The first number that POSIX `cksum` prints. */
export function checksumOf(content: Uint8Array): number {
	const lengths: number[] = [];
	for (let length = content.length; length > 0; length = Math.floor(length / 256)) lengths.push(length % 256);
	return ~lengths.reduce(addToChecksum, content.reduce(addToChecksum, 0)) >>> 0;
}

function addToChecksum(checksum: number, byte: number): number {
	let next = checksum ^ (byte << 24);
	for (let bit = 0; bit < 8; bit += 1) {
		next = next < 0 ? (next << 1) ^ 0x04c11db7 : next << 1;
	}
	return next;
}
