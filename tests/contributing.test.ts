import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTerminal } from './helpers/program/terminal.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const root = join(import.meta.dirname, '..');
const whatIsCopied = [
	...['cli.tsx', 'source', 'tests', 'examples', 'docs', 'build.js', 'package.json', 'package-lock.json'],
	...['tsconfig.json', 'biome.json', 'vitest.config.ts', '.gitignore'],
];
const guide = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');

/** The tree, with all that the guide says to write written into it, and built. */
let copy: string;

beforeAll(async () => {
	copy = await realpath(await mkdtemp(join(tmpdir(), 'pxpair-contributing-')));
	for (const name of whatIsCopied) {
		await cp(join(root, name), join(copy, name), { recursive: true });
	}
	await linkDependencies();
	for (const edit of editsIn(guide)) {
		await make(edit);
	}
	await inCopy('npm', 'run', '-s', 'schema');
	await inCopy('npm', 'run', '-s', 'build');
});

afterAll(() => rm(copy, { recursive: true, force: true }));

test('the commands that it names are there', async () => {
	const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: object };
	const named = [...guide.matchAll(/npm (?:run (?:-s )?)?([a-z]+)/g)].map(([, name = '']) => name);
	const known = [...Object.keys(scripts), 'ci', 'run', 'and'];
	expect(named.filter(name => !known.includes(name))).toEqual([]);
	expect(named).toContain('gallery');
});

test('what it links to is there', async () => {
	const links = [...guide.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = '']) => path);
	expect(links.length).toBeGreaterThan(4);
	await Promise.all(links.map(path => readFile(join(root, path))));
});

