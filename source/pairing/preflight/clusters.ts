import type { ClusterWorld } from '../clusters/ports.ts';
import { type Finding, fact } from '../words/finding.ts';

export async function clusterFindings({
	side,
	server,
	context,
	discovery,
}: ClusterWorld): Promise<readonly Finding[]> {
	const { version } = await discovery.api();
	return [fact('cluster', 'kubernetes', side, `Kubernetes ${version} at ${server} (context ${context})`)];
}
