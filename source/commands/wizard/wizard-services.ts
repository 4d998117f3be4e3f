import { resolve } from 'node:path';
import type { WizardServices } from '../../conversation/services.ts';
import type { PluginCredential } from '../../gateways/kubernetes/kubeconfig/login.ts';
import { type Kubeconfig, loadKubeconfig } from '../../gateways/kubernetes/kubeconfig.ts';
import { systemClock } from '../../gateways/machine/clock.ts';
import { systemCode } from '../../gateways/machine/file-error.ts';
import { completePath, readSecretText, writeNewFile } from '../../gateways/machine/files.ts';
import {
	lastUsedContexts,
	mayHaveKeptAnswers,
	mayHaveUnfinished,
	recordPaths,
} from '../../gateways/machine/runs-folder.ts';
import type { Terminal } from '../../gateways/machine/terminal.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { StoreInFile } from '../../pairing/answers/answers-shape.ts';
import { completeAnswers, type Draft } from '../../pairing/answers/draft.ts';
import type { Question } from '../../pairing/answers/provider.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import { type AskedField, fieldsOf, ofAsked } from '../../pairing/answers/store-fields.ts';
import { podPlaces } from '../../pairing/step/pod-places.ts';
import { defined } from '../../pairing/words/json.ts';
import { remember } from '../../pairing/words/remember.ts';
import { Secret } from '../../pairing/words/secret.ts';
import { type KnownSource, sourcesOf } from '../inputs/known-sources.ts';
import { kubeconfigFiles } from '../inputs/kubeconfig-files.ts';
import type { PracticeGround } from '../inputs/practice-ground.ts';
import type { Host } from '../line/host.ts';
import type { CommonOptions } from '../line/options.ts';
import type { RecordedRuns } from '../runs/recorded-runs.ts';
import { lastUsedFirst, probeContext, readKubeconfig, summaries, withContextsOf } from './contexts.ts';
import { look, tryStore, type WithWorld } from './look.ts';
import { rememberTrials } from './remember-trials.ts';

export type OpenServices = WizardServices & Readonly<{ withWorld: WithWorld; close(): Promise<void> }>;

export type ServicesOptions = Readonly<{
	common: CommonOptions;
	ground: PracticeGround | undefined;
	/** Where secrets of answers that were given came from. Given, too: no earlier run is looked for. */
	given: readonly KnownSource[] | undefined;
	terminal: Terminal | undefined;
}>;

/** The conversation's view of the world, made of the same gateways as every other face. */
export async function openServices(
	host: Host,
	{ common, ground, given, terminal }: ServicesOptions,
): Promise<OpenServices> {
	const file = ground?.kubeconfigFile ?? common.kubeconfig;
	const kubeconfig = await loadKubeconfig({
		environment: host.environment.KUBECONFIG,
		...(file && { file }),
	});
	const records = ground ? [] : recordPaths(host.environment);
	const contexts = lastUsedFirst(summaries(kubeconfig), lastUsedContexts(records));
	const closing = new AbortController();
	const ended = AbortSignal.any([host.abandon, closing.signal]);
	const known: KnownSource[] = [...(given ?? [])];
	const files = new Map<string, Kubeconfig>();
	const logins = new Map<string, PluginCredential>();
	const remembering = rememberTrials(systemClock);

	const withWorld: WithWorld = async (answers, work) => {
		// With it come connections and zod, which the first screens can do without.
		const { openWorld } = await import('../../gateways/world.ts');
		const { world, close } = await openWorld(answers, {
			kubeconfig: file,
			storkctl: common.storkctl,
			environment:
				'objectStore' in answers ? withoutSecrets(host.environment, answers, known) : host.environment,
			clock: systemClock,
			signal: ended,
			terminal,
			logins,
		});
		try {
			return await work(remembering(world));
		} finally {
			close();
		}
	};
	let earlier: RunRecord | undefined;
	let opened: RecordedRuns | undefined;
	const runs = remember(async () => {
		const { recordedRuns } = await import('../runs/recorded-runs.ts');
		const sources = (answers: Answers) => sourcesOf(answers, known);
		const practice = ground;
		opened = recordedRuns({ host, common, practice, sources, withWorld, earlier: () => earlier });
		return opened;
	});
	/** What was made in practice says so itself: a file is found when nothing around it does. */
	const marked = (sign: string, text: string) => (ground ? `${sign}${ground.banner}\n\n${text}` : text);
	const saving = async (save: () => Promise<string>): Promise<string> => {
		try {
			return `Saved ${await save()}`;
		} catch (error) {
			return `Not saved: ${systemCode(error) ?? 'unwritable'}`;
		}
	};
	const early = ground !== undefined || given !== undefined;
	const unfinished =
		early || !mayHaveUnfinished(records) ? undefined : await findUnfinished(host, contexts, common);

	const kept = early || !mayHaveKeptAnswers(host.environment) ? undefined : await findKept(host, contexts);

	return {
		contexts,
		practiceHints: ground ? practiceHints(ground) : {},
		environment: host.environment,
		clock: systemClock,
		probe: async ({ name, kubeconfig: other }) =>
			probeContext(other === undefined ? kubeconfig : files.get(other), name, ended),
		readKubeconfig: path => readKubeconfig(path, host.folder, files),
		look: (answers, tell, signal) => look(answers, tell, signal, withWorld),
		tryStore: (answers, tell, signal) => tryStore(answers, tell, signal, withWorld),
		namespaces: ({ name, kubeconfig: other }) => {
			const side = { context: name, ...(other !== undefined && { kubeconfig: other }) };
			return withWorld({ source: side, destination: side }, async world => {
				const { namespaceType } = await import('../../pairing/clusters/kubernetes.ts');
				const found = await world.source.api.list(namespaceType, { limit: 500 });
				return found?.map(({ metadata }) => metadata.name);
			}).catch(() => undefined);
		},
		completePath: start => completePath(start, host.folder),
		async readKeyFile(path, id) {
			const read = await readSecretText(path, host.folder);
			if (read.kind === 'mistake') {
				return read;
			}
			const mistake = keyFiles[id].mistake(read.text);
			if (mistake) {
				return { kind: 'mistake', text: `${path}: ${mistake}.` };
			}
			const reference = { file: path.startsWith('~/') ? path : resolve(host.folder, path) };
			known.push({ field: id, secret: read.text, reference });
			return { kind: 'key', key: read.text };
		},
		run: async (...given) => (await runs()).run(...given),
		undo: async (...given) => (await runs()).undo(...given),
		save: (what, draft, plan, facts) =>
			saving(async () => {
				const { source, destination } = draft;
				const name = `pxpair-${what}-${fileName(source ?? '')}-${fileName(destination ?? '')}`;
				if (what === 'answers') {
					const { answersFileOf } = await import('../inputs/answers-file-of.ts');
					const answers = completeAnswers(draft);
					const store = await sourcesOf(answers, known);
					const text = answersFileOf(answers, asTyped(store, draft));
					return writeNewFile(host.folder, name, 'yaml', marked('# ', text));
				}
				const { runbook } = await import('../../plain/runbook.ts');
				const places = podPlaces(facts, { source: common.kubeconfig, destination: common.kubeconfig });
				return writeNewFile(host.folder, name, 'md', marked('> ', runbook(plan, places)));
			}),
		saveAttachment: ({ id, side, attachment }) =>
			saving(() =>
				writeNewFile(
					host.folder,
					['pxpair', id, side].filter(part => part !== undefined).join('-'),
					'yaml',
					marked('# ', attachment?.text ?? ''),
				),
			),
		unfinished: unfinished && {
			...unfinished.about,
			takeUp() {
				earlier = unfinished.record;
			},
		},
		kept,
		recordPath: () => opened?.path(),
		otherRecords: async () => (await runs()).others(),
		withWorld,
		async close() {
			// Anyone who leaves does not wait for clusters that are slow to answer.
			closing.abort();
			await opened?.flush();
		},
	};
}

