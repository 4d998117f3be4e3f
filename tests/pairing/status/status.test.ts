import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { pairLogin } from '../../../source/gateways/kubernetes/login-facts.ts';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { openWorld } from '../../../source/gateways/world.ts';
import { type Answers, defaultPair } from '../../../source/pairing/answers/answers.ts';
import { pairStatus } from '../../../source/pairing/status/status.ts';
import type { Finding } from '../../../source/pairing/words/finding.ts';
import type { Fault, KubeObject, ResourceId } from '../../../source/practice/contract.ts';
import { resources } from '../../../source/practice/resources.ts';
import { answersWith } from '../../helpers/answers.ts';
import { type Ground, type GroundOptions, openGround } from '../../helpers/program/ground.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const bothWays = { pair: { ...defaultPair, back: {} } };

let ground: Ground;
/** What west's API server says to those who do not log in. */
let fault: Fault | undefined;

beforeAll(async () => {
	ground = await pairedGround(['--both-ways'], {
		fault: {
			west: ({ url, user }) => (url === '/version' && user === 'system:anonymous' ? fault : undefined),
		},
	});
});

afterAll(() => ground[Symbol.asyncDispose]());

describe('a pair that works', () => {
	test('has nothing but facts, for each direction', async () => {
		expect(linesOf(await look(ground))).toEqual([
			'fact kubernetes source',
			'fact kubernetes destination',
			'fact stork source',
			'fact stork-admin-namespace source',
			'fact pair-ready source',
			'fact pair-token-current source',
			'fact pair-known-to-portworx source',
			'fact way-api-open destination',
			'fact way-storage-open destination',
			'fact login-carried destination',
			'fact credential-valid source',
			'fact credentials-match both',
			'fact credential-valid destination',
			'fact pair-as-planned source',
		]);
	});

	test('in both directions', async () => {
		const lines = linesOf(await look(ground, bothWays));
		expect(lines.filter(line => !line.startsWith('fact'))).toEqual([]);
		expect(lines).toContain('fact way-storage-open source');
		expect(lines).toContain('fact pair-as-planned destination');
	});

	test('of which no plan is known is tried anyway', async () => {
		const lines = linesOf(await look(ground, { objectStore: { provider: 'none' } }, { hasPlan: false }));
		expect(lines).toContain('fact way-storage-open destination');
		expect(lines).toContain('fact credential-valid source');
		expect(lines.join()).not.toMatch(/pair-as-planned|pair-differs|error|warning/);
	});

	test('is not believed but told as what was true once', async () => {
		expect((await look(ground)).find(finding => idOf(finding) === 'pair-ready')).toMatchObject({
			text: 'Stork reports migrationnamespace/remotecluster: storage Ready, scheduler Ready. Stork never checks a Ready pair again',
		});
	});
});

type Break = Readonly<{
	title: string;
	/** Breaks it; the answer fixes it again. */
	spoil: () => () => void;
	/** What is said beyond facts. */
	told: readonly string[];
	answers?: Partial<Answers>;
}>;

const credential = 'clusterPair_91d2a7c4-0e57-4e57-8e57-707261630e57';

describe('each thing that breaks is told, with its cluster', () => {
	test.each<Break>([
		{
			title: 'the pair is gone',
			spoil: () => without(resources.clusterpairs, 'migrationnamespace', 'remotecluster'),
			told: ['error pair-missing source'],
		},
		{
			title: 'a pair that stops all others',
			spoil: () => another({ options: { port: 9001 } }),
			told: ['error pair-undecodable source'],
		},
		{
			title: 'the credential of the source is deleted',
			spoil: () => withoutCredential('east'),
			told: ['error credential-missing source'],
		},
		{
			title: 'the credential of the destination is deleted',
			spoil: () => withoutCredential('west'),
			told: ['error credential-missing destination'],
		},
		{
			title: 'the store refuses the key',
			spoil() {
				ground.practice.clusters.east.set({ storeRefuses: '*' });
				return () => ground.practice.clusters.east.set({ storeRefuses: undefined });
			},
			told: ['error credential-invalid source'],
		},
		{
			title: 'the token is reset',
			spoil: () => withToken('west', 'ab'.repeat(64)),
			told: ['error pair-token-old source'],
		},
		{
			title: 'Portworx forgot the pairing',
			spoil: () => withoutPair('east', ground.practice.clusters.west.uuid),
			told: ['error pair-unknown-to-portworx source'],
		},
		{
			title: 'the pair points to another Portworx',
			spoil: () => changedStatus({ remoteStorageId: '11111111-2222-4333-8444-555555555555' }),
			told: ['error pair-remote-differs source'],
		},
		{
			title: 'what answers in place of the API server is something else',
			spoil() {
				fault = { kind: 'raw', code: 200, contentType: 'text/html', body: '<html>Log in</html>' };
				return () => {
					fault = undefined;
				};
			},
			told: ['error way-api-not-kubernetes destination'],
		},
		{
			title: 'the pair names a server that is gone',
			spoil: () => changedCluster({ server: 'https://127.0.0.1:1' }),
			told: ['error way-api-closed destination', 'warning pair-differs source'],
		},
		{
			title: 'the pair names no server',
			spoil: () => changedCluster({ server: 'west' }),
			told: ['error pair-leads-nowhere source', 'warning pair-differs source'],
		},
		{
			title: 'the API server has another CA than the pair says',
			spoil: () =>
				changedCluster({
					'certificate-authority-data': Buffer.from(ground.practice.clusters.east.caPem).toString('base64'),
				}),
			told: ['error way-api-untrusted destination', 'warning pair-differs source'],
		},
		{
			title: 'the pair names an endpoint where no one listens',
			spoil: () => changedOptions({ port: '1' }),
			told: ['error way-storage-closed destination', 'warning pair-differs source'],
		},
		{
			title: 'the mode is another',
			spoil: () => changedOptions({ mode: 'DisasterRecovery' }),
			told: ['error pair-differs source'],
		},
		{
			title: 'the token in the pair has ended',
			spoil: () => changedUser({ token: jwt(-3600) }),
			told: ['error login-ended destination', 'warning pair-differs source'],
		},
		{
			title: 'the token in the pair ends soon',
			spoil: () => changedUser({ token: jwt(3600) }),
			told: ['warning login-ending destination', 'warning pair-differs source'],
		},
		{
			title: 'the pair back is gone',
			spoil: () => without(resources.clusterpairs, 'migrationnamespace', 'remotecluster', 'west'),
			told: ['error pair-missing destination'],
			answers: bothWays,
		},
	])('$title', async ({ spoil, told, answers }) => {
		const fix = spoil();
		try {
			expect(troubles(await look(ground, answers))).toEqual(told);
		} finally {
			fix();
		}
		expect(troubles(await look(ground, answers))).toEqual([]);
	});
});

