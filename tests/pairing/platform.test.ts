import { expect, test } from 'vitest';
import { platformOf } from '../../source/pairing/platform.ts';

test.each([
	// What the cloud controllers write, one row each.
	['aws:///us-east-1a/i-0123456789abcdef0', 'cloud', 'AWS', 's3', 'us-east-1'],
	['aws:///us-gov-west-1b/i-0123456789abcdef0', 'cloud', 'AWS', 's3', 'us-gov-west-1'],
	['aws:///eu-central-1c/fargate-ip-10-0-0-1/x', 'cloud', 'AWS', 's3', 'eu-central-1'],
	['gce://my-project/europe-west1-b/node-1', 'cloud', 'Google Cloud', 'google', 'europe-west1'],
	['azure:///subscriptions/s/resourceGroups/g/vm', 'cloud', 'Azure', 'azure', undefined],
	['ibm://account///cluster/worker', 'cloud', 'IBM Cloud', 's3', undefined],
	['ocid1.instance.oc1.iad.abc', 'cloud', 'Oracle Cloud', 's3', undefined],
	['oci://ocid1.instance.oc1.iad.abc', 'cloud', 'Oracle Cloud', 's3', undefined],
	['digitalocean://1', 'cloud', 'DigitalOcean', 's3', undefined],
	['linode://1', 'cloud', 'Linode', 's3', undefined],
	['scaleway://1', 'cloud', 'Scaleway', 's3', undefined],
	['vultr://1', 'cloud', 'Vultr', 's3', undefined],
	['hcloud://1', 'cloud', 'Hetzner Cloud', 's3', undefined],
	['exoscale://1', 'cloud', 'Exoscale', 's3', undefined],
	['alicloud://1', 'cloud', 'Alibaba Cloud', 's3', undefined],
	['equinixmetal://1', 'unknown', 'Equinix Metal', undefined, undefined],
	['packet://1', 'unknown', 'Equinix Metal', undefined, undefined],
	['vsphere://4210-uuid', 'on-premises', 'vSphere', undefined, undefined],
	['openstack:///uuid', 'on-premises', 'OpenStack', undefined, undefined],
	['openstack://region/uuid', 'on-premises', 'OpenStack', undefined, undefined],
	['baremetalhost:///ns/host', 'on-premises', 'bare metal (Metal3)', undefined, undefined],
	['moc://vm', 'on-premises', 'AKS on Azure Stack HCI', undefined, undefined],
	['kind://docker/kind/node', 'on-premises', 'kind', undefined, undefined],
	['k3s://node', 'unknown', 'k3s', undefined, undefined],
	['rke2://node', 'unknown', 'RKE2', undefined, undefined],
	['somethingelse://node', 'unknown', 'unknown', undefined, undefined],
	['', 'unknown', 'unknown', undefined, undefined],
])('%s: %s', (providerID, location, name, provider, region) => {
	expect(platformOf([node({ providerID })])).toEqual({
		location,
		name,
		evidence: providerID ? `providerID ${providerID}` : 'node n has no providerID',
		...(provider && { provider }),
		...(region && { region }),
		...(providerID.startsWith('gce') && { projectId: 'my-project' }),
	});
});

test('the region label wins over the zone, which misleads in local zones', () => {
	const providerID = 'aws:///us-west-2-lax-1a/i-0';
	const regionOf = (labels: Record<string, string>) => platformOf([node({ providerID, labels })]).region;

	expect([
		regionOf({ 'topology.kubernetes.io/region': 'us-west-2' }),
		regionOf({ 'failure-domain.beta.kubernetes.io/region': 'us-west-2' }),
		regionOf({}),
	]).toEqual(['us-west-2', 'us-west-2', undefined]);
});

test('vendor labels do not decide: an EKS Anywhere node on vSphere stands on-premises', () => {
	const labels = { 'eks.amazonaws.com/nodegroup': 'workers', 'topology.kubernetes.io/region': 'dc1' };
	expect(platformOf([node({ providerID: 'vsphere://1', labels })])).toMatchObject({
		location: 'on-premises',
		region: 'dc1',
	});
});

test('nodes that disagree, and no nodes at all, leave it open', () => {
	expect(
		platformOf([node({ providerID: 'aws:///us-east-1a/i-0' }), node({ providerID: 'vsphere://1' })]),
	).toEqual({
		location: 'unknown',
		name: 'mixed',
		evidence: 'nodes differ: providerID aws:///us-east-1a/i-0 and providerID vsphere://1',
	});
	expect(platformOf([])).toEqual({ location: 'unknown', name: 'unknown', evidence: 'no nodes were listed' });
	expect(platformOf([{ metadata: { name: 'n' } }]).location).toBe('unknown');
});

const node = ({ providerID, labels }: { providerID: string; labels?: Record<string, string> }) => ({
	metadata: { name: 'n', ...(labels && { labels }) },
	spec: { providerID },
});