test('a provider is three files of the program, and its example', () => {
	const [, section = ''] = guide.split(/^## .*provider$/m);
	const files = editsIn(section.split(/^## /m)[0] ?? '').map(({ path }) => path);
	expect([...new Set(files)]).toEqual([
		'source/pairing/answers/providers/webdav.ts',
		'source/pairing/answers/providers.ts',
		'source/practice/pxctl/providers.ts',
		'examples/webdav.yaml',
	]);
});

test('it has types and style as all the rest, and passes the tests about what was added', async () => {
	await Promise.all([
		inCopy('npm', 'run', '-s', 'types'),
		inCopy('npx', 'biome', 'check', '--error-on-warnings', 'source', 'tests/pairing'),
		inCopy(
			...[
				'npx',
				'vitest',
				'run',
				'tests/pairing/answers/providers.test.ts',
				'tests/pairing/answers/answers-schema.test.ts',
			],
			...[
				'tests/pairing/clusters/platform.test.ts',
				'tests/architecture.test.ts',
				'tests/first-frame.test.ts',
			],
		),
	]);
});

test('clusters are paired through the new store, by a plan with the new step', async () => {
	const out = await pxpair('run', 'examples/webdav.yaml', '--practice');
	expect(out).toContain('Portworx on the destination tells its license: PX-Enterprise');
	expect(out.trim().split('\n').at(-1)).toBe('Done. 5 changes were made.');
	expect(await pxpair('plan', 'examples/webdav.yaml', '--practice')).toContain(
		'credentials create --provider webdav --webdav-server webdav.example.com --webdav-path /dav/portworx clusterPair_',
	);
});

test('of a store that it cannot try, the check says so; and tells what the new look found', async () => {
	const out = await pxpair('check', 'examples/webdav.yaml', '--practice');
	expect(out).toContain(
		"The object store could not be tried: pxpair can't test WebDAV; Portworx validates the credential when it is created",
	);
	expect(out).toContain('Their versions of Kubernetes are close to each other');
});

test('a mistake in the answers file is named as those of other stores are', async () => {
	const example = await readFile(join(copy, 'examples/webdav.yaml'), 'utf8');
	await writeFile(join(copy, 'wrong.yaml'), example.replace('/dav', 'dav').replace(/ {2}server.*\n/, ''));
	const { stderr, exitCode } = await execa('node', ['dist/pxpair.js', 'run', 'wrong.yaml', '--practice'], {
		...surroundings(),
		reject: false,
	});
	expect(exitCode).toBe(2);
	expect(stderr).toContain('objectStore.server: found nothing; allowed: a string');
	expect(stderr).toContain(
		'objectStore.path: found a text (not shown); allowed: the path of a folder, from /',
	);
});

test('the wizard offers the store, asks its questions, and pairs', async () => {
	const terminal = startTerminal('node', ['dist/pxpair.js', '--practice'], {
		...surroundings(),
		patience: 40_000,
	});
	const enter = '\r';
	for (const [shows, ...keys] of [
		['where do the applications run now?', enter],
		['can the applications be migrated to?', enter],
		['No cluster has been changed.', enter],
		['A WebDAV folder', '\u001B[F', '\u001B[A', enter],
		['Which server has the folder?', 'no server', enter],
		['Allowed: an IP address or a host name.', '\u0015', 'webdav.example.com', enter],
		['Which folder does it have?', '/dav/portworx', enter],
		['Use these defaults, or change one?', enter],
		// The new key, and what it points to.
		['f clusters', 'f'],
		['r check again', enter],
		['will be created on ', 'e'],
		['WebDAV server        webdav.example.com', '\u001B'],
		['will be created on ', 'r'],
		['Next: a Migration that names', 'q'],
	] as const) {
		await terminal.waitFor(shows);
		for (const key of keys) terminal.type(key);
	}
	expect((await terminal.exit).code).toBe(0);
});

test('the scenario is listed, and is as it says', async () => {
	const out = await pxpair('check', '--practice=both-trials-ending');
	for (const side of ['source', 'destination']) {
		expect(out).toContain(`The Portworx license of the ${side} expires soon`);
	}
});

test('the phrase of pxctl has its meaning', async () => {
	const script = `import { explainPxctl } from './source/gateways/pods/explain-pxctl.ts';
	console.log(explainPxctl('source', 'pxctl status', 1, 'The volume driver is still initializing').problem.id);`;
	expect((await inCopy('node', '--input-type=module', '--eval', script)).stdout).toBe(
		'portworx-initializing',
	);
});

test('the flag is known to the parser, the help and the completion, and does what it says', async () => {
	expect(Number(await pxpair('runs', '--count'))).toBeGreaterThanOrEqual(0);
	expect(await pxpair('help', 'runs')).toContain('--count                         only how many there are');
	expect(await pxpair('__complete', 'runs', '--c')).toBe('--count');
	const { stderr } = await execa('node', ['dist/pxpair.js', 'check', '--count'], {
		...surroundings(),
		reject: false,
	});
	expect(stderr).toContain('--count does not go with pxpair check');
});

/** Packages are those of the tree itself, but for its workspaces: they are copied, and written to. */
async function linkDependencies(): Promise<void> {
	await mkdir(join(copy, 'node_modules'));
	for (const name of await readdir(join(root, 'node_modules'))) {
		const original = await realpath(join(root, 'node_modules', name));
		const inside = relative(await realpath(root), original);
		const isWorkspace = !inside.startsWith('..') && !inside.startsWith('node_modules');
		await symlink(isWorkspace ? join(copy, inside) : original, join(copy, 'node_modules', name));
	}
}

/** What the guide says to write, and where; below no line, it is a new file. */
type Edit = Readonly<{ path: string; below: string | undefined; text: string }>;

function editsIn(markdown: string): readonly Edit[] {
	let last = '';
	return [...markdown.matchAll(/([^\n]+)\n\n```(?:ts|yaml)\n(.*?)```/gs)].map(
		([, before = '', text = '']) => {
			const added = /`([^`]+)`, a new file:$/.exec(before);
			const changed = /(?:^In `([^`]+)`,|^and) below the line `([^`]+)`[^`]*:$/.exec(before);
			if (!added && !changed) {
				throw new Error(
					`CONTRIBUTING.md does not say where this belongs, in words that its test knows:\n${text}`,
				);
			}
			last = added?.[1] ?? changed?.[1] ?? last;
			return { path: last, below: changed?.[2], text };
		},
	);
}

async function make({ path, below, text }: Edit): Promise<void> {
	const file = join(copy, path);
	if (below === undefined) {
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text, { flag: 'wx' });
		return;
	}
	const lines = (await readFile(file, 'utf8')).split('\n');
	const places = lines.flatMap((line, index) => (line.trim() === below ? [index] : []));
	expect(places, `${path} has one line that reads ${below}`).toHaveLength(1);
	lines.splice((places[0] ?? 0) + 1, 0, text.trimEnd());
	await writeFile(file, lines.join('\n'));
}

const inCopy = (command: string, ...args: string[]) => execa(command, args, surroundings());

const pxpair = async (...args: string[]): Promise<string> =>
	(await inCopy('node', 'dist/pxpair.js', ...args)).stdout;

/** A home of its own, and the Node that the project brings. */
const surroundings = () => ({
	cwd: copy,
	env: {
		PATH: `${join(copy, 'node_modules/.bin')}:${process.env.PATH}`,
		HOME: join(copy, 'home'),
		XDG_STATE_HOME: join(copy, 'home/state'),
		XDG_CACHE_HOME: join(copy, 'home/cache'),
	},
});
