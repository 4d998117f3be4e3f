import { expect, test } from 'vitest';
import { defaultPair } from '../../../source/pairing/answers/answers.ts';
import { back, forth } from '../../../source/pairing/answers/direction.ts';
import {
	accountOf,
	bindingManifest,
	serviceAccountManifest,
	tokenSecretManifest,
} from '../../../source/pairing/cluster-pair/account.ts';
import { labelsOf, ownLabels } from '../../../source/pairing/cluster-pair/ownership.ts';
import {
	clusterRoleBindingType,
	secretType,
	serviceAccountType,
} from '../../../source/pairing/clusters/kubernetes.ts';
import type { World } from '../../../source/pairing/clusters/ports.ts';
import type { Step, StepContext } from '../../../source/pairing/step/step.ts';
import { bindAccount } from '../../../source/pairing/steps/bind-account.ts';
import { ensureAccount } from '../../../source/pairing/steps/ensure-account.ts';
import { issueToken } from '../../../source/pairing/steps/issue-token.ts';
import type { Manifest } from '../../../source/pairing/words/manifest.ts';
import { type FakeClock, fakeClock } from '../../helpers/fake-clock.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { undone } from '../../helpers/undone.ts';
import { memoryApi, type StoredObject, uuids, worldWith } from '../hand-made-world.ts';

const pair = { ...defaultPair, login: 'service-account' } as const;
const account = accountOf(pair, uuids.source);
const { name } = account;
const none: Manifest = { apiVersion: '', kind: '', metadata: { name: '' } };
const run1 = labelsOf('run-1');
const filled = { data: { token: Buffer.from('canary').toString('base64') } };

const ensure = ensureAccount(forth, pair, none);
const bind = bindAccount(forth, pair, none);
const issue = issueToken(forth, pair, none);
const all = [
	['ServiceAccount', ensure, stored(serviceAccountManifest(account, run1))],
	['ClusterRoleBinding', bind, stored(bindingManifest(account, run1))],
	['Secret', issue, { ...stored(tokenSecretManifest(account, run1)), ...filled }],
] as const;

test.each<[string, Step, string]>([
	['account', ensure, `there is no ServiceAccount kube-system/${name}`],
	['binding', bind, `there is no ClusterRoleBinding ${name}`],
	['token', issue, `the Secret kube-system/${name}-token has none`],
])('nothing is there: the %s is absent', async (_, step, because) => {
	expect(await step.check(contextOf())).toEqual({ kind: 'absent', because });
});

test.each(all)('what it makes holds afterwards, and carries its run: %s', async (kind, step) => {
	const world = worldWith({ destination: { api: filling() } });
	const context = { ...contextOf(), world };
	await step.change?.apply(context);
	expect(await step.check(context)).toMatchObject({ kind: 'holds' });
	expect((await made(world))[kind]).toMatchObject({ metadata: { labels: run1 } });
	expect(await made({ ...world, destination: world.source })).toEqual({
		ServiceAccount: undefined,
		ClusterRoleBinding: undefined,
		Secret: undefined,
	});
});

test.each(all)('made by this run: it is undone: %s', async (kind, step, object) => {
	const context = contextOf(object);
	expect(await undone(step, context)).toEqual({ kind: 'removed' });
	expect((await made(context.world))[kind]).toBeUndefined();
});

test.each(all)('gone already: there is nothing to undo: %s', async (_, step) => {
	expect(await undone(step, contextOf())).toEqual({ kind: 'absent' });
});

test.each(all)('made by another run: it holds, and stays: %s', async (kind, step, object) => {
	const context = contextOf(labelled(object, labelsOf('run-0')));
	expect(await step.check(context)).toMatchObject({ kind: 'holds' });
	expect(await undone(step, context)).toEqual({
		kind: 'kept',
		because: 'the existing one was not created by this run',
	});
	expect((await made(context.world))[kind]).toBeDefined();
});

