import { systemClock } from '../gateways/machine/clock.ts';
import type { Endpoint } from '../pairing/answers/answers.ts';
import { type ClusterFacts, known } from '../pairing/clusters/cluster.ts';
import { findFacts, learn } from '../pairing/clusters/find-facts.ts';
import { lookAtBoth } from '../pairing/look-at-both.ts';
import { planPairing } from '../pairing/plan.ts';
import type { Finding } from '../pairing/words/finding.ts';
import type { Pair } from '../pairing/words/pair.ts';
import { troublesText } from '../plain/findings.ts';
import { planJson, planSchema, planText } from '../plain/plan-text.ts';
import { runbook } from '../plain/runbook.ts';
import { looking } from './in-session.ts';
import { placesOf } from './inputs/places-of.ts';
import type { Session } from './inputs/session.ts';
import { type ExitCode, exitCode } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable } from './refusable.ts';

export type PlanRequest = Readonly<{
	file: string | undefined;
	output: 'text' | 'markdown' | 'json';
	common: CommonOptions;
}>;

/** `pxpair plan`: looks at both clusters and writes nothing in either. */
export const planCommand = (host: Host, request: PlanRequest): Promise<ExitCode> => {
	const practice = request.common.practice !== undefined;
	return refusable(host, { json: request.output === 'json', practice, schema: planSchema }, () =>
		looking(
			host,
			{ ...request, secrets: 'not-needed' },
			{
				stopped: 'Stopped before the plan was complete. Nothing was changed.',
				look: session => look(session, host.stop),
				tell(seen, session) {
					printPlan(host, request, session, seen);
					return exitCode.done;
				},
			},
		),
	);
};

type Seen = Readonly<{
	facts: Pair<ClusterFacts>;
	endpoint: Endpoint | undefined;
	findings: readonly Finding[];
}>;

async function look({ answers, world }: Session, signal: AbortSignal): Promise<Seen> {
	const { storage, endpoint } = answers.pair;
	const [facts, found, findings] = await Promise.all([
		findFacts(world),
		storage === 'paired' && endpoint === undefined
			? learn(world.destination.discovery.endpoints().then(([best]) => best))
			: undefined,
		// Without the secrets, which a plan does not ask for, there is nothing to try the store with.
		lookAtBoth(answers, { world, clock: systemClock, signal, store: 'untried' }),
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
	const places = placesOf(facts, { answers, practice }, common);
	const print = printer(host.out);
	if (practice && output !== 'json') {
		print(output === 'markdown' ? `> ${practice.banner}\n` : `${practice.banner}\n`);
	}
	switch (output) {
		case 'text':
			print(planText(plan, places, host.page).trimEnd());
			break;
		case 'markdown':
			print(runbook(plan, places).trimEnd());
			break;
		case 'json':
			print(planJson(plan, places, practice !== undefined, findings));
			break;
	}
	troublesText(findings, host.errorPage).forEach(printer(host.err));
}
