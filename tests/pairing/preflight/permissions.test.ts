import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { openWorld } from '../../../source/gateways/world.ts';
import type { Policy } from '../../../source/pairing/answers/answers.ts';
import { namespaceType, podType, secretType } from '../../../source/pairing/clusters/kubernetes.ts';
import { joinPermissions, type Permission } from '../../../source/pairing/clusters/permission.ts';
import type { World } from '../../../source/pairing/clusters/ports.ts';
import { clusterPairType } from '../../../source/pairing/clusters/portworx-kinds.ts';
import { planPairing } from '../../../source/pairing/plan.ts';
import { permissionFindings } from '../../../source/pairing/preflight/permissions.ts';
import { may } from '../../../source/pairing/step/permissions-needed.ts';
import { smallestRole } from '../../../source/pairing/step/smallest-role.ts';
import { type Plan, stepsOf } from '../../../source/pairing/step/step.ts';
import type { Finding } from '../../../source/pairing/words/finding.ts';
import { type Side, sides } from '../../../source/pairing/words/pair.ts';
import type { Problem } from '../../../source/pairing/words/problem.ts';
import { type Practice, type PracticeOptions, startPractice } from '../../../source/practice/practice.ts';
import { runPlan, undoSteps } from '../../../source/runner/run-plan.ts';
import { answersWith, unknownFacts } from '../../helpers/answers.ts';
import { type Kubectl, startKubectl } from '../../helpers/kubectl.ts';
import { writes } from '../../helpers/program/ground.ts';
import { temporaryFolder } from '../../helpers/program/temporary-folder.ts';

// The first to come unpacks kubectl.
vi.setConfig({ testTimeout: 30_000 });

test('an administrator may do everything, and each right says what it is for', async () => {
	const { practice, world } = await open();
	const findings = await permissionFindings(world, 'source', plan());

	expect(textsOf(findings)).toEqual([
		'All 18 permissions that the plan needs are granted',
		'may get namespaces kube-system, to identify the cluster by its UID',
		'may list pods in all namespaces, to find Portworx',
		'may list storageclusters in all namespaces, to find Portworx',
		'may list services in all namespaces, to find Portworx',
		'may list deployments in all namespaces, to find Stork',
		'may list clusterpairs in all namespaces, to find Stork, and to find one that blocks Stork',
		"may get pods/exec in portworx, to read the cluster's UUID, and to create the object-store credential",
		"may create pods/exec in portworx, to read the cluster's UUID, and to create the object-store credential",
		'may get namespaces migrationnamespace, to read the namespace',
		'may create namespaces, to create the namespace',
		'may delete namespaces migrationnamespace, to undo the namespace',
		...tenants.map(
			kind =>
				`may list ${kind} in migrationnamespace, to see that the namespace is empty before it is deleted`,
		),
		'may get clusterpairs remotecluster in migrationnamespace, to read the ClusterPair, and to read whether the ClusterPair is Ready',
		'may create clusterpairs remotecluster in migrationnamespace, to apply the ClusterPair',
		'may patch clusterpairs remotecluster in migrationnamespace, to apply the ClusterPair',
		'may delete clusterpairs remotecluster in migrationnamespace, to undo the ClusterPair',
		'may watch clusterpairs in migrationnamespace, to see at once when it is Ready',
		'may list events in migrationnamespace, to read the reasons that Stork gives',
	]);
	expect(writes(practice.clusters.east)).toEqual([]);
	const asked = practice.clusters.east.requests.filter(({ url }) => url.includes('selfsubjectaccessreviews'));
	expect(asked.map(({ body }) => JSON.parse(body).spec)).toEqual([
		{ resourceAttributes: { verb: '*', group: '*', resource: '*' } },
	]);
});

test('a namespace that is there need not be made or undone', async () => {
	const { world } = await open();
	const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'migrationnamespace' } };
	await world.source.api.create(namespaceType, namespace);
	const [first] = textsOf(await permissionFindings(world, 'source', plan()));
	expect(first).toBe('All 15 permissions that the plan needs are granted');
});

test('with PX-Security, the token of pxctl is asked for where Portworx is', async () => {
	const { world } = await open({
		override: ({ east, west }) => ({ east: { ...east, security: 'on', namespace: 'px' }, west }),
	});
	expect(textsOf(await permissionFindings(world, 'source', plan()))).toContain(
		'may get secrets px-admin-token in px, to log pxctl in to Portworx',
	);
});

