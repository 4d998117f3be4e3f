import type { Credential } from '../answers/credential.ts';
import type { ClusterWorld } from '../clusters/ports.ts';
import { type Finding, fact } from '../words/finding.ts';
import { azureCloudFindings, locatedIn } from './azure-cloud.ts';

/** The credential is tried from where Portworx will use it, before it is stored anywhere. */
export async function objectStoreFindings(
	cluster: ClusterWorld,
	credential: Credential,
): Promise<readonly Finding[]> {
	const located = await locatedIn(cluster, credential);
	const [tried, told] = await Promise.all([
		trialFindings(cluster, located),
		azureCloudFindings(cluster, located),
	]);
	return [...tried, ...told];
}

async function trialFindings(
	{ side, podView }: ClusterWorld,
	credential: Credential,
): Promise<readonly Finding[]> {
	const trial = await podView.tryStore(credential);
	switch (trial.kind) {
		case 'accepted':
			return [
				fact('object-store', 'store-accepts', side, `The object store accepts the key: ${trial.evidence}`),
			];
		case 'untried':
			return [
				fact('object-store', 'store-untried', side, `The object store could not be tried: ${trial.because}`),
			];
		case 'doubtful':
			return [{ level: 'warning', topic: 'object-store', problem: trial.problem }];
		case 'refused':
			return [{ level: 'error', topic: 'object-store', problem: trial.problem }];
	}
}
