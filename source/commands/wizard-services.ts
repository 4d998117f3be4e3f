import { systemClock } from '../gateways/clock.ts';
import { systemCode } from '../gateways/file-error.ts';
import { completePath, readSecretText, writeNewFile } from '../gateways/files.ts';
import { type Kubeconfig, loadKubeconfig } from '../gateways/kubeconfig.ts';
import type { Recorder } from '../gateways/records.ts';
import type { Answers } from '../pairing/answers.ts';
import type { ClusterFacts } from '../pairing/cluster.ts';
import { completeAnswers } from '../pairing/draft.ts';
import { tellFacts } from '../pairing/find-facts.ts';
import { jsonKeyMistake } from '../pairing/json-key.ts';
import type { Pair, Side } from '../pairing/pair.ts';
import { podPlaces } from '../pairing/pod-places.ts';
import type { World } from '../pairing/ports.ts';
import { PairingError } from '../pairing/problem.ts';
import { Secret } from '../pairing/secret.ts';
import { planSummary } from '../plain/json-lines.ts';
import { runbook } from '../plain/runbook.ts';
import type { Reach, WizardServices } from '../wizard/services.ts';
import type { Host } from './host.ts';
import type { CommonOptions } from './options.ts';
import type { PracticeGround } from './practice-ground.ts';

export type OpenServices = WizardServices & Readonly<{ close(): Promise<void> }>;

/** The conversation's view of the world, made of the same gateways as every other face. */
export async function openServices(
	host: Host,
	common: CommonOptions,
	ground: PracticeGround | undefined,
): Promise<OpenServices> {
	const file = ground?.kubeconfigFile ?? common.kubeconfig;
	const kubeconfig = await loadKubeconfig({
		environment: host.environment.KUBECONFIG,
		...(file && { file }),
	});
	let recorded: Recorder | undefined;
	const closing = new AbortController();
	const ended = AbortSignal.any([host.abandon, closing.signal]);

	const withWorld = async <T>(
		answers: Answers | Pick<Answers, Side>,
		work: (world: World) => Promise<T>,
	): Promise<T> => {
		// With it comes client-node, which the first screens can do without.
		const { openWorld } = await import('../gateways/world.ts');
		const { world, close } = await openWorld(answers, {
			kubeconfig: file,
			storkctl: common.storkctl,
			environment: 'objectStore' in answers ? withoutSecrets(host.environment, answers) : host.environment,
			clock: systemClock,
			signal: ended,
		});
		try {
			return await work(world);
		} finally {
			close();
		}
	};

	return {
		contexts: summaries(kubeconfig),
		practiceHints: ground ? practiceHints(ground) : {},
		environment: host.environment,
		probe: async context => probeContext(kubeconfig, context, ended),
		look: (contexts, tell) => look(contexts, tell, withWorld),
		namespaces: context =>
			withWorld({ source: { context }, destination: { context } }, async world => {
				const { namespaceType } = await import('../pairing/kubernetes.ts');
				const found = await world.source.api.list(namespaceType, { limit: 500 });
				return found?.map(({ metadata }) => metadata.name);
			}).catch(() => undefined),
		completePath: start => completePath(start, host.folder),
		async readKeyFile(path) {
			const read = await readSecretText(path, host.folder);
			if (read.kind === 'mistake') {
				return read;
			}
			const mistake = jsonKeyMistake(read.text);
			return mistake ? { kind: 'mistake', text: `${path}: ${mistake}.` } : { kind: 'key', key: read.text };
		},
		async run(answers, plan, observe, signal) {
			const { carryOut, continueRecord, openRecord, recordedAnswers, sourcesFor } = await lastAct();
			const { version } = host;
			const about = {
				version,
				practice: ground !== undefined,
				...(common.kubeconfig && { kubeconfig: common.kubeconfig }),
				answers: recordedAnswers(answers, sourcesFor(answers.objectStore)),
				plan: { title: plan.title, steps: planSummary(plan).steps },
			};
			// Attempts of one conversation are attempts at one run, whatever answers change between them.
			const recorder = recorded
				? continueRecord({ ...recorded.record(), ...about }, 'run', host.environment)
				: openRecord(about, host.environment);
			recorded = recorder;
			return withWorld(answers, world => carryOut(plan, { world, recorder, observe, signal }));
		},
		undo: (answers, steps, observe, signal) =>
			withWorld(answers, async world => {
				const recorder = recorded;
				if (!recorder) {
					throw new Error('nothing has run');
				}
				const { takeBack } = await lastAct();
				return takeBack(steps, { world, recorder, observe, signal });
			}),
		async save(what, draft, plan, facts) {
			const { answersFileOf } = await lastAct();
			const answers = completeAnswers(draft);
			const name = `pxpair-${what}-${fileName(answers.source.context)}-${fileName(answers.destination.context)}`;
			try {
				const path =
					what === 'runbook'
						? await writeNewFile(
								host.folder,
								name,
								'md',
								runbook(
									plan,
									podPlaces(facts, { source: common.kubeconfig, destination: common.kubeconfig }),
								),
							)
						: await writeNewFile(host.folder, name, 'yaml', answersFileOf(answers, draft.texts.jsonKeyFile));
				return `Saved ${path}`;
			} catch (error) {
				return `Not saved: ${systemCode(error) ?? 'unwritable'}`;
			}
		},
		recordPath: () => recorded?.path,
		async close() {
			// Whoever leaves does not wait for clusters that are slow to answer.
			closing.abort();
			await recorded?.flush();
		},
	};
}

