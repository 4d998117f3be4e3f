import {
	accountNamespace,
	replacesAnnotation,
	rotationLabel,
	type TokenSecret,
} from '../cluster-pair/account.ts';
import { runLabel } from '../cluster-pair/ownership.ts';
import { shell } from '../words/command.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { clusterProblem, type Problem } from '../words/problem.ts';
import { command } from '../words/way.ts';

/** The token that a rotation issued, beside the one that it was to delete. Both are valid, and the pair has one of them. */
export function unfinishedRotation(to: Side, secrets: readonly TokenSecret[]): Problem | undefined {
	const found = secrets.flatMap(fresh => {
		const { labels, annotations } = fresh.object.metadata;
		const run = labels?.[rotationLabel] === undefined ? undefined : labels[runLabel];
		const replaces = annotations?.[replacesAnnotation];
		const old = secrets.find(({ object }) => replaces !== undefined && object.metadata.uid === replaces);
		return run !== undefined && old ? [{ run, fresh, old }] : [];
	});
	const [first] = found;
	return (
		first &&
		clusterProblem({
			id: 'rotation-unfinished',
			title: `A rotation has not deleted the old token of the pair on the ${to}`,
			side: to,
			evidence: found
				.map(
					({ run, fresh, old }) =>
						`Secret ${accountNamespace}/${fresh.name} of the rotation ${run} replaces ${old.name}, which exists`,
				)
				.join('; '),
			remedies: [
				command('Resume the rotation, where it was started', shell`pxpair run --resume ${first.run}`),
				command('Or undo it', shell`pxpair undo ${first.run}`),
			],
			docs: docs.serviceAccount,
		})
	);
}
