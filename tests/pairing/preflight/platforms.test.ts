import { expect, test } from 'vitest';
import type { Platform } from '../../../source/pairing/clusters/platform.ts';
import type { ClusterWorld } from '../../../source/pairing/clusters/ports.ts';
import { platformFindings } from '../../../source/pairing/preflight/platforms.ts';

test.each<[string, Platform, string, string]>([
	[
		'a cloud',
		{
			location: 'cloud',
			name: 'Amazon EKS',
			confidence: 'certain',
			evidence: 'providerID aws:///us-east-1a/i-0 on 3 nodes',
			provider: 's3',
			region: 'us-east-1',
		},
		'platform',
		'Platform: Amazon EKS (cloud), from providerID aws:///us-east-1a/i-0 on 3 nodes, region us-east-1',
	],
	[
		'on-premises',
		{
			location: 'on-premises',
			name: 'OpenStack',
			confidence: 'likely',
			evidence: 'providerID openstack:///1 on 1 node',
		},
		'platform',
		'Platform: OpenStack (on-premises), likely from providerID openstack:///1 on 1 node',
	],
	[
		'who knows where',
		{ location: 'unknown', name: 'k3s', confidence: 'guess', evidence: 'providerID k3s://n on 1 node' },
		'platform-unknown',
		'Location unknown: k3s (providerID k3s://n on 1 node)',
	],
	[
		'nothing known at all',
		{ location: 'unknown', name: 'unknown', confidence: 'guess', evidence: 'no permission to list nodes' },
		'platform-unknown',
		'Location unknown (no permission to list nodes)',
	],
])('%s is a fact', async (_, platform, id, text) => {
	expect(await platformFindings(standing(platform))).toEqual([
		{ level: 'fact', topic: 'platform', id, on: 'destination', text },
	]);
});

test('nodes that differ are a warning', async () => {
	const evidence = 'nodes differ: 2 of vSphere (providerID vsphere://1), 1 of AWS (providerID aws:///z/i)';
	const mixed = { location: 'unknown', name: 'mixed', confidence: 'certain', evidence } as const;

	expect(await platformFindings(standing(mixed))).toEqual([
		{
			level: 'warning',
			topic: 'platform',
			problem: expect.objectContaining({
				id: 'platform-mixed',
				kind: 'cluster',
				side: 'destination',
				title: 'The nodes of the destination cluster are in different locations',
				evidence,
				remedies: expect.arrayContaining([
					expect.objectContaining({ way: { kind: 'answer', fields: ['location'] } }),
				]),
			}),
		},
	]);
});

/** Only what the findings may ask for. */
function standing(platform: Platform): ClusterWorld {
	return { side: 'destination', discovery: { platform: async () => platform } } as unknown as ClusterWorld;
}