/** What the questions can do without: the shapes of records and answers files, and zod with them. */
async function lastAct() {
	const [records, record, carrying, files] = await Promise.all([
		import('../gateways/records.ts'),
		import('../pairing/record.ts'),
		import('./carry-out.ts'),
		import('./answers-file-of.ts'),
	]);
	return { ...records, ...record, ...carrying, ...files };
}

async function look(
	contexts: Pair<string>,
	tell: (side: Side, found: Partial<ClusterFacts>) => void,
	withWorld: (answers: Pick<Answers, Side>, work: (world: World) => Promise<void>) => Promise<void>,
): Promise<void> {
	const choices = { source: { context: contexts.source }, destination: { context: contexts.destination } };
	try {
		await withWorld(choices, world => tellFacts(world, tell));
	} catch (error) {
		if (!(error instanceof PairingError)) {
			throw error;
		}
		// A context that leads nowhere: the same for everything about it.
		const unknown = { kind: 'unknown', problem: error.problem } as const;
		for (const side of ['source', 'destination'] as const) {
			tell(side, {
				context: contexts[side],
				api: unknown,
				platform: unknown,
				portworx: unknown,
				uuid: unknown,
				stork: unknown,
			});
		}
	}
}

function summaries({ contexts, currentContext }: Kubeconfig): WizardServices['contexts'] {
	return contexts.map(({ name, clusterName, server }) => ({
		name,
		cluster: clusterName,
		server: server ?? 'no server',
		isCurrent: name === currentContext,
	}));
}

const practiceHints = ({ keyFile }: PracticeGround): WizardServices['practiceHints'] => ({
	accessKeyId:
		'Practice: anything will do, such as PRACTICEKEYID0000000. With WRONG in it, the store refuses it.',
	secretAccessKey: 'Practice: anything will do. With WRONG in it, the store refuses it.',
	accountName: 'Practice: anything will do, such as practiceaccount.',
	accountKey: 'Practice: anything will do. With WRONG in it, the store refuses it.',
	jsonKeyFile: `Practice: ${keyFile}`,
});

async function probeContext({ contexts }: Kubeconfig, context: string, signal: AbortSignal): Promise<Reach> {
	const entry = contexts.find(({ name }) => name === context);
	if (entry?.cluster?.fields['proxy-url']) {
		return { kind: 'unasked' };
	}
	// With it comes TLS, which the first frame can do without.
	const { probeServer } = await import('../gateways/probe.ts');
	return probeServer(entry?.server ?? '', signal);
}

/** Programs that are started inherit the environment, but no variable that holds one of the answers' secrets. */
function withoutSecrets(environment: Host['environment'], { objectStore }: Answers): Host['environment'] {
	const secrets = Object.values(objectStore).filter(value => value instanceof Secret);
	return Object.fromEntries(
		Object.entries(environment).filter(
			([, value]) => value === undefined || !secrets.some(secret => secret.equals(new Secret(value))),
		),
	);
}

const fileName = (context: string): string => context.replace(/[^\w.-]+/g, '_').slice(0, 60);
