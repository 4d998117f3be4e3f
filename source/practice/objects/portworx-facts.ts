import type { ClusterPlan } from '../cluster-plan.ts';
import type { Container } from './pods.ts';

/** What is known of a practice Portworx only once it has started. */
export type PortworxFacts = Readonly<{
	/** Of the management port, as objects name it. */
	startPort: number;
	adminToken: string | undefined;
	/** Nodes whose Portworx pod is not Ready. */
	unready: readonly string[];
}>;

export function portworxClusterName({ name }: ClusterPlan): string {
	return `px-${name}`;
}

export function portworxContainers(plan: ClusterPlan, startPort: number): Container[] {
	return [
		{
			name: 'portworx',
			image: `docker.io/portworx/oci-monitor:${plan.portworxVersion}`,
			args: [
				'-c',
				portworxClusterName(plan),
				'-a',
				'-secret_type',
				'k8s',
				'-b',
				'-x',
				'kubernetes',
				'-r',
				`${startPort}`,
			],
		},
		{
			name: 'csi-node-driver-registrar',
			image: 'registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.13.0',
			args: ['--csi-address=/csi/csi.sock', '--kubelet-registration-path=/csi/pxd.portworx.com/csi.sock'],
		},
	];
}
