import type { Provider } from './credential.ts';

export type Location = 'cloud' | 'on-premises' | 'unknown';

/** Where a cluster stands, and how we know. */
export type Platform = Readonly<{
	location: Location;
	name: string;
	/** A node's providerID or what else decided, to be shown as it is. */
	evidence: string;
	/** The object store most people use there; only ever a pre-selection. */
	provider?: Provider;
	region?: string;
	projectId?: string;
}>;

type NodeLike = Readonly<{
	metadata: { name: string; labels?: Record<string, string> | undefined };
	spec?: { providerID?: string | undefined } | undefined;
}>;

type Row = Readonly<{ prefix: string; name: string; location: Location; provider?: Provider }>;

/**
 * What the start of `spec.providerID` says. One row a cloud controller; the value is written by the controller itself,
 * which makes it the best witness that every cluster has (labels can be set by anyone).
 */
const rows: readonly Row[] = [
	{ prefix: 'aws://', name: 'AWS', location: 'cloud', provider: 's3' },
	{ prefix: 'gce://', name: 'Google Cloud', location: 'cloud', provider: 'google' },
	{ prefix: 'azure://', name: 'Azure', location: 'cloud', provider: 'azure' },
	{ prefix: 'ibm://', name: 'IBM Cloud', location: 'cloud', provider: 's3' },
	{ prefix: 'ocid1.', name: 'Oracle Cloud', location: 'cloud', provider: 's3' },
	{ prefix: 'oci://', name: 'Oracle Cloud', location: 'cloud', provider: 's3' },
	{ prefix: 'digitalocean://', name: 'DigitalOcean', location: 'cloud', provider: 's3' },
	{ prefix: 'linode://', name: 'Linode', location: 'cloud', provider: 's3' },
	{ prefix: 'scaleway://', name: 'Scaleway', location: 'cloud', provider: 's3' },
	{ prefix: 'vultr://', name: 'Vultr', location: 'cloud', provider: 's3' },
	{ prefix: 'hcloud://', name: 'Hetzner Cloud', location: 'cloud', provider: 's3' },
	{ prefix: 'exoscale://', name: 'Exoscale', location: 'cloud', provider: 's3' },
	{ prefix: 'alicloud://', name: 'Alibaba Cloud', location: 'cloud', provider: 's3' },
	{ prefix: 'vsphere://', name: 'vSphere', location: 'on-premises' },
	{ prefix: 'openstack://', name: 'OpenStack', location: 'on-premises' },
	{ prefix: 'baremetalhost://', name: 'bare metal (Metal3)', location: 'on-premises' },
	{ prefix: 'moc://', name: 'AKS on Azure Stack HCI', location: 'on-premises' },
	{ prefix: 'kind://', name: 'kind', location: 'on-premises' },
	{ prefix: 'k3s://', name: 'k3s', location: 'unknown' },
	{ prefix: 'rke2://', name: 'RKE2', location: 'unknown' },
	{ prefix: 'equinixmetal://', name: 'Equinix Metal', location: 'unknown' },
	{ prefix: 'packet://', name: 'Equinix Metal', location: 'unknown' },
];

/** A verdict from a page of nodes; nodes that disagree make it unknown. */
export function platformOf(nodes: readonly NodeLike[]): Platform {
	const first = nodes[0];
	if (!first) {
		return { location: 'unknown', name: 'unknown', evidence: 'no nodes were listed' };
	}
	const platforms = nodes.map(platformOfNode);
	const other = platforms.find(platform => platform.name !== platforms[0]?.name);
	if (other) {
		return {
			location: 'unknown',
			name: 'mixed',
			evidence: `nodes differ: ${platforms[0]?.evidence} and ${other.evidence}`,
		};
	}
	return platformOfNode(first);
}

function platformOfNode(node: NodeLike): Platform {
	const id = node.spec?.providerID ?? '';
	const row = rows.find(({ prefix }) => id.startsWith(prefix));
	if (!row) {
		const evidence = id ? `providerID ${id}` : `node ${node.metadata.name} has no providerID`;
		return { location: 'unknown', name: 'unknown', evidence };
	}
	const region = regionOf(node, id);
	const project = id.startsWith('gce://') ? id.slice('gce://'.length).split('/')[0] : undefined;
	return {
		location: row.location,
		name: row.name,
		evidence: `providerID ${id}`,
		...(row.provider && { provider: row.provider }),
		...(region && { region }),
		...(project && { projectId: project }),
	};
}

/** The label first: cutting the zone's last letter is wrong in AWS local zones. */
function regionOf(node: NodeLike, id: string): string | undefined {
	const labels = node.metadata.labels ?? {};
	const label = labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'];
	if (label) {
		return label;
	}
	const aws = /^aws:\/\/\/([a-z]+-[a-z-]+-\d)[a-z]\//.exec(id)?.[1];
	const gce = /^gce:\/\/[^/]+\/([a-z]+-[a-z]+\d)-[a-z]\//.exec(id)?.[1];
	return aws ?? gce;
}
