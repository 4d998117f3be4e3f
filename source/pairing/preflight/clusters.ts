import { type Finding, fact } from '../finding.ts';
import type { ClusterWorld } from '../ports.ts';

export async function clusterFindings({
	side,
	server,
	context,
	discovery,
}: ClusterWorld): Promise<readonly Finding[]> {
	const { version } = await discovery.api();
	return [fact('cluster', 'kubernetes', side, `Kubernetes ${version} at ${server} (context ${context})`)];
}
