import { createServer } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { listenOnLoopback } from '../../../source/practice/way-in/loopback.ts';
import {
	answersFor,
	type Ground,
	type GroundOptions,
	openGround,
	overhearPxctl,
	readsOnly,
	writes,
} from '../../helpers/program/ground.ts';
import type { Transcript } from '../../helpers/program/program.ts';

vi.setConfig({ testTimeout: 120_000 });

type Finding = Readonly<{
	level: 'error' | 'warning' | 'fact';
	id: string;
	on: 'source' | 'destination' | 'both';
	text: string;
	problem?: Readonly<{ evidence?: string; remedies: readonly string[] }>;
}>;

/** An error or a warning, its id, and the side it is about. */
type Found = readonly ['error' | 'warning', string, Finding['on']];

type Row = GroundOptions &
	Readonly<{
		/** The scenario's, when absent. */
		name?: string;
		prepare?: (ground: Ground) => unknown;
		args?: readonly string[] | ((ground: Ground) => readonly string[]);
		found?: readonly Found[];
		exitCode?: 0 | 1 | 2;
	}>;

const s3 = answersFor('s3').objectStore;
const unusable: Found = ['error', 'server-only-here', 'destination'];

const healthy: readonly Row[] = [
	{ scenario: 's3' },
	{ scenario: 'azure', store: 'azure' },
	{ scenario: 'google', store: 'google' },
	{ scenario: 'on-premises', store: 'none' },
	{ scenario: 'secured' },
	{ scenario: 'metro', store: 'none', answers: { pair: { storage: 'none' } } },
	{ scenario: 'platform-openshift' },
	{ scenario: 'platform-openshift-vsphere', store: 'none' },
	{ scenario: 'platform-eks-anywhere', store: 'none' },
	{ scenario: 'platform-aks-hci', store: 'none' },
	{ scenario: 'platform-k3s' },
	{ scenario: 'platform-kubeadm' },
	{ name: 's3, both ways, with ServiceAccounts', args: ['--both-ways', '--service-account'] },
	// Each is a lack of something that this plan does not need.
	{ scenario: 'may-not-list-nodes' },
	{ scenario: 'may-not-bind-roles' },
	{
		scenario: 'no-curl',
		answers: { ignore: ['server-only-here'] },
		found: [['warning', 'server-only-here', 'destination']],
	},
	// Pairing alone tells: pxctl shows it as it shows any other.
	{ scenario: 'token-reset' },
];

const platforms: readonly Row[] = [
	{
		name: 'k3s without a store',
		scenario: 'platform-k3s',
		store: 'none',
		found: bothSides('location-unknown'),
		exitCode: 2,
	},
	{
		name: 'kubeadm without a store',
		scenario: 'platform-kubeadm',
		store: 'none',
		found: bothSides('location-unknown'),
		exitCode: 2,
	},
	{ name: 'a cloud without a store', store: 'none', found: bothSides('object-store-needed'), exitCode: 2 },
	{
		scenario: 'platform-mixed-nodes',
		found: [
			['warning', 'platform-mixed', 'source'],
			['warning', 'platform-mixed', 'destination'],
		],
	},
];

