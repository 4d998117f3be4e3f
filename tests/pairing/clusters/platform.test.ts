import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Infrastructure, NodeObject } from '../../../source/pairing/clusters/kubernetes.ts';
import { type Platform, platformOf } from '../../../source/pairing/clusters/platform.ts';
import { platforms } from '../../../source/pairing/clusters/platforms.ts';
import type { StorageCluster } from '../../../source/pairing/clusters/portworx-kinds.ts';

/** `location, name, confidence, provider, region` in one line; what is absent is a dash. */
const verdict = ({ location, name, confidence, provider, region }: Platform): string =>
	[location, name, confidence, provider ?? '-', region ?? '-'].join(' | ');

test.each([
	// What controllers write into spec.providerID, one row each.
	['aws:///us-east-1a/i-0123456789abcdef0', 'cloud | self-managed on AWS | certain | s3 | us-east-1'],
	['aws:///us-gov-west-1b/i-0', 'cloud | self-managed on AWS | certain | s3 | us-gov-west-1'],
	['aws:///eu-central-1c/fargate-ip-10-0-0-1/x', 'cloud | self-managed on AWS | certain | s3 | eu-central-1'],
	['aws:///us-west-2-lax-1a/i-0', 'cloud | self-managed on AWS | certain | s3 | -'],
	['aws:///us-east-1-wl1-bos-wlz-1/i-0', 'cloud | self-managed on AWS | certain | s3 | -'],
	[
		'gce://my-project/europe-west1-b/n',
		'cloud | self-managed on Google Cloud | certain | google | europe-west1',
	],
	['gce://my-project/us-central1-ai1a/n', 'cloud | self-managed on Google Cloud | certain | google | -'],
	['azure:///subscriptions/s/resourceGroups/g/vm', 'cloud | self-managed on Azure | certain | azure | -'],
	['ibm://account///cluster/worker', 'cloud | self-managed on IBM Cloud | certain | s3 | -'],
	['ocid1.instance.oc1.iad.abc', 'cloud | self-managed on Oracle Cloud | certain | s3 | -'],
	[
		'ocid1.instance.oc1.eu-frankfurt-1.abc',
		'cloud | self-managed on Oracle Cloud | certain | s3 | eu-frankfurt-1',
	],
	[
		'oci://ocid1.instance.oc1.us-ashburn-1.abc',
		'cloud | self-managed on Oracle Cloud | certain | s3 | us-ashburn-1',
	],
	['alicloud://cn-hangzhou.i-1', 'cloud | self-managed on Alibaba Cloud | certain | s3 | cn-hangzhou'],
	['alicloud://ap-southeast-1.i-1', 'cloud | self-managed on Alibaba Cloud | certain | s3 | ap-southeast-1'],
	['digitalocean://1', 'cloud | self-managed on DigitalOcean | certain | s3 | -'],
	['linode://1', 'cloud | self-managed on Linode | certain | s3 | -'],
	['scaleway://1', 'cloud | self-managed on Scaleway | certain | s3 | -'],
	['vultr://1', 'cloud | self-managed on Vultr | certain | s3 | -'],
	['hcloud://1', 'cloud | Hetzner Cloud | certain | s3 | -'],
	['exoscale://1', 'cloud | Exoscale | certain | s3 | -'],
	['equinixmetal://1', 'unknown | Equinix Metal | guess | - | -'],
	['packet://1', 'unknown | Equinix Metal | guess | - | -'],
	['vsphere://4210-uuid', 'on-premises | vSphere | certain | - | -'],
	['openstack:///uuid', 'on-premises | OpenStack | likely | - | -'],
	['openstack://region/uuid', 'on-premises | OpenStack | likely | - | -'],
	['baremetalhost:///ns/host', 'on-premises | bare metal (Metal3) | certain | - | -'],
	['metal3://ns/host/machine', 'on-premises | bare metal (Metal3) | certain | - | -'],
	['tinkerbell://ns/host', 'on-premises | bare metal (Tinkerbell) | certain | - | -'],
	['nutanix://uuid', 'on-premises | Nutanix | certain | - | -'],
	['eks-hybrid:///us-east-1/cluster/mi-1', 'on-premises | EKS Hybrid Nodes | certain | - | -'],
	['moc://vm', 'on-premises | AKS on Azure Stack HCI | certain | - | -'],
	['kind://docker/kind/node', 'on-premises | kind | certain | - | -'],
	['k3s://node', 'unknown | k3s | guess | - | -'],
	['rke2://node', 'unknown | RKE2 | guess | - | -'],
	['somethingelse://node', 'unknown | unknown | guess | - | -'],
	['', 'unknown | unknown | guess | - | -'],
])('providerID %s: %s', (id, expected) => {
	expect(verdict(platformOf({ nodes: [node(id)] }))).toBe(expected);
});

