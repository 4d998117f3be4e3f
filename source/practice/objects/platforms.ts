import type { ClusterPlan } from '../cluster-plan.ts';

/** What tells one kind of Kubernetes from another: its version string, its nodes' provider IDs and labels. */
export type Platform = Readonly<{
	kubernetesVersion: string;
	osImage: string;
	/** Zones of the three nodes; empty for a node that is in none. */
	zones: (region: string) => readonly string[];
	/** Absent where Kubernetes was never told. */
	providerId: (node: NodePlace) => string | undefined;
	labels: (node: NodePlace) => Readonly<Record<string, string>>;
	/** The mark that Portworx's spec generator leaves on the StorageCluster. */
	annotations: Readonly<Record<string, string>>;
	/** What Portworx's disks are made of, as `spec.cloudStorage` names it; absent for drives that the nodes have anyway. */
	disks: Readonly<{ provider: string; spec: string }> | undefined;
	/** What OpenShift's Infrastructure object says; other platforms have no such object. */
	openShift?: (region: string) => Readonly<Record<string, unknown>>;
}>;

type NodePlace = Readonly<{
	cluster: string;
	name: string;
	region: string;
	zone: string;
	number: number;
}>;

const disks = {
	aws: { provider: 'aws', spec: 'type=gp3,size=150' },
	vsphere: { provider: 'vsphere', spec: 'type=lazyzeroedthick,size=150' },
	local: undefined,
} as const;

const openShift = {
	kubernetesVersion: 'v1.32.9',
	osImage: 'Red Hat Enterprise Linux CoreOS 9.6.20251103-0 (Plow)',
	labels: () => ({ 'node.openshift.io/os_id': 'rhel' }),
	annotations: { 'portworx.io/is-openshift': 'true' },
} as const;

export const platforms = {
	eks: {
		kubernetesVersion: 'v1.33.5-eks-113cf36',
		osImage: 'Amazon Linux 2023.9.20251105',
		zones: awsZones,
		providerId: awsInstance,
		labels: ({ cluster }) => ({
			'eks.amazonaws.com/nodegroup': 'practice',
			'eks.amazonaws.com/capacityType': 'ON_DEMAND',
			'alpha.eksctl.io/cluster-name': cluster,
			'node.kubernetes.io/instance-type': 'm6i.2xlarge',
		}),
		annotations: { 'portworx.io/is-eks': 'true' },
		disks: disks.aws,
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
		zones: nowhere,
		providerId: virtualMachine,
		labels: () => ({}),
		annotations: {},
		disks: disks.vsphere,
	},
	'openshift-aws': {
		...openShift,
		zones: awsZones,
		providerId: awsInstance,
		disks: disks.aws,
		openShift: region => ({ type: 'AWS', aws: { region } }),
	},
	'openshift-vsphere': {
		...openShift,
		zones: nowhere,
		providerId: virtualMachine,
		disks: disks.vsphere,
		openShift: () => ({ type: 'VSphere', vsphere: {} }),
	},
	// The vendor's names, on machines of one's own.
	'eks-anywhere': {
		kubernetesVersion: 'v1.33.5-eks-113cf36',
		osImage: 'Bottlerocket OS 1.49.0 (vmware-k8s-1.33)',
		zones: nowhere,
		providerId: virtualMachine,
		labels: ({ cluster }) => ({
			'eks.amazonaws.com/nodegroup': 'practice',
			'alpha.eksctl.io/cluster-name': cluster,
		}),
		annotations: { 'portworx.io/is-eks': 'true' },
		disks: disks.vsphere,
	},
	'aks-hci': {
		kubernetesVersion: 'v1.31.10',
		osImage: 'CBL-Mariner/Linux',
		zones: nowhere,
		providerId: ({ name }) => `moc://${name}`,
		labels: ({ cluster }) => ({
			'kubernetes.azure.com/agentpool': 'practice',
			'kubernetes.azure.com/cluster': cluster,
			'kubernetes.azure.com/role': 'agent',
		}),
		annotations: { 'portworx.io/is-aks': 'true' },
		disks: disks.local,
	},
	k3s: {
		kubernetesVersion: 'v1.33.5+k3s1',
		osImage: 'Ubuntu 24.04.3 LTS',
		zones: nowhere,
		providerId: ({ name }) => `k3s://${name}`,
		labels: () => ({
			'node.k3s.io/instance-type': 'k3s',
			'node.kubernetes.io/instance-type': 'k3s',
		}),
		annotations: {},
		disks: disks.local,
	},
	kubeadm: {
		kubernetesVersion: 'v1.33.5',
		osImage: 'Ubuntu 24.04.3 LTS',
		zones: nowhere,
		providerId: () => undefined,
		labels: () => ({}),
		annotations: {},
		disks: disks.local,
	},
	mixed: {
		kubernetesVersion: 'v1.33.5',
		osImage: 'Ubuntu 24.04.3 LTS',
		zones: region => ['', '', `${region}a`],
		providerId: place => (place.zone === '' ? virtualMachine(place) : awsInstance(place)),
		labels: () => ({}),
		annotations: {},
		disks: disks.local,
	},
} as const satisfies Record<ClusterPlan['platform'], Platform>;

function awsZones(region: string): readonly string[] {
	return [`${region}a`, `${region}b`, `${region}c`];
}

function nowhere(): readonly string[] {
	return ['', '', ''];
}

function awsInstance({ zone, number }: NodePlace): string {
	return `aws:///${zone}/i-0000000000practi${number}`;
}

function virtualMachine({ number }: NodePlace): string {
	return `vsphere://42300000-0000-4000-8000-${`${number}`.padStart(12, '0')}`;
}