const portworx: readonly Row[] = [
	{
		scenario: 'mixed-installs',
		found: [
			['warning', 'portworx-partly-ready', 'source'],
			['warning', 'portworx-partly-ready', 'destination'],
			['warning', 'portworx-versions-differ', 'both'],
		],
	},
	{ scenario: 'no-portworx', found: [['error', 'portworx-not-found', 'destination']] },
	{ scenario: 'pod-not-ready', found: [['error', 'portworx-not-ready', 'destination']] },
	{
		scenario: 'portworx-not-running',
		found: [
			['error', 'portworx-not-running', 'destination'],
			['error', 'way-storage-closed', 'destination'],
		],
	},
	{
		scenario: 'maintenance',
		found: [
			['error', 'portworx-maintenance', 'destination'],
			['error', 'way-storage-closed', 'destination'],
		],
	},
	{ scenario: 'degraded', found: [['warning', 'portworx-phase', 'destination']] },
	{ scenario: 'versions-differ', found: [['warning', 'portworx-versions-differ', 'both']] },
	{
		name: 'a Portworx from before pairing',
		override: ({ east, west }) => ({ east: { ...east, portworxVersion: '1.7.2' }, west }),
		found: [
			['error', 'portworx-too-old', 'source'],
			['warning', 'portworx-versions-differ', 'both'],
			['error', 'store-option-unsupported', 'source'],
		],
	},
	{
		name: 'a Portworx too old for two things that are asked of the store',
		override: ({ east, west }) => ({ east: { ...east, portworxVersion: '2.1.0' }, west }),
		answers: {
			objectStore: {
				provider: 's3',
				region: 'us-east-1',
				endpoint: 's3.amazonaws.com',
				auth: 'iam',
				storageClass: 'STANDARD',
			},
		},
		found: [
			['warning', 'portworx-versions-differ', 'both'],
			['error', 'store-option-unsupported', 'source'],
			['error', 'store-option-unsupported', 'source'],
		],
	},
	{ scenario: 'essentials-license', found: [['warning', 'license-without-dr', 'source']] },
	{
		name: 'essentials-license, for disaster recovery',
		scenario: 'essentials-license',
		answers: { pair: { mode: 'DisasterRecovery' } },
		found: [['error', 'license-without-dr', 'source']],
	},
	{ scenario: 'trial-ending', found: [['warning', 'license-ending', 'destination']] },
	{
		scenario: 'clock-off',
		found: [
			['error', 'clock-off', 'destination'],
			['error', 'store-clock', 'destination'],
		],
	},
];

const stork: readonly Row[] = [
	{ scenario: 'no-stork', found: [['error', 'stork-not-found', 'source']] },
	{ scenario: 'crd-missing', found: [['error', 'clusterpair-type-missing', 'source']] },
	{ scenario: 'undecodable-pair', found: [['error', 'pair-undecodable', 'source']] },
	{ scenario: 'undecodable-extensions', found: [['error', 'pair-undecodable', 'source']] },
	{ scenario: 'pair-differs', found: [['error', 'pair-differs', 'source']] },
	{ name: 'pair-differs, to be kept', scenario: 'pair-differs', args: ['--existing-pair=keep'] },
	{
		name: 'a pair with a token that has been reset since',
		override: ({ east, west }) => ({ east: { ...east, objects: olderPairTo(west.uuid) }, west }),
		found: [['error', 'pair-with-older-token', 'source']],
	},
	{
		name: 'pairing a cluster with itself',
		scenario: 'same-cluster',
		found: [['error', 'same-cluster', 'both']],
		exitCode: 2,
	},
];

const rights: readonly Row[] = [
	{ scenario: 'forbidden', found: [['error', 'permission-missing', 'source'], unusable] },
	{ scenario: 'may-not-create-namespaces', found: [['error', 'permission-missing', 'source']] },
	{
		scenario: 'may-not-make-pairs',
		found: [
			['error', 'permission-missing', 'source'],
			['warning', 'permission-missing-undo', 'source'],
		],
	},
	{
		name: 'may-not-bind-roles, with a ServiceAccount',
		scenario: 'may-not-bind-roles',
		args: ['--service-account'],
		found: [['error', 'permission-missing', 'destination']],
	},
];

const stores: readonly Row[] = [
	{ scenario: 'store-refuses', found: [['error', 'credential-invalid', 'source']] },
	{ scenario: 'secret-store-closed', found: [['error', 'secret-store-locked', 'destination']] },
	{
		name: 'an access key that the store does not know',
		secrets: { accessKeyId: 'canary-WRONG-id' },
		found: bothSides('store-unknown-key'),
	},
	{
		name: 'an account key that the store refuses',
		scenario: 'azure',
		store: 'azure',
		secrets: { accountKey: 'WRONG' },
		found: bothSides('store-wrong-secret'),
	},
	{
		name: 'an endpoint that no one knows',
		answers: { objectStore: { ...s3, endpoint: 'nowhere.example' } },
		found: bothSides('store-unreachable'),
	},
	{
		name: 'an endpoint that wants virtual-hosted addresses',
		answers: { objectStore: { ...s3, endpoint: 's3.virtual.amazonaws.com', bucket: 'mine' } },
		found: bothSides('store-path-style'),
	},
];

