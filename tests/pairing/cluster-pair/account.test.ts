import fc from 'fast-check';
import { expect, test } from 'vitest';
import { back, forth } from '../../../source/pairing/answers/direction.ts';
import { isNamespaceName, isPairName } from '../../../source/pairing/answers/well-formed.ts';
import {
	accountFor,
	accountOf,
	accountToken,
	tokenSecretName,
	tokenSecretNames,
} from '../../../source/pairing/cluster-pair/account.ts';
import { uuids, worldWith } from '../hand-made-world.ts';

const pair = { namespace: 'migrationnamespace', name: 'remotecluster' };

test('it is named for the cluster that logs in with it, and for the pair', async () => {
	const account = { name: 'pxpair-5b6f1c1e-migrationnamespace.remotecluster', namespace: 'kube-system' };
	expect(accountOf(pair, uuids.source)).toEqual(account);
	expect(await accountFor(worldWith(), forth, pair)).toEqual(account);
	expect(await accountFor(worldWith(), back, pair)).toEqual({
		...account,
		name: 'pxpair-9d2e4a77-migrationnamespace.remotecluster',
	});
});

test('before the UUID is known, its place is shown', () => {
	expect(accountOf(pair, undefined).name).toBe('pxpair-UUID-migrationnamespace.remotecluster');
});

const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,80}[a-z0-9])?$/);
const name = fc.array(label, { minLength: 1, maxLength: 6 }).map(labels => labels.join('.'));
const pairs = fc
	.record({ namespace: label, name })
	.filter(made => isNamespaceName(made.namespace) && isPairName(made.name));

test('however long, it is a name that Kubernetes takes, for the account and for its Secret', () => {
	fc.assert(
		fc.property(pairs, made => {
			const account = accountOf(made, uuids.source).name;
			expect(isPairName(account)).toBe(true);
			expect(isPairName(tokenSecretName(account))).toBe(true);
		}),
	);
	const longest = { namespace: 'n'.repeat(63), name: `${'a'.repeat(159)}.${'b'.repeat(93)}` };
	expect(accountOf(longest, uuids.source).name).toMatch(/a$/);
});

test('pairs that are told apart have accounts that are', () => {
	expect(accountOf({ namespace: 'a-b', name: 'c' }, uuids.source)).not.toEqual(
		accountOf({ namespace: 'a', name: 'b-c' }, uuids.source),
	);
});

test.each([
	['there is no Secret', undefined, undefined],
	['no one has filled it in yet', {}, undefined],
	['it is empty', { data: { token: '' } }, undefined],
	['it is there', { data: { token: Buffer.from('canary').toString('base64') } }, 'canary'],
])('the token when %s', async (_, secret, token) => {
	const account = accountOf(pair, uuids.source);
	const metadata = { name: tokenSecretName(account.name), namespace: account.namespace };
	const objects = secret ? [{ kind: 'Secret', metadata, ...secret }] : [];
	const world = worldWith({ destination: { objects } });
	expect((await accountToken(world, forth, pair, account))?.reveal()).toBe(token);
	expect(await accountToken(world, back, pair, account)).toBeUndefined();
});

test('of two tokens that a rotation left behind, the pair keeps the one that it carries', async () => {
	const account = accountOf(pair, uuids.source);
	const secret = (name: string, token: string) => ({
		kind: 'Secret',
		metadata: { name, namespace: account.namespace },
		data: { token: Buffer.from(token).toString('base64') },
	});
	const carrying = (token: string) => ({
		kind: 'ClusterPair',
		metadata: { name: pair.name, namespace: pair.namespace },
		spec: { config: { users: { [account.name]: { token } } } },
	});
	const [first, second] = tokenSecretNames(account.name);
	const objects = [secret(first, 'canary-old'), secret(second ?? '', 'canary-fresh')];
	const chosen = async (near: readonly ReturnType<typeof carrying>[]) => {
		const world = worldWith({ source: { objects: near }, destination: { objects } });
		return (await accountToken(world, forth, pair, account))?.reveal();
	};
	expect(await chosen([carrying('canary-old')])).toBe('canary-old');
	expect(await chosen([carrying('canary-fresh')])).toBe('canary-fresh');
	expect(await chosen([carrying('canary-of-neither')])).toBe('canary-old');
	expect(await chosen([])).toBe('canary-old');
});