test('the rights of the manifests are those that are missing: with them the plan runs, and is undone', async () => {
	const ground = await open();
	const world = await worldOf(await withoutRights(ground));
	const problems = await problemsOn(world);

	expect(problems.map(({ id, side }) => `${id} ${side}`)).toEqual([
		'permission-missing source',
		'permission-missing-undo source',
		'permission-missing-help source',
		'permission-missing destination',
		'permission-missing-undo destination',
	]);
	// What is in the namespace of Portworx shows once that can be found.
	const again = 'Then check again: permissions in the namespace of Portworx are checked once it is found.';
	expect(problems[0]?.remedies).toContain(again);
	await giveAll(ground.admin, problems);
	const more = await problemsOn(world);
	expect(more.map(({ evidence }) => evidence?.split(',')[0])).toEqual([
		'may not get pods/exec in portworx',
		'may not get pods/exec in portworx',
	]);
	expect(more[0]?.remedies).not.toContain(again);
	await giveAll(ground.admin, more);
	expect(await problemsOn(world)).toEqual([]);
	expect(await Promise.all(mores.map(world.source.api.mayI))).toEqual(mores.map(() => false));

	const options = { world, clock: systemClock, runId: 'run', observe: () => {} };
	const { signal } = new AbortController();
	expect(await runPlan(plan(), { ...options, signal })).toEqual({ kind: 'done', changes: 3 });
	const made = stepsOf(plan()).filter(({ id }) => /^(apply|create)/.test(id));
	expect(await undoSteps(made, { ...options, signal })).toMatchObject({ kind: 'done' });
});

test('they are also enough to create the namespace, and to undo it', async () => {
	const ground = await open();
	const world = await worldOf(await withoutRights(ground));
	// There is no place yet for rights in that namespace alone.
	for (const side of sides) {
		const portworx = await ground.world[side].discovery.portworx();
		const rights = stepsOf(plan())
			.flatMap(({ needs }) => needs)
			.filter(need => need.side === side)
			.flatMap(need => ('oncePortworxIsFound' in need ? need.oncePortworxIsFound(portworx) : [need]))
			.map(({ namespace: _, ...right }) => right);
		await give(ground.admin, side, smallestRole(joinPermissions(rights), { user: 'USER', absent: [] }));
	}
	expect(await problemsOn(world)).toEqual([]);
	const options = { world, clock: systemClock, runId: 'run', observe: () => {} };
	const { signal } = new AbortController();
	expect(await runPlan(plan(), { ...options, signal })).toEqual({ kind: 'done', changes: 5 });
	const made = stepsOf(plan()).filter(({ change }) => change);
	expect(await undoSteps(made.reverse(), { ...options, signal })).toMatchObject({ kind: 'done' });
	expect(await ground.world.source.api.get(namespaceType, 'migrationnamespace')).toBeUndefined();
});

test('rights that make and undo a namespace are given as the namespace', async () => {
	const ground = await open();
	const world = await worldOf(await withoutRights(ground));
	const [problem] = await problemsOn(world);
	expect(problem?.attachment?.text).toMatchInlineSnapshot(`
		"apiVersion: v1
		kind: Namespace
		metadata:
		  name: migrationnamespace
		---
		apiVersion: rbac.authorization.k8s.io/v1
		kind: Role
		metadata:
		  name: pxpair-deb531fd
		  namespace: migrationnamespace
		rules:
		  - apiGroups:
		      - stork.libopenstorage.org
		    resources:
		      - clusterpairs
		    resourceNames:
		      - remotecluster
		    verbs:
		      - get
		      - create
		      - patch
		---
		apiVersion: rbac.authorization.k8s.io/v1
		kind: RoleBinding
		metadata:
		  name: pxpair-deb531fd
		  namespace: migrationnamespace
		roleRef:
		  apiGroup: rbac.authorization.k8s.io
		  kind: Role
		  name: pxpair-deb531fd
		subjects:
		  - apiGroup: rbac.authorization.k8s.io
		    kind: User
		    name: USER
		---
		apiVersion: rbac.authorization.k8s.io/v1
		kind: ClusterRole
		metadata:
		  name: pxpair-6294cbe9
		rules:
		  - apiGroups:
		      - ""
		    resources:
		      - namespaces
		    resourceNames:
		      - kube-system
		    verbs:
		      - get
		  - apiGroups:
		      - ""
		    resources:
		      - pods
		      - services
		    verbs:
		      - list
		  - apiGroups:
		      - core.libopenstorage.org
		    resources:
		      - storageclusters
		    verbs:
		      - list
		  - apiGroups:
		      - apps
		    resources:
		      - deployments
		    verbs:
		      - list
		  - apiGroups:
		      - stork.libopenstorage.org
		    resources:
		      - clusterpairs
		    verbs:
		      - list
		  - apiGroups:
		      - ""
		    resources:
		      - namespaces
		    resourceNames:
		      - migrationnamespace
		    verbs:
		      - get
		---
		apiVersion: rbac.authorization.k8s.io/v1
		kind: ClusterRoleBinding
		metadata:
		  name: pxpair-6294cbe9
		roleRef:
		  apiGroup: rbac.authorization.k8s.io
		  kind: ClusterRole
		  name: pxpair-6294cbe9
		subjects:
		  - apiGroup: rbac.authorization.k8s.io
		    kind: User
		    name: USER
		"
	`);
});

