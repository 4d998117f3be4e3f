import { dirname, resolve } from 'node:path';
import { systemClock } from '../../gateways/machine/clock.ts';
import { secretSources } from '../../gateways/machine/secret-sources.ts';
import type { Terminal } from '../../gateways/machine/terminal.ts';
import { type OpenWorld, openWorld } from '../../gateways/world.ts';
import { type Answers, type ClusterChoice, defaultPair } from '../../pairing/answers/answers.ts';
import { answersOf, parseAnswersFile, type ReadSecret } from '../../pairing/answers/answers-file.ts';
import type { AnswersFile, StoreInFile } from '../../pairing/answers/answers-shape.ts';
import { checkKeys } from '../../pairing/answers/check-keys.ts';
import { checkKeyFiles } from '../../pairing/answers/key-files.ts';
import { type RunRecord, sourcesFor } from '../../pairing/answers/record.ts';
import { storeField } from '../../pairing/answers/store-fields.ts';
import { PairingError, problemThrown, refuse } from '../../pairing/words/problem.ts';
import { remember } from '../../pairing/words/remember.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { startWith } from '../../pairing/words/way.ts';
import type { Host } from '../line/host.ts';
import type { CommonOptions } from '../line/options.ts';
import { readAnswersText } from './answers-text.ts';
import { askSecret } from './ask-secret.ts';
import { environmentOf } from './kubeconfig-files.ts';
import { terminalOf } from './lend-terminal.ts';
import { placed, placedSources } from './placed.ts';
import type { PracticeGround } from './practice-ground.ts';
import { secretPrograms, secretVariablesOf, without } from './secret-programs.ts';
import { withFlags } from './with-flags.ts';

/** Answers and the two clusters they are about, pretend or real. */
export type Session = Readonly<{
	answers: Answers;
	/** Where the secrets of the object store came from: what a record keeps in their place. */
	sources: StoreInFile;
	world: OpenWorld['world'];
	practice: PracticeGround | undefined;
	close(): Promise<void>;
}>;

export type SessionRequest = Readonly<{
	/** undefined: the practice clusters' own answers. */
	file: string | undefined;
	/** In place of a file: what an earlier run was told. */
	record?: RunRecord | undefined;
	common: CommonOptions;
	/**
	 * A plan needs none, and does not ask for them. Anyone who only compares can do with what pxctl lists of them, as far as a file of
	 * answers says where it lies ready: where a record says it came from may be someone else's by now.
	 */
	secrets: 'needed' | 'not-needed' | 'to-compare';
	/** Without a file there may be contexts alone: enough to look at clusters, not to pair them. */
	store?: 'optional';
}>;

