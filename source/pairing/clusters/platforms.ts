import type { Provider } from '../answers/providers.ts';

/** One kind of ground under Kubernetes, or one kind of Kubernetes, with everything it is known by. */
export type PlatformRow = Readonly<{
	name: string;
	/** `unknown`: it has to be asked. `anywhere`: it is a Kubernetes that runs on any ground and hides on which. */
	location: 'cloud' | 'on-premises' | 'unknown' | 'anywhere';
	/** Where public and private installations look alike, a provider ID is no proof. */
	sureness?: 'likely';
	/** The name says already which Kubernetes it is. */
	complete?: true;
	/** Starts of a node's `spec.providerID`: the platform's own controller writes it, labels can be set by anyone. */
	ids?: readonly string[];
	/** Types in `status.platformStatus` of OpenShift's Infrastructure. */
	infrastructure?: readonly string[];
	/** `spec.cloudStorage.provider` of a StorageCluster: whom Portworx asks for its disks. */
	disks?: string;
	/** The Kubernetes that is at home there. */
	kubernetes?: KubernetesSigns;
	/** The object store most people use there. */
	provider?: Provider;
	/** Region and project in a provider ID: the first group, and nothing where it would be a guess. */
	region?: RegExp;
	project?: RegExp;
	/** Where these facts can be read. */
	source: string;
}>;

export type KubernetesSigns = Readonly<{
	name: string;
	/** What it is called on ground that is not its own. */
	abroad?: string;
	/** Starts of the names of its nodes' labels and annotations. */
	marks?: readonly string[];
	/** Part of the server's `gitVersion`. */
	version?: string;
	/** `portworx.io/<this>: "true"` on the StorageCluster, as Portworx's spec generator writes it. */
	annotation?: string;
	/** Ends of the API server's host name. */
	hosts?: readonly string[];
	/** Part of its nodes' `osImage`. */
	osImage?: string;
}>;

