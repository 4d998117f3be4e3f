import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { standingOf } from '../../source/commands/runs/past-runs.ts';
import { recordShape } from '../../source/pairing/answers/record.ts';
import { answersFor, type Store } from '../helpers/program/ground.ts';
import { callProgram } from '../helpers/program/in-process.ts';
import { programStart, sharedCache } from '../helpers/program/under-test.ts';

/** One line of `--json`. */
export type Line = Readonly<{ type: string; step?: string; [field: string]: unknown }>;

export type Ended = Readonly<{
	code: number | null;
	signal: string | null;
	lines: readonly Line[];
	err: string;
}>;

export type Running = Readonly<{
	/** Dead at once: no handler of the program runs any more. */
	kill(): void;
	ended: Promise<Ended>;
}>;

/** A home for the program, from which it reaches the practice clusters. */
export type Home = AsyncDisposable &
	Readonly<{
		environment: Readonly<Record<string, string>>;
		folder: string;
		start(args: readonly string[], observe?: (line: Line) => void): Running;
		/** In this process, which takes a fraction of the time: for what comes before and after that which is tried. */
		call(args: readonly string[]): Promise<Ended>;
		/** Ids of the records that lie on disk, the oldest first. */
		records(): Promise<readonly string[]>;
		standing(id: string): Promise<string>;
	}>;

export async function makeHome(
	kubeconfig: string,
	store: Store,
	answers: Readonly<Record<string, unknown>> = {},
): Promise<Home> {
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'pxpair-matrix-')));
	const runs = join(folder, 'state/pxpair/runs');
	const environment = {
		PATH: '',
		LANG: 'C.UTF-8',
		HOME: folder,
		KUBECONFIG: join(folder, 'kubeconfig'),
		XDG_STATE_HOME: join(folder, 'state'),
		XDG_CACHE_HOME: sharedCache,
		ID: 'matrix-access-key-id',
		SECRET: 'matrix-secret-access-key',
		NEW_ID: 'matrix-new-access-key-id',
		NEW_SECRET: 'matrix-new-secret-access-key',
	};
	await mkdir(runs, { recursive: true });
	await writeFile(environment.KUBECONFIG, kubeconfig);
	await writeFile(join(folder, 'answers.yaml'), stringify({ ...answersFor(store), ...answers }));
	await writeFile(join(folder, 'key.json'), keyFile);
	return {
		environment,
		folder,
		start: (args, observe) => start(folder, environment, args, observe),
		call: args => call(folder, environment, args),
		async records() {
			const names = await readdir(runs);
			return names.flatMap(name => (name.endsWith('.json') ? [name.slice(0, -5)] : [])).toSorted();
		},
		async standing(id) {
			return standingOf(recordShape.parse(JSON.parse(await readFile(join(runs, `${id}.json`), 'utf8'))));
		},
		[Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
	};
}

function start(
	cwd: string,
	env: NodeJS.ProcessEnv,
	args: readonly string[],
	observe: (line: Line) => void = () => {},
): Running {
	const child = spawn(...programStart(args), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	const lines: Line[] = [];
	createInterface({ input: child.stdout }).on('line', written => {
		const line = JSON.parse(written) as Line;
		lines.push(line);
		observe(line);
	});
	const err = text(child.stderr);
	const { promise, resolve, reject } = Promise.withResolvers<Ended>();
	child.on('error', reject);
	child.on('close', (code, signal) => err.then(said => resolve({ code, signal, lines, err: said }), reject));
	return { kill: () => void child.kill('SIGKILL'), ended: promise };
}

async function call(
	folder: string,
	environment: Home['environment'],
	args: readonly string[],
): Promise<Ended> {
	const { code, out, err } = await callProgram(args, { environment, folder });
	const lines = out.trim().split('\n').filter(Boolean);
	return { code, signal: null, lines: lines.map(line => JSON.parse(line) as Line), err };
}

/** Anyone who signs with it has to be able to read it. */
const keyFile = JSON.stringify({
	type: 'service_account',
	project_id: 'my-project',
	private_key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
		type: 'pkcs8',
		format: 'pem',
	}),
	client_email: 'matrix@my-project.example',
});
