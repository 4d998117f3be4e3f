import type { Answers } from '../answers.ts';
import { directionsOf, pairTowards } from '../direction.ts';
import { type Finding, type Topic, topics } from '../finding.ts';
import { type Side, sides } from '../pair.ts';
import type { Clock, World } from '../ports.ts';
import { clusterProblem, PairingError, type Problem } from '../problem.ts';
import type { Plan, StepContext } from '../step.ts';
import { clusterFindings } from './clusters.ts';
import { objectStoreFindings } from './object-store.ts';
import { permissionFindings } from './permissions.ts';
import { plannedSteps } from './planned-steps.ts';
import { platformFindings } from './platforms.ts';
import { clockFindings, portworxFindings, versionFindings } from './portworx.ts';
import { storkFindings } from './stork.ts';
import { travelFindings } from './travel.ts';

export type Preflight = Readonly<{
	world: World;
	clock: Clock;
	answers: Answers;
	plan: Plan;
	signal: AbortSignal;
	/** Errors with these ids become warnings: the person knows better. */
	ignore: readonly string[];
	/** Each group of findings as it comes. */
	tell?: (findings: readonly Finding[]) => void;
}>;

/** Seconds after which a look is given up, whatever it waits for. */
const patience = 25;

/**
 * Everything that would make the pairing fail later, as far as it can be known without a write. All looks go on at the same time
 * and none waits for another, so a cluster that hangs delays what is known of the other by nothing.
 */
export async function preflight(flight: Preflight): Promise<readonly Finding[]> {
	const found = await Promise.all(
		looksOf(flight).map(async look => {
			const findings = await outcomeOf(look, flight);
			flight.tell?.(findings);
			return findings;
		}),
	);
	return inOrder(withoutEchoes(found.flat())).map(finding => demoted(finding, flight.ignore));
}

type Look = Readonly<{ topic: Topic; on: Side | 'both'; look: () => Promise<readonly Finding[]> }>;

function looksOf({ world, clock, answers, plan, signal }: Preflight): readonly Look[] {
	const { pair, objectStore } = answers;
	const ways = directionsOf(pair).map(way => ({ way, towards: pairTowards(pair, way) }));
	const context: StepContext = { world, clock, signal, runId: 'preflight', note: () => {} };
	const onEach = (topic: Topic, look: (side: Side) => Promise<readonly Finding[]>): readonly Look[] =>
		sides.map(side => ({ topic, on: side, look: () => look(side) }));
	return [
		...onEach('cluster', side => clusterFindings(world[side])),
		...onEach('platform', side => platformFindings(world[side])),
		...onEach('portworx', side => portworxFindings(world[side], answers)),
		{ topic: 'portworx', on: 'both', look: () => versionFindings(world) },
		{ topic: 'portworx', on: 'both', look: () => clockFindings(world) },
		...onEach('stork', side => storkFindings(world, side, pair)),
		...onEach('permissions', side => permissionFindings(world, side, plan)),
		...ways.map(
			({ way, towards }): Look => ({
				topic: 'way',
				on: way.to,
				look: () => travelFindings(world, way, towards, clock.today()),
			}),
		),
		...(objectStore.provider === 'none'
			? []
			: onEach('object-store', side => objectStoreFindings(world[side], objectStore))),
		...plannedSteps(plan, context),
	];
}

/** What stands in the way of a look is a finding, too. */
async function outcomeOf(
	{ topic, on, look }: Look,
	{ clock, signal }: Preflight,
): Promise<readonly Finding[]> {
	const enough = new AbortController();
	const late = clock
		.sleep(patience * 1000, AbortSignal.any([signal, enough.signal]))
		.then((): readonly Finding[] => [{ level: 'error', topic, problem: tooLate(on) }]);
	try {
		return await Promise.race([look(), late]);
	} catch (error) {
		if (error instanceof PairingError) {
			return [{ level: 'error', topic, problem: error.problem }];
		}
		throw error;
	} finally {
		enough.abort();
	}
}

const tooLate = (on: Side | 'both'): Problem =>
	clusterProblem({
		id: 'timeout',
		...(on !== 'both' && { side: on }),
		title: on === 'both' ? 'One of the clusters does not answer in time' : `The ${on} cluster does not answer in time`,
		evidence: `not known after ${patience} s`,
		remedies: ['Check that its API server is up and that no firewall or VPN swallows the connection.'],
	});

/**
 * One obstacle is met by many looks. Each is told once; and what could not be looked at because a right is missing is told by the
 * missing right.
 */
function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
	const problemOf = (finding: Finding) => (finding.level === 'fact' ? undefined : finding.problem);
	const short = new Set(
		findings.map(problemOf).flatMap(problem => (problem?.id === 'permission-missing' ? [problem.side] : [])),
	);
	const seen = new Set<string>();
	return findings.filter(finding => {
		const problem = problemOf(finding);
		if (!problem) {
			return true;
		}
		const key = `${problem.id} ${problem.side ?? ''}`;
		const isEcho = seen.has(key) || (problem.id === 'forbidden' && short.has(problem.side));
		seen.add(key);
		return !isEcho;
	});
}

const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
	[...findings].sort((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic));

const demoted = (finding: Finding, ignore: readonly string[]): Finding =>
	finding.level === 'error' && ignore.includes(finding.problem.id)
		? { ...finding, level: 'warning' }
		: finding;