/** Portworx's StorageCluster reference names its annotations and disk providers for all of them. */
export const platforms: readonly PlatformRow[] = [
	{
		name: 'AWS',
		location: 'cloud',
		ids: ['aws://'],
		infrastructure: ['AWS'],
		disks: 'aws',
		provider: 's3',
		// A plain zone is its region and a letter. Local and wavelength zones are not: us-west-2-lax-1a.
		region: /^aws:\/\/\/([a-z]+(?:-[a-z]+)+-\d)[a-z]\//,
		kubernetes: {
			name: 'Amazon EKS',
			abroad: 'EKS Anywhere',
			marks: ['eks.amazonaws.com/', 'alpha.eksctl.io/'],
			version: '-eks-',
			annotation: 'is-eks',
			hosts: ['.eks.amazonaws.com', '.eks.amazonaws.com.cn'],
		},
		source: 'https://github.com/kubernetes/cloud-provider-aws/blob/master/pkg/providers/v1/instances.go',
	},
	{
		name: 'Google Cloud',
		location: 'cloud',
		ids: ['gce://'],
		infrastructure: ['GCP'],
		disks: 'gce',
		provider: 'google',
		// AI zones (us-central1-ai1a) are left to the label.
		region: /^gce:\/\/[^/]+\/([a-z]+-[a-z]+\d+)-[a-z]\//,
		project: /^gce:\/\/([^/]+)\//,
		kubernetes: {
			name: 'GKE',
			marks: ['cloud.google.com/gke-'],
			version: '-gke.',
			annotation: 'is-gke',
			hosts: ['.gke.goog'],
		},
		source: 'https://github.com/rancher/kubernetes-provider-detector/blob/master/providers/gke.go',
	},
	{
		name: 'Azure',
		location: 'cloud',
		ids: ['azure://'],
		infrastructure: ['Azure'],
		disks: 'azure',
		provider: 'azure',
		kubernetes: {
			name: 'AKS',
			marks: ['kubernetes.azure.com/'],
			annotation: 'is-aks',
			hosts: ['.azmk8s.io'],
		},
		source: 'https://github.com/rancher/kubernetes-provider-detector/blob/master/providers/aks.go',
	},
	{
		name: 'IBM Cloud',
		location: 'cloud',
		ids: ['ibm://'],
		infrastructure: ['IBMCloud', 'PowerVS'],
		disks: 'ibm',
		provider: 's3',
		kubernetes: {
			name: 'IBM Cloud Kubernetes Service',
			marks: ['ibm-cloud.kubernetes.io/'],
			version: '+IKS',
			annotation: 'is-iks',
			hosts: ['.containers.cloud.ibm.com'],
		},
		source: 'https://github.com/replicatedhq/troubleshoot/blob/main/pkg/analyze/distribution.go',
	},
	{
		name: 'Oracle Cloud',
		location: 'cloud',
		// Oracle's own controller writes the bare OCID.
		ids: ['ocid1.', 'oci://'],
		disks: 'oracle',
		provider: 's3',
		// The oldest two regions stand there as three letters that no endpoint knows.
		region: /^(?:oci:\/\/)?ocid1\.[^.]*\.[^.]*\.([a-z]+-[a-z]+-\d+)\./,
		kubernetes: { name: 'OKE', marks: ['oci.oraclecloud.com/'], annotation: 'is-oke' },
		source: 'https://docs.oracle.com/en-us/iaas/Content/General/Concepts/identifiers.htm',
	},
	{
		name: 'Alibaba Cloud',
		location: 'cloud',
		ids: ['alicloud://'],
		infrastructure: ['AlibabaCloud'],
		provider: 's3',
		region: /^alicloud:\/\/([a-z]+(?:-[a-z]+)+(?:-\d+)?)[./]/,
		kubernetes: { name: 'Alibaba Cloud ACK', version: '-aliyun.' },
		source:
			'https://github.com/kubernetes/cloud-provider-alibaba-cloud (NodeFromProviderID; ACK marks its versions -aliyun.N)',
	},
	{
		name: 'DigitalOcean',
		location: 'cloud',
		ids: ['digitalocean://'],
		provider: 's3',
		kubernetes: {
			name: 'DigitalOcean Kubernetes',
			marks: ['doks.digitalocean.com/'],
			hosts: ['.k8s.ondigitalocean.com'],
		},
		source: 'https://github.com/replicatedhq/troubleshoot/blob/main/pkg/analyze/distribution.go',
	},
	{
		name: 'Linode',
		location: 'cloud',
		ids: ['linode://'],
		provider: 's3',
		kubernetes: { name: 'Linode LKE', marks: ['lke.linode.com/'], hosts: ['.linodelke.net'] },
		source: 'https://github.com/linode/linode-cloud-controller-manager',
	},
	{
		name: 'Scaleway',
		location: 'cloud',
		ids: ['scaleway://'],
		provider: 's3',
		kubernetes: { name: 'Scaleway Kapsule', marks: ['k8s.scaleway.com/'] },
		source: 'https://github.com/scaleway/scaleway-cloud-controller-manager',
	},
	{
		name: 'Vultr',
		location: 'cloud',
		ids: ['vultr://'],
		provider: 's3',
		kubernetes: { name: 'Vultr VKE', marks: ['vke.vultr.com/'] },
		source: 'https://github.com/vultr/vultr-cloud-controller-manager',
	},
	{
		name: 'Hetzner Cloud',
		location: 'cloud',
		ids: ['hcloud://'],
		provider: 's3',
		source:
			'https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/main/docs/reference/providerid.md',
	},
	{
		name: 'Exoscale',
		location: 'cloud',
		ids: ['exoscale://'],
		provider: 's3',
		source: 'https://github.com/exoscale/exoscale-cloud-controller-manager',
	},
	{
		// Rented bare metal: neither quite a cloud nor one's own house.
		name: 'Equinix Metal',
		location: 'unknown',
		ids: ['equinixmetal://', 'packet://'],
		infrastructure: ['EquinixMetal'],
		source: 'https://github.com/kubernetes-sigs/cloud-provider-equinix-metal',
	},
	{
		name: 'vSphere',
		location: 'on-premises',
		ids: ['vsphere://'],
		infrastructure: ['VSphere'],
		disks: 'vsphere',
		source: 'https://github.com/kubernetes/cloud-provider-vsphere',
	},
	{
		// There are public clouds of it.
		name: 'OpenStack',
		location: 'on-premises',
		sureness: 'likely',
		ids: ['openstack://'],
		infrastructure: ['OpenStack'],
		source: 'https://github.com/kubernetes/cloud-provider-openstack',
	},
	{
		name: 'bare metal (Metal3)',
		location: 'on-premises',
		ids: ['baremetalhost://', 'metal3://'],
		infrastructure: ['BareMetal'],
		source: 'https://github.com/metal3-io/cluster-api-provider-metal3/blob/main/docs/api.md',
	},
	{
		name: 'bare metal (Tinkerbell)',
		location: 'on-premises',
		ids: ['tinkerbell://'],
		source: 'https://github.com/tinkerbell/cluster-api-provider-tinkerbell',
	},
	{
		name: 'Nutanix',
		location: 'on-premises',
		ids: ['nutanix://'],
		infrastructure: ['Nutanix'],
		source: 'https://github.com/nutanix-cloud-native/cluster-api-provider-nutanix',
	},
	{
		name: 'EKS Hybrid Nodes',
		location: 'on-premises',
		complete: true,
		ids: ['eks-hybrid://'],
		source: 'https://github.com/aws/eks-hybrid/blob/main/internal/kubelet/config.go',
	},
	{
		// Its labels are those of Azure.
		name: 'AKS on Azure Stack HCI',
		location: 'on-premises',
		complete: true,
		ids: ['moc://'],
		source: 'https://github.com/Azure/azure-cli-extensions/tree/main/src/connectedk8s',
	},
	{
		name: 'kind',
		location: 'on-premises',
		complete: true,
		ids: ['kind://'],
		source: 'https://kind.sigs.k8s.io',
	},
	{
		name: 'minikube',
		location: 'on-premises',
		complete: true,
		kubernetes: { name: 'minikube', marks: ['minikube.k8s.io/'] },
		source: 'https://github.com/rancher/kubernetes-provider-detector/blob/master/providers/minikube.go',
	},
	{
		name: 'Docker Desktop',
		location: 'on-premises',
		complete: true,
		kubernetes: { name: 'Docker Desktop', osImage: 'Docker Desktop' },
		source: 'https://github.com/replicatedhq/troubleshoot/blob/main/pkg/analyze/distribution.go',
	},
	{
		name: 'OpenShift',
		location: 'anywhere',
		kubernetes: { name: 'OpenShift', marks: ['node.openshift.io/'], annotation: 'is-openshift' },
		source:
			'https://docs.redhat.com/en/documentation/openshift_container_platform/4.15/html/config_apis/infrastructure-config-openshift-io-v1',
	},
	{
		// k3d and Rancher Desktop write the same.
		name: 'k3s',
		location: 'anywhere',
		ids: ['k3s://'],
		kubernetes: { name: 'k3s', marks: ['node.k3s.io/', 'k3s.io/'], version: '+k3s' },
		source: 'https://github.com/rancher/kubernetes-provider-detector/blob/master/providers/k3s.go',
	},
	{
		name: 'RKE2',
		location: 'anywhere',
		ids: ['rke2://'],
		kubernetes: { name: 'RKE2', marks: ['rke2.io/'], version: '+rke2' },
		source: 'https://github.com/rancher/kubernetes-provider-detector/blob/master/providers/rke2.go',
	},
	{
		name: 'RKE',
		location: 'anywhere',
		kubernetes: { name: 'RKE', marks: ['rke.cattle.io/internal-ip'] },
		source: 'https://github.com/rancher/kubernetes-provider-detector/blob/master/providers/rke.go',
	},
	{
		name: 'MicroK8s',
		location: 'anywhere',
		kubernetes: { name: 'MicroK8s', marks: ['microk8s.io/'] },
		source: 'https://github.com/replicatedhq/troubleshoot/blob/main/pkg/analyze/distribution.go',
	},
	{
		name: 'kURL',
		location: 'anywhere',
		kubernetes: { name: 'kURL', marks: ['kurl.sh/'] },
		source: 'https://github.com/replicatedhq/troubleshoot/blob/main/pkg/analyze/distribution.go',
	},
	{
		name: 'Tanzu Kubernetes Grid Integrated',
		location: 'anywhere',
		kubernetes: { name: 'Tanzu Kubernetes Grid Integrated', annotation: 'is-pks' },
		source: 'Portworx documentation: Install on PKS (annotation of the StorageCluster)',
	},
];
