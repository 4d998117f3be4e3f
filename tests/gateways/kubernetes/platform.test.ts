import { expect, test } from 'vitest';
import { clusterApi } from '../../../source/gateways/kubernetes/cluster-api.ts';
import { discovery } from '../../../source/gateways/kubernetes/discovery.ts';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { pxctl } from '../../../source/gateways/pods/pxctl.ts';
import type { Discovery } from '../../../source/pairing/clusters/ports.ts';
import type { ClusterPlan } from '../../../source/practice/cluster-plan.ts';
import { connectionTo, entryFor, type Stub, startStub } from '../../helpers/clusters/api-stub.ts';
import { practiceSide } from '../../helpers/clusters/practice-side.ts';
import { problemFrom } from '../../helpers/problem-from.ts';

test.each<[ClusterPlan['platform'], string, string]>([
	['eks', 'cloud: Amazon EKS, certain', 'providerID aws:///us-east-1a/i-'],
	['aks', 'cloud: AKS, certain', 'providerID azure:///'],
	['gke', 'cloud: GKE, certain', 'providerID gce://'],
	['vsphere', 'on-premises: vSphere, certain', 'providerID vsphere://'],
	['openshift-aws', 'cloud: OpenShift on AWS, certain', "OpenShift's Infrastructure says AWS"],
	[
		'openshift-vsphere',
		'on-premises: OpenShift on vSphere, certain',
		"OpenShift's Infrastructure says VSphere",
	],
	[
		'eks-anywhere',
		'on-premises: EKS Anywhere on vSphere, certain',
		'looks like Amazon EKS, which is weaker evidence',
	],
	['aks-hci', 'on-premises: AKS on Azure Stack HCI, certain', 'looks like AKS, which is weaker evidence'],
	['k3s', 'unknown: k3s, guess', 'on 3 nodes, which hides the underlying platform'],
	['kubeadm', 'unknown: unknown, guess', 'no providerID on 3 nodes'],
	['mixed', 'unknown: mixed, certain', 'nodes differ: 2 of vSphere'],
])('%s is %s', async (platform, verdict, evidence) => {
	const { discovery } = await practiceSide({ platform });
	const found = await discovery.platform();

	expect(`${found.location}: ${found.name}, ${found.confidence}`).toBe(verdict);
	expect(found.evidence).toContain(evidence);
});

test('nodes that may not be listed leave it to other evidence', async () => {
	const { discovery } = await practiceSide({ platform: 'eks', forbidden: 'list-nodes' });
	expect(await discovery.platform()).toMatchObject({
		location: 'cloud',
		name: 'Amazon EKS',
		confidence: 'likely',
		provider: 's3',
		evidence: expect.stringContaining('no permission to list nodes'),
	});
});

test('5,000 nodes cost one request, and the StorageClusters are asked for once', async () => {
	const { discovery, stub } = await stubbed();
	expect(await discovery.platform()).toMatchObject({
		name: 'Amazon EKS',
		evidence: expect.stringContaining('on 50 nodes'),
	});
	await problemFrom(() => discovery.portworx());
	await problemFrom(() => discovery.api());

	expect(asked(stub, /\/nodes/)).toEqual(['GET /api/v1/nodes?limit=50']);
	expect(asked(stub, /infrastructures/)).toEqual([
		'GET /apis/config.openshift.io/v1/infrastructures/cluster',
	]);
	expect(asked(stub, /storageclusters/)).toHaveLength(1);
	expect(asked(stub, /\/version/)).toHaveLength(1);
});

test.each([
	['forbidden', 403],
	['broken', 400],
])('what is %s besides the nodes does not matter', async (_, code) => {
	const { discovery } = await stubbed({ infrastructures: code, storageclusters: code, version: code });
	expect(await discovery.platform()).toMatchObject({ location: 'cloud', confidence: 'certain' });
});

test('all is forbidden: unknown, and why', async () => {
	const { discovery } = await stubbed({
		nodes: 403,
		infrastructures: 403,
		storageclusters: 403,
		version: 403,
	});
	expect(await discovery.platform()).toEqual({
		location: 'unknown',
		name: 'unknown',
		confidence: 'guess',
		evidence: 'no permission to list nodes',
	});
});

test('a server that fails on the nodes is no verdict: it is asked again', async () => {
	const { discovery, stub } = await stubbed({ nodes: 400 });
	expect(await problemFrom(() => discovery.platform())).toMatchObject({ id: 'bad-request', side: 'source' });
	await problemFrom(() => discovery.platform());
	expect(asked(stub, /\/nodes/)).toHaveLength(2);
});

type Resource = 'nodes' | 'infrastructures' | 'storageclusters' | 'version';

/** A cluster of 5,000 nodes on EKS that serves no more than the platform needs, and answers some of it with an error. */
async function stubbed(
	codes: Partial<Record<Resource, number>> = {},
): Promise<{ discovery: Discovery; stub: Stub }> {
	const bodies: Readonly<Record<Resource, unknown>> = {
		nodes: { metadata: { continue: 'more', remainingItemCount: 4950 }, items: Array(50).fill(eksNode) },
		infrastructures: undefined,
		storageclusters: { items: [] },
		version: { gitVersion: 'v1.33.5' },
	};
	const stub = await startStub([
		(response, request) => {
			const resource = (Object.keys(bodies) as Resource[]).find(name => request.url?.includes(name));
			const body = resource && bodies[resource];
			const code = (resource && codes[resource]) ?? (body === undefined ? 404 : 200);
			response.writeHead(code, { 'content-type': 'application/json' });
			response.end(JSON.stringify(code === 200 ? body : { kind: 'Status', reason: 'Stub', message: 'no' }));
		},
	]);
	const connection = connectionTo(entryFor(stub));
	const api = clusterApi(connection, systemClock);
	const found: Discovery = discovery(connection, api, () => pxctl(connection, api, () => found.portworx()));
	return { discovery: found, stub };
}

const eksNode = {
	metadata: { name: 'n', labels: { 'eks.amazonaws.com/nodegroup': 'workers' } },
	spec: { providerID: 'aws:///us-east-1a/i-0' },
};

const asked = ({ received }: Stub, what: RegExp): string[] =>
	received.map(({ line }) => line).filter(line => what.test(line));
