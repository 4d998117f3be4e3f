import { expect, test } from 'vitest';
import { defaultPair, type Policy } from '../../../source/pairing/answers/answers.ts';
import { forth } from '../../../source/pairing/answers/direction.ts';
import { labelsOf, ownLabels } from '../../../source/pairing/cluster-pair/ownership.ts';
import type { ClusterApi, World } from '../../../source/pairing/clusters/ports.ts';
import type { StepContext } from '../../../source/pairing/step/step.ts';
import { applyClusterPair } from '../../../source/pairing/steps/apply-cluster-pair.ts';
import type { Branch, Manifest } from '../../../source/pairing/words/manifest.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { fakeClock } from '../../helpers/fake-clock.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { undone } from '../../helpers/undone.ts';

const planned = { options: { ip: '10.0.0.2', port: '9001', token: 'canary-planned' } };
const other = { options: { ip: '10.0.0.2', port: '9001', token: 'canary-existing' } };

test.each([
	[
		'none',
		undefined,
		{ kind: 'absent', because: 'there is no ClusterPair migrationnamespace/remotecluster' },
	],
	[
		'the same',
		{ spec: planned },
		{ kind: 'holds', evidence: 'migrationnamespace/remotecluster is as planned' },
	],
	[
		'the same by way of another node',
		{ spec: { options: { ...planned.options, ip: '10.0.0.3' } } },
		{ kind: 'holds', evidence: 'migrationnamespace/remotecluster is as planned' },
	],
	[
		'one that is being deleted',
		{ spec: planned, deletionTimestamp: '2026-01-01T00:00:00Z' },
		{ kind: 'absent', because: 'the ClusterPair migrationnamespace/remotecluster is being deleted' },
	],
])('on the source there is %s', async (_, there, verdict) => {
	const { context } = clusters(there);
	expect(await step('stop').check(context)).toEqual(verdict);
});

test('one that differs is a question, without the values that differ', async () => {
	const { context } = clusters({ spec: other });
	const problem = await problemFrom(() => step('stop').check(context));

	expect(problem).toMatchObject({
		id: 'pair-differs',
		side: 'source',
		evidence: 'ClusterPair migrationnamespace/remotecluster differs in: spec.options.token',
		remedies: [
			{ way: { kind: 'existing', subject: 'pair', policy: 'replace' } },
			{ way: { kind: 'existing', subject: 'pair', policy: 'keep' } },
			{ way: { kind: 'answer', fields: ['pair.name'] } },
		],
	});
	expect(JSON.stringify(problem)).not.toContain('canary');
});

const annotations = {
	'openstorage.io/auth-secret-name': 'px-admin-token',
	'openstorage.io/auth-secret-namespace': 'portworx',
};

test.each<[string, Record<string, string> | undefined, string[]]>([
	['all of them, and others', { ...annotations, 'example.com/note': 'x' }, []],
	['none', undefined, Object.keys(annotations)],
	[
		'another namespace',
		{ ...annotations, 'openstorage.io/auth-secret-namespace': 'kube-system' },
		['openstorage.io/auth-secret-namespace'],
	],
])('with PX-Security, it needs its annotations: it has %s', async (_, found, missing) => {
	const { context } = clusters({ spec: planned, ...(found && { annotations: found }) }, 0, true);
	const list = missing.map(name => `metadata.annotations.${name}`).join(', ');
	expect(await step('keep').check(context)).toEqual({
		kind: 'holds',
		evidence: list
			? `kept, although it differs in ${list}`
			: 'migrationnamespace/remotecluster is as planned',
	});
});

test('the answer to that question: keep, or replace', async () => {
	const { context } = clusters({ spec: other });
	expect(await step('keep').check(context)).toEqual({
		kind: 'holds',
		evidence: 'kept, although it differs in spec.options.token',
	});
	expect(await step('replace').check(context)).toEqual({
		kind: 'absent',
		because: 'the existing one differs in spec.options.token',
	});
});

