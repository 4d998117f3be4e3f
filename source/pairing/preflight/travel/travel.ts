import type { PairAnswers } from '../../answers/answers.ts';
import type { Direction } from '../../answers/direction.ts';
import { known } from '../../clusters/cluster.ts';
import { learn } from '../../clusters/find-facts.ts';
import type { World } from '../../clusters/ports.ts';
import type { Finding } from '../../words/finding.ts';
import { travellingLoginFindings } from './travelling-login.ts';
import { lookAtWay } from './way.ts';

/** Whether what the pair carries to `from` will get Stork and Portworx from there to `to`. */
export async function travelFindings(
	world: World,
	way: Direction,
	pair: PairAnswers,
	now: number,
): Promise<readonly Finding[]> {
	const { login, context } = world[way.to];
	const [facts, seen, stork] = await Promise.all([
		learn(login()),
		lookAtWay(world, way, pair),
		learn(world[way.from].discovery.stork()),
	]);
	if (facts.kind === 'unknown') {
		return [...seen.findings, { level: 'error', topic: 'login', problem: facts.problem }];
	}
	const { reached } = seen;
	const travel = { way, context, pair, stork: known(stork), now, reached };
	return [...seen.findings, ...travellingLoginFindings(facts.value, travel)];
}
