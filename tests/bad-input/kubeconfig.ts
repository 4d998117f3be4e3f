import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { stringify } from 'yaml';
import { builtInClusterPair } from '../../source/gateways/kubernetes/built-in-generator.ts';
import {
	type ContextEntry,
	findContext,
	type Kubeconfig,
	loadKubeconfig,
} from '../../source/gateways/kubernetes/kubeconfig.ts';
import { loginFacts, pairLogin } from '../../source/gateways/kubernetes/login-facts.ts';
import { readClusterPair } from '../../source/pairing/cluster-pair/cluster-pair.ts';
import type { LoginFacts } from '../../source/pairing/clusters/login.ts';
import { forAll, forEach, movesCursor, resultOf } from './matrix.ts';
import { expectSoundPair } from './predicates.ts';
import { beginningsOf, bombs, mutated, rearranged, strangeText, strangeValue } from './strange.ts';

const jwt = (payload: string) => `canary.${Buffer.from(payload).toString('base64url')}.canary`;

const tree = {
	apiVersion: 'v1',
	kind: 'Config',
	'current-context': 'west',
	clusters: [
		{
			name: 'west',
			cluster: {
				server: 'https://west.example.com:6443',
				'certificate-authority-data': 'Q0E=',
				extensions: [{ name: 'x', extension: { provider: 'minikube' } }],
			},
		},
		{ name: 'east', cluster: { server: 'https://127.0.0.1:1', 'insecure-skip-tls-verify': true } },
	],
	users: [
		{ name: 'token', user: { token: jwt('{"exp":1}') } },
		{
			name: 'plugin',
			user: { exec: { command: 'aws', args: ['canary'], env: [{ name: 'A', value: 'canary' }] } },
		},
		{ name: 'basic', user: { username: 'jane', password: 'canary' } },
		{ name: 'keys', user: { 'client-certificate-data': 'canaryca', 'client-key-data': 'canaryca' } },
		{ name: 'oidc', user: { 'auth-provider': { name: 'oidc', config: { 'id-token': 'canary' } } } },
	],
	contexts: ['token', 'plugin', 'basic', 'keys', 'oidc'].map(user => ({
		name: `west-${user}`,
		context: { cluster: 'east', user, namespace: 'apps' },
	})),
};
const sample = stringify(tree);
const plain = sample.replaceAll('canary', 'secret');
const isSecret = (path: readonly unknown[]) => path[0] === 'users';

let folder = '';

export function kubeconfig(): void {
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pxpair-bad-input-'));
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	forEach('the sample itself is accepted', [sample], async text =>
		expect((await load(text))?.contexts).toHaveLength(5),
	);
	forAll('mutated files', mutated([plain, plain.replaceAll('\n', '\r\n')]), loadAndUse);
	forAll(
		'rearranged fields, the credentials left where they are',
		rearranged(tree, path => !isSecret(path)),
		value => loadAndUse(JSON.stringify(value)),
	);
	forAll(
		'rearranged users',
		rearranged(JSON.parse(JSON.stringify(tree).replaceAll('canary', 'secret')), isSecret),
		value => loadAndUse(JSON.stringify(value)),
	);
	forAll('any text', fc.oneof(strangeText, fc.json()), loadAndUse);
	forEach(
		'beginnings',
		beginningsOf(sample).filter((_, index) => index % 3 === 0),
		load,
	);
	forEach('bombs', bombs(sample, 8000), load);
	forAll('a login in the address is never repeated', address, loadAddress, {
		share: 2,
		found: [
			'https://jane:can@canary@west',
			'https:jane:canary@west',
			'https:/jane:canary@west',
			'https:\\\\jane:canary@west',
			' https://jane:canary@west',
			'jane:canary@west',
			'jane%40x:canary@west',
			'canary@@west',
			'https://jane:canary\\@west',
			'https://jane:canary@west\u001B[31m',
		],
	});
	forAll('the end of a token', strangeText, async text => {
		for (const payload of [text, `{"exp":${text}}`, `{"exp":${JSON.stringify(text)}}`, '{"exp":1e300}']) {
			await tryEntry(entryWith({ token: jwt(payload) }));
		}
	});
	forAll('a kubeconfig inside a pair', fc.oneof(rearranged(inPair), strangeValue), async config => {
		const result = await resultOf(() => pairLogin(config, 'destination'));
		expectFacts(result.kind === 'accepted' ? result.value : undefined);
	});
}

