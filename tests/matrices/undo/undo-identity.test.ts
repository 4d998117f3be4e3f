import { afterAll, describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import type { ObjectStore } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import { writes } from '../../helpers/program/ground.ts';
import type { Tally } from '../pool.ts';
import { differences, openExactGround } from './exact-ground.ts';

vi.setConfig({ testTimeout: 300_000 });

const tally: Tally = { tried: 0, passed: 0 };
afterAll(() => console.log(`identity matrix: ${tally.tried} cases tried, ${tally.passed} passed`));

/** How the clusters behind the contexts can be others than when the run changed something. */
const others = {
	'another cluster with the same Portworx UUID': {},
	'another cluster': {
		uuids: { east: '0b7f1c1e-ea57-4a57-9a57-70726163ea57', west: '0d6f1c1e-ea57-4a57-9a57-70726163ea57' },
	},
	'rebuilt behind the same address': undefined,
} as const;

const which = [['east'], ['west'], ['east', 'west']] as const;
const commands = [
	['undo', '--yes', '--json'],
	['undo', '--plan', '--json'],
	['run', '--resume', '--json', '--timeout', '1'],
] as const;

describe.concurrent('a context that points to another cluster than before is refused by undo, its plan and resume:', () => {
	test.for(
		Object.keys(others).flatMap(kind => which.map(sides => [kind as keyof typeof others, sides] as const)),
	)('%s, %s', async ([kind, sides]) => {
		await using mine = await openExactGround({ scenario: 'token-reset' });
		const beginning = await mine.objects();
		expect(await mine.run()).toMatchObject({ code: 3 });
		await using theirs = await openExactGround({ scenario: 'token-reset', override: withUuids(kind) });
		const { clusters } = mine.practice;
		if (kind === 'rebuilt behind the same address') {
			for (const side of sides) giveNewIdentity(clusters[side].store);
		} else {
			await mine.setKubeconfig(mixed(mine.practice.kubeconfig, theirs.practice.kubeconfig, sides));
		}
		const records = await mine.records();
		const before = [await mine.objects(), await theirs.objects()];
		for (const command of commands) {
			tally.tried += 1;
			const { code, out } = await mine.call(command);
			expect({ command, code, id: /"id": ?"([a-z-]+)"/.exec(out)?.[1] }).toEqual({
				command,
				code: 2,
				id: 'other-cluster',
			});
			expect(await mine.records()).toEqual(records);
			tally.passed += 1;
		}
		tally.tried += 1;
		// What is left out is on the cluster that is another one by now; the other side is done.
		const forced = await mine.call(['undo', '--yes', '--json', '--force']);
		expect(forced.code).toBe(3);
		const untouched = Object.entries(theirs.practice.clusters).flatMap(([, cluster]) => writes(cluster));
		expect(untouched).toEqual([]);
		expect(await theirs.objects()).toEqual(before[1]);
		if (kind !== 'rebuilt behind the same address') {
			await mine.setKubeconfig(mine.practice.kubeconfig);
			expect(await mine.call(['undo', '--yes', '--json'])).toMatchObject({ code: 0 });
			expect(differences(await mine.objects(), beginning)).toEqual([]);
		} else if (sides.length === 2) {
			expect(await mine.objects()).toEqual(before[0]);
		}
		tally.passed += 1;
	});
});

const withUuids = (kind: keyof typeof others) => {
	const found = others[kind];
	return <T extends Readonly<{ uuid: string }>>({ east, west }: Readonly<{ east: T; west: T }>) =>
		found && 'uuids' in found
			? { east: { ...east, uuid: found.uuids.east }, west: { ...west, uuid: found.uuids.west } }
			: { east, west };
};

/** What tells a cluster from all others is the UID of its namespace kube-system. */
function giveNewIdentity(store: ObjectStore): void {
	const found = store.get(resources.namespaces, undefined, 'kube-system');
	if (found) {
		store.update(resources.namespaces, { ...found, spec: { finalizers: [] } });
		store.remove(resources.namespaces, undefined, 'kube-system');
		store.create(resources.namespaces, { ...found, metadata: { name: 'kube-system' } });
	}
}

/** The one's kubeconfig with these sides of the other. */
function mixed(mine: string, theirs: string, sides: readonly string[]): string {
	const [one, other] = [mine, theirs].map(text => parse(text) as Kubeconfig);
	const isTaken = ({ name }: Entry) => sides.some(side => name.startsWith(`practice-${side}`));
	const take = (list: 'clusters' | 'users') => [
		...(one?.[list] ?? []).filter(entry => !isTaken(entry)),
		...(other?.[list] ?? []).filter(isTaken),
	];
	return stringify({ ...one, clusters: take('clusters'), users: take('users') });
}

type Entry = Readonly<{ name: string }>;
type Kubeconfig = Readonly<Record<'clusters' | 'users', readonly Entry[]>>;
