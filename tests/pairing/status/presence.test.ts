import { expect, test } from 'vitest';
import { defaultPair } from '../../../source/pairing/answers/answers.ts';
import { back, forth } from '../../../source/pairing/answers/direction.ts';
import type { World } from '../../../source/pairing/clusters/ports.ts';
import type { ClusterPairObject } from '../../../source/pairing/clusters/portworx-kinds.ts';
import { presenceFindings } from '../../../source/pairing/status/presence.ts';

// What the practice clusters' Stork fixes before anybody can look.

test('a pair that is being deleted, whatever its status says', async () => {
	const found = pairWith({ storageStatus: 'Ready', schedulerStatus: 'Ready' }, '2026-01-02T03:04:05Z');
	expect(await presenceFindings({ world: worldWith([]), way: forth, pair: defaultPair, found })).toEqual([
		{
			level: 'error',
			topic: 'pair',
			problem: expect.objectContaining({
				id: 'pair-being-deleted',
				side: 'source',
				evidence: 'ClusterPair migrationnamespace/remotecluster: deletion began 2026-01-02T03:04:05Z',
			}),
		},
	]);
});

test('a pair that Stork is not content with, and why', async () => {
	const found = pairWith({ storageStatus: 'Error', schedulerStatus: 'Ready' });
	const world = worldWith(['Error from remote cluster: Token mismatch during pairing']);
	expect(await presenceFindings({ world, way: forth, pair: defaultPair, found })).toMatchObject([
		{
			level: 'error',
			problem: {
				id: 'pair-not-ready',
				side: 'source',
				evidence: 'storage Error, scheduler Ready: Error from remote cluster: Token mismatch during pairing',
				remedies: [
					{ way: { kind: 'command', command: expect.stringContaining('kubectl --context east') } },
					{
						what: expect.stringContaining('pxctl cluster token reset'),
						way: { kind: 'existing', policy: 'replace' },
					},
					expect.stringContaining('run the pairing again'),
				],
			},
		},
	]);
});

test('storage that was not to be paired is well when Stork was given none', async () => {
	const found = pairWith({ storageStatus: 'NotProvided', schedulerStatus: 'Ready' });
	const pair = { ...defaultPair, storage: 'none' } as const;
	const world = worldWith([]);
	expect(await presenceFindings({ world, way: back, pair, found })).toMatchObject([
		{ level: 'fact', id: 'pair-ready', on: 'destination' },
	]);
	expect(await presenceFindings({ world, way: back, pair: defaultPair, found })).toMatchObject([
		{ level: 'error', problem: { id: 'pair-not-ready', side: 'destination' } },
	]);
});

const pairWith = (
	status: NonNullable<ClusterPairObject['status']>,
	deletionTimestamp?: string,
): ClusterPairObject => ({
	metadata: {
		name: 'remotecluster',
		namespace: 'migrationnamespace',
		...(deletionTimestamp && { deletionTimestamp }),
	},
	status,
});

function worldWith(warnings: readonly string[]): World {
	const list = async () => warnings.map(message => ({ metadata: { name: 'event' }, message }));
	return {
		source: { side: 'source', context: 'east', api: { list } },
		destination: { side: 'destination', context: 'west', api: { list } },
	} as unknown as World;
}
