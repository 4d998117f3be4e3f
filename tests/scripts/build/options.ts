import type { BuildOptions } from 'esbuild';

/** What the program and the fixtures of its tests are bundled with. */
export const bundleOptions = {
	bundle: true,
	// A chunk for each import(): what a command doesn't need isn't read.
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node22.19',
	jsx: 'automatic',
	// Ink asks for its devtools only when DEV=true.
	external: ['react-devtools-core'],
	define: { 'process.env.NODE_ENV': '"production"' },
} satisfies BuildOptions;
