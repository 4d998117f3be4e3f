export type Version = readonly [number, number, number];

/** `3.1.6`, `v24.3.0-dev`, `2.11.4-abc`; undefined when it begins otherwise. */
export function versionOf(text: string | undefined): Version | undefined {
	const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? '');
	return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/** Negative when the first is older. */
export function compareVersions(one: Version, other: Version): number {
	const index = one.findIndex((part, at) => part !== other[at]);
	return index === -1 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}