const inPair = {
	clusters: { west: { server: 'https://west', 'certificate-authority': '/etc/passwd' } },
	contexts: { west: { cluster: 'west', user: 'west' } },
	'current-context': 'west',
	users: { west: { tokenFile: '/etc/passwd', token: 'x.y.z' } },
};

const address = fc
	.tuple(
		fc.constantFrom('https://', 'http://', 'https:', 'https:/', 'HTTPS://', '//', '', 'ftp://'),
		fc.constantFrom('jane:', 'jane', ':', '', 'jane%40x:', '@', '/'),
		strangeText.filter(text => text.length < 50 && !/[/?#\\]/.test(text)),
		fc.constantFrom('west', 'west:6443', 'west:99999', '[::1]:1', '', 'west/canary-less'),
	)
	.map(([scheme, user, put, host]) => `${scheme}${user}canary${put}@${host}`)
	// Behind a slash it is a path, which is no place for a login.
	.filter(text => !/[/?#\\].*canary/s.test(text.replace(/^[a-z]*:?[/\\]*/i, '')))
	.map(text => text.replace('canary-less', 'path'));

async function loadAddress(server: string): Promise<void> {
	const fields = { server };
	const kubeconfigText = JSON.stringify({
		...tree,
		clusters: [{ name: 'east', cluster: fields }],
	});
	const found = await load(kubeconfigText);
	for (const { server: shown } of found?.contexts ?? []) {
		expect(shown ?? '').not.toContain('canary');
	}
	await loadAndUse(kubeconfigText);
	const pair = { ...inPair, clusters: { west: fields } };
	const result = await resultOf(() => pairLogin(pair, 'destination'));
	expectFacts(result.kind === 'accepted' ? result.value : undefined);
}

async function load(text: string): Promise<Kubeconfig | undefined> {
	const file = join(folder, 'config');
	await writeFile(file, text);
	const result = await resultOf(() => loadKubeconfig({ file }));
	return result.kind === 'accepted' ? result.value : undefined;
}

async function loadAndUse(text: string): Promise<void> {
	const found = await load(text);
	const contexts = found?.contexts ?? [];
	expect(new Set(contexts.map(({ name }) => name)).size).toBe(contexts.length);
	for (const { name, clusterName, userName, namespace, server } of contexts.slice(0, 8)) {
		for (const shown of [name, clusterName, userName, namespace ?? '', server ?? '']) {
			expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
		}
		const result = await resultOf(() => findContext(found as Kubeconfig, name, 'source'));
		if (result.kind === 'accepted') {
			await tryEntry(result.value);
		}
	}
}

/** What was found leads somewhere, says nothing it should not, and makes a pair that will do. */
async function tryEntry(entry: ContextEntry): Promise<void> {
	const url = new URL(entry.server ?? '');
	expect(['http:', 'https:']).toContain(url.protocol);
	expect(`${url.username}${url.password}`).toBe('');
	expect(entry.server).not.toMatch(/[\s\p{Cc}]/u);
	const facts = await resultOf(() => loginFacts(entry, 'source'));
	expectFacts(facts.kind === 'accepted' ? facts.value : undefined);
	const expected = { side: 'source', name: 'pair', namespace: 'apps', context: entry.name } as const;
	const pair = await resultOf(async () =>
		readClusterPair(await builtInClusterPair('source', entry, 'pair', 'apps'), expected),
	);
	if (pair.kind === 'accepted') {
		expectSoundPair(pair.value, entry.name);
	}
}

function expectFacts(facts: LoginFacts | undefined): void {
	if (!facts) {
		return;
	}
	expect(JSON.stringify(facts)).not.toContain('canary');
	expect(facts.proxy ?? 'x').not.toMatch(movesCursor);
	const { user } = facts;
	if ('until' in user && user.until !== undefined) {
		expect(() => new Date(user.until ?? 0).toISOString()).not.toThrow();
	}
}

const entryWith = (user: Record<string, unknown>): ContextEntry => ({
	name: 'west',
	namespace: undefined,
	clusterName: 'west',
	userName: 'west',
	server: 'https://west',
	cluster: { fields: { server: 'https://west' }, folder },
	user: { fields: user, folder },
});