test('what is needed only to undo, or to tell more, is a warning', async () => {
	const { world } = await open();
	const findings = await permissionFindings(
		forbidding(world, ({ verb, resource }) => verb === 'delete' || resource === 'events'),
		'source',
		plan(),
	);
	expect(findings.filter(({ level }) => level !== 'fact').map(summary)).toEqual([
		'warning permission-missing-undo: The user of the source lacks 2 permissions that undo needs',
		'warning permission-missing-help: The user of the source lacks a permission that help to explain failures',
	]);
	expect(textsOf(findings)).toHaveLength(15);
});

test('a pair that is to be replaced has to be deleted: that is no matter of undo', async () => {
	const { world } = await open();
	const findings = await permissionFindings(
		forbidding(world, ({ verb, resource }) => verb === 'delete' && resource === 'clusterpairs'),
		'source',
		plan('replace'),
	);
	expect(findings.filter(({ level }) => level === 'error').map(summary)).toEqual([
		'error permission-missing: The user of the source lacks a permission that the plan needs',
	]);
});

test.each([
	['refuses to say', 403, 'Forbidden'],
	['does not know the question', 404, 'NotFound'],
])('a cluster that %s is a warning, and asked no more', async (_, code, reason) => {
	const { world, practice } = await open({
		fault: {
			east: ({ url }) =>
				url.includes('selfsubjectaccessreviews')
					? { kind: 'status', code, reason, message: 'no' }
					: undefined,
		},
	});
	const findings = await permissionFindings(world, 'source', plan());
	expect(findings.map(summary)).toEqual([
		'warning permissions-unknown: Could not check the permissions of the user of the source',
	]);
	expect(writes(practice.clusters.east).length).toBeLessThanOrEqual(8);
	expect((await permissionFindings(world, 'destination', plan())).map(summary)[0]).toMatch(
		/^fact permissions:/,
	);
});

test('never more than eight questions at a time', async () => {
	const { world } = await open();
	let now = 0;
	let most = 0;
	const counted = withMayI(world, async (permission, mayI) => {
		if (permission.verb === '*') {
			return false;
		}
		now += 1;
		most = Math.max(most, now);
		const answer = await mayI(permission);
		now -= 1;
		return answer;
	});
	await permissionFindings(counted, 'source', plan());
	expect(most).toBe(8);
});

test('without Portworx its rights are not asked for: that it is missing says enough', async () => {
	const { world } = await open({ scenario: 'no-portworx' });
	const findings = await permissionFindings(world, 'destination', plan());
	expect(findings.map(summary).join('\n')).not.toMatch(/exec|permission-missing|permissions-unknown/);
});

test('a bug is not swallowed', async () => {
	const { world } = await open();
	const broken = withMayI(world, () => {
		throw new TypeError('canary');
	});
	await expect(permissionFindings(broken, 'source', plan())).rejects.toThrow('canary');
});

const tenants = ['all kinds'];

type Ground = Readonly<{ practice: Practice; admin: Kubectl; world: World }>;

