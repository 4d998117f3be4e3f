import { clouds } from './clouds.ts';
import type { PlatformRow } from './platform-row.ts';

/** Portworx's StorageCluster reference names its annotations and disk providers for all of them. */
export const platforms: readonly PlatformRow[] = [
	...clouds,
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
