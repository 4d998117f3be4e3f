// `npm run packaged`: makes the executable for this machine, and has the tests of whole runs start it where PATH has no Node.js.
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import packageJson from '../../../package.json' with { type: 'json' };
import { makeExecutable } from './make-executable.ts';
import { isPlatform, type Platform, runtimeOf } from './runtimes.ts';

const root = join(import.meta.dirname, '../../..');
const out = join(root, 'out');
/** The same at each start: what Node keeps compiled of an executable goes by its path. */
const folder = join(out, 'tests');
const here = `${process.platform}-${process.arch}`;
if (process.platform !== 'linux' || !isPlatform(here)) {
	throw new Error('An executable is made and tried on Linux.');
}
const platform: Platform = here;

const wholeRuns = [
	'tests/end-to-end',
	'tests/wizard/terminals',
	'tests/wizard/leaving',
	'tests/matrices/leak',
];
/** Their mistakes come by NODE_OPTIONS, which the executable ignores. */
const mistakes = ['tests/wizard/leaving', 'tests/matrices/leak', '-t', 'a mistake of ours|a crash'];

await execa('node', [join(import.meta.dirname, 'package.ts'), platform], { stdio: 'inherit' });
await mkdir(folder);
const programs = await programsButNode();
const name = `pxpair-${packageJson.version}-${platform}`;
await execa('tar', ['-xJf', join(out, `${name}.tar.xz`), '-C', folder]);
const all = await tested(wholeRuns, { PXPAIR_UNDER_TEST: join(folder, name, 'pxpair') });
process.stdout.write('Made with NODE_OPTIONS let in, and otherwise the same, for what no one expects:\n');
const further = await tested(mistakes, {
	PXPAIR_UNDER_TEST: await withNodeOptions(),
	PXPAIR_TAKES_NODE_OPTIONS: 'yes',
});
process.exitCode = all && further ? 0 : 1;

async function tested(what: readonly string[], env: Readonly<Record<string, string>>): Promise<boolean> {
	const vitest = join(root, 'node_modules/vitest/vitest.mjs');
	const { exitCode } = await execa(process.execPath, [vitest, 'run', ...what], {
		cwd: root,
		env: { ...env, PATH: programs },
		stdio: 'inherit',
		reject: false,
	});
	return exitCode === 0;
}

/** A folder of all that is on the PATH here, without Node.js and what needs it. */
async function programsButNode(): Promise<string> {
	const found = new Map<string, string>();
	for (const place of (process.env.PATH ?? '').split(delimiter)) {
		const names = place.endsWith('node_modules/.bin') ? [] : await readdir(place).catch(() => []);
		for (const program of names) {
			found.set(program, found.get(program) ?? join(place, program));
		}
	}
	for (const program of ['node', 'nodejs', 'npm', 'npx', 'corepack']) {
		found.delete(program);
	}
	const programs = join(folder, 'bin');
	await mkdir(programs);
	await Promise.all([...found].map(([program, path]) => symlink(path, join(programs, program))));
	return programs;
}

async function withNodeOptions(): Promise<string> {
	const place = join(folder, 'node-options');
	await mkdir(place);
	const output = join(place, 'pxpair');
	const node = await runtimeOf(platform, { root, folder });
	await makeExecutable({ node, dist: join(root, 'dist'), folder: place, output, nodeOptions: 'taken' });
	return output;
}
