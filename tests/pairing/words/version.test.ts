import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, type Version, versionOf } from '../../../source/pairing/words/version.ts';

test.each<[string | undefined, Version | undefined]>([
	['3.1.6', [3, 1, 6]],
	['v24.3.0-dev', [24, 3, 0]],
	['2.11.4-abc', [2, 11, 4]],
	['2.11', [2, 11, 0]],
	['10.0.1.7', [10, 0, 1]],
	['latest', undefined],
	['3', undefined],
	['px-3.1.6', undefined],
	['', undefined],
	[undefined, undefined],
])('%s', (text, version) => {
	expect(versionOf(text)).toEqual(version);
});

test.each([
	['2.9.9', '2.11.4', -1],
	['2.11.4', '2.9.9', 1],
	['2.5.3', '2.5.3', 0],
	['2.5', '2.5.0', 0],
	['3.0.0', '2.99.99', 1],
	['2.5.2', '2.5.3', -1],
])('%s and %s', (one, other, sign) => {
	expect(Math.sign(compareVersions(read(one), read(other)))).toBe(sign);
});

test('whatever the text, it is a version or none', () => {
	const nearly = fc.stringMatching(/^v?\d{0,400}\.?\d{0,3}[.-]?\w{0,3}$/);
	fc.assert(
		fc.property(fc.oneof(fc.string(), nearly), text => {
			const version = versionOf(text);
			expect(version === undefined || (version.length === 3 && !version.some(Number.isNaN))).toBe(true);
		}),
	);
});

const versions = fc.tuple(fc.nat(), fc.nat(9), fc.nat(9));

test('the order is one: of each two, and of each three', () => {
	fc.assert(
		fc.property(versions, versions, versions, (a, b, c) => {
			expect(compareVersions(a, a)).toBe(0);
			expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
			const [low, middle, high] = ([a, b, c] as [Version, Version, Version]).sort(compareVersions);
			expect(compareVersions(low, middle)).toBeLessThanOrEqual(0);
			expect(compareVersions(middle, high)).toBeLessThanOrEqual(0);
			expect(compareVersions(low, high)).toBeLessThanOrEqual(0);
		}),
	);
});

test('what is written back is read as the same', () => {
	fc.assert(
		fc.property(versions, version => {
			expect(versionOf(`v${version.join('.')}-rc1`)).toEqual(version);
		}),
	);
});

const read = (text: string): Version => versionOf(text) ?? [0, 0, 0];
