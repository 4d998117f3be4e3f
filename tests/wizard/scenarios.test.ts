import { describe, expect, test, vi } from 'vitest';
import {
	asItWas,
	asks,
	asProposed,
	clusters,
	givenBack,
	keys,
	s3With,
	startOnClusters,
	type Turn,
} from './start-wizard.ts';

vi.setConfig({ testTimeout: 240_000 });

const toReview: readonly Turn[] = [...clusters, ...s3With('KEYID', 'SECRET'), asProposed];

describe.concurrent('told before anything is asked for', () => {
	test.for([
		['no-portworx', 'No Portworx on the destination cluster', 'Or install Portworx there first'],
		['wrong-token', 'rejects the credentials of this context', 'Log in again'],
		['unreachable', 'refuses the connection', 'Check that the API server runs'],
		['same-cluster', 'Source and destination are the same cluster', 'Choose two contexts'],
		['pod-not-ready', 'destination', 'Ready'],
		['no-stork', 'Stork', 'source'],
	] as const)('%s', async ([scenario, title, remedy]) => {
		await using ground = await startOnClusters({ scenario });
		const { wizard } = ground;
		await wizard.converse(...clusters.slice(0, 2));
		const screen = await wizard.waitFor('r check again');
		expect(screen[0]).toContain('Clusters');
		expect(screen.join('\n')).toContain(title);
		expect(screen.join('\n')).toContain(remedy);
		expect(screen.join('\n')).not.toContain('⏎ next');
		// Enter leads nowhere, Esc does.
		wizard.type(`${keys.enter}${keys.escape}`);
		await wizard.converse([asks.destination, keys.ctrlC, keys.ctrlC]);
		expect((await wizard.exit).code).toBe(130);
	});

	test('a context that was the wrong one is chosen again', async () => {
		await using ground = await startOnClusters({ scenario: 'no-portworx' });
		const { wizard } = ground;
		await wizard.converse(
			...clusters.slice(0, 2),
			['No Portworx on the destination', 's'],
			['source west → destination east'],
			['No Portworx on the source', keys.escape],
			[asks.destination, keys.escape],
			[asks.source, keys.ctrlC, keys.ctrlC],
		);
		expect((await wizard.exit).code).toBe(130);
	});
});

describe.concurrent('told in the run, with the way out', () => {
	test('a namesake of the pair is replaced on request', async () => {
		await using ground = await startOnClusters({ scenario: 'pair-differs' });
		const { wizard } = ground;
		await wizard.converse(
			...toReview,
			[asks.review, 'r'],
			[/Replace the existing \w+ \(p\)/, 'p'],
			['Delete the existing object', 'y'],
			[asks.done, 'q'],
		);
		expect((await wizard.exit).code).toBe(0);
	});

	test('a credential that the store has stopped accepting is kept on request', async () => {
		await using ground = await startOnClusters({ scenario: 'store-refuses' });
		const { wizard, practice } = ground;
		const [before] = practice.clusters.east.credentials();
		await wizard.converse(
			...toReview,
			[asks.review, 'r'],
			['Keep the existing credential (k)', 'k'],
			[asks.done],
		);
		wizard.type('q');
		expect((await wizard.exit).code).toBe(0);
		expect(practice.clusters.east.credentials()).toEqual([before]);
		expect(wizard.scrollback()).toContain('Done. 4 changes were made.');
	});

	test('or replaced', async () => {
		await using ground = await startOnClusters({ scenario: 'store-refuses' });
		const { wizard, practice } = ground;
		const [before] = practice.clusters.east.credentials();
		await wizard.converse(
			...toReview,
			[asks.review, 'r'],
			[/Replace the existing \w+ \(p\)/, 'p'],
			['Delete the existing object', 'y'],
			[asks.done, 'q'],
		);
		expect((await wizard.exit).code).toBe(0);
		expect(practice.clusters.east.credentials()).not.toEqual([before]);
	});

	test('leaving after a failure says that nothing was made', async () => {
		await using ground = await startOnClusters({ scenario: 'pair-differs' });
		const { wizard } = ground;
		await wizard.converse(...toReview, [asks.review, 'r'], [/Keep the existing pair \(k\)/, 'q']);
		// The check comes before the first change.
		expect((await wizard.exit).code).toBe(1);
		expect(givenBack(wizard)).toEqual(asItWas);
		expect(wizard.scrollback().join('')).toContain('Failed. Nothing was changed.');
	});

	test('a name is changed after the failure, and the answers are still there', async () => {
		await using ground = await startOnClusters({ scenario: 'pair-differs' });
		const { wizard, practice } = ground;
		await wizard.converse(
			...toReview,
			[asks.review, 'r'],
			['Keep the existing pair (k)', 'e'],
			['Name of the pair: remotecluster', keys.eraseAll, 'another', keys.enter],
			[asks.review, 'r'],
			[asks.done, 'q'],
		);
		expect((await wizard.exit).code).toBe(0);
		expect(practice.clusters.west.credentials()).toHaveLength(1);
		expect(wizard.scrollback().join('')).toContain('Created the ClusterPair migrationnamespace/another');
	});
});
