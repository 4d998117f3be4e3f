import { expect, test } from 'vitest';
import { defaultPair, type PairAnswers } from '../../../source/pairing/answers/answers.ts';
import type { ClusterPairObject } from '../../../source/pairing/clusters/portworx-kinds.ts';
import { storkFindings } from '../../../source/pairing/preflight/stork.ts';
import type { Finding } from '../../../source/pairing/words/finding.ts';
import type { Side } from '../../../source/pairing/words/pair.ts';
import { PairingError } from '../../../source/pairing/words/problem.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { refused, uuids, worldWith } from '../hand-made-world.ts';

const stork = 'stork: Stork 24.3.0 in portworx, 3 of 3 replicas Ready';
/** What a pair in migrationnamespace serves. */
const scope =
	"stork-admin-namespace: Migrations over this pair can move the namespace migrationnamespace alone. A pair in kube-system, Stork's admin namespace, serves all namespaces";
const current = { token: 'canary-token-of-west' };
const older = { token: 'canary-of-last-year' };
const extensions = { cluster_info: { provider: 'minikube' } };

test.each<[string, ClusterPairObject[], string[]]>([
	['none', [], [stork, scope]],
	['one that points elsewhere', [pairTo('another', current)], [stork, scope]],
	['one that never came to be', [pairTo(undefined, older)], [stork, scope]],
	[
		'one to the same Portworx',
		[pairTo(uuids.destination, current)],
		[stork, scope, 'pair-to-same-remote: other/older already points to the same Portworx cluster'],
	],
	[
		'one to the same Portworx without storage options',
		[pairTo(uuids.destination, {})],
		[stork, scope, 'pair-to-same-remote: other/older already points to the same Portworx cluster'],
	],
	[
		'one with a token that was reset since',
		[pairTo(uuids.destination, older)],
		[stork, scope, 'error pair-with-older-token: ClusterPair other/older points to'],
	],
	[
		'the very pair that is asked for',
		[pairTo(uuids.destination, older, 'migrationnamespace', 'remotecluster')],
		[stork, scope],
	],
	[
		'a number for an option',
		[pairTo('another', { port: 9001 })],
		[stork, scope, 'error pair-undecodable: ClusterPair other/older: its option port is not a string'],
	],
	[
		'extensions',
		[
			{
				metadata: { name: 'older', namespace: 'other' },
				spec: { config: { clusters: { a: { extensions } } } },
			},
		],
		[stork, scope, 'error pair-undecodable: ClusterPair other/older: its config has extensions'],
	],
	[
		'the very pair, undecodable',
		[pairTo(undefined, { port: 9001 }, 'migrationnamespace', 'remotecluster')],
		[stork, scope, 'error pair-undecodable: ClusterPair migrationnamespace/remotecluster'],
	],
])('existing pairs on the source: %s', async (_, pairs, told) => {
	const world = worldWith({ source: { discovery: { clusterPairs: async () => pairs } } });
	const found = await storkFindings(world, 'source', defaultPair);
	expect(found.map(lineOf)).toEqual(told.map(line => expect.stringContaining(line)));
	expect(found).toHaveLength(told.length);
	expect(JSON.stringify(found)).not.toContain('canary');
});

test('without storage, no token is compared and none is asked for', async () => {
	const clusterPairs = async () => [pairTo(uuids.destination, older)];
	const showClusterToken = () => Promise.reject(refused('unexpected'));
	const world = worldWith({
		source: { discovery: { clusterPairs } },
		destination: { pxctl: { showClusterToken } },
	});
	expect((await storkFindings(world, 'source', { ...defaultPair, storage: 'none' })).map(lineOf)).toEqual([
		stork,
		scope,
	]);
});

test('an older token names the way out', async () => {
	const clusterPairs = async () => [pairTo(uuids.destination, older)];
	const [, , found] = await storkFindings(
		worldWith({ source: { discovery: { clusterPairs } } }),
		'source',
		defaultPair,
	);
	expect(found?.level !== 'fact' && found?.problem).toMatchObject({
		side: 'source',
		remedies: [
			{
				way: {
					kind: 'command',
					command: expect.stringMatching(/kubectl .*-n other delete clusterpair\/older/),
				},
			},
		],
	});
});

test('a type that is not served is no pair', async () => {
	const world = worldWith({ source: { discovery: { clusterPairs: async () => undefined } } });
	expect((await storkFindings(world, 'source', defaultPair)).map(lineOf)).toEqual([stork, scope]);
});

const noStork = { discovery: { stork: () => Promise.reject(refused('stork-not-found', 'destination')) } };

test('where no pair will stand, Stork is not needed', async () => {
	const world = worldWith({ destination: noStork });
	expect((await storkFindings(world, 'destination', defaultPair)).map(lineOf)).toEqual([
		'stork-not-needed: stork-not-found; it is not needed there',
	]);
});

test.each<[Side, Partial<PairAnswers>]>([
	['source', {}],
	['source', { back: {} }],
	['destination', { back: {} }],
])('where a pair will stand, it is: on the %s with %o', async (side, more) => {
	const world = worldWith({ [side]: noStork });
	const look = () => storkFindings(world, side, { ...defaultPair, ...more });
	expect(await problemFrom(look)).toMatchObject({ id: 'stork-not-found' });
});

test('what no one expected is no finding', async () => {
	const mistake = new TypeError('ours');
	const world = worldWith({ destination: { discovery: { stork: () => Promise.reject(mistake) } } });
	await expect(storkFindings(world, 'destination', defaultPair)).rejects.toBe(mistake);
	expect(mistake).not.toBeInstanceOf(PairingError);
});

test('both ways, the pairs of the destination are looked at, too', async () => {
	const clusterPairs = async () => [pairTo(uuids.source, { token: 'canary-token-of-east' })];
	const world = worldWith({ destination: { discovery: { clusterPairs } } });
	expect((await storkFindings(world, 'destination', { ...defaultPair, back: {} })).map(lineOf)).toEqual([
		stork,
		scope,
		'pair-to-same-remote: other/older already points to the same Portworx cluster',
	]);
});

function pairTo(
	remoteStorageId: string | undefined,
	options: object,
	namespace = 'other',
	name = 'older',
): ClusterPairObject {
	return {
		metadata: { name, namespace },
		spec: { options },
		status: { ...(remoteStorageId && { remoteStorageId }) },
	};
}

const lineOf = (finding: Finding): string =>
	finding.level === 'fact'
		? `${finding.id}: ${finding.text}`
		: `${finding.level} ${finding.problem.id}: ${finding.problem.evidence}`;

test.each<[string | undefined, string]>([
	['24.3.0', '. Stork 24.3.0 does not find it for Migrations in other namespaces'],
	['25.4.1', '. Stork 25.4.1 does not find it for Migrations in other namespaces'],
	[
		'25.5.0',
		', and, as Portworx documents for Stork 25.5 and later, Migrations in other namespaces can use it',
	],
	[undefined, ''],
])('a pair in the admin namespace of Stork %s serves any namespace', async (version, elsewhere) => {
	const pair = { ...defaultPair, namespace: 'kube-system' };
	const { version: _, ...usual } = await worldWith({}).source.discovery.stork();
	const stork = async () => ({ ...usual, ...(version && { version }) });
	const world = worldWith({ source: { discovery: { stork } } });
	const found = (await storkFindings(world, 'source', pair)).map(lineOf);
	expect(found[1]).toBe(
		`stork-admin-namespace: kube-system is Stork's admin namespace: Migrations in it can move any namespace over this pair${elsewhere}`,
	);
});