/** Ports of servers of the tests that pods reach as well. */
const standIns = new Set<number>();

const ways: readonly Row[] = [
	{ scenario: 'endpoint-closed', found: [['error', 'way-storage-closed', 'destination']] },
	{
		name: 'an endpoint that wants a login',
		prepare: ground => standInAtEndpoint(ground, 401),
		openToPods: standIns,
		found: [['warning', 'way-storage-guarded', 'destination']],
	},
	{
		name: 'an endpoint of something else',
		prepare: ground => standInAtEndpoint(ground, 200),
		openToPods: standIns,
		found: [['warning', 'way-storage-unknown', 'destination']],
	},
	{ scenario: 'api-private', found: [unusable] },
	{ scenario: 'api-silent-from-pods', found: [unusable] },
	...(['api-private', 'api-silent-from-pods'] as const).map(
		(scenario): Row => ({
			name: `${scenario}, at an address given by hand`,
			scenario,
			args: ({ practice }) => ['--server', practice.clusters.west.url],
			found: [['error', 'way-api-closed', 'destination']],
		}),
	),
	{
		name: 'another server in place of the destination',
		args: ({ practice }) => ['--server', practice.clusters.east.url.replace('127.0.0.1', 'localhost')],
		found: [['error', 'way-api-untrusted', 'destination']],
	},
	{
		scenario: 'through-proxy',
		found: [unusable, ['error', 'login-proxy-only-here', 'destination']],
	},
];

const logins: readonly Row[] = [
	{ scenario: 'login-plugin', found: [['error', 'login-plugin-not-in-stork', 'destination']] },
	{ name: 'login-plugin, with a ServiceAccount', scenario: 'login-plugin', args: ['--service-account'] },
	// Stork's image has these, if it is new enough; what they need besides is another matter.
	...['aws', 'aws-iam-authenticator', 'gke-gcloud-auth-plugin', 'oci', 'kubelogin'].map(
		(plugin): Row => ({
			name: `a login by ${plugin}`,
			prepare: ground => logInBy(ground, plugin),
			found: [['warning', 'login-plugin-needs-credentials', 'destination']],
		}),
	),
	...['aws-iam-authenticator', 'gke-gcloud-auth-plugin', 'oci', 'kubelogin'].map(
		(plugin): Row => ({
			name: `a login by ${plugin}, with an older Stork`,
			override: ({ east, west }) => ({ east: { ...east, storkVersion: '2.12.4' }, west }),
			prepare: ground => logInBy(ground, plugin),
			found: [['error', 'login-plugin-not-in-stork', 'destination']],
		}),
	),
	{ scenario: 'login-auth-provider', found: [['warning', 'login-auth-provider', 'destination']] },
	{ scenario: 'certificate-ending', found: [['warning', 'login-ending', 'destination']] },
	{ scenario: 'token-ending', found: [['warning', 'login-ending', 'destination']] },
	{
		scenario: 'no-ca',
		found: [unusable, ['warning', 'login-unchecked', 'destination']],
	},
	{
		scenario: 'wrong-token',
		found: [
			['error', 'unauthorized', 'destination'],
			['warning', 'permissions-unknown', 'destination'],
		],
	},
];

describe.concurrent('nothing is wrong with', () => {
	test.for(healthy.map(named))('$name', looks);
});
describe.concurrent('what is known in advance of where it is:', () => {
	test.for(platforms.map(named))('$name', looks);
});
describe.concurrent('… of Portworx:', () => {
	test.for(portworx.map(named))('$name', looks);
});
describe.concurrent('… of Stork and its pairs:', () => {
	test.for(stork.map(named))('$name', looks);
});
describe.concurrent('… of rights:', () => {
	test.for(rights.map(named))('$name', looks);
});
describe.concurrent('… of the object store:', () => {
	test.for(stores.map(named))('$name', looks);
});
describe.concurrent('… of the way there:', () => {
	test.for(ways.map(named))('$name', looks);
});
describe.concurrent('… of the login that travels:', () => {
	test.for(logins.map(named))('$name', looks);
});