test('no value of the pair is told, and each problem names a way out', async () => {
	const fixes = [
		changedOptions({ token: 'canary-token', mode: 'canary-mode' }),
		changedUser({ token: 'canary-login' }),
	];
	const findings = await look(ground);
	for (const fix of fixes.toReversed()) {
		fix();
	}
	expect(troubles(findings)).toEqual(['error pair-token-old source', 'error pair-differs source']);
	expect(JSON.stringify(findings)).not.toContain('canary');
	expect(findings.flatMap(found => (found.level === 'fact' ? [] : [found.problem.evidence]))).toContain(
		'ClusterPair migrationnamespace/remotecluster differs in: spec.config.users.practice-west-admin.token, spec.options.mode',
	);
});

test('a cluster that does not answer is told once, and what the other knows besides', async () => {
	const silent: Fault = { kind: 'status', code: 503, reason: 'ServiceUnavailable', message: 'down' };
	await using broken = await openGround({ fault: { west: () => silent } });
	expect(troubles(await look(broken)).filter(line => line.endsWith('destination'))).toHaveLength(1);
	expect(linesOf(await look(broken))).toContain('fact kubernetes source');
});

describe('a pair that logs in as a ServiceAccount', () => {
	const account = { pair: { ...defaultPair, login: 'service-account' } } as const;
	const name = 'pxpair-5e1fa7c4-migrationnamespace-remotecluster';
	let own: Ground;

	beforeAll(async () => {
		own = await pairedGround(['--service-account']);
	});

	afterAll(() => own[Symbol.asyncDispose]());

	const nameOf = () =>
		own.practice.clusters.west.store
			.list(resources.serviceaccounts, 'kube-system')
			.map(found => found.metadata.name)
			.find(found => found.startsWith('pxpair-')) ?? name;

	test('has nothing but facts, even where no plan says so', async () => {
		expect(linesOf(await look(own, account))).toContain('fact account-token-current destination');
		expect(troubles(await look(own, account))).toEqual([]);
		expect(linesOf(await look(own, {}, { hasPlan: false }))).toContain(
			'fact account-token-current destination',
		);
	});

	test.each<[string, string, () => () => void]>([
		[
			'its Secret is gone',
			'error account-token-missing destination',
			() => without(resources.secrets, 'kube-system', `${nameOf()}-token`, 'west', own),
		],
		[
			'its Secret holds another token',
			'error account-token-differs destination',
			() =>
				changed(resources.secrets, 'kube-system', `${nameOf()}-token`, 'west', own, () => ({
					data: { token: Buffer.from('another').toString('base64') },
				})),
		],
		[
			'its rights are gone',
			'error account-unbound destination',
			() => without(resources.clusterrolebindings, undefined, nameOf(), 'west', own),
		],
	])('%s', async (_title, told, spoil) => {
		const fix = spoil();
		try {
			expect(troubles(await look(own, account))).toEqual([told]);
		} finally {
			fix();
		}
		expect(troubles(await look(own, account))).toEqual([]);
	});
});

/** Paired by the program itself. */
async function pairedGround(flags: readonly string[], options: GroundOptions = {}): Promise<Ground> {
	const opened = await openGround({ ...options, storkInterval: 100_000 });
	const state = mkdtempSync(join(tmpdir(), 'pxpair-state-'));
	const env = { ID: 'canary-access-key-id', SECRET: 'canary-secret-access-key', XDG_STATE_HOME: state };
	const { exitCode, err } = await opened.sandbox.run(['run', 'answers.yaml', ...flags], {}, { env });
	rmSync(state, { recursive: true });
	expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
	return opened;
}

