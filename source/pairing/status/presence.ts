import type { PairAnswers } from '../answers/answers.ts';
import type { Direction } from '../answers/direction.ts';
import type { ClusterWorld } from '../clusters/ports.ts';
import { remediesFor, saidByStork, seeWhatStorkSays } from '../steps/wait-until-ready.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import { type Finding, fact, trouble } from '../words/finding.ts';
import { clusterProblem, type Problem } from '../words/problem.ts';
import { command } from '../words/way.ts';
import { nameOf, type Standing } from './standing.ts';

export const missing = (cluster: ClusterWorld, way: Direction, pair: PairAnswers): Finding => ({
	level: 'error',
	topic: 'pair',
	problem: missingProblem(cluster, way, pair),
});

export const missingProblem = (
	{ context }: ClusterWorld,
	{ from, to }: Direction,
	pair: PairAnswers,
): Problem =>
	clusterProblem({
		id: 'pair-missing',
		side: from,
		title: `No ClusterPair ${pair.name} to the ${to} exists on the ${from}`,
		evidence: `ClusterPair ${nameOf({ pair })}: not found`,
		remedies: [
			command('Pair the clusters', shell`pxpair run FILE`),
			command('Or look for it under another name', shell`kubectl --context ${context} get clusterpair -A`),
		],
		docs: docs.apply,
	});

/** What Stork says. It is told as what it is: something that was true once. */
export async function presenceFindings({ world, way, pair, found }: Standing): Promise<readonly Finding[]> {
	const { from } = way;
	const { context } = world[from];
	if (found.metadata.deletionTimestamp) {
		return [deleting(context, way, pair, found.metadata.deletionTimestamp)];
	}
	const { isReady, latest } = await saidByStork(world[from], pair, found);
	const name = nameOf({ pair });
	if (isReady) {
		const said = `Stork reports ${name}: ${latest}. Stork never checks a Ready pair again`;
		return [fact('pair', 'pair-ready', from, said)];
	}
	return [
		trouble('error', 'pair', {
			id: 'pair-not-ready',
			side: from,
			title: `Stork does not report the ClusterPair ${pair.name} on the ${from} as Ready`,
			evidence: latest,
			remedies: [
				seeWhatStorkSays(context, pair),
				...remediesFor(latest),
				'Stork keeps retrying: to wait for it, run the pairing again.',
			],
			docs: docs.verify,
		}),
	];
}

const deleting = (context: string, { from }: Direction, pair: PairAnswers, since: string): Finding =>
	trouble('error', 'pair', {
		id: 'pair-being-deleted',
		side: from,
		title: `The ClusterPair ${pair.name} is being deleted on the ${from}`,
		evidence: `ClusterPair ${nameOf({ pair })}: deletion began ${since}`,
		remedies: [
			'If that is intended: it disappears as soon as Stork has removed the pairing.',
			seeWhatStorkSays(context, pair),
			command('Then pair the clusters again', shell`pxpair run FILE`),
		],
		docs: docs.verify,
	});