/** Errors and warnings are these and no others, each has a way out, and nothing was written to find them. */
async function looks(row: ReturnType<typeof named>): Promise<void> {
	const { name: _, prepare, args = [], found = [], exitCode, ...options } = row;
	await using ground = await openGround(options);
	const { east, west } = ground.practice.clusters;
	await prepare?.(ground);
	const heard = [overhearPxctl(east), overhearPxctl(west)];

	const flags = typeof args === 'function' ? args(ground) : args;
	const { findings, ...run } = await check(ground, ['answers.yaml', ...flags]);
	const troubles = findings.filter(({ level }) => level !== 'fact');
	expect(troubles.map(({ level, id, on }) => [level, id, on])).toEqual(found);
	const hasErrors = found.some(([level]) => level === 'error');
	expect({ exitCode: run.exitCode, err: run.err }).toEqual({
		exitCode: exitCode ?? (hasErrors ? 1 : 0),
		err: [],
	});
	expect(troubles.filter(({ problem }) => !problem?.evidence || problem.remedies.length === 0)).toEqual([]);
	expect([writes(east), writes(west)]).toEqual([[], []]);
	expect(heard.flatMap(commands => commands()).filter(command => !readsOnly(command))).toEqual([]);
}

describe.concurrent('a destination that', () => {
	test.for([
		{ what: 'hangs', scenario: 'api-hangs', id: 'timeout' },
		{ what: 'answers as a web page', scenario: 'api-is-a-web-page', id: 'not-kubernetes' },
		{ what: 'breaks off halfway', scenario: 'api-breaks-off', id: 'connection-lost' },
		{ what: 'is not there', scenario: 'unreachable', id: 'connection-refused' },
	] as const)('$what hides nothing of the source', async ({ scenario, id }) => {
		await using ground = await openGround({ scenario });
		const { east } = ground.practice.clusters;
		const { findings, exitCode } = await check(ground, ['answers.yaml']);
		expect(exitCode).toBe(1);
		const on = (side: Finding['on']) => findings.filter(finding => finding.on === side);
		expect(on('destination').filter(({ level }) => level === 'error')).toContainEqual(
			expect.objectContaining({ id }),
		);
		expect(
			on('source')
				.map(finding => finding.id)
				.filter(isNoDetail),
		).toEqual([
			'kubernetes',
			'platform',
			'portworx',
			'portworx-uuid',
			'license',
			'stork',
			'stork-admin-namespace',
			'permissions',
			'store-accepts',
			'to-be-made',
			'to-be-made',
		]);
		expect(writes(east)).toEqual([]);
	});
});

