import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { answersFileOf } from '../../../source/commands/inputs/answers-file-of.ts';
import { practiceAnswersFor } from '../../../source/commands/inputs/practice-ground.ts';
import type { Answers } from '../../../source/pairing/answers/answers.ts';
import { sourcesFor } from '../../../source/pairing/answers/record.ts';
import { type Practice, type PracticeOptions, startPractice } from '../../../source/practice/practice.ts';
import { allObjects } from '../../helpers/clusters/all-objects.ts';
import { callProgram, type Said } from '../../helpers/program/in-process.ts';

/** Two practice clusters, and the program's commands in this process, with a home and answers of their own. */
export type ExactGround = AsyncDisposable &
	Readonly<{
		practice: Practice;
		/** Where records and the kubeconfig lie. */
		folder: string;
		/** @param saw is told each line as it is printed on standard output */
		call(args: readonly string[], saw?: (line: string) => void): Promise<Said>;
		run(...more: readonly string[]): Promise<Said>;
		/** All objects of both clusters, and what Portworx keeps, once nothing goes on in a pod any more. */
		objects(): Promise<readonly string[]>;
		/** Records by name, as they lie on disk. */
		records(): Promise<ReadonlyMap<string, string>>;
		setKubeconfig(text: string): Promise<void>;
		/** From now on nothing can be written to the record of that name: as with a disk that is full. */
		blockRecord(id: string): void;
		unblockRecord(id: string): void;
	}>;

export async function openExactGround(
	options: PracticeOptions,
	pair: Partial<Answers['pair']> = {},
): Promise<ExactGround> {
	const { scenario = 's3' } = options;
	const practice = await startPractice({ storkInterval: 50, ...options });
	const folder = await mkdtemp(join(tmpdir(), 'pxpair-exact-'));
	const environment = await makeHome(folder, practice, practiceAnswersFor(scenario), pair);
	const call: ExactGround['call'] = (args, saw) => callProgram(args, { environment, folder }, saw);
	const { east, west } = practice.clusters;
	const runs = join(folder, 'pxpair/runs');
	/** A record is written beside its place first; where a folder has that name, it can't be. */
	const blockOf = (id: string) => join(runs, `${id}.json.new`);
	return {
		practice,
		folder,
		call,
		run: (...more) => call(['run', 'answers.yaml', '--json', '--timeout', '1', ...more]),
		async objects() {
			await vi.waitFor(() => rests(practice), { timeout: 60_000, interval: 5 });
			return (await Promise.all([allObjects(east), allObjects(west)])).flat();
		},
		async records() {
			const names = (await readdir(runs)).filter(name => name.endsWith('.json')).toSorted();
			const texts = names.map(
				async name => [name.slice(0, -5), await readFile(join(runs, name), 'utf8')] as const,
			);
			return new Map(await Promise.all(texts));
		},
		setKubeconfig: text => writeFile(environment.KUBECONFIG, text),
		blockRecord: id => block(blockOf(id)),
		unblockRecord: id => rmSync(blockOf(id), { recursive: true, force: true }),
		async [Symbol.asyncDispose]() {
			await practice.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Writes go on in other threads meanwhile: what one of them has just begun makes way. */
function block(path: string): void {
	for (let tries = 1; ; tries++) {
		try {
			rmSync(path, { recursive: true, force: true });
			mkdirSync(path, { recursive: true });
			return;
		} catch (error) {
			if (tries === 100) throw error;
		}
	}
}

async function makeHome(
	folder: string,
	{ kubeconfig }: Practice,
	answers: Answers,
	pair: Partial<Answers['pair']>,
) {
	const { objectStore } = answers;
	const environment = {
		KUBECONFIG: join(folder, 'kubeconfig'),
		HOME: folder,
		XDG_STATE_HOME: folder,
		AWS_ACCESS_KEY_ID: objectStore.provider === 's3' ? (objectStore.accessKeyId?.reveal() ?? '') : '',
		AWS_SECRET_ACCESS_KEY: objectStore.provider === 's3' ? (objectStore.secretAccessKey?.reveal() ?? '') : '',
		AZURE_STORAGE_KEY: objectStore.provider === 'azure' ? (objectStore.accountKey?.reveal() ?? '') : '',
	};
	await writeFile(environment.KUBECONFIG, kubeconfig);
	if (objectStore.provider === 'google' && objectStore.jsonKey) {
		await writeFile(join(folder, 'key.json'), objectStore.jsonKey.reveal());
	}
	const file = answersFileOf(
		{ ...answers, pair: { ...answers.pair, ...pair }, existing: { credential: 'keep', pair: 'keep' } },
		sourcesFor(objectStore),
	);
	await writeFile(join(folder, 'answers.yaml'), file);
	return environment;
}

function rests({ clusters }: Practice): void {
	const running = Object.values(clusters).flatMap(cluster => cluster.running());
	if (running.length > 0) {
		throw new Error(`still running: ${running.join(', ')}`);
	}
}

/** Lines that the one has and the other has not, of a comparison that should find none. */
export const differences = (found: readonly string[], expected: readonly string[]): readonly string[] => [
	...found.filter(line => !expected.includes(line)).map(line => `unexpected: ${line.slice(0, 300)}`),
	...expected.filter(line => !found.includes(line)).map(line => `missing: ${line.slice(0, 300)}`),
];