async function findUnfinished(host: Host, contexts: WizardServices['contexts'], common: CommonOptions) {
	const { unfinishedRun } = await import('../runs/unfinished.ts');
	return unfinishedRun(host, new Set(contexts.map(({ name }) => name)), kubeconfigFiles(host, common));
}

async function findKept(host: Host, contexts: WizardServices['contexts']): Promise<WizardServices['kept']> {
	const { readKeptAnswers } = await import('../../gateways/machine/kept-answers.ts');
	const now = new Date();
	const kept = await readKeptAnswers(host.environment, now);
	return kept && { age: now.getTime() - kept.at.getTime(), draft: withContextsOf(contexts, kept.draft) };
}

const keyFiles = ofAsked(['key-file'], ({ field }) => field);

/** Key files lie where they were typed to lie. */
function asTyped(store: StoreInFile, { texts }: Draft): StoreInFile {
	const paths =
		store.provider === 'none'
			? []
			: fieldsOf(store.provider).flatMap(({ kind, id, name }) =>
					kind === 'key-file' && texts[id] ? [[name, texts[id]]] : [],
				);
	return { ...store, ...Object.fromEntries(paths) };
}

const practiceHints = ({ keyFile }: PracticeGround): WizardServices['practiceHints'] => ({
	...defined(ofAsked(['text'], ({ field }) => practiceHint(field.ask))),
	...ofAsked(['secret'], ({ field }) => secretHint(field)),
	...ofAsked(['key-file'], () => `Practice: ${keyFile}`),
});

/** The practice stores look at the keys that they cannot do without. */
function secretHint({ ask, optional }: AskedField<'secret'>['field']): string {
	const hint = practiceHint(ask) ?? 'Practice: any value works.';
	return optional ? hint : `${hint} The value WRONG is refused by the store.`;
}

const practiceHint = ({ practice }: Question): string | undefined =>
	practice && `Practice: any value works, such as ${practice}.`;

/** Programs that are started inherit the environment, but no variable that holds one of the answers' secrets. */
function withoutSecrets(
	environment: Host['environment'],
	{ objectStore }: Answers,
	known: readonly KnownSource[],
): Host['environment'] {
	const secrets = [
		...Object.values(objectStore).filter(value => value instanceof Secret),
		...known.map(({ secret }) => secret),
	].filter(secret => secret.length > 0);
	return Object.fromEntries(
		Object.entries(environment).filter(
			([, value]) => value === undefined || !secrets.some(secret => secret.equals(new Secret(value))),
		),
	);
}

const fileName = (context: string): string => context.replace(/[^\w.-]+/g, '_').slice(0, 60);