const aws = 'aws:///us-east-1a/i-0';
const vsphere = 'vsphere://1';

test.each<[string, Parameters<typeof platformOf>[0], string]>([
	// The Kubernetes that is at home where the provider ID says.
	[
		'EKS',
		{ nodes: [node(aws, 'eks.amazonaws.com/nodegroup')] },
		'cloud | Amazon EKS | certain | s3 | us-east-1',
	],
	[
		'EKS Fargate',
		{ nodes: [node(aws, 'eks.amazonaws.com/compute-type')] },
		'cloud | Amazon EKS | certain | s3 | us-east-1',
	],
	[
		'eksctl',
		{ nodes: [node(aws, 'alpha.eksctl.io/cluster-name')] },
		'cloud | Amazon EKS | certain | s3 | us-east-1',
	],
	[
		'EKS by version',
		{ nodes: [node(aws)], version: 'v1.33.5-eks-113cf36' },
		'cloud | Amazon EKS | certain | s3 | us-east-1',
	],
	[
		'GKE',
		{ nodes: [node('gce://p/us-east1-b/n', 'cloud.google.com/gke-nodepool')] },
		'cloud | GKE | certain | google | us-east1',
	],
	[
		'GKE by version',
		{ nodes: [node('gce://p/us-east1-b/n')], version: 'v1.33.5-gke.1201000' },
		'cloud | GKE | certain | google | us-east1',
	],
	[
		'AKS',
		{ nodes: [node('azure:///s', 'kubernetes.azure.com/agentpool')] },
		'cloud | AKS | certain | azure | -',
	],
	[
		'IKS',
		{ nodes: [node('ibm://a///c/w', 'ibm-cloud.kubernetes.io/worker-id')] },
		'cloud | IBM Cloud Kubernetes Service | certain | s3 | -',
	],
	[
		'OKE',
		{ nodes: [node('ocid1.instance.oc1.iad.a', 'oci.oraclecloud.com/fault-domain')] },
		'cloud | OKE | certain | s3 | -',
	],
	[
		'DOKS',
		{ nodes: [node('digitalocean://1', 'doks.digitalocean.com/managed')] },
		'cloud | DigitalOcean Kubernetes | certain | s3 | -',
	],
	[
		'ACK',
		{ nodes: [node('alicloud://cn-hangzhou.i-1')], version: 'v1.31.1-aliyun.1' },
		'cloud | Alibaba Cloud ACK | certain | s3 | cn-hangzhou',
	],
	// Others that stand there.
	[
		'RKE2 on EC2',
		{ nodes: [node(aws)], version: 'v1.30.1+rke2r1' },
		'cloud | RKE2 on AWS | certain | s3 | us-east-1',
	],
	[
		'RKE on EC2',
		{ nodes: [withAnnotation(aws, 'rke.cattle.io/internal-ip')] },
		'cloud | RKE on AWS | certain | s3 | us-east-1',
	],
	[
		'MicroK8s on vSphere',
		{ nodes: [node(vsphere, 'microk8s.io/cluster')] },
		'on-premises | MicroK8s on vSphere | certain | - | -',
	],
	[
		'GKE on AWS',
		{ nodes: [node(aws, 'cloud.google.com/gke-nodepool')] },
		'cloud | GKE on AWS | certain | s3 | us-east-1',
	],
	// Vendors' names on machines of one's own.
	[
		'EKS Anywhere',
		{ nodes: [node(vsphere, 'eks.amazonaws.com/nodegroup')], version: 'v1.33.5-eks-1' },
		'on-premises | EKS Anywhere on vSphere | certain | - | -',
	],
	[
		'EKS Anywhere on bare metal',
		{ nodes: [node('tinkerbell://n/h')], version: 'v1.33.5-eks-1' },
		'on-premises | EKS Anywhere on bare metal (Tinkerbell) | certain | - | -',
	],
	[
		'GKE on VMware',
		{ nodes: [node(vsphere)], version: 'v1.30.1-gke.100' },
		'on-premises | GKE on vSphere | certain | - | -',
	],
	[
		'AKS on Stack HCI',
		{ nodes: [node('moc://vm', 'kubernetes.azure.com/agentpool')] },
		'on-premises | AKS on Azure Stack HCI | certain | - | -',
	],
	[
		'EKS Hybrid Nodes',
		{ nodes: [node('eks-hybrid:///us-east-1/c/mi-1', 'eks.amazonaws.com/compute-type')] },
		'on-premises | EKS Hybrid Nodes | certain | - | -',
	],
	[
		'an EKS annotation on vSphere',
		{ nodes: [node(vsphere)], storageClusters: [px('is-eks')] },
		'on-premises | vSphere | certain | - | -',
	],
	// OpenShift.
	[
		'OpenShift on AWS',
		{ nodes: [node(aws)], infrastructure: infra('AWS') },
		'cloud | OpenShift on AWS | certain | s3 | us-east-1',
	],
	[
		'OpenShift on Google',
		{ nodes: [], infrastructure: infra('GCP', { gcp: { region: 'us-west1', projectID: 'p' } }) },
		'cloud | OpenShift on Google Cloud | certain | google | us-west1',
	],
	[
		'OpenShift on Azure',
		{ nodes: [node('azure:///s')], infrastructure: infra('Azure') },
		'cloud | OpenShift on Azure | certain | azure | -',
	],
	[
		'OpenShift on IBM',
		{ nodes: [], infrastructure: infra('IBMCloud', { ibmcloud: { location: 'eu-de' } }) },
		'cloud | OpenShift on IBM Cloud | certain | s3 | eu-de',
	],
	[
		'OpenShift on vSphere',
		{ nodes: [node(vsphere)], infrastructure: infra('VSphere') },
		'on-premises | OpenShift on vSphere | certain | - | -',
	],
	[
		'OpenShift on bare metal',
		{ nodes: [node('baremetalhost:///n/h')], infrastructure: infra('BareMetal') },
		'on-premises | OpenShift on bare metal (Metal3) | certain | - | -',
	],
	[
		'OpenShift on Nutanix',
		{ nodes: [node('')], infrastructure: infra('Nutanix') },
		'on-premises | OpenShift on Nutanix | certain | - | -',
	],
	[
		'OpenShift on OpenStack',
		{ nodes: [node('')], infrastructure: infra('OpenStack') },
		'on-premises | OpenShift on OpenStack | likely | - | -',
	],
	[
		'OpenShift that says None',
		{ nodes: [node('')], infrastructure: infra('None') },
		'unknown | OpenShift | guess | - | -',
	],
	[
		'OpenShift that says None, on EC2',
		{ nodes: [node(aws)], infrastructure: infra('None') },
		'cloud | OpenShift on AWS | certain | s3 | us-east-1',
	],
	[
		'Infrastructure against the nodes',
		{ nodes: [node(aws)], infrastructure: infra('VSphere') },
		'on-premises | OpenShift on vSphere | likely | - | -',
	],
	[
		'Infrastructure not to be read',
		{ nodes: [node(aws, 'node.openshift.io/os_id')] },
		'cloud | OpenShift on AWS | certain | s3 | us-east-1',
	],
	[
		'ROSA with both annotations',
		{ nodes: [node(aws)], storageClusters: [px('is-openshift', 'is-eks')] },
		'cloud | OpenShift on AWS | certain | s3 | us-east-1',
	],
	// What hides the platform, with and without something that points there.
	['k3s by label', { nodes: [node('', 'node.k3s.io/instance-type')] }, 'unknown | k3s | guess | - | -'],
	[
		'k3s with disks of AWS',
		{ nodes: [node('k3s://n')], storageClusters: [px(), disksOf('aws')] },
		'cloud | k3s on AWS | likely | s3 | -',
	],
	[
		'k3s with a region label',
		{ nodes: [node('k3s://n', 'topology.kubernetes.io/region')] },
		'unknown | k3s | guess | - | x',
	],
	['kURL', { nodes: [node('', 'kurl.sh/cluster')] }, 'unknown | kURL | guess | - | -'],
	[
		'PKS',
		{ nodes: [node(vsphere)], storageClusters: [px('is-pks')] },
		'on-premises | Tanzu Kubernetes Grid Integrated on vSphere | certain | - | -',
	],
	[
		'kubeadm with disks of vSphere',
		{ nodes: [node('')], storageClusters: [disksOf('vsphere')] },
		'on-premises | vSphere | likely | - | -',
	],
	[
		'an unknown array of disks',
		{ nodes: [node('')], storageClusters: [disksOf('pure')] },
		'unknown | unknown | guess | - | -',
	],
	[
		'no ID, labels of EKS',
		{ nodes: [node('', 'eks.amazonaws.com/nodegroup')] },
		'cloud | Amazon EKS | likely | s3 | -',
	],
	[
		'no ID, labels of AKS, disks of vSphere',
		{ nodes: [node('', 'kubernetes.azure.com/role')], storageClusters: [disksOf('vsphere')] },
		'unknown | unknown | guess | - | -',
	],
	[
		'a stranger with labels of EKS',
		{ nodes: [node('foo://1', 'eks.amazonaws.com/nodegroup')] },
		'unknown | unknown | guess | - | -',
	],
	['minikube', { nodes: [node('', 'minikube.k8s.io/version')] }, 'on-premises | minikube | likely | - | -'],
	[
		'Docker Desktop',
		{ nodes: [{ ...node(''), status: { nodeInfo: { osImage: 'Docker Desktop' } } }] },
		'on-premises | Docker Desktop | likely | - | -',
	],
	[
		'one node without an ID',
		{ nodes: [node(vsphere), node(vsphere), node('')] },
		'on-premises | vSphere | likely | - | -',
	],
	// Nodes that may not be listed.
	['no credentials', { nodes: undefined }, 'unknown | unknown | guess | - | -'],
	['no nodes', { nodes: [] }, 'unknown | unknown | guess | - | -'],
	[
		'no nodes, version',
		{ nodes: undefined, version: 'v1.33.5-eks-1' },
		'cloud | Amazon EKS | guess | s3 | -',
	],
	[
		'no nodes, address',
		{ nodes: undefined, server: 'https://A1.gr7.us-east-1.eks.amazonaws.com' },
		'cloud | Amazon EKS | guess | s3 | -',
	],
	[
		'no nodes, version and address',
		{ nodes: undefined, version: 'v1.33.5-eks-1', server: 'https://a.eks.amazonaws.com' },
		'cloud | Amazon EKS | likely | s3 | -',
	],
	[
		'no nodes, AKS address',
		{ nodes: undefined, server: 'https://x.hcp.eastus.azmk8s.io:443' },
		'cloud | AKS | guess | azure | -',
	],
	[
		'no nodes, annotation',
		{ nodes: undefined, storageClusters: [px('is-gke')] },
		'cloud | GKE | likely | google | -',
	],
	[
		'no nodes, disks',
		{ nodes: undefined, storageClusters: [disksOf('gce')] },
		'cloud | Google Cloud | likely | google | -',
	],
	[
		'no nodes, an annotation that is off',
		{ nodes: undefined, storageClusters: [px()] },
		'unknown | unknown | guess | - | -',
	],
	[
		'no nodes, an address that only looks so',
		{ nodes: undefined, server: 'https://eks.amazonaws.com.evil.example' },
		'unknown | unknown | guess | - | -',
	],
	['no nodes, k3s', { nodes: undefined, version: 'v1.33.5+k3s1' }, 'unknown | k3s | guess | - | -'],
])('%s', (_, evidence, expected) => {
	expect(verdict(platformOf(evidence))).toBe(expected);
});

