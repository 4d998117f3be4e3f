import { render } from 'ink';
import { type Aftermath, App } from '../app.tsx';
import type { Draft } from '../pairing/draft.ts';
import type { planPairing } from '../pairing/plan.ts';
import { PairingError } from '../pairing/problem.ts';
import { printProblem } from '../plain/lines.ts';
import { PacedStdin } from '../ui/paced-stdin.ts';
import { themeFor } from '../ui/theme.ts';
import { MistakeBoundary } from '../wizard/mistake-boundary.tsx';
import { printAftermath, resultOfAll } from './aftermath.ts';
import { policyOf } from './existing-policy.ts';
import { type ExitCode, exitCode, exitCodeOf, exitCodeOfProblem } from './exit-code.ts';
import { type Host, printer } from './host.ts';
import type { CommonOptions } from './options.ts';
import type { PracticeGround } from './practice-ground.ts';
import { openServices } from './wizard-services.ts';

/** The conversation on a terminal. */
export async function runWizard(host: Host, common: CommonOptions): Promise<ExitCode> {
	let ground: PracticeGround | undefined;
	try {
		if (common.practice) {
			const { startPracticeGround } = await import('./practice-ground.ts');
			ground = await startPracticeGround(common.practice.scenario, 'lifelike');
		}
		const services = await openServices(host, common, ground);
		const aftermath = await converse(host, services, ground !== undefined, common);
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

async function converse(
	host: Host,
	services: Awaited<ReturnType<typeof openServices>>,
	isPractice: boolean,
	common: CommonOptions,
): Promise<Aftermath> {
	const draft = draftOf(common);
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
					isPractice={isPractice}
					draft={draft}
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

/** What the flags say already. A context that they name is still shown, and asked for. */
function draftOf({ source, destination, existingCredential, existingPair }: CommonOptions): Partial<Draft> {
	return {
		...(source && { source }),
		...(destination && { destination }),
		existing: {
			credential: policyOf('--existing-credential', existingCredential) ?? 'stop',
			pair: policyOf('--existing-pair', existingPair) ?? 'stop',
		},
	};
}

function aftermathCode(aftermath: Aftermath): ExitCode {
	if (aftermath.kind === 'left-before-run' || aftermath.run.result === undefined) {
		return exitCode.cancelled;
	}
	if (aftermath.phase === 'undone') {
		return aftermath.standing > 0 ? exitCode.failedAfterChanges : exitCode.cancelled;
	}
	return exitCodeOf(resultOfAll(aftermath.run.result, aftermath.standing));
}
