import type { PairAnswers } from '../answers/answers.ts';
import { toRunPxctl, toTellApart } from '../step/permissions-needed.ts';
import type { Step } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import { both, sides } from '../words/pair.ts';
import { refuse } from '../words/problem.ts';
import { answer } from '../words/way.ts';
import { say } from './kubectl.ts';

/**
 * A cluster cannot be paired with itself; Portworx would say so only at the very end. Addresses prove nothing: two clusters
 * may stand behind one, and one cluster may have several.
 */
export const tellClustersApart = ({ storage }: PairAnswers): Step => ({
	id: 'tell-clusters-apart',
	title: {
		plan: 'Confirm that they are two clusters',
		doing: 'Comparing the clusters…',
		holds: 'They are two clusters',
	},
	on: 'both',
	docs: docs.procedure,
	preview: [
		say(`Compare the kube-system UIDs${storage === 'paired' ? ' and the Portworx cluster UUIDs' : ''}.`),
	],
	needs: sides.flatMap(side => [
		toTellApart(side),
		...(storage === 'paired' ? [toRunPxctl(side, "read the cluster's UUID")] : []),
	]),
	async check({ world }) {
		const apis = await both(world, cluster => cluster.discovery.api());
		refuseSame('kube-system UID', apis.source.uid, apis.destination.uid);
		if (storage === 'none') {
			return { kind: 'holds', evidence: 'the kube-system UIDs differ; one Portworx spans both' };
		}
		const uuids = await both(world, cluster => cluster.discovery.uuid());
		refuseSame('Portworx cluster UUID', uuids.source, uuids.destination);
		return { kind: 'holds', evidence: 'kube-system UID and Portworx UUID differ' };
	},
});

function refuseSame(what: string, source: string, destination: string): void {
	if (source === destination) {
		refuse({
			id: 'same-cluster',
			title: 'Source and destination are the same cluster',
			evidence: `both have the ${what} ${source}`,
			remedies: [answer('Choose two contexts that point to two clusters', 'destination.context')],
			docs: docs.procedure,
		});
	}
}
