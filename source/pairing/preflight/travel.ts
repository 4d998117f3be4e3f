import type { PairAnswers } from '../answers.ts';
import type { Direction } from '../direction.ts';
import type { Finding } from '../finding.ts';
import type { World } from '../ports.ts';
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
		login(),
		lookAtWay(world, way, pair),
		world[way.from].discovery.stork().catch(() => undefined),
	]);
	return [
		...seen.findings,
		...travellingLoginFindings(facts, { way, context, pair, stork, now, reached: seen.reached }),
	];
}