describe.concurrent('as text:', () => {
	test('nothing wrong', async () => {
		await using ground = await openGround();
		expect(await ground.run(['check', 'answers.yaml'])).toMatchObject({
			exitCode: 0,
			out: [
				'No problems found. Read-only: nothing was changed.',
				'',
				'The source',
				'  Kubernetes v1.33.5-eks-113cf36 at https://127.0.0.1:PORT (context east)',
				'  Platform: Amazon EKS (cloud), from providerID aws:///us-east-1a/i-0000000000practi0 on 3 nodes; label eks.amazonaws.com/nodegroup, region us-east-1',
				'  Portworx 3.1.6 (operator install) in portworx, 3 of 3 pods Ready, using px-practice-east-4kq2m (the first Ready one by name), phase Running, ports from PORT, PX-Security off, secrets in k8s',
				'  Cluster UUID 5b6f1c1e-ea57-4a57-9a57-70726163ea57',
				expect.stringMatching(/^ {2}License PX-Enterprise \(expires in \d+ days\)$/),
				'  Stork 24.3.0 in portworx, 3 of 3 replicas Ready',
				"  Migrations over this pair can move the namespace migrationnamespace alone. A pair in kube-system, Stork's admin namespace, serves all namespaces",
				expect.stringMatching(/^ {2}All \d+ permissions that the plan needs are granted$/),
				'  The object store accepts the key: s3.amazonaws.com:443 accepted the key (ListBuckets 200), asked from pod px-practice-east-4kq2m',
				'  To be created: the object-store credential on the source (clusterPair_UUID does not exist yet); pxctl has no dry run',
				'  To be created: the namespace migrationnamespace on the source (there is no namespace migrationnamespace); the API server accepts it in a dry run',
				'  To be created: the ClusterPair migrationnamespace/remotecluster on the source (there is no ClusterPair migrationnamespace/remotecluster); a dry run is not possible yet',
				'',
				'The destination',
				'  Kubernetes v1.33.5-eks-113cf36 at https://127.0.0.1:PORT (context west)',
				'  Platform: Amazon EKS (cloud), from providerID aws:///us-west-2a/i-0000000000practi0 on 3 nodes; label eks.amazonaws.com/nodegroup, region us-west-2',
				'  Portworx 3.1.6 (operator install) in portworx, 3 of 3 pods Ready, using px-practice-west-4kq2m (the first Ready one by name), phase Running, ports from PORT, PX-Security off, secrets in k8s',
				'  Cluster UUID 91d2a7c4-0e57-4e57-8e57-707261630e57',
				expect.stringMatching(/^ {2}License PX-Enterprise \(expires in \d+ days\)$/),
				'  Stork 24.3.0 in portworx, 3 of 3 replicas Ready',
				expect.stringMatching(/^ {2}All \d+ permissions that the plan needs are granted$/),
				'  The source reaches the API server of the destination at https 127.0.0.1:PORT',
				'  The source reaches Portworx of the destination at http 127.0.0.1:PORT',
				'  The pair will contain your own credentials for the destination (the token of the context west), readable by anyone who can read ClusterPairs on the source. pxpair can create a ServiceAccount instead.',
				'  The object store accepts the key: s3.amazonaws.com:443 accepted the key (ListBuckets 200), asked from pod px-practice-west-4kq2m',
				'  To be created: the object-store credential on the destination (clusterPair_UUID does not exist yet); pxctl has no dry run',
				'  To be created: the namespace migrationnamespace on the destination (there is no namespace migrationnamespace); the API server accepts it in a dry run',
				'',
				'Both',
				expect.stringMatching(/^ {2}Clocks differ by \d+ s$/),
				'',
				'No problems found. Read-only: nothing was changed.',
			],
			err: [],
		});
	});

	test('something wrong', async () => {
		await using ground = await openGround({ scenario: 'undecodable-pair' });
		const { exitCode, out, err } = await ground.run(['check', 'answers.yaml']);
		expect({ exitCode, err, first: out.slice(0, 10), last: out.at(-1) }).toEqual({
			exitCode: 1,
			err: [],
			first: [
				'1 error. Fix the errors before you pair. Read-only: nothing was changed.',
				'',
				'Errors: pairing would fail',
				'',
				"  source: Stork on the source can't read any ClusterPair because of apps/unquoted  [pair-undecodable]",
				'    ClusterPair apps/unquoted: its option port is not a string',
				"    → Fix or delete it, because until then Stork can't work on any pair of that cluster:",
				'        kubectl --context east -n apps delete clusterpair/unquoted',
				'',
				'The source',
			],
			last: '1 error. Fix the errors before you pair. Read-only: nothing was changed.',
		});
	});
});

describe.concurrent('without an answers file', () => {
	test('two contexts are enough', async () => {
		await using ground = await openGround({ scenario: 'no-stork' });
		const run = await check(ground, ['--source', 'east', '--destination', 'west']);
		expect([run.exitCode, troublesIn(run.findings)]).toEqual([1, [['error', 'stork-not-found', 'source']]]);
		expect(run.findings).toContainEqual(expect.objectContaining({ level: 'fact', id: 'store-not-checked' }));
	});

	test('one is not', async () => {
		await using ground = await openGround();
		const { exitCode, out, err } = await ground.run(['check', '--source', 'east']);
		expect({ exitCode, out, err }).toEqual({
			exitCode: 2,
			out: [],
			err: [
				'pxpair: No answers file given',
				'  → Name one; examples/ has one for each object store to start from.',
				'  → Or name both clusters: --source CONTEXT --destination CONTEXT.',
				'  → Or use the practice clusters, which have answers of their own: --practice.',
			],
		});
	});

	test('one that there is not is told', async () => {
		await using ground = await openGround();
		const args = ['check', '--source', 'north', '--destination', 'west'];
		expect(await ground.run(args)).toMatchObject({
			exitCode: 2,
			out: [],
			err: [
				'pxpair: There is no context "north" for the source',
				'  the contexts of kubeconfig are: east, west',
				'  → Name one of these, or another kubeconfig file.',
			],
		});
		const { exitCode, out, err } = await ground.run([...args, '--json']);
		expect({ exitCode, err }).toEqual({ exitCode: 2, err: [] });
		expect(JSON.parse(out.join('\n'))).toMatchObject({
			schema: 'pxpair.check/v1',
			type: 'problem',
			problem: { id: 'context-unknown', side: 'source' },
		});
	});
});

