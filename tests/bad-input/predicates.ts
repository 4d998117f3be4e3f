import { isIP } from 'node:net';
import { expect } from 'vitest';
import { undecodable } from '../../source/pairing/cluster-pair/undecodable.ts';
import type { Manifest } from '../../source/pairing/words/manifest.ts';
import { printManifest, revealManifest } from '../../source/pairing/words/manifest.ts';

// Written again and plainly, so that the program's own rules are held to something other than themselves.

/** DNS-1123: labels of letters, digits and inner dashes. */
export function expectName(name: string, most: number): void {
	expect(name.length).toBeLessThanOrEqual(most);
	for (const label of name.split('.')) {
		expect(label).not.toBe('');
		expect([...label].every(letter => 'abcdefghijklmnopqrstuvwxyz0123456789-'.includes(letter))).toBe(true);
		expect(label.startsWith('-') || label.endsWith('-')).toBe(false);
	}
}

/** An address, or a name that could not be mistaken for a mistyped one. */
export function expectHost(host: string): void {
	if (isIP(host) !== 0) {
		return;
	}
	expectName(host.toLowerCase().replaceAll('-.', '.').replaceAll('.-', '.'), 253);
	expect(host.split('.').at(-1)).not.toMatch(/^\d+$/);
}

export function expectHostAndPort(text: string): void {
	const { host, port = '443' } = /^(?<host>\[.*\]|[^:]*)(:(?<port>\d+))?$/.exec(text)?.groups ?? {};
	expectHost((host ?? '').replace(/^\[(.*)\]$/, '$1'));
	expect(Number(port)).toBeGreaterThan(0);
	expect(Number(port)).toBeLessThan(65_536);
}

/** As Go reads it: ASCII, no login, no query. */
export function expectServer(server: string): void {
	expect(server).toMatch(/^https:\/\//i);
	expect([...server].every(letter => letter > ' ' && letter < '\u007F')).toBe(true);
	expect(server).not.toMatch(/[@?#\\]/);
	expect(URL.canParse(server)).toBe(true);
}

/** One context, the expected one; nothing that Stork can't read, nothing that tells of this machine; secrets in boxes. */
export function expectSoundPair(manifest: Manifest, context: string): void {
	const pair = revealManifest(manifest) as { spec: { config: { contexts: object }; options: object } };
	expect(Object.keys(pair).sort()).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
	expect(Object.keys(pair.spec.config.contexts)).toEqual([context]);
	expect(keysIn(pair.spec).filter(key => /^(extensions|LocationOfOrigin)$|insert_storage/.test(key))).toEqual(
		[],
	);
	for (const value of Object.values(pair.spec.options)) {
		expect(value).toBeTypeOf('string');
		expect(value).not.toMatch(/^(null|undefined|\[object .*)$/);
	}
	expect(undecodable({ spec: pair.spec } as never)).toBeUndefined();
	expect(printManifest(manifest)).not.toContain('canary');
	expect(JSON.stringify(manifest)).not.toContain('canary');
}

function keysIn(tree: unknown): string[] {
	return typeof tree === 'object' && tree !== null
		? Object.entries(tree).flatMap(([key, value]) => [key, ...keysIn(value)])
		: [];
}
