import { dirname, resolve } from 'node:path';
import { render } from 'ink';
import { type Aftermath, App } from '../app.tsx';
import { type Draft, emptyDraft } from '../pairing/draft.ts';
import type { Side } from '../pairing/pair.ts';
import type { planPairing } from '../pairing/plan.ts';
import { PairingError } from '../pairing/problem.ts';
import { printProblem } from '../plain/lines.ts';
import { PacedStdin } from '../ui/paced-stdin.ts';
import { themeFor } from '../ui/theme.ts';
import { MistakeBoundary } from '../wizard/mistake-boundary.tsx';
import { printAftermath, resultOfAll } from './aftermath.ts';
import { policyOf } from './existing-policy.ts';
import { type ExitCode, exitCode, exitCodeOf, exitCodeOfProblem } from './exit-code.ts';
import type { GivenDraft } from './given-answers.ts';
import { type Host, printer } from './host.ts';
import type { CommonOptions } from './options.ts';
import type { PracticeGround } from './practice-ground.ts';
import { type OpenServices, openServices } from './wizard-services.ts';

export type WizardOptions = Readonly<{
	/** An answers file, or as much of one as there is: what is said there is not asked for. */
	answersFile?: string;
}>;

/** The conversation on a terminal. */
export async function runWizard(
	host: Host,
	common: CommonOptions,
	{ answersFile }: WizardOptions = {},
): Promise<ExitCode> {
	let ground: PracticeGround | undefined;
	try {
		if (common.practice) {
			const { startPracticeGround } = await import('./practice-ground.ts');
			ground = await startPracticeGround(common.practice.scenario, 'lifelike');
		}
		const given = answersFile === undefined ? undefined : await readGiven(host, answersFile);
		const services = await openServices(host, { common, ground, given: given?.sources });
		const aftermath = await converse(host, services, {
			isPractice: ground !== undefined,
			common,
			draft: withFlags(withContextsOf(services, given?.draft ?? emptyDraft), common),
			isGiven: given !== undefined,
		});
		await services.close();
		printAftermath(aftermath, services, ground?.banner, printer(host.out));
		return aftermathCode(aftermath);
	} catch (error) {
		if (!(error instanceof PairingError)) {
			throw error;
		}
		printProblem(error.problem, printer(host.err));
		return exitCodeOfProblem(error.problem);
	} finally {
		await ground?.close();
	}
}

/** With it comes what reads answers files, which most conversations begin without. */
async function readGiven(host: Host, name: string): Promise<GivenDraft> {
	const [{ draftOfGiven }, { readAnswersText }, { parsePartialAnswers }] = await Promise.all([
		import('./given-answers.ts'),
		import('./answers-text.ts'),
		import('../pairing/answers-file.ts'),
	]);
	const path = resolve(host.folder, name);
	const file = parsePartialAnswers(await readAnswersText(path, name), name);
	return draftOfGiven(host, { file, folder: dirname(path) });
}

type Conversation = Readonly<{
	common: CommonOptions;
	isPractice: boolean;
	draft: Draft;
	isGiven: boolean;
}>;

async function converse(
	host: Host,
	services: OpenServices,
	{ common, ...beginning }: Conversation,
): Promise<Aftermath> {
	let aftermath: Aftermath = { kind: 'left-before-run' };
	const stdin = new PacedStdin(host.stdin);
	const planner = latePlanner(stdin);
	// Before Ink does, which is only after its first frame: what is typed or pasted until then would be echoed.
	stdin.setRawMode(true);
	if (host.environment.TERM !== 'dumb') {
		host.out('\u001B[?2004h');
	}
	try {
		const { waitUntilExit } = render(
			<MistakeBoundary>
				<App
					services={services}
					theme={themeFor({ env: host.environment, platform: host.platform })}
					{...beginning}
					{...(common.patienceSeconds !== undefined && { patienceSeconds: common.patienceSeconds })}
					makePlan={planner.makePlan}
					stopSignal={host.stop}
					onEnd={ended => {
						aftermath = ended;
					}}
				/>
			</MistakeBoundary>,
			{
				stdin: stdin as unknown as NodeJS.ReadStream,
				stdout: host.stdout,
				exitOnCtrlC: false,
				alternateScreen: host.environment.TERM !== 'dumb',
				patchConsole: false,
				incrementalRendering: true,
			},
		);
		// The first frame is drawn by now.
		await Promise.all([waitUntilExit(), planner.load()]);
	} finally {
		stdin.setRawMode(false);
	}
	return aftermath;
}

/** The steps, and zod with them, are not needed for the first frame. What is typed before they are there waits for them. */
function latePlanner(stdin: PacedStdin) {
	const release = stdin.hold();
	let planning: typeof import('../pairing/plan.ts') | undefined;
	const makePlan: typeof planPairing = (...given) => {
		if (!planning) {
			throw new Error('A key went past the hold');
		}
		return planning.planPairing(...given);
	};
	return {
		makePlan,
		async load() {
			planning = await import('../pairing/plan.ts');
			release();
		},
	};
}

/** A context that is not to be found is asked for. */
function withContextsOf({ contexts }: OpenServices, draft: Draft): Draft {
	const there = (side: Side) =>
		draft.kubeconfigs[side] !== undefined || contexts.some(({ name }) => name === draft[side])
			? draft[side]
			: undefined;
	return { ...draft, source: there('source'), destination: there('destination') };
}

/** What the flags say already. A context that they name is still shown, and asked for. */
function withFlags(draft: Draft, common: CommonOptions): Draft {
	const { source, destination, existingCredential, existingPair, ignore } = common;
	return {
		...draft,
		...(source && { source }),
		...(destination && { destination }),
		...(common.bothWays && { bothWays: true }),
		...(common.serviceAccount && { login: 'service-account' as const }),
		...(common.server && { texts: { ...draft.texts, server: common.server } }),
		existing: {
			credential: policyOf('--existing-credential', existingCredential) ?? draft.existing.credential,
			pair: policyOf('--existing-pair', existingPair) ?? draft.existing.pair,
		},
		ignore: [...draft.ignore, ...ignore],
	};
}

function aftermathCode(aftermath: Aftermath): ExitCode {
	if (aftermath.kind === 'left-before-run' || aftermath.run.result === undefined) {
		return exitCode.cancelled;
	}
	if (aftermath.kind === 'took-back') {
		return aftermath.standing > 0 ? exitCode.failedAfterChanges : exitCode.done;
	}
	if (aftermath.phase === 'undone') {
		return aftermath.standing > 0 ? exitCode.failedAfterChanges : exitCode.cancelled;
	}
	return exitCodeOf(resultOfAll(aftermath.run.result, aftermath.standing));
}