describe.concurrent('--ignore', () => {
	test('makes warnings of errors, and the run goes on', async () => {
		await using ground = await openGround({ scenario: 'no-curl' });
		const run = await check(ground, ['answers.yaml', '--ignore', 'server-only-here']);
		expect([run.exitCode, troublesIn(run.findings)]).toEqual([
			0,
			[['warning', 'server-only-here', 'destination']],
		]);
		expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 1 });
		const paired = await ground.run(['run', 'answers.yaml', '--ignore', 'server-only-here']);
		expect(paired.exitCode).toBe(0);
		expect(paired.out).toContainEqual(expect.stringMatching(/^ {6}Warning: Stork on the source can't reach/));
	});
});

const isNoDetail = (id: string): boolean => id !== 'permission-granted';

/** A row by its scenario, unless it has a name of its own. */
function named({ name, ...row }: Row) {
	return { ...row, name: name ?? row.scenario ?? 's3' };
}

function bothSides(id: string): readonly Found[] {
	return [
		['error', id, 'source'],
		['error', id, 'destination'],
	];
}

const troublesIn = (findings: readonly Finding[]) =>
	findings.filter(({ level }) => level !== 'fact').map(({ level, id, on }) => [level, id, on]);

async function check(
	ground: Ground,
	args: readonly string[],
): Promise<Transcript & Readonly<{ findings: readonly Finding[] }>> {
	const run = await ground.run(['check', ...args, '--json']);
	const told = JSON.parse(run.out.join('\n')) as { schema: string; findings: Finding[] };
	expect(told.schema).toBe('pxpair.check/v1');
	return { ...run, findings: told.findings };
}

/** Someone paired the source with this Portworx before its token was reset. */
function olderPairTo(uuid: string) {
	const apiVersion = 'stork.libopenstorage.org/v1alpha1';
	return [
		{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apps' } },
		{
			apiVersion,
			kind: 'ClusterPair',
			metadata: { name: 'older', namespace: 'apps' },
			spec: {
				config: {},
				options: { ip: 'practice-west.invalid', port: '9001', token: 'practice-older-token' },
				platformOptions: {},
			},
			status: { remoteStorageId: uuid, schedulerStatus: 'Ready', storageStatus: 'Ready' },
		},
	];
}

/** Something that answers with this status where the answers say that Portworx is. */
async function standInAtEndpoint({ sandbox }: Ground, status: number): Promise<void> {
	const server = createServer((_request, response) => response.writeHead(status).end('not yours'));
	const { port } = await listenOnLoopback(server);
	standIns.add(port);
	server.unref();
	const pair = { endpoint: { ip: '127.0.0.1', port } };
	await sandbox.file('answers.yaml', stringify({ ...answersFor('s3'), pair }));
}

/** The destination is logged in to by a program of this name, which prints the token that it always had. */
async function logInBy({ practice, sandbox }: Ground, plugin: string): Promise<void> {
	const kubeconfig = parse(practice.kubeconfig) as { users: { name: string; user: object }[] };
	const apiVersion = 'client.authentication.k8s.io/v1';
	const status = { token: practice.clusters.west.token };
	const credential = JSON.stringify({ apiVersion, kind: 'ExecCredential', status });
	await sandbox.script(plugin, `echo '${credential}'\n`);
	const exec = { apiVersion, command: plugin, interactiveMode: 'Never' };
	const users = kubeconfig.users.map(entry =>
		entry.name === 'practice-west-admin' ? { ...entry, user: { exec } } : entry,
	);
	await sandbox.file('kubeconfig', stringify({ ...kubeconfig, users }));
}
