import type { Endpoint } from '../pairing/answers.ts';
import { type ClusterFacts, known, type Learned } from '../pairing/cluster.ts';
import { findFacts, learn } from '../pairing/find-facts.ts';
import type { Pair } from '../pairing/pair.ts';
import { planPairing } from '../pairing/plan.ts';
import { podPlaces } from '../pairing/pod-places.ts';
import { PairingError } from '../pairing/problem.ts';
import { problemLine } from '../plain/json-lines.ts';
import { printProblem } from '../plain/lines.ts';
import { planJson, planSchema, planText } from '../plain/plan-text.ts';
import { runbook } from '../plain/runbook.ts';
import { problemLines } from '../plain/words.ts';
import { type ExitCode, exitCode, exitCodeOfProblem } from './exit-code.ts';
import { type Host, printer } from './host.ts';
import type { CommonOptions, PlanOutput } from './options.ts';
import { openSession, type Session } from './session.ts';

export type PlanRequest = Readonly<{ file: string | undefined; output: PlanOutput; common: CommonOptions }>;

/** `pxpair plan`: looks at both clusters and writes nothing in either. */
export async function planCommand(host: Host, request: PlanRequest): Promise<ExitCode> {
	// There is nothing to see through, so the first Ctrl-C ends every look.
	const looking = { ...host, abandon: AbortSignal.any([host.stop, host.abandon]) };
	let session: Session | undefined;
	try {
		session = await openSession(looking, { ...request, secrets: 'not-needed' });
		const findings = await look(session);
		if (host.stop.aborted) {
			return stopped(host);
		}
		printPlan(host, request, session, findings);
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

type Findings = Readonly<{ facts: Pair<ClusterFacts>; endpoint: Learned<Endpoint> | undefined }>;

async function look({ answers, world }: Session): Promise<Findings> {
	const { storage, endpoint } = answers.pair;
	const [facts, found] = await Promise.all([
		findFacts(world),
		storage === 'paired' && endpoint === undefined
			? learn(world.destination.discovery.endpoints().then(([best]) => best))
			: undefined,
	]);
	return { facts, endpoint: found };
}

function printPlan(
	host: Host,
	{ output, common }: PlanRequest,
	{ answers, practice }: Session,
	{ facts, endpoint }: Findings,
): void {
	const reached = endpoint && known(endpoint);
	const pair = reached ? { ...answers.pair, endpoint: reached } : answers.pair;
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
			print(planJson(plan, places, practice !== undefined));
			break;
	}
	const { source, destination } = facts;
	warn(
		host,
		[source, destination]
			.flatMap(({ api, portworx, uuid }): Learned<unknown>[] => [api, portworx, uuid])
			// Only the source's acts on the pair.
			.concat(source.stork, endpoint ?? []),
	);
}

/** What could not be read would make the run fail: said beside the plan, on standard error. */
function warn(host: Host, findings: readonly Learned<unknown>[]): void {
	const seen = new Set<string>();
	for (const learned of findings) {
		if (learned.kind === 'unknown' && !seen.has(learned.problem.title)) {
			seen.add(learned.problem.title);
			printer(host.err)(
				['', 'As things stand, the run would fail:', ...problemLines(learned.problem)].join('\n'),
			);
		}
	}
}
