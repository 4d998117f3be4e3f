import { both, daemonSetInstall, each, type Scenario, twoClusters } from './two-clusters.ts';

/** Where the clusters run, and with that which object store people have. */
export const platformScenarios = {
	s3: {
		about: 'two EKS clusters whose object store is Amazon S3',
		clusters: twoClusters,
	},
	azure: {
		about: 'two AKS clusters whose object store is Azure Blob Storage',
		clusters: each({ platform: 'aks', region: 'eastus' }, { platform: 'aks', region: 'westus2' }),
	},
	google: {
		about: 'two GKE clusters whose object store is Google Cloud Storage',
		clusters: each({ platform: 'gke', region: 'us-east1' }, { platform: 'gke', region: 'us-west1' }),
	},
	'on-premises': {
		about: 'two kubeadm clusters on vSphere with the older DaemonSet install of Portworx',
		clusters: both({ platform: 'vsphere', region: '', ...daemonSetInstall }),
	},
	'platform-openshift': {
		about: 'two OpenShift clusters on AWS: OpenShift itself says where it runs',
		clusters: both({ platform: 'openshift-aws' }),
	},
	'platform-openshift-vsphere': {
		about: 'two OpenShift clusters on vSphere, in a data centre of their own',
		clusters: both({ platform: 'openshift-vsphere', region: '' }),
	},
	'platform-eks-anywhere': {
		about: 'two EKS Anywhere clusters: they call themselves EKS, and run on vSphere',
		clusters: both({ platform: 'eks-anywhere', region: '' }),
	},
	'platform-aks-hci': {
		about: 'two AKS clusters on Azure Stack HCI: they call themselves AKS, and run on premises',
		clusters: both({ platform: 'aks-hci', region: '' }),
	},
	'platform-k3s': {
		about: 'two k3s clusters, whose platform cannot be detected',
		clusters: both({ platform: 'k3s', region: '' }),
		drill: {
			lesson:
				'On k3s and RKE2, the provider ID of a node does not say where it runs: in a cloud, or on-premises. Without an object store, you have to say which: location: on-premises in the answers file, or l on the screen that shows what was found.',
		},
	},
	'platform-kubeadm': {
		about: 'two kubeadm clusters whose nodes have no provider ID',
		clusters: both({ platform: 'kubeadm', region: '' }),
		drill: {
			lesson:
				'Nodes without a provider ID are usually on-premises, but may be in a cloud without a cloud provider in Kubernetes. A guess is not enough to pair without an object store: set location: on-premises in the answers file, or press l on the Clusters screen.',
		},
	},
	'platform-mixed-nodes': {
		about: 'two clusters that have nodes on vSphere and one on AWS',
		clusters: both({ platform: 'mixed' }),
		drill: {
			lesson:
				'A cluster may span a data center and a cloud. The safe choice is an object store that both clusters reach; to override it, set location: in the answers file.',
		},
	},
} as const satisfies Record<string, Scenario>;
