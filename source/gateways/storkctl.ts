import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { parseClusterPair, readClusterPair } from '../pairing/cluster-pair.ts';
import type { SpecGenerator } from '../pairing/ports.ts';
import { clusterProblem, PairingError } from '../pairing/problem.ts';
import { builtInClusterPair } from './built-in-generator.ts';
import { oneLine } from './explain.ts';
import type { ContextEntry } from './kubeconfig.ts';

export type StorkctlChoice = Readonly<{
	/** `--storkctl`: a path, or `none` for the built-in generator. */
	wanted: string | undefined;
	/** The environment variable PATH. */
	path: string | undefined;
	kubeconfigFiles: readonly string[];
	signal: AbortSignal;
}>;

const seconds = 30;

/** `storkctl` where there is one, else our own hand. Either way the spec is for the destination's context alone. */
export async function specGenerator(entry: ContextEntry, choice: StorkctlChoice): Promise<SpecGenerator> {
	const file = await findStorkctl(choice);
	const remembered = new Map<string, ReturnType<SpecGenerator['generate']>>();
	const generate: SpecGenerator['generate'] = file
		? async (name, namespace) =>
				parseClusterPair(await run(file, entry, name, namespace, choice), {
					name,
					namespace,
					context: entry.name,
				})
		: async (name, namespace) =>
				readClusterPair(await builtInClusterPair(entry, name, namespace), {
					name,
					namespace,
					context: entry.name,
				});
	return {
		title: file ? `storkctl (${file})` : 'the built-in generator',
		generate(name, namespace) {
			const key = `${namespace}/${name}`;
			const known = remembered.get(key) ?? generate(name, namespace);
			remembered.set(key, known);
			known.catch(() => remembered.delete(key));
			return known;
		},
	};
}

async function findStorkctl({ wanted, path }: StorkctlChoice): Promise<string | undefined> {
	if (wanted === 'none') {
		return undefined;
	}
	if (wanted !== undefined) {
		if (await isExecutable(wanted)) {
			return wanted;
		}
		throw new PairingError({
			id: 'storkctl-missing',
			kind: 'input',
			title: `${wanted} is not a program that can be run`,
			remedies: ['Give the path of storkctl, or --storkctl=none for the built-in generator.'],
		});
	}
	const name = process.platform === 'win32' ? 'storkctl.exe' : 'storkctl';
	for (const folder of (path ?? '').split(delimiter).filter(Boolean)) {
		if (await isExecutable(join(folder, name))) {
			return join(folder, name);
		}
	}
	return undefined;
}

const isExecutable = (file: string): Promise<boolean> =>
	access(file, constants.X_OK).then(
		() => true,
		() => false,
	);

/** Its output holds the context's credentials: it is never shown. Its error output names names only. */
async function run(
	file: string,
	entry: ContextEntry,
	name: string,
	namespace: string,
	{ kubeconfigFiles, signal }: StorkctlChoice,
): Promise<string> {
	const args = [`--context=${entry.name}`, 'generate', 'clusterpair', '-n', namespace, name];
	const result = await execa(file, args, {
		env: { KUBECONFIG: kubeconfigFiles.join(delimiter) },
		stdin: 'ignore',
		timeout: seconds * 1000,
		cancelSignal: signal,
		reject: false,
		maxBuffer: 4_000_000,
	});
	if (result.failed) {
		const why = result.timedOut
			? `no answer within ${seconds} s`
			: result.exitCode === undefined
				? (result.code ?? 'it could not be started')
				: `exit status ${result.exitCode}: ${oneLine(result.stderr) || 'without a word'}`;
		throw new PairingError(
			clusterProblem({
				id: 'storkctl-failed',
				side: 'destination',
				title: `storkctl could not generate the spec for the destination (${entry.name})`,
				evidence: `${file}: ${why}`,
				remedies: [
					'Mend what it names, or leave it out with --storkctl=none: the built-in generator makes the same object.',
				],
			}),
		);
	}
	return result.stdout;
}
