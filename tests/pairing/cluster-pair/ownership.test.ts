import { expect, test } from 'vitest';
import { remainsOf } from '../../../source/pairing/cluster-pair/ownership.ts';
import { namespaceType } from '../../../source/pairing/clusters/kubernetes.ts';
import { clusterPairType } from '../../../source/pairing/clusters/portworx-kinds.ts';
import { undo, undoing } from '../../../source/pairing/step/undoing.ts';
import { ensureNamespace } from '../../../source/pairing/steps/ensure-namespace.ts';
import type { RunEvent } from '../../../source/runner/run-event.ts';
import { runPlan } from '../../../source/runner/run-plan.ts';
import { fakeClock } from '../../helpers/fake-clock.ts';
import { memoryApi, refused, type StoredObject, worldWith } from '../hand-made-world.ts';

const labels = { 'app.kubernetes.io/managed-by': 'pxpair', 'pxpair/run': 'this-run' };

const discoveryFails = {
	type: 'NamespaceDeletionDiscoveryFailure',
	status: 'True',
	message: 'metrics.k8s.io/v1beta1: the server is currently unable to handle the request',
};

const terminating: StoredObject = {
	kind: 'Namespace',
	metadata: { name: 'apps', uid: 'one', labels },
	status: { phase: 'Terminating', conditions: [discoveryFails] },
};

test('a namespace that sticks in Terminating is never told as deleted, and what holds it is said', async () => {
	const clock = fakeClock();
	const notes: string[] = [];
	const api = { ...memoryApi([terminating]), delete: async () => 'accepted' as const };
	const undone = await clock.until(
		undo(remainsOf(contextWith(api, clock, notes), { side: 'source', type: namespaceType, name: 'apps' })),
	);
	expect(undone).toEqual({ kind: 'kept', because: `still Terminating: ${discoveryFails.message}` });
	expect(clock.now()).toBeGreaterThanOrEqual(300_000);
	expect(new Set(notes)).toEqual(new Set([`waiting for deletion, at most 300 s: ${discoveryFails.message}`]));
});

test('one that is gone after some seconds is waited for', async () => {
	const clock = fakeClock();
	const api = memoryApi([terminating]);
	clock.at(7000, () => void api.delete(namespaceType, 'apps', undefined, undefined));
	const slow = { ...api, delete: async () => 'accepted' as const };
	const own = { side: 'source', type: namespaceType, name: 'apps' } as const;
	expect(await clock.until(undo(remainsOf(contextWith(slow, clock), own)))).toEqual({ kind: 'removed' });
	expect(clock.now()).toBeLessThan(10_000);
});

test('a run that meets its own namespace Terminating waits, then creates it', async () => {
	const clock = fakeClock();
	const api = memoryApi([terminating]);
	clock.at(7000, () => void api.delete(namespaceType, 'apps', undefined, undefined));
	const events: RunEvent[] = [];
	const result = await clock.until(
		runPlan(
			{ title: 'a plan', stages: [[ensureNamespace('source', 'east', 'apps')]], remarks: [] },
			{
				world: worldWith({ source: { api } }),
				clock,
				runId: 'later-run',
				signal: new AbortController().signal,
				observe: event => void events.push(event),
			},
		),
	);
	expect(result).toEqual({ kind: 'done', changes: 1 });
	expect(events).toContainEqual(
		expect.objectContaining({
			type: 'step-noted',
			note: `waiting for deletion, at most 300 s: ${discoveryFails.message}`,
		}),
	);
});

test('one of others names what holds it first: APIs that do not answer, and what is left with finalizers', async () => {
	const conditions = [
		{
			type: 'NamespaceDeletionDiscoveryFailure',
			status: 'True',
			message:
				'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery: metrics.k8s.io/v1beta1',
		},
		{
			type: 'NamespaceContentRemaining',
			status: 'True',
			message:
				'Some resources are remaining: clusterpairs.stork.libopenstorage.org has 1 resource instances, configmaps. has 2 resource instances',
		},
	];
	const { name, uid } = terminating.metadata;
	const foreign = { ...terminating, metadata: { name, uid }, status: { phase: 'Terminating', conditions } };
	const context = contextWith(memoryApi([foreign]), fakeClock());
	await expect(ensureNamespace('source', 'east', 'apps').check(context)).rejects.toMatchObject({
		problem: {
			id: 'namespace-terminating',
			remedies: [
				{ way: { kind: 'command', command: 'kubectl --context east get apiservice/v1beta1.metrics.k8s.io' } },
				{
					way: {
						command: expect.stringMatching(
							/^kubectl --context east --namespace apps get --output=\S+ -- clusterpairs.stork.libopenstorage.org,configmaps$/,
						),
					},
				},
				{ way: { command: 'kubectl --context east wait --for=delete namespace/apps' } },
				{ way: { kind: 'answer' } },
			],
		},
	});
});

const edited = (fieldsV1: object, manager = 'kubectl-edit'): StoredObject => ({
	kind: 'ClusterPair',
	metadata: {
		name: 'pair',
		namespace: 'apps',
		uid: 'one',
		resourceVersion: '7',
		labels,
		managedFields: [
			{ manager: 'pxpair', fieldsV1: { 'f:spec': {} } },
			{ manager, fieldsV1 },
		],
	},
});

const pair = {
	side: 'source',
	type: clusterPairType,
	name: 'pair',
	namespace: 'apps',
	content: ['spec'],
} as const;

test.for([
	[
		'a spec that was edited',
		edited({ 'f:spec': { 'f:options': {} } }),
		{ kind: 'kept', because: 'it was changed since this run created it (changed by kubectl-edit)' },
	],
	['an annotation', edited({ 'f:metadata': { 'f:annotations': {} } }), { kind: 'removed' }],
	[
		'a controller that also writes a status',
		edited({ 'f:spec': {}, 'f:status': {} }, 'x'),
		{ kind: 'removed' },
	],
] as const)('what was changed since is kept, with who did: %s', async ([_name, object, undone]) => {
	const clock = fakeClock();
	expect(await clock.until(undo(remainsOf(contextWith(memoryApi([object]), clock), pair)))).toEqual(undone);
});

test('what changes between the look and the deletion is looked at again', async () => {
	const clock = fakeClock();
	const api = memoryApi([edited({ 'f:status': {} }, 'stork')]);
	const asked: unknown[] = [];
	const racing: typeof api = {
		...api,
		async delete(type, name, namespace, uid, resourceVersion) {
			asked.push({ uid, resourceVersion });
			if (asked.length < 3) throw refused('conflict');
			return api.delete(type, name, namespace, uid);
		},
	};
	expect(await clock.until(undo(remainsOf(contextWith(racing, clock), pair)))).toEqual({ kind: 'removed' });
	expect(asked).toEqual(Array(3).fill({ uid: 'one', resourceVersion: '7' }));
});

test('an undo is titled by what it deletes', () => {
	expect(undoing(ensureNamespace('source', 'east', 'apps')).title.doing).toBe(
		'Deleting the namespace apps on the source…',
	);
});

function contextWith(
	api: ReturnType<typeof memoryApi>,
	clock: ReturnType<typeof fakeClock>,
	notes: string[] = [],
) {
	return {
		world: worldWith({ source: { api } }),
		clock,
		runId: 'this-run',
		signal: new AbortController().signal,
		note: (text: string) => void notes.push(text),
		made: 'one',
	};
}
