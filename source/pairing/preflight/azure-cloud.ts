import type { Credential } from '../answers/credential.ts';
import { azureClouds } from '../answers/providers/azure.ts';
import { learn } from '../clusters/find-facts.ts';
import type { ClusterWorld } from '../clusters/ports.ts';
import { type Finding, trouble } from '../words/finding.ts';

/** With the cloud that the nodes' region is of, where no one said which. */
export async function locatedIn(cluster: ClusterWorld, credential: Credential): Promise<Credential> {
	if (credential.provider !== 'azure' || credential.environment !== undefined) {
		return credential;
	}
	const platform = await learn(cluster.discovery.platform());
	const region =
		platform.kind === 'known' && platform.value.provider === 'azure' ? platform.value.region : '';
	const environment = /^us(gov|dod)/i.test(region ?? '')
		? 'usgov'
		: /^china/i.test(region ?? '')
			? 'china'
			: undefined;
	return environment ? { ...credential, environment } : credential;
}

/** pxctl has no flag for it: Portworx has to be told by its own installation. */
export async function azureCloudFindings(
	{ side, discovery }: ClusterWorld,
	credential: Credential,
): Promise<readonly Finding[]> {
	if (credential.provider !== 'azure' || (credential.environment ?? 'public') === 'public') {
		return [];
	}
	const { name } = azureClouds[credential.environment ?? 'public'];
	const { install, azureEnvironment } = await discovery.portworx();
	if (install !== 'operator' || azureEnvironment?.toLowerCase() === name.toLowerCase()) {
		return [];
	}
	return [
		trouble('warning', 'object-store', {
			id: 'azure-cloud-unset',
			side,
			title: `Portworx on the ${side} is not told that it runs in ${name}`,
			evidence: `spec.env of the StorageCluster: AZURE_ENVIRONMENT ${azureEnvironment ? `is ${azureEnvironment}` : 'is not set'}`,
			remedies: [
				`Set AZURE_ENVIRONMENT to ${name} in spec.env of the StorageCluster: without it, Portworx looks for the account in the public cloud.`,
			],
		}),
	];
}