test('what decided is named first, then what agrees, then what looks otherwise', () => {
	const said = (evidence: Parameters<typeof platformOf>[0]) => platformOf(evidence).evidence;

	expect(said({ nodes: Array(3).fill(node(aws, 'eks.amazonaws.com/nodegroup')) })).toBe(
		'providerID aws:///us-east-1a/i-0 on 3 nodes; label eks.amazonaws.com/nodegroup',
	);
	expect(said({ nodes: [node(vsphere, 'eks.amazonaws.com/nodegroup')] })).toBe(
		'providerID vsphere://1 on 1 node; label eks.amazonaws.com/nodegroup looks like Amazon EKS, which is weaker evidence',
	);
	expect(said({ nodes: [node('k3s://n'), node('k3s://m')] })).toBe(
		'providerID k3s://n on 2 nodes, which hides the underlying platform',
	);
	expect(said({ nodes: [node(''), node(vsphere)] })).toBe(
		'providerID vsphere://1 on 1 node, no providerID on 1 node',
	);
	expect(said({ nodes: [node(aws)], infrastructure: infra('VSphere') })).toBe(
		"OpenShift's Infrastructure says VSphere, although its nodes have providerID aws:///us-east-1a/i-0",
	);
	expect(said({ nodes: undefined })).toBe('no permission to list nodes');
	expect(said({ nodes: undefined, storageClusters: [px('is-aks')] })).toBe(
		'StorageCluster annotation portworx.io/is-aks, no permission to list nodes',
	);
	expect(said({ nodes: [] })).toBe('no nodes were listed');
	expect(
		said({ nodes: [node('', 'kubernetes.azure.com/role')], storageClusters: [disksOf('vsphere')] }),
	).toBe(
		'label kubernetes.azure.com/role looks like AKS, StorageCluster with disks of vsphere looks like vSphere, no providerID on 1 node',
	);
});