test.each<[string, Step, StoredObject, string]>([
	['an account that someone else made', ensure, labelled(all[0][2], {}), 'account-of-another'],
	['a binding of something else', bind, { ...all[1][2], subjects: [] }, 'binding-differs'],
	['a binding to lesser rights', bind, { ...all[1][2], roleRef: { name: 'view' } }, 'binding-differs'],
	[
		'a binding of a namesake elsewhere',
		bind,
		{ ...all[1][2], subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }] },
		'binding-differs',
	],
	['a Secret that someone else made', issue, labelled(all[2][2], {}), 'token-of-another'],
])('%s is a Problem, and stays', async (_, step, object, id) => {
	const context = contextOf(labelled(object, object.metadata.labels === run1 ? ownLabels : {}));
	const problem = await problemFrom(() => step.check(context));
	expect(problem).toMatchObject({ id, side: 'destination', evidence: expect.stringContaining(name) });
	expect(JSON.stringify(problem)).not.toContain('canary');
	expect(await undone(step, context)).toMatchObject({ kind: 'kept' });
});

test('a binding that is right holds, no matter who made it', async () => {
	expect(await bind.check(contextOf(labelled(all[1][2], {})))).toMatchObject({ kind: 'holds' });
});

test('the cluster takes its time to fill the Secret in', async () => {
	const clock = fakeClock();
	const api = memoryApi();
	const notes: string[] = [];
	const context = { ...contextOf(), world: worldWith({ destination: { api } }), clock };
	clock.at(900, () => void api.apply(secretType, { ...tokenSecretManifest(account, run1), ...filled }));
	await clock.until(applied(issue, { ...context, note: text => void notes.push(text) }));
	expect(clock.now()).toBe(1050);
	expect(new Set(notes)).toEqual(new Set(['waiting for the cluster to fill the Secret']));
	expect(await issue.check(context)).toEqual({
		kind: 'holds',
		evidence: `in the Secret kube-system/${name}-token`,
	});
});

test('a token that never comes is given up after half a minute, and is absent then', async () => {
	const clock = fakeClock();
	const context = { ...contextOf(), clock };
	await clock.until(applied(issue, context));
	expect(clock.now()).toBe(30_000);
	expect(await issue.check(context)).toMatchObject({ kind: 'absent' });
});

test('a Secret that is there and empty is waited for, not made again', async () => {
	const clock = fakeClock();
	const context = { ...contextOf(stored(tokenSecretManifest(account, labelsOf('run-0')))), clock };
	await clock.until(applied(issue, context));
	expect((await made(context.world)).Secret).toMatchObject({ metadata: { labels: labelsOf('run-0') } });
});

test('the way back has its account on the source, named for the destination', async () => {
	const world = worldWith();
	await ensureAccount(back, pair, none).change?.apply({ ...contextOf(), world });
	const there = accountOf(pair, uuids.destination);
	expect(await world.source.api.get(serviceAccountType, there.name, 'kube-system')).toBeDefined();
	expect(await made(world)).toMatchObject({ ServiceAccount: undefined });
});

function contextOf(object?: StoredObject): StepContext & { clock: FakeClock } {
	const world = worldWith({ destination: { objects: object ? [object] : [] } });
	const { signal } = new AbortController();
	return { runId: 'run-1', world, clock: fakeClock(), signal, note: () => {} };
}

const applied = async (step: Step, context: StepContext) => step.change?.apply(context);

/** As the token controller does. */
function filling() {
	const api = memoryApi();
	const create: typeof api.create = (type, manifest) =>
		api.create(type, type.kind === 'Secret' ? { ...manifest, ...filled } : manifest);
	return { ...api, create };
}

async function made({ destination: { api } }: World) {
	return {
		ServiceAccount: await api.get(serviceAccountType, name, 'kube-system'),
		ClusterRoleBinding: await api.get(clusterRoleBindingType, name),
		Secret: await api.get(secretType, `${name}-token`, 'kube-system'),
	};
}

function stored(manifest: Manifest): StoredObject {
	return manifest as unknown as StoredObject;
}

function labelled(object: StoredObject, labels: Readonly<Record<string, string>>): StoredObject {
	return { ...object, metadata: { ...object.metadata, labels } };
}
