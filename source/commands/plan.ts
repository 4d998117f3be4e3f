import { systemClock } from '../gateways/clock.ts';
import type { Endpoint } from '../pairing/answers.ts';
import { type ClusterFacts, known, noFacts } from '../pairing/cluster.ts';
import { findFacts, learn } from '../pairing/find-facts.ts';
import type { Finding } from '../pairing/finding.ts';
import type { Pair } from '../pairing/pair.ts';
import { planPairing, planProcedure } from '../pairing/plan.ts';
import { podPlaces } from '../pairing/pod-places.ts';
import { preflight } from '../pairing/preflight/preflight.ts';
import { PairingError } from '../pairing/problem.ts';
import { troublesText } from '../plain/findings.ts';
import { problemLine } from '../plain/json-lines.ts';
import { printProblem } from '../plain/lines.ts';
import { planJson, planSchema, planText } from '../plain/plan-text.ts';
import { runbook } from '../plain/runbook.ts';
import { type ExitCode, exitCode, exitCodeOfProblem } from './exit-code.ts';
import type { PlanOutput } from './flags.ts';
import { type Host, printer } from './host.ts';
import type { CommonOptions } from './options.ts';
import { openSession, type Session } from './session.ts';

export type PlanRequest = Readonly<{ file: string | undefined; output: PlanOutput; common: CommonOptions }>;

/** `pxpair plan`: looks at both clusters and writes nothing in either. */
export async function planCommand(host: Host, request: PlanRequest): Promise<ExitCode> {
	// There is nothing to see through, so the first Ctrl-C ends every look.
	const looking = { ...host, abandon: AbortSignal.any([host.stop, host.abandon]) };
	let session: Session | undefined;
	try {
		session = await openSession(looking, { ...request, secrets: 'not-needed' });
		const seen = await look(session, host.stop);
		if (host.stop.aborted) {
			return stopped(host);
		}
		printPlan(host, request, session, seen);
		return exitCode.done;
	} catch (error) {
		if (!(error instanceof PairingError)) {
			throw error;
		}
		if (host.stop.aborted) {
			return stopped(host);
		}
		if (request.output === 'json') {
			printer(host.out)(problemLine(error.problem, request.common.practice !== undefined, planSchema));
		} else {
			printProblem(error.problem, printer(host.err));
		}
		return exitCodeOfProblem(error.problem);
	} finally {
		await session?.close();
	}
}

function stopped(host: Host): ExitCode {
	printer(host.err)('Stopped before there was a plan. Nothing was changed.');
	return exitCode.cancelled;
}

type Seen = Readonly<{
	facts: Pair<ClusterFacts>;
	endpoint: Endpoint | undefined;
	findings: readonly Finding[];
}>;

async function look({ answers, world }: Session, signal: AbortSignal): Promise<Seen> {
	const { storage, endpoint } = answers.pair;
	const unseen = {
		source: noFacts(answers.source.context),
		destination: noFacts(answers.destination.context),
	};
	const { ignore = [] } = answers;
	const plan = planProcedure(answers, unseen);
	const [facts, found, findings] = await Promise.all([
		findFacts(world),
		storage === 'paired' && endpoint === undefined
			? learn(world.destination.discovery.endpoints().then(([best]) => best))
			: undefined,
		// Without the secrets, which a plan does not ask for, there is nothing to try the store with.
		preflight({ world, clock: systemClock, answers, plan, ignore, signal, store: 'untried' }),
	]);
	return { facts, endpoint: found && known(found), findings };
}

function printPlan(
	host: Host,
	{ output, common }: PlanRequest,
	{ answers, practice }: Session,
	{ facts, endpoint, findings }: Seen,
): void {
	const pair = endpoint ? { ...answers.pair, endpoint } : answers.pair;
	const plan = planPairing({ ...answers, pair }, facts);
	// The practice clusters' own is gone by the time anybody types.
	const named = practice ? undefined : common.kubeconfig;
	const places = podPlaces(facts, {
		source: answers.source.kubeconfig ?? named,
		destination: answers.destination.kubeconfig ?? named,
	});
	const print = printer(host.out);
	if (practice && output !== 'json') {
		print(output === 'markdown' ? `> ${practice.banner}\n` : `${practice.banner}\n`);
	}
	switch (output) {
		case 'text':
			print(planText(plan, places).trimEnd());
			break;
		case 'markdown':
			print(runbook(plan, places).trimEnd());
			break;
		case 'json':
			print(planJson(plan, places, practice !== undefined, findings));
			break;
	}
	troublesText(findings).forEach(printer(host.err));
}