test('nodes that differ: how many of which', () => {
	const nodes = [node(aws), node(vsphere), node('vsphere://2'), node('')];
	expect(platformOf({ nodes, infrastructure: infra('AWS') })).toEqual({
		location: 'unknown',
		name: 'mixed',
		confidence: 'certain',
		evidence:
			'nodes differ: 2 of vSphere (providerID vsphere://1), 1 of AWS (providerID aws:///us-east-1a/i-0), 1 of an unknown platform (no providerID)',
	});
	expect(platformOf({ nodes: [node(aws), node('foo://1')] }).name).toBe('mixed');
});

test('region: the label first, and none where nodes stand in several; project from the ID, else from the Infrastructure', () => {
	const inRegion = (name: string, region: string) => ({
		metadata: { name: 'n', labels: { [name]: region } },
		spec: { providerID: 'aws:///us-west-2-lax-1a/i-0' },
	});
	const found = (...nodes: NodeObject[]) => platformOf({ nodes }).region;

	expect(found(inRegion('topology.kubernetes.io/region', 'us-west-2'))).toBe('us-west-2');
	expect(found(inRegion('failure-domain.beta.kubernetes.io/region', 'us-west-2'))).toBe('us-west-2');
	expect(found(inRegion('topology.kubernetes.io/region', 'a b\u001b[31m'))).toBeUndefined();
	expect(found(node('aws:///us-east-1a/i-0'), node('aws:///us-east-1b/i-1'))).toBe('us-east-1');
	expect(found(node('aws:///us-east-1a/i-0'), node('aws:///us-west-2b/i-1'))).toBeUndefined();

	expect(platformOf({ nodes: [node('gce://my-project/us-east1-b/n')] }).projectId).toBe('my-project');
	const gcp = { gcp: { region: 'us-west1', projectID: 'other' } };
	expect(platformOf({ nodes: undefined, infrastructure: infra('GCP', gcp) }).projectId).toBe('other');
});

