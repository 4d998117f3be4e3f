import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Practice, type PracticeOptions, startPractice } from '../../source/practice/practice.ts';
import { startTerminal, type Terminal, type TerminalOptions } from '../helpers/program/terminal.ts';
import { programStart, sharedCache } from '../helpers/program/under-test.ts';

export type Wizard = AsyncDisposable &
	Terminal &
	Readonly<{
		/** Everything that the program may write to lies below. */
		home: string;
		/** Where it is started, and saves files. */
		work: string;
		/** What `TMPDIR` says. */
		temporary: string;
		/** Waits for each text in turn and then types what goes with it. */
		converse(...turns: readonly Turn[]): Promise<void>;
	}>;

/** What the screen has to show, and the keys that answer it. */
export type Turn = readonly [shows: string | RegExp, ...keys: string[]];

/** `files`: what lies where the program is started. `shell`: how `"$@"`, the program, is started there. */
type WizardOptions = TerminalOptions & { files?: Readonly<Record<string, string>>; shell?: string };

/** The program on a terminal, in a home of its own. */
export async function startWizard(
	args: readonly string[],
	{ env = {}, files = {}, shell = 'exec "$@"', ...options }: WizardOptions = {},
): Promise<Wizard> {
	const home = await realpath(await mkdtemp(join(tmpdir(), 'pxpair-wizard-')));
	const [work, temporary] = [join(home, 'work'), join(home, 'tmp')];
	await Promise.all([work, temporary].map(folder => mkdir(folder)));
	for (const [name, text] of Object.entries(files)) await writeFile(join(work, name), text);
	const terminal = startTerminal('sh', ['-c', shell, 'sh', ...programStart(args).flat()], {
		patience: 40_000,
		cwd: work,
		...options,
		env: {
			...nothingFromHere,
			HOME: home,
			TMPDIR: temporary,
			XDG_STATE_HOME: join(home, 'state'),
			XDG_CACHE_HOME: sharedCache,
			...env,
		},
	});
	return {
		...terminal,
		home,
		work,
		temporary,
		async converse(...turns) {
			for (const [shows, ...keys] of turns) {
				await terminal.waitFor(shows);
				for (const key of keys) terminal.type(key);
			}
		},
		async [Symbol.asyncDispose]() {
			await terminal.end();
			await rm(home, { recursive: true, force: true });
		},
	};
}

export type Ground = AsyncDisposable & Readonly<{ wizard: Wizard; practice: Practice; kubeconfig: string }>;

/** Two practice clusters in the process of the test, and the program with a kubeconfig that points to them. */
export async function startOnClusters(
	options: PracticeOptions & { terminal?: WizardOptions; args?: readonly string[] } = {},
): Promise<Ground> {
	const { terminal = {}, args = [], ...practiceOptions } = options;
	const practice = await startPractice(practiceOptions);
	const folder = await mkdtemp(join(tmpdir(), 'pxpair-kubeconfig-'));
	const kubeconfig = join(folder, 'config');
	await writeFile(kubeconfig, practice.kubeconfig, { mode: 0o600 });
	const wizard = await startWizard(args, { ...terminal, env: { KUBECONFIG: kubeconfig, ...terminal.env } });
	return {
		wizard,
		practice,
		kubeconfig,
		async [Symbol.asyncDispose]() {
			await wizard[Symbol.asyncDispose]();
			await practice.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

export const keys = {
	enter: '\r',
	escape: '\u001B',
	down: '\u001B[B',
	up: '\u001B[A',
	end: '\u001B[F',
	tab: '\t',
	ctrlC: '\u0003',
	eraseAll: '\u0015',
} as const;

/** What each question shows that no other does. */
export const asks = {
	source: 'where do the applications run now?',
	destination: 'can the applications be migrated to?',
	found: 'No cluster has been changed.',
	store: 'Which object store do both clusters use',
	keyless: 'and how should Portworx log in to it?',
	accessKeyId: 'What is the access key ID?',
	secretAccessKey: 'What is the secret access key?',
	region: 'In which region',
	endpoint: 'At which endpoint',
	storageClass: 'Which storage class',
	accountName: 'the name of the storage account?',
	accountKey: 'What is a key of that account?',
	projectId: 'the ID of the Google project?',
	jsonKeyFile: 'Which file holds',
	name: 'What should the pair be called?',
	namespace: 'In which namespace',
	mode: 'How should migrations copy',
	pairEndpoint: "Where do the source's nodes",
	login: 'Which login should the pair use',
	direction: 'in both directions?',
	defaults: 'Use these defaults, or change one?',
	review: 'will be created on ',
	answers: 'Change:',
	done: 'Next: a Migration that names',
} as const;

/** From the first question to that about the store, which is answered as proposed. */
export const clusters: readonly Turn[] = [
	[asks.source, keys.enter],
	[asks.destination, keys.enter],
	[asks.found, keys.enter],
	[asks.store, keys.enter],
];

/** To the review, all else as proposed. */
export const asProposed: Turn = [asks.defaults, keys.enter];

/** Goes to an answer on the page of the defaults, and opens it. */
export const opens = (place: number): Turn => [asks.defaults, ...Array(place).fill(keys.down), keys.enter];

export const s3With = (accessKeyId: string, secretAccessKey: string): readonly Turn[] => [
	[asks.accessKeyId, accessKeyId, keys.enter],
	[asks.secretAccessKey, secretAccessKey, keys.enter],
];

/** The terminal as it was before the program had it. */
export const givenBack = ({ modes, isRaw }: Terminal) => ({ ...modes(), raw: isRaw() });
export const asItWas = { cursor: 'shown', screen: 'normal', pastes: 'plain', raw: false };

/** Whatever on the machine that runs the tests could answer a question. */
const nothingFromHere = Object.fromEntries(
	[
		'KUBECONFIG',
		'AWS_ACCESS_KEY_ID',
		'AWS_SECRET_ACCESS_KEY',
		'AWS_REGION',
		'AWS_DEFAULT_REGION',
		'AZURE_STORAGE_ACCOUNT',
		'AZURE_STORAGE_KEY',
		'GOOGLE_CLOUD_PROJECT',
		'CLOUDSDK_CORE_PROJECT',
		'GOOGLE_APPLICATION_CREDENTIALS',
		'NODE_OPTIONS',
	].map(name => [name, undefined]),
);
