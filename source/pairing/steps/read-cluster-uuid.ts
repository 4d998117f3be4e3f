import { docs } from '../docs.ts';
import { pxctlPath } from '../portworx.ts';
import type { Step } from '../step.ts';

/** The credentials are named after it. */
export const readClusterUuid = (): Step => ({
	id: 'read-cluster-uuid/destination',
	title: {
		plan: "Read the destination's cluster UUID",
		doing: "Reading the destination's cluster UUID…",
		holds: "The destination's cluster UUID is known",
	},
	on: 'destination',
	docs: docs.credentials,
	preview: [{ kind: 'command', command: { where: 'destination', file: pxctlPath, args: ['status'] } }],
	async check({ world }) {
		return { kind: 'holds', evidence: await world.destination.discovery.uuid() };
	},
});