test('every row cites its source, and no two claim the same provider ID or Infrastructure', () => {
	const claims = platforms.flatMap(({ ids = [], infrastructure = [] }) => [...ids, ...infrastructure]);
	expect(new Set(claims).size).toBe(claims.length);
	expect(platforms.filter(({ source }) => source.length < 10)).toEqual([]);
});

const tellingText = fc.constantFrom(
	...platforms.flatMap(({ ids = [], infrastructure = [], disks = '', kubernetes }) => [
		...ids,
		...infrastructure,
		disks,
		...(kubernetes?.marks ?? []),
		...(kubernetes?.hosts ?? []).map(end => `https://x${end}`),
		kubernetes?.version ?? '',
		`portworx.io/${kubernetes?.annotation}`,
	]),
);
const anyText = fc.oneof(
	tellingText,
	fc.string({ unit: 'binary' }),
	fc.tuple(tellingText, fc.string({ unit: 'binary' })).map(parts => parts.join('')),
);
const anyMap = fc.option(fc.dictionary(anyText, fc.oneof(fc.constant('true'), anyText)), { nil: undefined });
const anyMetadata = fc.record({ name: fc.string(), labels: anyMap, annotations: anyMap });
const anyNode = fc.record(
	{
		metadata: anyMetadata,
		spec: fc.record({ providerID: anyText }, { requiredKeys: [] }),
		status: fc.record(
			{ nodeInfo: fc.record({ osImage: anyText }, { requiredKeys: [] }) },
			{ requiredKeys: [] },
		),
	},
	{ requiredKeys: ['metadata'] },
);
const anyEvidence = fc.record({
	nodes: fc.option(fc.array(anyNode, { maxLength: 5 }), { nil: undefined }),
	infrastructure: fc.option(
		fc.record({
			metadata: anyMetadata,
			status: fc.record({ platformStatus: fc.record({ type: anyText }) }, { requiredKeys: [] }),
		}),
		{ nil: undefined },
	),
	version: fc.option(anyText, { nil: undefined }),
	storageClusters: fc.option(
		fc.array(
			fc.record({
				metadata: anyMetadata,
				spec: fc.record({ cloudStorage: fc.record({ provider: anyText }) }, { requiredKeys: [] }),
			}),
			{ maxLength: 2 },
		),
		{ nil: undefined },
	),
	server: fc.option(anyText, { nil: undefined }),
});

