import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { oneCellEach } from '../../../source/ui/text/one-cell-each.ts';

/** Work that a package does before the first frame, and that no frame needs. */
type Shortcut = Readonly<{
	file: RegExp;
	/** Where it is told upstream. */
	upstream: string;
	/** What has to change there before this can be deleted. */
	untilThen: string;
	from: string;
	to: string;
}>;

const yoga = {
	file: /yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/,
	// Since this change the WebAssembly is text inside the JavaScript. No issue about what that costs at the start was found in Yoga's
	// or Emscripten's trackers in November 2026.
	upstream: 'https://github.com/react/yoga/pull/1433',
	untilThen:
		'yoga-layout ships the .wasm as a file of its own, or Emscripten decodes it with Buffer where there is one',
};

const stringWidth = {
	file: /string-width\/index\.js$/,
	// The short way for ASCII came of it.
	upstream: 'https://github.com/sindresorhus/string-width/issues/71',
	untilThen: 'string-width compiles its expression of all emoji at the first use, and asks it of emoji only',
};

const shortcuts: readonly Shortcut[] = [
	{
		// It fetches its own code from a `data:` address, and with fetch comes undici.
		...yoga,
		from: '"function"!=typeof fetch',
		to: 'true',
	},
	{
		// What it does without fetch, without a loop over 95,000 characters.
		...yoga,
		from: 'var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c',
		to: "var d=Buffer.from(a.slice(37),'base64')",
	},
	{
		// Beyond ASCII it asks a regular expression of all emoji, which takes 20 ms to compile. Our own signs are none.
		...stringWidth,
		from: String.raw`/^[\u0020-\u007E]*$/`,
		to: String(oneCellEach),
	},
	{
		...stringWidth,
		from: String.raw`const rgiEmojiRegex = /^\p{RGI_Emoji}$/v;`,
		to: String.raw`const rgiEmojiRegex = {test: text => /^\p{RGI_Emoji}$/v.test(text)};`,
	},
];

export const takeShortcuts: Plugin = {
	name: 'take-shortcuts',
	setup({ onLoad }) {
		for (const filter of new Set(shortcuts.map(({ file }) => file))) {
			onLoad({ filter }, async ({ path }) => {
				let contents = await readFile(path, 'utf8');
				for (const { from, to, upstream, untilThen } of shortcuts.filter(({ file }) => file === filter)) {
					if (!contents.includes(from)) {
						throw new Error(
							`${path} has changed, and a shortcut no longer fits it. It can be deleted if ${untilThen}: ${upstream}`,
						);
					}
					contents = contents.replaceAll(from, to);
				}
				return { contents, loader: 'js' };
			});
		}
	},
};
