import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { systemClock } from '../gateways/clock.ts';
import { fileTrouble } from '../gateways/file-error.ts';
import { secretSources } from '../gateways/secret-sources.ts';
import { type OpenWorld, openWorld } from '../gateways/world.ts';
import { type Answers, type ClusterChoice, type Policy, policies } from '../pairing/answers.ts';
import { type AnswersFile, answersOf, parseAnswersFile } from '../pairing/answers-file.ts';
import { checkJsonKey } from '../pairing/json-key.ts';
import { inputProblem, PairingError } from '../pairing/problem.ts';
import { remember } from '../pairing/remember.ts';
import { Secret } from '../pairing/secret.ts';
import type { Host } from './host.ts';
import type { CommonOptions } from './options.ts';
import { type PracticeGround, practiceAnswersFor, startPracticeGround } from './practice-ground.ts';

/** Answers and the two clusters they are about, pretend or real. */
export type Session = Readonly<{
	answers: Answers;
	world: OpenWorld['world'];
	practice: PracticeGround | undefined;
	close(): Promise<void>;
}>;

export type SessionRequest = Readonly<{
	/** undefined: the practice clusters' own answers. */
	file: string | undefined;
	common: CommonOptions;
	/** A plan needs none, and does not ask for them. */
	secrets: 'needed' | 'not-needed';
}>;

/** @throws PairingError for everything that is wrong with the input */
export async function openSession(host: Host, request: SessionRequest): Promise<Session> {
	const { common } = request;
	const read = await readAnswers(host, request);
	const answers = withFlags(fromFolder(read.answers, answersFolder(host, request.file)), common);
	const practice = common.practice && (await startPracticeGround(common.practice.scenario, 'fast'));
	try {
		const { world, close } = await openWorld(answers, {
			kubeconfig: practice?.kubeconfigFile ?? common.kubeconfig,
			storkctl: common.storkctl,
			environment: without(host.environment, read.secretVariables),
			clock: systemClock,
			signal: host.abandon,
		});
		return {
			answers,
			world,
			practice,
			async close() {
				close();
				await practice?.close();
			},
		};
	} catch (error) {
		await practice?.close();
		throw error;
	}
}

type ReadAnswers = Readonly<{
	answers: Answers;
	/** Environment variables that hold secrets: programs that are started must not inherit them. */
	secretVariables: readonly string[];
}>;

async function readAnswers(host: Host, request: SessionRequest): Promise<ReadAnswers> {
	const { file, common } = request;
	if (file === undefined) {
		const answers = common.practice ? practiceAnswersFor(common.practice.scenario) : noAnswers();
		return { answers, secretVariables: [] };
	}
	const text =
		file === '-' ? await host.readStandardInput() : await readText(resolve(host.folder, file), file);
	const answers = parseAnswersFile(text, file === '-' ? 'standard input' : file, {
		clusters: common.practice || (common.source && common.destination) ? 'optional' : 'required',
	});
	return {
		answers: await resolveSecrets(host, request, answers),
		secretVariables: secretVariablesOf(answers),
	};
}

function noAnswers(): never {
	throw new PairingError(
		inputProblem({
			id: 'answers-file-missing',
			title: 'No answers file was named',
			remedies: [
				'Name one: pxpair run FILE. examples/ has one for each object store to start from.',
				'Or add --practice: the practice clusters have answers of their own.',
			],
		}),
	);
}

async function readText(path: string, name: string): Promise<string> {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		throw new PairingError(
			inputProblem({
				id: 'answers-file-unreadable',
				title: `The answers file ${name} can't be read`,
				evidence: fileTrouble(error),
				remedies: ['Check the path. examples/ has one for each object store to start from.'],
			}),
		);
	}
}

async function resolveSecrets(
	host: Host,
	{ file, secrets }: SessionRequest,
	answers: AnswersFile,
): Promise<Answers> {
	if (secrets === 'not-needed') {
		return answersOf(answers, async () => new Secret(''));
	}
	const resolved = await answersOf(
		answers,
		secretSources({
			environment: host.environment,
			folder: answersFolder(host, file),
			standardInput: remember(() => (file === '-' ? Promise.resolve('') : host.readStandardInput())),
		}),
	);
	if (resolved.objectStore.provider === 'google') {
		checkJsonKey(resolved.objectStore.jsonKey);
	}
	return resolved;
}

const secretVariablesOf = ({ objectStore }: AnswersFile): readonly string[] =>
	Object.values(objectStore).flatMap(field => (typeof field === 'object' && 'env' in field ? field.env : []));

const without = (environment: Host['environment'], names: readonly string[]): Host['environment'] =>
	Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)));

/** Relative paths in an answers file start where it lies. */
function fromFolder(answers: Answers, folder: string): Answers {
	const placed = ({ context, kubeconfig }: ClusterChoice): ClusterChoice => ({
		context,
		...(kubeconfig && { kubeconfig: kubeconfig.startsWith('~/') ? kubeconfig : resolve(folder, kubeconfig) }),
	});
	return { ...answers, source: placed(answers.source), destination: placed(answers.destination) };
}

const answersFolder = (host: Host, file: string | undefined): string =>
	file && file !== '-' ? dirname(resolve(host.folder, file)) : host.folder;

function withFlags(answers: Answers, common: CommonOptions): Answers {
	const { source, destination, existingCredential, existingPair } = common;
	// On the practice clusters a kubeconfig of the file is left aside: nothing real may be touched then.
	const chosen = (choice: ClusterChoice, context: string | undefined): ClusterChoice => ({
		...(common.practice ? { context: choice.context } : choice),
		...(context && { context }),
	});
	return {
		...answers,
		source: chosen(answers.source, source),
		destination: chosen(answers.destination, destination),
		existing: {
			credential: policyOf('--existing-credential', existingCredential) ?? answers.existing.credential,
			pair: policyOf('--existing-pair', existingPair) ?? answers.existing.pair,
		},
	};
}

export function policyOf(flag: string, value: string | undefined): Policy | undefined {
	const policy = policies.find(name => name === value);
	if (value !== undefined && policy === undefined) {
		throw new PairingError(
			inputProblem({
				id: 'flag-invalid',
				title: `${flag} takes ${policies.join(', ')}, not "${value}"`,
				remedies: ['Say stop (the default), keep or replace.'],
			}),
		);
	}
	return policy;
}
