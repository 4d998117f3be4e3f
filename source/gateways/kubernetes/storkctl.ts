import { access, constants, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { parseClusterPair, readClusterPair, useBuiltIn } from '../../pairing/cluster-pair/cluster-pair.ts';
import type { SpecGenerator } from '../../pairing/clusters/ports.ts';
import { shell } from '../../pairing/words/command.ts';
import type { Environment } from '../../pairing/words/environment.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { clusterError, refuse } from '../../pairing/words/problem.ts';
import { command } from '../../pairing/words/way.ts';
import { runProgram } from '../machine/run-program.ts';
import { builtInClusterPair } from './built-in-generator.ts';
import { cancelled } from './explain.ts';
import type { ContextEntry } from './kubeconfig.ts';
import { wordsOfStorkctl } from './storkctl-words.ts';

export type StorkctlChoice = Readonly<{
	/** `--storkctl`: a path, a name to look for in PATH, or `none` for the built-in generator. */
	wanted: string | undefined;
	environment: Environment;
	kubeconfigFiles: readonly string[];
	signal: AbortSignal;
	/** How long it may take. */
	seconds?: number;
}>;

const patience = 30;

/** `storkctl` where there is one, else our own hand. Either way the spec is for this one context alone. */
export async function specGenerator(
	side: Side,
	entry: ContextEntry,
	choice: StorkctlChoice,
): Promise<SpecGenerator> {
	const file = await findStorkctl(choice);
	const remembered = new Map<string, ReturnType<SpecGenerator['generate']>>();
	const generate: SpecGenerator['generate'] = file
		? async (name, namespace) =>
				parseClusterPair(await run(side, file, entry, name, namespace, choice), {
					side,
					name,
					namespace,
					context: entry.name,
				})
		: async (name, namespace) =>
				readClusterPair(await builtInClusterPair(side, entry, name, namespace), {
					side,
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

async function findStorkctl({ wanted, environment }: StorkctlChoice): Promise<string | undefined> {
	if (wanted === 'none') {
		return undefined;
	}
	if (wanted === undefined) {
		return inPath(platform() === 'win32' ? 'storkctl.exe' : 'storkctl', environment);
	}
	// As shells have it: a bare name is looked for in PATH alone.
	const found = basename(wanted) === wanted ? await inPath(wanted, environment) : wanted;
	if (found !== undefined && (await isExecutable(found))) {
		return found;
	}
	refuse({
		id: 'storkctl-missing',
		title: `${wanted} is not an executable program`,
		remedies: ['Give the path of storkctl.', useBuiltIn],
	});
}

async function inPath(name: string, environment: StorkctlChoice['environment']): Promise<string | undefined> {
	for (const folder of (environment.PATH ?? '').split(delimiter).filter(Boolean)) {
		if (await isExecutable(join(folder, name))) {
			return join(folder, name);
		}
	}
	return undefined;
}

/** Folders, too, carry the executable bit. */
async function isExecutable(file: string): Promise<boolean> {
	try {
		await access(file, constants.X_OK);
		return (await stat(file)).isFile();
	} catch {
		return false;
	}
}

/** Its output holds the context's credentials: it is never shown. */
async function run(
	side: Side,
	file: string,
	entry: ContextEntry,
	name: string,
	namespace: string,
	{ environment, kubeconfigFiles, signal, seconds = patience }: StorkctlChoice,
): Promise<string> {
	const result = await runProgram({
		file,
		args: [`--context=${entry.name}`, 'generate', 'clusterpair', '-n', namespace, '--', name],
		environment: { ...environment, KUBECONFIG: kubeconfigFiles.join(delimiter) },
		seconds,
		signal,
	});
	const failed = (why: string) =>
		clusterError({
			id: 'storkctl-failed',
			side,
			title: `storkctl could not generate the spec for the ${side} (${entry.name})`,
			evidence: `${file}: ${why}`,
			remedies: [
				useBuiltIn,
				command(
					'See what it says, tokens perhaps among it',
					shell`${file} --context ${entry.name} generate clusterpair -n ${namespace} -- ${name}`,
				),
			],
		});
	switch (result.kind) {
		case 'done':
			return result.stdout;
		case 'cancelled':
			throw cancelled(side);
		case 'too-late':
			throw failed(`no answer within ${seconds} s`);
		case 'too-much':
			throw failed('it printed far more than a spec');
		case 'not-started':
			throw failed(result.code);
		case 'failed':
			throw failed(`exit status ${result.exitCode ?? 'unknown'}: ${wordsOfStorkctl(result.stderr)}`);
	}
}
