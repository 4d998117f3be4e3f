import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { connect } from '../../source/gateways/kubernetes/connection.ts';
import { findContext, loadKubeconfig } from '../../source/gateways/kubernetes/kubeconfig.ts';
import { PairingError } from '../../source/pairing/words/problem.ts';
import { quickKubectl } from '../helpers/kubectl.ts';
import type { Lane, Seen } from './lane.ts';

/** A kubeconfig and all that lies about it. `<NAME>` in a text represents an address, a certificate or a login of the lane. */
export type ZooCase = Readonly<{
	name: string;
	/** The file `kubeconfig`, as YAML or JSON. */
	text: string | Buffer;
	/** Further files. What begins with `#!` can be run. */
	files?: Readonly<Record<string, string | Buffer>>;
	/** `KUBECONFIG` is this file unless told otherwise. */
	env?: Readonly<Record<string, string | undefined>>;
	/** `--kubeconfig` */
	file?: string;
	context: string;
}>;

export type Verdict = Readonly<{ connects: boolean; seen: Seen; why: string }>;

export type Judge = (one: ZooCase, folder: string, lane: Lane) => Promise<Verdict>;

/** The real one: `version` asks for /version with all that a kubeconfig decides; `get --raw` leaves a path prefix out. */
export const kubectl =
	(program: string): Judge =>
	async (one, folder, lane) => {
		const env = await prepare(one, folder, lane);
		const args = [
			...(one.file === undefined ? [] : ['--kubeconfig', one.file]),
			'--context',
			one.context,
			'--request-timeout=8s',
			'version',
		];
		const { exitCode, stderr } = await execa(program, args, {
			cwd: folder,
			env: { ...env, ...quickKubectl },
			extendEnv: false,
			reject: false,
			input: '',
		});
		return { connects: exitCode === 0, seen: lane.take(), why: stderr };
	};

/** This program, from the environment to the answer. One at a time: the working folder and HOME are the process's. */
export const pxpair: Judge = async (one, folder, lane) => {
	const environment = await prepare(one, folder, lane);
	const before = { cwd: process.cwd(), home: process.env.HOME };
	process.chdir(folder);
	process.env.HOME = environment.HOME;
	try {
		const kubeconfig = await loadKubeconfig({
			environment: environment.KUBECONFIG,
			...(one.file !== undefined && { file: one.file }),
		});
		const entry = findContext(kubeconfig, one.context);
		const { signal } = new AbortController();
		const connection = connect('source', entry, { environment, signal });
		const answer = await connection.send({ method: 'GET', path: '/version', seconds: 8 });
		answer.resume();
		connection.close();
		return { connects: answer.statusCode === 200, seen: lane.take(), why: String(answer.statusCode) };
	} catch (error) {
		if (error instanceof PairingError) {
			const { title, evidence } = error.problem;
			return { connects: false, seen: lane.take(), why: `${title}: ${evidence}` };
		}
		throw error;
	} finally {
		process.chdir(before.cwd);
		process.env.HOME = before.home;
	}
};

async function prepare(one: ZooCase, folder: string, { values, take }: Lane) {
	take();
	const fill = (text: string) =>
		text.replaceAll(/<([A-Z][A-Z_\d]*)>/g, (whole, name: string) =>
			name === 'FOLDER' ? folder : (values[name] ?? whole),
		);
	const files = { kubeconfig: one.text, ...one.files };
	for (const [name, contents] of Object.entries(files)) {
		const path = join(folder, fill(name));
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, typeof contents === 'string' ? fill(contents) : contents);
		if (typeof contents === 'string' && contents.startsWith('#!')) await chmod(path, 0o755);
	}
	const home = join(folder, 'home');
	await mkdir(home, { recursive: true });
	const given = { KUBECONFIG: 'kubeconfig', ...one.env };
	const env = Object.fromEntries(
		Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, fill(value)]])),
	);
	const all: Record<string, string> = { HOME: home, PATH: '/usr/local/bin:/usr/bin:/bin', ...env };
	return all;
}
