import { pxctlPath } from '../clusters/portworx.ts';
import { toRunPxctl } from '../step/permissions-needed.ts';
import type { Step } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';

/** The credentials are named after it. */
export const readClusterUuid = (side: Side): Step => ({
	id: `read-cluster-uuid/${side}`,
	title: {
		plan: `Read the ${side}'s cluster UUID`,
		doing: `Reading the ${side}'s cluster UUID…`,
		holds: `The ${side}'s cluster UUID is known`,
	},
	on: side,
	docs: docs.credentials,
	preview: [{ kind: 'command', command: { where: side, file: pxctlPath, args: ['status'] } }],
	needs: [toRunPxctl(side, "read the cluster's UUID")],
	async check({ world }) {
		return { kind: 'holds', evidence: await world[side].discovery.uuid() };
	},
});