test('to replace is to delete, to wait until Stork lets go, and to apply', async () => {
	const { context, calls } = clusters({ spec: other }, 2);
	await clock.until(apply(context));
	expect(calls).toEqual(['get', 'delete', 'get', 'get', 'get', 'apply']);
	expect(clock.now()).toBe(300);
});

test('anyone who stops in between never expires up with neither: the change is completed', async () => {
	const { context, calls, stop } = clusters({ spec: other }, 1);
	stop.abort();
	await clock.until(apply(context));
	expect(calls.at(-1)).toBe('apply');
});

test('one that does not go away within five minutes is a Problem', async () => {
	const { context, calls } = clusters({ spec: other }, Number.POSITIVE_INFINITY);
	expect(await problemFrom(() => clock.until(apply(context)))).toMatchObject({
		id: 'pair-deletion-held',
		side: 'source',
	});
	expect(clock.now()).toBe(300_000);
	expect(calls).not.toContain('apply');
});

test('it is undone by deleting it', async () => {
	const { context, calls } = clusters({ spec: planned, labels: labelsOf('run-1') });
	expect(await undone(step('stop'), context)).toEqual({ kind: 'removed' });
	expect(calls).toEqual(['get', 'delete', 'get']);
});

test.each([
	['by another run', labelsOf('run-2')],
	['by a version that did not say which run it was', ownLabels],
	['by someone else', undefined],
])('one that was made %s stays', async (_, labels) => {
	const { context, calls } = clusters({ spec: planned, ...(labels && { labels }) });
	expect(await undone(step('stop'), context)).toMatchObject({ kind: 'kept' });
	expect(calls).toEqual(['get']);
});

test('one that is gone already has nothing to undo', async () => {
	const { context, calls } = clusters(undefined);
	expect(await undone(step('stop'), context)).toEqual({ kind: 'absent' });
	expect(calls).toEqual(['get']);
});

let clock = fakeClock();

const apply = async (context: StepContext) => step('replace').change?.apply(context);

const step = (policy: Policy) => applyClusterPair(forth, defaultPair, policy, manifest({}));

type Existing = Readonly<{
	spec: object;
	deletionTimestamp?: string;
	annotations?: Record<string, string>;
	labels?: Readonly<Record<string, string>>;
}>;

/** A source on which this is, and which lets go of it after so many looks. A call that is not listed fails. */
function clusters(existing: Existing | undefined, held = 0, secured = false) {
	clock = fakeClock();
	const calls: string[] = [];
	const stop = new AbortController();
	let there = existing;
	let left = held;
	const api = {
		async get() {
			calls.push('get');
			if (!there || (calls.includes('delete') && left-- <= 0)) {
				return undefined;
			}
			const { spec, ...metadata } = there;
			return { metadata: { name: 'remotecluster', resourceVersion: '1', ...metadata }, spec };
		},
		async delete() {
			calls.push('delete');
			return 'accepted';
		},
		async apply(_type: unknown, { spec }: Manifest) {
			calls.push('apply');
			there = { spec: spec as object };
			return { metadata: { name: 'remotecluster' } };
		},
	} as unknown as ClusterApi;
	const token = new Secret(planned.options.token);
	const world = {
		source: { api, discovery: { portworx: async () => ({ secured, namespace: 'portworx' }) } },
		destination: {
			discovery: {
				endpoints: async () => ['10.0.0.2', '10.0.0.3'].map(ip => ({ ip, port: 9001 })),
			},
			pxctl: { showClusterToken: async () => token },
			specGenerator: { generate: async () => manifest({ options: {} }) },
		},
	} as unknown as World;
	const context: StepContext = { runId: 'run-1', world, clock, signal: stop.signal, note: () => {} };
	return { context, calls, stop };
}

function manifest(spec: object): Manifest {
	return {
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'ClusterPair',
		metadata: { name: 'remotecluster', namespace: 'migrationnamespace' },
		spec: spec as Branch,
	};
}
