import { podType, serviceType } from '../clusters/kubernetes.ts';
import { portworxSelector } from '../clusters/portworx.ts';
import { storageClusterType } from '../clusters/portworx-kinds.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { kubectl } from './kubectl.ts';

export const findPortworx = (side: Side, context: string): Step => ({
	id: `find-portworx/${side}`,
	title: {
		plan: `Find Portworx on the ${side}`,
		doing: `Looking for Portworx on the ${side}…`,
		holds: `Portworx is Ready on the ${side}`,
	},
	on: side,
	docs: docs.prerequisites,
	preview: [kubectl(context, 'get', 'pods', '-A', '-l', portworxSelector)],
	needs: [podType, storageClusterType, serviceType].map(type => may(side, 'list', type, 'find Portworx')),
	async check({ world }) {
		const { version, namespace, pods, podCount, install } = await world[side].discovery.portworx();
		const what = version ? `version ${version}` : `${install} install`;
		return {
			kind: 'holds',
			evidence: `${what} in ${namespace}, ${pods.length} of ${podCount} pods Ready, using ${pods[0].name}`,
		};
	},
});
