import { toTellApart } from '../step/permissions-needed.ts';
import type { Step } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { kubectl } from './kubectl.ts';

/** The API server answers, to someone it knows. */
export const reachCluster = (side: Side, context: string): Step => ({
	id: `reach-cluster/${side}`,
	title: {
		plan: `Reach the ${side} cluster`,
		doing: `Reaching the ${side} cluster…`,
		holds: `The ${side} cluster answers`,
	},
	on: side,
	docs: docs.prerequisites,
	preview: [kubectl(context, 'get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}')],
	needs: [toTellApart(side)],
	async check({ world }) {
		const { version } = await world[side].discovery.api();
		return { kind: 'holds', evidence: `Kubernetes ${version} at ${world[side].server}` };
	},
});
