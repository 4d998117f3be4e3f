import { deploymentType } from '../clusters/kubernetes.ts';
import { clusterPairType } from '../clusters/portworx-kinds.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { kubectl } from './kubectl.ts';

/** Stork acts on the ClusterPairs of its own cluster; without it the pair would just lie there. */
export const findStork = (side: Side, context: string): Step => ({
	id: `find-stork/${side}`,
	title: {
		plan: `Find Stork on the ${side}`,
		doing: `Looking for Stork on the ${side}…`,
		holds: `Stork runs on the ${side}`,
	},
	on: side,
	docs: docs.prerequisites,
	preview: [kubectl(context, 'get', 'deployments', '-A', '--field-selector', 'metadata.name=stork')],
	needs: [deploymentType, clusterPairType].map(type => may(side, 'list', type, 'find Stork')),
	async check({ world }) {
		const { namespace, version } = await world[side].discovery.stork();
		return { kind: 'holds', evidence: `${version ? `version ${version} ` : ''}in ${namespace}` };
	},
});
