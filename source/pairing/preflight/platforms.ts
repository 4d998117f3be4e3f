import type { Platform } from '../clusters/platform.ts';
import type { ClusterWorld } from '../clusters/ports.ts';
import { docs } from '../words/docs.ts';
import { type Finding, fact } from '../words/finding.ts';
import { clusterProblem } from '../words/problem.ts';
import { answer } from '../words/way.ts';

/** Where one cluster is. What cannot be told is no fault of the cluster: who needs it asks. */
export async function platformFindings({ side, discovery }: ClusterWorld): Promise<readonly Finding[]> {
	const platform = await discovery.platform();
	if (platform.name === 'mixed') {
		const problem = clusterProblem({
			id: 'platform-mixed',
			side,
			title: `The nodes of the ${side} cluster are in different locations`,
			evidence: platform.evidence,
			remedies: [
				answer('Say yourself where the cluster is', 'location'),
				'Make sure that all nodes with Portworx reach the object store and the other cluster.',
			],
			docs: docs.credentials,
		});
		return [{ level: 'warning', topic: 'platform', problem }];
	}
	return [
		platform.location === 'unknown'
			? fact('platform', 'platform-unknown', side, unknownPlace(platform))
			: fact('platform', 'platform', side, place(platform)),
	];
}

const place = ({ location, name, confidence, evidence, region }: Platform): string =>
	`Platform: ${name} (${location}), ${confidence === 'certain' ? '' : `${confidence} `}from ${evidence}${region ? `, region ${region}` : ''}`;

const unknownPlace = ({ name, evidence }: Platform): string =>
	`Location unknown${name === 'unknown' ? '' : `: ${name}`} (${evidence})`;
