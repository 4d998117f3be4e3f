import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { expect, test } from 'vitest';
import { bundleOptions } from './scripts/build/options.ts';

const root = join(import.meta.dirname, '..');
const entryPoints = [
	'source/commands/wizard.ts',
	'source/commands/wizard/run-wizard.ts',
	'source/commands/wizard/conversation.tsx',
];
const heavy = [
	'zod',
	'yaml',
	'@kubernetes/client-node',
	'ws',
	'execa',
	'source/practice',
	'source/pairing/plan.ts',
];

const screens = ['ink', 'react', 'source/app.tsx'];

test('what is loaded before the first frame holds nothing that no frame needs', async () => {
	const chains = await loadedBy(entryPoints);
	// Each by the imports that point to it.
	const found = chains.filter(chain => heavy.some(name => chain.at(-1)?.startsWith(name)));
	expect(found.map(chain => chain.join(' → '))).toEqual([]);
	expect(chains.flat()).toContainEqual('ink');
	expect(chains.flat().filter(file => file.startsWith('source/dialogue'))).toEqual([]);
});

test('lines to be read aloud load nothing that draws screens', async () => {
	const chains = await loadedBy([
		'source/commands/wizard/dialogue-in-lines.ts',
		'source/commands/wizard/run-wizard.ts',
	]);
	const found = chains.filter(chain => screens.includes(chain.at(-1) ?? ''));
	expect(found.map(chain => chain.join(' → '))).toEqual([]);
	expect(chains.flat()).toContainEqual('source/dialogue/dialogue.ts');
});

async function loadedBy(files: readonly string[]): Promise<(readonly string[])[]> {
	const { metafile } = await build({
		...bundleOptions,
		absWorkingDir: root,
		entryPoints: [...files],
		outdir: 'nowhere',
		packages: 'external',
		write: false,
		metafile: true,
	});
	return files.flatMap(file => [...chainsFrom(file, metafile).values()]);
}

/** Each file that the first one imports before it runs, with the way there. */
function chainsFrom(entry: string, { inputs }: Metafile): Map<string, readonly string[]> {
	const chains = new Map<string, readonly string[]>([[entry, [entry]]]);
	for (const [file, chain] of chains) {
		for (const { path, kind } of inputs[file]?.imports ?? []) {
			if (kind !== 'dynamic-import' && !chains.has(path)) {
				chains.set(path, [...chain, path]);
			}
		}
	}
	return chains;
}