async function open(options: PracticeOptions = {}): Promise<Ground> {
	const practice = await startPractice(options);
	onTestFinished(() => practice.close());
	const admin = await startKubectl(practice.kubeconfig);
	onTestFinished(() => admin.close());
	return { practice, admin, world: await worldOf(practice.kubeconfig) };
}

async function worldOf(kubeconfig: string): Promise<World> {
	const folder = await temporaryFolder();
	const { world, close } = await openWorld(
		{ source: { context: 'east' }, destination: { context: 'west' } },
		{
			kubeconfig: await folder.file('kubeconfig', kubeconfig),
			storkctl: undefined,
			environment: {},
			clock: systemClock,
			signal: new AbortController().signal,
		},
	);
	onTestFinished(close);
	return world;
}

const name = 'system:serviceaccount:kube-system:pairer';

/** The practice kubeconfig with the tokens of a ServiceAccount on each cluster. */
async function withoutRights({ practice, admin }: Ground): Promise<string> {
	let { kubeconfig } = practice;
	for (const context of ['east', 'west'] as const) {
		const run = (line: string) => admin.run(`--context ${context} -n kube-system ${line}`.split(' '));
		await run('create serviceaccount pairer');
		const { stdout } = await run('create token pairer');
		kubeconfig = kubeconfig.replace(practice.clusters[context].token, stdout);
	}
	return kubeconfig;
}

/** What blocks it or is lacking, on both sides. */
async function problemsOn(world: World): Promise<readonly Problem[]> {
	const found = await Promise.all(sides.map(side => permissionFindings(world, side, plan())));
	return found.flat().flatMap(finding => (finding.level === 'fact' ? [] : [finding.problem]));
}

/** Someone who may give rights does what the remedy says. */
async function giveAll(admin: Kubectl, problems: readonly Problem[]): Promise<void> {
	for (const { side = 'source', attachment } of problems) {
		await give(admin, side, attachment?.text ?? '');
	}
}

async function give(admin: Kubectl, side: Side, manifest: string): Promise<void> {
	const context = side === 'source' ? 'east' : 'west';
	const line = ['--context', context, 'apply', '-f', '-'];
	const { exitCode, stderr } = await admin.run(line, manifest.replaceAll('USER', name));
	expect([exitCode, stderr]).toEqual([0, '']);
}

/** What the manifests must not give. */
const mores: readonly Permission[] = [
	may('source', 'create', namespaceType, 'make any'),
	may('source', 'delete', namespaceType, 'remove it', { name: 'migrationnamespace' }),
	may('source', 'get', namespaceType, 'see another', { name: 'default' }),
	may('source', 'list', secretType, 'read all', { namespace: 'migrationnamespace' }),
	may('source', 'get', podType, 'run anything', { subresource: 'exec', namespace: 'kube-system' }),
	may('source', 'get', clusterPairType, 'see another', { namespace: 'migrationnamespace', name: 'other' }),
	may('source', 'patch', clusterPairType, 'change one', { namespace: 'default', name: 'remotecluster' }),
];

type MayI = (permission: Permission) => Promise<boolean>;

function withMayI(world: World, mayI: (permission: Permission, real: MayI) => Promise<boolean>): World {
	const { source } = world;
	const api = { ...source.api, mayI: (it: Permission) => mayI(it, source.api.mayI) };
	return { ...world, source: { ...source, api } };
}

const forbidding = (world: World, isForbidden: (permission: Permission) => boolean): World =>
	withMayI(
		world,
		async (permission, mayI) => permission.verb !== '*' && !isForbidden(permission) && mayI(permission),
	);

const summary = (finding: Finding): string =>
	finding.level === 'fact'
		? `fact ${finding.id}: ${finding.text}`
		: `${finding.level} ${finding.problem.id}: ${finding.problem.title}`;

const textsOf = (findings: readonly Finding[]): string[] =>
	findings.flatMap(finding => (finding.level === 'fact' ? [finding.text] : []));

/** The procedure for S3, one way, without the look around that it begins with. */
function plan(whenDifferent: Policy = 'stop'): Plan {
	const answers = answersWith({ existing: { credential: 'stop', pair: whenDifferent } });
	const whole = planPairing(answers, unknownFacts, 60);
	return { ...whole, stages: whole.stages.filter(([step]) => step?.id !== 'check-clusters') };
}