/** @throws PairingError for everything that is wrong with the input */
export async function openSession(host: Host, request: SessionRequest): Promise<Session> {
	const { common } = request;
	const terminal = terminalOf(host);
	const read = await readAnswers(host, request, terminal);
	const answers = withFlags(fromFolder(read.answers, answersFolder(host, request.file)), common);
	const practice =
		common.practice &&
		(await (await practiceGround()).startPracticeGround(common.practice.scenario, 'fast', { answers }));
	try {
		const { world, close } = await openWorld(answers, {
			kubeconfig: practice?.kubeconfigFile ?? common.kubeconfig,
			storkctl: common.storkctl,
			environment: without(environmentOf(host.environment, request.record), read.secretVariables),
			clock: systemClock,
			signal: host.abandon,
			terminal,
		});
		if (terminal) {
			// One after the other, and before anything else is said.
			await world.source.logIn();
			await world.destination.logIn();
		}
		return {
			answers,
			sources: read.sources,
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

/** Anyone who pairs clusters of their own never loads the pretend ones. */
const practiceGround = () => import('./practice-ground.ts');

type ReadAnswers = Readonly<{
	answers: Answers;
	sources: StoreInFile;
	/** Environment variables that hold secrets: programs that are started must not inherit them. */
	secretVariables: readonly string[];
}>;

async function readAnswers(
	host: Host,
	request: SessionRequest,
	terminal: Terminal | undefined,
): Promise<ReadAnswers> {
	const { file, common, record } = request;
	if (record) {
		return fromAnswersFile(host, request, record.answers, terminal);
	}
	if (file === undefined) {
		const answers = common.practice
			? (await practiceGround()).practiceAnswersFor(common.practice.scenario)
			: contextsAlone(request);
		return { answers, sources: sourcesFor(answers.objectStore), secretVariables: [] };
	}
	const text =
		file === '-' ? await host.readStandardInput() : await readAnswersText(resolve(host.folder, file), file);
	const answers = parseAnswersFile(text, file === '-' ? 'standard input' : file, {
		clusters: common.practice || (common.source && common.destination) ? 'optional' : 'required',
	});
	return fromAnswersFile(host, request, answers, terminal);
}

const fromAnswersFile = async (
	host: Host,
	request: SessionRequest,
	answers: AnswersFile,
	terminal: Terminal | undefined,
): Promise<ReadAnswers> => ({
	answers: await resolveSecrets(host, request, answers, terminal),
	sources: placedSources(answers.objectStore, answersFolder(host, request.file)),
	secretVariables: secretVariablesOf(answers.objectStore),
});

/** No store to ask for, and so no reason to doubt where the clusters stand. */
function contextsAlone(request: SessionRequest): Answers {
	const {
		store,
		common: { source, destination },
	} = request;
	return store === 'optional' && source && destination
		? {
				source: { context: source },
				destination: { context: destination },
				location: 'on-premises',
				objectStore: { provider: 'none' },
				pair: defaultPair,
				existing: { credential: 'stop', pair: 'stop' },
			}
		: noAnswers(request);
}

function noAnswers({ store }: SessionRequest): never {
	refuse({
		id: 'answers-file-missing',
		title: 'No answers file given',
		remedies: [
			'Name one; examples/ has one for each object store to start from.',
			...(store === 'optional'
				? [startWith('Or name both clusters', '--source CONTEXT --destination CONTEXT')]
				: []),
			startWith('Or use the practice clusters, which have answers of their own', '--practice'),
		],
	});
}

async function resolveSecrets(
	host: Host,
	{ file, secrets, record }: SessionRequest,
	answers: AnswersFile,
	terminal: Terminal | undefined,
): Promise<Answers> {
	if (secrets === 'not-needed' || (secrets === 'to-compare' && record)) {
		return answersOf(answers, noSecret);
	}
	const sources = secretSources({
		environment: host.environment,
		folder: answersFolder(host, file),
		standardInput: remember(() => (file === '-' ? Promise.resolve('') : host.readStandardInput())),
		programs: secretPrograms(host, answers.objectStore, terminal),
	});
	if (secrets === 'to-compare') {
		return answersOf(answers, whatIsListed(answers, sources));
	}
	const resolved = await answersOf(
		answers,
		record && host.isTerminal ? orAsked(host, sources, record) : sources,
	);
	if (resolved.objectStore.provider !== 'none') {
		checkKeyFiles(resolved.objectStore);
		checkKeys(resolved.objectStore);
	}
	return resolved;
}

const noSecret = async () => new Secret('');

/** Runs no program, and takes nothing from standard input. What is not there is not compared. */
const whatIsListed =
	({ objectStore }: AnswersFile, sources: ReadSecret): ReadSecret =>
	async (reference, field, kind) => {
		const entry = storeField(`${objectStore.provider}.${field.replace(/^objectStore\./, '')}`);
		const isListed = entry?.kind === 'secret' && entry.field.isListed === true;
		if (!isListed || !('env' in reference || 'file' in reference)) {
			return noSecret();
		}
		try {
			return await sources(reference, field, kind);
		} catch (error) {
			problemThrown(error);
			return noSecret();
		}
	};

/** Anyone who goes on with a run need not remember how the first attempt came by its secrets. */
const orAsked =
	(host: Host, sources: ReadSecret, record: RunRecord): ReadSecret =>
	async (reference, field, kind) => {
		try {
			return await sources(reference, field, kind);
		} catch (error) {
			if (!(error instanceof PairingError) || kind === 'key-file' || host.stop.aborted) {
				throw error;
			}
			return askSecret(host, {
				id: `${record.answers.objectStore.provider}.${field.replace(/^objectStore\./, '')}`,
				about: `the run ${record.id}, ${record.plan.title}`,
				because: error.problem.evidence ?? error.problem.title,
			});
		}
	};

/** Relative paths in an answers file start where it lies. */
function fromFolder(answers: Answers, folder: string): Answers {
	const choice = ({ context, kubeconfig }: ClusterChoice): ClusterChoice => ({
		context,
		...(kubeconfig && { kubeconfig: placed(kubeconfig, folder) }),
	});
	return { ...answers, source: choice(answers.source), destination: choice(answers.destination) };
}

const answersFolder = (host: Host, file: string | undefined): string =>
	file && file !== '-' ? dirname(resolve(host.folder, file)) : host.folder;
