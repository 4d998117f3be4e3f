import { providersInWords } from '../answers/providers.ts';
import { nodeType } from '../clusters/kubernetes.ts';
import type { Platform } from '../clusters/platform.ts';
import { may } from '../step/permissions-needed.ts';
import type { Step } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { refuse } from '../words/problem.ts';
import { answer } from '../words/way.ts';
import { kubectl } from './kubectl.ts';

/** Only on-premises clusters may go without an object store, so a guess must not decide. */
export const confirmLocation = (side: Side, context: string): Step => ({
	id: `confirm-location/${side}`,
	title: {
		plan: `Confirm that the ${side} is on-premises`,
		doing: `Detecting the location of the ${side}…`,
		holds: `The ${side} is on-premises`,
	},
	on: side,
	docs: docs.credentials,
	preview: [kubectl(context, 'get', 'nodes', '-o', 'jsonpath={.items[*].spec.providerID}')],
	needs: [may(side, 'list', nodeType, 'detect whether the cluster is on-premises')],
	async check({ world }) {
		const platform = await world[side].discovery.platform();
		refuseUnlessOnPremises(side, platform);
		return { kind: 'holds', evidence: `${platform.name}: ${platform.evidence}` };
	},
});

/** @throws PairingError for a cloud, and where it cannot be told */
export function refuseUnlessOnPremises(side: Side, platform: Platform): void {
	if (platform.location === 'on-premises') {
		return;
	}
	const cloud = platform.location === 'cloud';
	refuse({
		id: cloud ? 'object-store-needed' : 'location-unknown',
		side,
		title: cloud
			? `The ${side} cluster is in a cloud: an object store is required`
			: `It is unknown whether the ${side} cluster is in a cloud`,
		evidence: platform.evidence,
		remedies: [
			answer(`Give an object store (${providersInWords})`, 'objectStore.provider'),
			answer('Or say that the clusters are on-premises, if they are', 'location', 'on-premises'),
		],
		docs: docs.credentials,
	});
}
