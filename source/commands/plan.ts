import type { Finding } from '../pairing/cluster.ts';
import { findFacts } from '../pairing/find-facts.ts';
import { planPairing } from '../pairing/plan.ts';
import { podPlaces } from '../pairing/pod-places.ts';
import { PairingError } from '../pairing/problem.ts';
import { problemLine } from '../plain/json-lines.ts';
import { printProblem } from '../plain/lines.ts';
import { planJson, planText } from '../plain/plan-text.ts';
import { runbook } from '../plain/runbook.ts';
import { problemLines } from '../plain/words.ts';
import { type ExitCode, exitCode, exitCodeOfProblem } from './exit-code.ts';
import { type Host, printer } from './host.ts';
import type { CommonOptions, PlanOutput } from './options.ts';
import { openSession, type Session } from './session.ts';

export type PlanRequest = Readonly<{ file: string | undefined; output: PlanOutput; common: CommonOptions }>;

/** `pxpair plan`: looks at both clusters and writes nothing in either. */
export async function planCommand(host: Host, request: PlanRequest): Promise<ExitCode> {
	let session: Session | undefined;
	try {
		session = await openSession(host, { ...request, secrets: 'not-needed' });
		await printPlan(host, request.output, session);
		return exitCode.done;
	} catch (error) {
		if (!(error instanceof PairingError)) {
			throw error;
		}
		if (request.output === 'json') {
			printer(host.out)(problemLine(error.problem, request.common.practice !== undefined));
		} else {
			printProblem(error.problem, printer(host.err));
		}
		return exitCodeOfProblem(error.problem);
	} finally {
		await session?.close();
	}
}

async function printPlan(
	host: Host,
	output: PlanOutput,
	{ answers, world, practice }: Session,
): Promise<void> {
	const facts = await findFacts(world);
	const plan = planPairing(answers, facts);
	const places = podPlaces(facts);
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
	warn(
		host,
		Object.values(facts).flatMap(({ api, portworx, uuid }) => [api, portworx, uuid]),
	);
}

/** What could not be read would make the run fail: said beside the plan, on standard error. */
function warn(host: Host, findings: readonly Finding<unknown>[]): void {
	const seen = new Set<string>();
	for (const finding of findings) {
		if (finding.kind === 'unknown' && !seen.has(finding.problem.title)) {
			seen.add(finding.problem.title);
			printer(host.err)(
				['', 'As things stand, the run would fail:', ...problemLines(finding.problem)].join('\n'),
			);
		}
	}
}
