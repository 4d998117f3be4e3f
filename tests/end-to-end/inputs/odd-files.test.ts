import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { answersFor } from '../../helpers/program/ground.ts';
import { callProgram } from '../../helpers/program/in-process.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

/** What may lie where a file is expected, and the word that says so before any of it is read or parsed. */
const odd: Readonly<Record<string, Readonly<{ make(path: string): Promise<unknown>; said: RegExp }>>> = {
	'a FIFO': {
		make: async path => execFileSync('mkfifo', [path]),
		said: /a pipe or a device/,
	},
	'a device without end': { make: path => symlink('/dev/zero', path), said: /a pipe or a device/ },
	'a terminal': { make: path => symlink('/dev/ptmx', path), said: /a pipe or a device/ },
	'a socket': {
		make: path =>
			new Promise<void>(resolve => {
				const server = createServer().listen(path, resolve).unref();
				onTestFinished(() => void server.close());
			}),
		said: /a socket or a device/,
	},
	'a directory': { make: path => mkdir(path), said: /a directory|a folder/ },
	'100 MB': {
		make: async path => {
			await writeFile(path, '');
			await truncate(path, 100 * 1024 * 1024);
		},
		said: /larger than \d+ (KiB|MiB)/,
	},
	'a link to itself': { make: path => symlink(path, path), said: /a symbolic link to itself/ },
	nothing: { make: async () => {}, said: /no such file|No kubeconfig found|There is no run/ },
};

async function makeGround() {
	const folder = await temporaryFolder();
	const kubeconfig = await folder.file(
		'kubeconfig',
		'kind: Config\ncontexts: [{name: east}, {name: west}]\n',
	);
	await folder.file('good.yaml', stringify(answersFor('s3')));
	await mkdir(join(folder.path, 'state/pxpair/runs'), { recursive: true, mode: 0o700 });
	const environment = {
		PATH: '',
		HOME: folder.path,
		KUBECONFIG: kubeconfig,
		XDG_STATE_HOME: join(folder.path, 'state'),
		ID: 'id',
	};
	return { folder: folder.path, environment };
}

const run = '2026-01-01T00-00-00-abcdef';

type Place = Readonly<{
	args(path: string): readonly string[];
	/** Where it has to lie. */
	at?: string;
	environment?(path: string): Readonly<Record<string, string>>;
	/** An answers file that names it. */
	answers?(path: string): object;
}>;

const s3 = answersFor('s3') as { objectStore: object };

/** Wherever a file is read that a person, or someone else, put there. */
const places: Readonly<Record<string, Place>> = {
	'answers of run': { args: path => ['run', path] },
	'answers of plan': { args: path => ['plan', path] },
	'answers of check': { args: path => ['check', path, '--json'] },
	'--answers of status': { args: path => ['status', '--answers', path] },
	'--answers of rotate': { args: path => ['rotate', '--answers', path] },
	'--answers of prove': { args: path => ['prove', '--answers', path] },
	'--against of check': { args: path => ['check', '--against', path] },
	'--kubeconfig': { args: path => ['plan', 'good.yaml', '--kubeconfig', path] },
	KUBECONFIG: { args: () => ['plan', 'good.yaml'], environment: path => ({ KUBECONFIG: path }) },
	'a key in a file': {
		args: () => ['run', 'naming.yaml'],
		answers: path => ({ ...s3, objectStore: { ...s3.objectStore, secretAccessKey: { file: path } } }),
	},
	'the key file of Google': {
		args: () => ['run', 'naming.yaml'],
		answers: path => ({
			...s3,
			objectStore: { provider: 'google', projectId: 'my-project', jsonKeyFile: path },
		}),
	},
	'the record of undo': { args: () => ['undo', run, '--yes'], at: `state/pxpair/runs/${run}.json` },
	'the record of run --resume': { args: () => ['run', '--resume', run], at: `state/pxpair/runs/${run}.json` },
	'the record of status': { args: () => ['status', '--run', run], at: `state/pxpair/runs/${run}.json` },
};

const cases = Object.entries(places).flatMap(([where, place]) =>
	Object.entries(odd).map(([what, thing]) => ({ what, where, place, thing })),
);

test.each(cases)('$what as $where is refused by a clear error, unread', async ({ place, thing }) => {
	const { code, out, err } = await tryWith(place, thing.make);
	expect(`${err}${out}`).toMatch(thing.said);
	expect(code).toBe(2);
});

const sixtyThousandKeys = Array.from({ length: 60_000 }, (_, index) => `key${index}: 1`).join('\n');

test.each(Object.entries(places).filter(([where]) => /answers|against/.test(where)))(
	'60,000 keys as %s are refused before they are parsed',
	async (_where, place) => {
		const { code, out, err } = await tryWith(place, path => writeFile(path, sixtyThousandKeys));
		expect(`${err}${out}`).toMatch(/larger than \d+ KiB|no records? of|not the record|JSON/);
		expect(code).toBe(2);
	},
);

test.each(Object.entries(places).filter(([where]) => /kubeconfig/i.test(where)))(
	'60,000 keys as %s are read, as by kubectl',
	async (_where, place) => {
		const { err } = await tryWith(place, path =>
			writeFile(path, `contexts: [{name: east}, {name: west}]\n${sixtyThousandKeys}`),
		);
		expect(err).toContain('The context "east" of the source has no server');
	},
);

test.each(['a FIFO', 'a device without end', '100 MB', 'a link to itself', 'a socket'])(
	'%s as the folder of records is named, with what to do about it',
	async what => {
		const place = {
			args: () => ['runs'],
			at: 'odd',
			environment: (path: string) => ({ XDG_STATE_HOME: path }),
		};
		const { code, err } = await tryWith(place, odd[what]?.make ?? (async () => {}));
		expect(err).toMatch(/The folder with the records of runs, .* can't be read/);
		expect(err).toMatch(/not a directory|a symbolic link to itself/);
		expect(err).toContain('set XDG_STATE_HOME to another one');
		expect(code).toBe(2);
	},
);

async function tryWith(place: Place, make: (path: string) => Promise<unknown>) {
	const { folder, environment } = await makeGround();
	const path = join(folder, place.at ?? 'odd');
	await make(path);
	if (place.answers) {
		await writeFile(join(folder, 'naming.yaml'), stringify(place.answers(path)));
	}
	return callProgram(place.args(path), {
		folder,
		environment: { ...environment, ...place.environment?.(path) },
	});
}
