import type { ClusterPlan } from '../cluster-plan.ts';

/** What tells one kind of Kubernetes from another: its version string, its nodes' provider IDs and labels. */
export type Platform = Readonly<{
	kubernetesVersion: string;
	osImage: string;
	/** Zones of the three nodes. */
	zones: (region: string) => readonly string[];
	providerId: (node: NodePlace) => string;
	labels: (node: NodePlace) => Readonly<Record<string, string>>;
	/** The mark that Portworx's spec generator leaves on the StorageCluster. */
	annotations: Readonly<Record<string, string>>;
	/** What Portworx's disks are made of, as `spec.cloudStorage` names it. */
	disks: Readonly<{ provider: string; spec: string }>;
}>;

export type NodePlace = Readonly<{
	cluster: string;
	name: string;
	region: string;
	zone: string;
	number: number;
}>;

export const platforms = {
	eks: {
		kubernetesVersion: 'v1.33.5-eks-113cf36',
		osImage: 'Amazon Linux 2023.9.20251105',
		zones: region => [`${region}a`, `${region}b`, `${region}c`],
		providerId: ({ zone, number }) => `aws:///${zone}/i-0000000000practi${number}`,
		labels: ({ cluster }) => ({
			'eks.amazonaws.com/nodegroup': 'practice',
			'eks.amazonaws.com/capacityType': 'ON_DEMAND',
			'alpha.eksctl.io/cluster-name': cluster,
			'node.kubernetes.io/instance-type': 'm6i.2xlarge',
		}),
		annotations: { 'portworx.io/is-eks': 'true' },
		disks: { provider: 'aws', spec: 'type=gp3,size=150' },
	},
	aks: {
		kubernetesVersion: 'v1.33.5',
		osImage: 'Ubuntu 22.04.5 LTS',
		zones: region => [`${region}-1`, `${region}-2`, `${region}-3`],
		providerId: ({ cluster, region, number }) =>
			`azure:///subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/mc_practice_${cluster}_${region}/providers/Microsoft.Compute/virtualMachineScaleSets/aks-practice-vmss/virtualMachines/${number}`,
		labels: ({ cluster, region }) => ({
			'kubernetes.azure.com/agentpool': 'practice',
			'kubernetes.azure.com/cluster': `mc_practice_${cluster}_${region}`,
			'kubernetes.azure.com/node-image-version': 'AKSUbuntu-2204gen2containerd-202511.07.0',
			'kubernetes.azure.com/role': 'agent',
			'node.kubernetes.io/instance-type': 'Standard_D8s_v5',
		}),
		annotations: { 'portworx.io/is-aks': 'true' },
		disks: { provider: 'azure', spec: 'type=Premium_LRS,size=150' },
	},
	gke: {
		kubernetesVersion: 'v1.33.5-gke.1201000',
		osImage: 'Container-Optimized OS from Google',
		zones: region => [`${region}-a`, `${region}-b`, `${region}-c`],
		providerId: ({ zone, name }) => `gce://practice-project/${zone}/${name}`,
		labels: () => ({
			'cloud.google.com/gke-nodepool': 'practice',
			'cloud.google.com/gke-os-distribution': 'cos',
			'node.kubernetes.io/instance-type': 'e2-standard-8',
		}),
		annotations: { 'portworx.io/is-gke': 'true' },
		disks: { provider: 'gce', spec: 'type=pd-ssd,size=150' },
	},
	vsphere: {
		kubernetesVersion: 'v1.32.9',
		osImage: 'Ubuntu 22.04.5 LTS',
		zones: () => ['', '', ''],
		providerId: ({ number }) => `vsphere://42300000-0000-4000-8000-00000000000${number}`,
		labels: () => ({}),
		annotations: {},
		disks: { provider: 'vsphere', spec: 'type=lazyzeroedthick,size=150' },
	},
} as const satisfies Record<ClusterPlan['platform'], Platform>;
