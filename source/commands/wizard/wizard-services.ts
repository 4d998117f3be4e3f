import type { WizardServices } from '../../conversation/services.ts';
import type { PluginCredential } from '../../gateways/kubernetes/kubeconfig/login.ts';
import { type Kubeconfig, loadKubeconfig } from '../../gateways/kubernetes/kubeconfig.ts';
import { systemClock } from '../../gateways/machine/clock.ts';
import { completePath } from '../../gateways/machine/files.ts';
import {
	lastUsedContexts,
	mayHaveKeptAnswers,
	mayHaveUnfinished,
	recordPaths,
} from '../../gateways/machine/runs-folder.ts';
import type { Terminal } from '../../gateways/machine/terminal.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { Question } from '../../pairing/answers/provider.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import { type AskedField, ofAsked } from '../../pairing/answers/store-fields.ts';
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
import { filesIn } from './files.ts';
import { look, namespaces, openingWorlds, tryStore, type WithWorld } from './look.ts';

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
	const withWorld = openingWorlds(answers => ({
		kubeconfig: file,
		storkctl: common.storkctl,
		environment:
			'objectStore' in answers ? withoutSecrets(host.environment, answers, known) : host.environment,
		clock: systemClock,
		signal: ended,
		terminal,
		logins,
	}));
	let earlier: RunRecord | undefined;
	let opened: RecordedRuns | undefined;
	const runs = remember(async () => {
		const { recordedRuns } = await import('../runs/recorded-runs.ts');
		const sources = (answers: Answers) => sourcesOf(answers, known);
		const practice = ground;
		opened = recordedRuns({ host, common, practice, sources, withWorld, earlier: () => earlier });
		return opened;
	});
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
		namespaces: context => namespaces(context, withWorld),
		completePath: start => completePath(start, host.folder),
		run: async (...given) => (await runs()).run(...given),
		undo: async (...given) => (await runs()).undo(...given),
		...filesIn(host.folder, ground, known, common.kubeconfig),
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
