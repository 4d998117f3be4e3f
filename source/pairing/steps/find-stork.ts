import { docs } from '../docs.ts';
import type { Step } from '../step.ts';
import { kubectl } from './kubectl.ts';

/** Stork on the source is what acts on the ClusterPair; without it the pair would just lie there. */
export const findStork = (context: string): Step => ({
	id: 'find-stork/source',
	title: {
		plan: 'Find Stork on the source',
		doing: 'Looking for Stork on the source…',
		holds: 'Stork runs on the source',
	},
	on: 'source',
	docs: docs.prerequisites,
	preview: [kubectl(context, 'get', 'deployments', '-A', '--field-selector', 'metadata.name=stork')],
	async check({ world }) {
		const { namespace, version } = await world.source.discovery.stork();
		return { kind: 'holds', evidence: `${version ? `version ${version} ` : ''}in ${namespace}` };
	},
});