test('whatever clusters say, there is a verdict in one line, and a guess never says on-premises', () => {
	fc.assert(
		fc.property(anyEvidence, evidence => {
			const platform = platformOf(evidence);
			expect(platform.evidence).toMatch(/^[^\p{Cc}]{1,400}$/u);
			expect(platform.name).toMatch(/^[^\p{Cc}]{1,100}$/u);
			expect([platform.location, platform.confidence]).not.toEqual(['on-premises', 'guess']);
			expect(platform.region ?? 'x').toMatch(/^[\w.-]+$/);
			if (platform.location !== 'cloud') {
				expect(platform.provider).toBeUndefined();
			}
		}),
		{ numRuns: 2000 },
	);
});

function node(providerID: string, ...labels: string[]): NodeObject {
	return {
		metadata: { name: 'n', labels: Object.fromEntries(labels.map(label => [label, 'x'])) },
		spec: providerID === '' ? {} : { providerID },
	};
}

function withAnnotation(providerID: string, name: string): NodeObject {
	return { metadata: { name: 'n', annotations: { [name]: '10.0.0.1' } }, spec: { providerID } };
}

function infra(type: string, more: object = {}): Infrastructure {
	return { metadata: { name: 'cluster' }, status: { platformStatus: { type, ...more } } };
}

/** A StorageCluster with these annotations on, and another one off. */
function px(...on: string[]): StorageCluster {
	const entries = on.map(name => [`portworx.io/${name}`, 'true']);
	return {
		metadata: { name: 'px', annotations: { 'portworx.io/is-oke': 'false', ...Object.fromEntries(entries) } },
	};
}

function disksOf(provider: string): StorageCluster {
	return { metadata: { name: 'px' }, spec: { cloudStorage: { provider } } };
}