async function look(
	{ sandbox }: Ground,
	changes: Partial<Answers> = {},
	{ hasPlan = true } = {},
): Promise<readonly Finding[]> {
	const answers = answersWith(changes);
	const { signal } = new AbortController();
	const { world, close } = await openWorld(answers, {
		kubeconfig: join(sandbox.work, 'kubeconfig'),
		storkctl: 'none',
		environment: {},
		clock: systemClock,
		signal,
	});
	const request = {
		world,
		clock: systemClock,
		answers,
		hasPlan,
		readPairLogin: pairLogin,
		ignore: [],
		signal,
	};
	return pairStatus(request).finally(close);
}

const idOf = (finding: Finding): string => (finding.level === 'fact' ? finding.id : finding.problem.id);

const linesOf = (findings: readonly Finding[]): string[] =>
	findings.map(
		finding =>
			`${finding.level} ${idOf(finding)} ${(finding.level === 'fact' ? finding.on : finding.problem.side) ?? 'both'}`,
	);

const troubles = (findings: readonly Finding[]): string[] =>
	linesOf(findings).filter(line => !line.startsWith('fact'));

// Ways to break things. Each answers how to fix it.

type Context = 'east' | 'west';
type Change = (object: KubeObject) => Partial<KubeObject>;

function changed(
	resource: ResourceId,
	namespace: string | undefined,
	name: string,
	context: Context,
	where: Ground,
	change: Change,
): () => void {
	const { store } = where.practice.clusters[context];
	const before = there(store.get(resource, namespace, name));
	const put = (object: KubeObject) => {
		const { resourceVersion: _old, ...metadata } = object.metadata;
		store.update(resource, { ...object, metadata });
	};
	put({ ...before, ...change(before) });
	return () => put(before);
}

const changedPair = (change: Change) =>
	changed(resources.clusterpairs, 'migrationnamespace', 'remotecluster', 'east', ground, change);

const changedStatus = (status: object) =>
	changedPair(before => ({ status: { ...(before.status as object), ...status } }));

type Config = Readonly<Record<'clusters' | 'users', Record<string, object>>>;
type Spec = Readonly<{ options: object; config: Config }>;

const changedOptions = (options: object) =>
	changedPair(({ spec }) => ({
		spec: { ...(spec as Spec), options: { ...(spec as Spec).options, ...options } },
	}));

const changedConfig = (part: keyof Config, fields: object) =>
	changedPair(before => {
		const spec = before.spec as Spec;
		const entries = Object.entries(spec.config[part]).map(([name, entry]) => [name, { ...entry, ...fields }]);
		return { spec: { ...spec, config: { ...spec.config, [part]: Object.fromEntries(entries) } } };
	});

const changedCluster = (fields: object) => changedConfig('clusters', fields);
const changedUser = (fields: object) => changedConfig('users', fields);

function another(spec: object): () => void {
	const { store } = ground.practice.clusters.east;
	const { apiVersion, kind } = there(ground.pair());
	store.create(resources.clusterpairs, {
		apiVersion,
		kind,
		metadata: { name: 'spoiler', namespace: 'default' },
		spec,
	});
	return () => void store.remove(resources.clusterpairs, 'default', 'spoiler');
}

function without(
	resource: ResourceId,
	namespace: string | undefined,
	name: string,
	context: Context = 'east',
	where: Ground = ground,
): () => void {
	const { store } = where.practice.clusters[context];
	const before = there(store.get(resource, namespace, name));
	const { finalizers: _none, ...metadata } = before.metadata;
	store.update(resource, { ...before, metadata });
	store.remove(resource, namespace, name);
	return () => void store.create(resource, before);
}

function withoutCredential(context: Context): () => void {
	const { portworx } = ground.practice.clusters[context];
	const before = there(portworx.credentials().find(({ name }) => name === credential));
	portworx.removeCredential(credential);
	return () => portworx.addCredential(before);
}

function withoutPair(context: Context, id: string): () => void {
	const { portworx } = ground.practice.clusters[context];
	const before = there(portworx.pairs().find(pair => pair.id === id));
	portworx.removePair(id);
	return () => portworx.addPair(before);
}

function withToken(context: Context, token: string): () => void {
	const { portworx } = ground.practice.clusters[context];
	const before = there(portworx.clusterToken());
	portworx.setClusterToken(token);
	return () => portworx.setClusterToken(before);
}

function there<T>(value: T | undefined): T {
	if (value === undefined) {
		throw new Error('not there');
	}
	return value;
}

/** A JSON web token that ends so many seconds from now. */
function jwt(seconds: number): string {
	const claims = { exp: Math.floor(Date.now() / 1000) + seconds };
	return ['{}', JSON.stringify(claims), 'x'].map(part => Buffer.from(part).toString('base64url')).join('.');
}
