import { expect, test } from 'vitest';
import { defaultPair } from '../../source/pairing/answers/answers.ts';
import type { ClusterFacts } from '../../source/pairing/clusters/cluster.ts';
import type { Location, Platform } from '../../source/pairing/clusters/platform.ts';
import { planPairing } from '../../source/pairing/plan.ts';
import { type Plan, stepsOf } from '../../source/pairing/step/step.ts';
import type { Pair } from '../../source/pairing/words/pair.ts';
import { answersWith, stores, unknownFacts } from '../helpers/answers.ts';
import { problemFrom } from '../helpers/problem-from.ts';

const withCredentials = [
	['check-clusters'],
	['reach-cluster/source', 'reach-cluster/destination'],
	['find-portworx/source', 'find-portworx/destination', 'find-stork/source'],
	['read-cluster-uuid/destination'],
	['tell-clusters-apart'],
	['create-credential/source', 'create-credential/destination'],
	['ensure-namespace/source', 'ensure-namespace/destination'],
	['generate-spec/destination'],
	['read-storage-options/destination'],
	['apply-cluster-pair/source'],
	['wait-until-ready/source'],
];

test.each(['s3', 'azure', 'google'] as const)(
	'with an object store in %s, the whole procedure in its order',
	provider => {
		expect(stages(planPairing(answersWith({ objectStore: stores[provider] }), unknownFacts))).toEqual(
			withCredentials,
		);
	},
);

test('each step names its cluster, cites its page, and only five of them change anything', () => {
	const steps = stepsOf(planPairing(answersWith(), unknownFacts));

	expect(
		steps.map(
			({ on, id, change }) =>
				`${on.padEnd(11)} ${id.split('/')[0]}${change ? `: makes ${change.makes}` : ''}`,
		),
	).toEqual([
		'both        check-clusters',
		'source      reach-cluster',
		'destination reach-cluster',
		'source      find-portworx',
		'destination find-portworx',
		'source      find-stork',
		'destination read-cluster-uuid',
		'both        tell-clusters-apart',
		'source      create-credential: makes the object-store credential on the source',
		'destination create-credential: makes the object-store credential on the destination',
		'source      ensure-namespace: makes the namespace migrationnamespace on the source',
		'destination ensure-namespace: makes the namespace migrationnamespace on the destination',
		'destination generate-spec',
		'destination read-storage-options',
		'source      apply-cluster-pair: makes the ClusterPair migrationnamespace/remotecluster on the source',
		'source      wait-until-ready',
	]);
	expect(steps.filter(({ docs }) => !/^https:\/\/\S+\.portworx\.com\/\S+#[a-z0-9-]+$/.test(docs))).toEqual(
		[],
	);
	expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
});

test('on-premises by the word of the person: no credential, and what that means', () => {
	const plan = planPairing(answersWith({ objectStore: stores.none, location: 'on-premises' }), unknownFacts);

	expect(stages(plan)).toEqual(withCredentials.filter(([first]) => !first?.startsWith('create-credential')));
	expect(plan.remarks).toEqual([
		expect.stringMatching(/volume on the destination.*not meant for production.*on-premises too/),
	]);
});

test('without a store and without a word on where they stand, each side is asked before anything is changed', () => {
	const plan = planPairing(answersWith({ objectStore: stores.none }), unknownFacts);

	expect(stages(plan)[5]).toEqual(['confirm-location/source', 'confirm-location/destination']);
	expect(
		stages(plan)
			.flat()
			.filter(id => id.startsWith('create-credential')),
	).toEqual([]);
});

test('without a store, known to run on-premises: the plan goes on', () => {
	const plan = planPairing(answersWith({ objectStore: stores.none }), standing('on-premises', 'on-premises'));
	expect(stages(plan)[5]).toEqual(['confirm-location/source', 'confirm-location/destination']);
});

test.each([
	{ source: 'cloud', destination: 'on-premises', id: 'object-store-needed', side: 'source' },
	{ source: 'on-premises', destination: 'cloud', id: 'object-store-needed', side: 'destination' },
	{ source: 'on-premises', destination: 'unknown', id: 'location-unknown', side: 'destination' },
] as const)(
	'without a store, source $source and destination $destination: refused for the $side',
	async row => {
		const plan = () =>
			planPairing(answersWith({ objectStore: stores.none }), standing(row.source, row.destination));

		expect(await problemFrom(plan)).toMatchObject({
			id: row.id,
			kind: 'input',
			side: row.side,
			evidence: `evidence of the ${row.side}`,
		});
	},
);

test('Metro, one Portworx across both: no credential is asked for, no storage options are read', () => {
	const pair = { ...defaultPair, storage: 'none' } as const;
	const plan = planPairing(answersWith({ objectStore: stores.none, pair }), standing('cloud', 'cloud'));

	expect(stages(plan).flat()).toEqual(
		withCredentials.flat().filter(id => !/create-credential|read-storage-options/.test(id)),
	);
	expect(plan.remarks).toEqual([expect.stringContaining('Storage will say NotProvided')]);
});

test('the pair is previewed with its secrets as dots and what is not known yet in angle brackets', () => {
	const endpoint = { ip: '203.0.113.7', port: 17001 };
	const pair = { ...defaultPair, mode: 'DisasterRecovery', endpoint } as const;
	const step = stepsOf(planPairing(answersWith({ pair }), unknownFacts)).find(
		({ id }) => id === 'apply-cluster-pair/source',
	);

	expect(JSON.parse(JSON.stringify(step?.preview))).toEqual([
		{
			kind: 'manifest',
			verb: 'apply',
			on: 'source',
			manifest: {
				apiVersion: 'stork.libopenstorage.org/v1alpha1',
				kind: 'ClusterPair',
				metadata: {
					name: 'remotecluster',
					namespace: 'migrationnamespace',
					labels: { 'app.kubernetes.io/managed-by': 'pxpair' },
				},
				spec: {
					config: '<the kubeconfig entries of west, as generated>',
					options: { ip: '203.0.113.7', port: '17001', token: '••••••••', mode: 'DisasterRecovery' },
				},
			},
		},
	]);
});

test('planning is pure: the same answers and facts, the same plan', () => {
	const [one, two] = [planPairing(answersWith(), unknownFacts), planPairing(answersWith(), unknownFacts)];
	expect(JSON.stringify(one)).toBe(JSON.stringify(two));
	expect(JSON.stringify(one)).not.toContain('canary');
});

const stages = (plan: Plan): string[][] => plan.stages.map(stage => stage.map(({ id }) => id));

function standing(source: Location, destination: Location): Pair<ClusterFacts> {
	const platform = (location: Location, side: string): Platform => ({
		location,
		name: location,
		confidence: 'certain',
		evidence: `evidence of the ${side}`,
	});
	return {
		source: { ...unknownFacts.source, platform: { kind: 'known', value: platform(source, 'source') } },
		destination: {
			...unknownFacts.destination,
			platform: { kind: 'known', value: platform(destination, 'destination') },
		},
	};
}
