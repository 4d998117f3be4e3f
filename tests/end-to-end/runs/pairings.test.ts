import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { resources } from '../../../source/practice/resources.ts';
import {
	answersFor,
	type Ground,
	openGround,
	overhearPxctl,
	readsOnly,
	type Store,
	writes,
} from '../../helpers/program/ground.ts';
import type { Transcript } from '../../helpers/program/program.ts';

vi.setConfig({ testTimeout: 60_000 });

const name = 'clusterPair_91d2a7c4-0e57-4e57-8e57-707261630e57';

test('a whole run, line by line', async () => {
	await using ground = await openGround();
	expect(await ground.run(['run', 'answers.yaml'])).toEqual({
		command: 'pxpair run answers.yaml',
		exitCode: 0,
		out: [
			'Pair east → west as migrationnamespace/remotecluster',
			'',
			expect.stringMatching(/^ 1\/16 both {8}checked {3}No errors found: \d+ facts, 0 warnings \(… s\)$/),
			' 2/16 source      checked   The source cluster answers: Kubernetes v1.33.5-eks-113cf36 at https://127.0.0.1:PORT (… s)',
			' 3/16 destination checked   The destination cluster answers: Kubernetes v1.33.5-eks-113cf36 at https://127.0.0.1:PORT (… s)',
			' 4/16 source      checked   Portworx is Ready on the source: version 3.1.6 in portworx, 3 of 3 pods Ready, using px-practice-east-4kq2m (… s)',
			' 5/16 destination checked   Portworx is Ready on the destination: version 3.1.6 in portworx, 3 of 3 pods Ready, using px-practice-west-4kq2m (… s)',
			' 6/16 source      checked   Stork runs on the source: version 24.3.0 in portworx (… s)',
			" 7/16 destination checked   The destination's cluster UUID is known: 91d2a7c4-0e57-4e57-8e57-707261630e57 (… s)",
			' 8/16 both        checked   They are two clusters: kube-system UID and Portworx UUID differ (… s)',
			' 9/16 source      changed   created the object-store credential on the source: clusterPair_UUID validated by Portworx (… s)',
			'10/16 destination changed   created the object-store credential on the destination: clusterPair_UUID validated by Portworx (… s)',
			'11/16 source      changed   created the namespace migrationnamespace on the source: migrationnamespace is Active (… s)',
			'12/16 destination changed   created the namespace migrationnamespace on the destination: migrationnamespace is Active (… s)',
			'13/16 destination checked   The ClusterPair spec for the destination is generated: by the built-in generator, for the context west alone (… s)',
			'14/16 destination checked   The storage options of the destination are filled in: ip 127.0.0.1, port PORT, token •••••••• (… s)',
			'15/16 source      changed   created the ClusterPair migrationnamespace/remotecluster on the source: migrationnamespace/remotecluster is as planned (… s)',
			'16/16 source      checked   The ClusterPair remotecluster is Ready on the source: storage Ready, scheduler Ready (… s)',
			'',
			'Done. 5 changes were made.',
		],
		err: [],
		started: [],
	});
});

const installs: readonly Readonly<{ scenario: Parameters<typeof openGround>[0] & object; store: Store }>[] = [
	{ scenario: { scenario: 's3' }, store: 's3' },
	{ scenario: { scenario: 'azure' }, store: 'azure' },
	{ scenario: { scenario: 'google' }, store: 'google' },
	{ scenario: { scenario: 'on-premises' }, store: 'none' },
	{ scenario: { scenario: 'secured' }, store: 's3' },
	{ scenario: { scenario: 'mixed-installs' }, store: 's3' },
];

describe.concurrent('pairs', () => {
	test.for(installs)('$scenario.scenario, and a second run changes nothing', async ({ scenario, store }) => {
		await using ground = await openGround({ ...scenario, store });
		const { east, west } = ground.practice.clusters;

		const first = await ground.run(['run', 'answers.yaml']);
		expect({ exitCode: first.exitCode, err: first.err }).toEqual({ exitCode: 0, err: [] });
		expect(ground.pair()?.status).toEqual({
			remoteStorageId: west.uuid,
			schedulerStatus: 'Ready',
			storageStatus: 'Ready',
		});
		expect(optionsOf(ground)).toEqual({
			ip: '127.0.0.1',
			port: String(west.portworxPort),
			token: west.clusterToken(),
		});
		expect(
			[east, west].map(({ credentials }) => credentials().map(kept => [kept.name, kept.provider])),
		).toEqual(store === 'none' ? [[], []] : [[[name, store]], [[name, store]]]);
		expect([writes(east), writes(west)]).toEqual([
			[
				'POST /api/v1/namespaces',
				'PATCH /apis/stork.libopenstorage.org/v1alpha1/namespaces/migrationnamespace/clusterpairs/remotecluster',
			],
			['POST /api/v1/namespaces'],
		]);

		const paired = ground.pair();
		const sent = [east.requests.length, west.requests.length];
		const heard = [overhearPxctl(east), overhearPxctl(west)];
		const second = await ground.run(['run', 'answers.yaml']);
		expect(second.exitCode).toBe(0);
		expect(second.out.at(-1)).toBe('Done. Nothing was changed: everything already exists.');
		expect(wordsOf(second)).toEqual(wordsOf(first).map(word => (word === 'changed' ? 'unchanged' : word)));
		expect([writes(east, sent[0]), writes(west, sent[1])]).toEqual([[], []]);
		expect(heard.flatMap(commands => commands()).filter(command => !readsOnly(command))).toEqual([]);
		expect(ground.pair()).toEqual(paired);
	});

	test('with other names, a mode and an endpoint of its own', async () => {
		await using ground = await openGround();
		const port = ground.practice.clusters.west.portworxPort;
		const pair = {
			name: 'west.dr',
			namespace: 'apps',
			mode: 'DisasterRecovery',
			endpoint: { ip: 'localhost', port },
		};
		await ground.sandbox.file('answers.yaml', stringify({ ...answersFor('s3'), pair }));
		expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
		expect(ground.pair('west.dr', 'apps')).toMatchObject({
			spec: { options: { ip: 'localhost', port: String(port), mode: 'DisasterRecovery' } },
			status: { schedulerStatus: 'Ready', storageStatus: 'Ready' },
		});
	});

	test('two clusters that share one Portworx, without storage', async () => {
		await using ground = await openGround({ scenario: 'metro', store: 'none' });
		await ground.sandbox.file(
			'answers.yaml',
			stringify({ ...answersFor('none'), pair: { storage: 'none' } }),
		);
		expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
		expect(optionsOf(ground)).toEqual({});
		expect(ground.pair()?.status).toMatchObject({ schedulerStatus: 'Ready', storageStatus: 'NotProvided' });
		const second = await ground.run(['run', 'answers.yaml']);
		expect(second.out.at(-1)).toBe('Done. Nothing was changed: everything already exists.');
	});

	test('the practice clusters alone with --practice, whatever kubeconfig the file names', async () => {
		await using ground = await openGround();
		const real = { context: 'east', kubeconfig: 'config' };
		// Without keys: the practice pods inside the program are its own children.
		const answers = {
			...answersFor('none'),
			source: real,
			destination: { ...real, context: 'west' },
			location: 'on-premises',
		};
		await ground.sandbox.file('config', ground.practice.kubeconfig);
		await ground.sandbox.file('answers.yaml', stringify(answers));
		const { east, west } = ground.practice.clusters;
		const before = [east.requests.length, west.requests.length];
		expect(await ground.run(['run', 'answers.yaml', '--practice'])).toMatchObject({ exitCode: 0 });
		expect([east.requests.length, west.requests.length]).toEqual(before);
	});

	test('with answers and secrets from standard input and files', async () => {
		await using ground = await openGround();
		await ground.sandbox.file('id', `${ground.secrets.accessKeyId}\n`);
		const store = { ...answersFor('s3').objectStore, accessKeyId: { file: 'id' } };
		const answers = stringify({ ...answersFor('s3'), objectStore: store });
		expect(await ground.run(['run', '-'], { input: answers })).toMatchObject({ exitCode: 0 });

		const objectStore = { ...store, secretAccessKey: { stdin: 2 } };
		await ground.sandbox.file('answers.yaml', stringify({ ...answersFor('s3'), objectStore }));
		const input = `first\n${ground.secrets.secretAccessKey}\n`;
		expect(await ground.run(['run', 'answers.yaml'], { input })).toMatchObject({ exitCode: 0 });
	});

	test('with storkctl, to the same object', async () => {
		await using ground = await openGround();
		await ground.run(['run', 'answers.yaml', '--storkctl=none']);
		const byHand = ground.pair()?.spec;
		ground.practice.clusters.east.store.remove(resources.clusterpairs, 'migrationnamespace', 'remotecluster');
		await ground.sandbox.file('generated.yaml', generatedSpec(ground));
		await ground.sandbox.script('storkctl', `echo "$*" >> arguments; exec /bin/cat generated.yaml\n`);
		await ground.sandbox.file('arguments', '');

		const run = await ground.run(['run', 'answers.yaml', '--existing-pair=replace']);
		expect(run.exitCode).toBe(0);
		expect(run.out).toContainEqual(
			expect.stringContaining('The ClusterPair spec for the destination is generated: by storkctl ('),
		);
		expect(ground.pair()).toMatchObject({
			spec: byHand,
			status: { schedulerStatus: 'Ready', storageStatus: 'Ready' },
		});
		expect(await readFile(join(ground.sandbox.work, 'arguments'), 'utf8')).toBe(
			'--context=west generate clusterpair -n migrationnamespace -- remotecluster\n',
		);
	});
});

describe.concurrent('the way out that a Problem names works:', () => {
	test('a token that was reset', async () => {
		await using ground = await openGround({ scenario: 'token-reset', storkInterval: 100 });
		expect(await ground.run(['run', 'answers.yaml', '--timeout', '1'])).toMatchObject({ exitCode: 3 });
		ground.practice.clusters.west.set({ clusterToken: 'fresh' });
		expect(await ground.run(['run', 'answers.yaml', '--existing-pair=replace'])).toMatchObject({
			exitCode: 0,
		});
	});

	test('an endpoint that is given', async () => {
		await using ground = await openGround({ scenario: 'endpoint-closed' });
		const endpoint = { ip: '127.0.0.1', port: ground.practice.clusters.west.portworxPort };
		await ground.sandbox.file('answers.yaml', stringify({ ...answersFor('s3'), pair: { endpoint } }));
		expect(await ground.run(['run', 'answers.yaml'])).toMatchObject({ exitCode: 0 });
	});
});

const wordsOf = ({ out }: Transcript): string[] =>
	out.flatMap(line => /^[ \d]\d\/\d+ \w+ +(\w+)/.exec(line)?.[1] ?? []);

function optionsOf(ground: Ground): unknown {
	const spec = ground.pair()?.spec;
	return typeof spec === 'object' && spec !== null && 'options' in spec ? spec.options : undefined;
}

/** As the real storkctl prints it, with what must not travel. */
function generatedSpec({ practice }: Ground): string {
	const kubeconfig = parse(practice.kubeconfig) as {
		clusters: { name: string; cluster: object }[];
		users: { name: string; user: object }[];
	};
	const LocationOfOrigin = '/home/someone/.kube/config';
	const west = { name: 'practice-west', user: 'practice-west-admin' };
	const cluster = kubeconfig.clusters.find(entry => entry.name === west.name)?.cluster;
	const user = kubeconfig.users.find(entry => entry.name === west.user)?.user;
	return stringify({
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'ClusterPair',
		metadata: { creationTimestamp: null, name: 'remotecluster', namespace: 'migrationnamespace' },
		spec: {
			config: {
				clusters: {
					[west.name]: { LocationOfOrigin, ...cluster, extensions: { cluster_info: { version: 'v1' } } },
				},
				contexts: { west: { LocationOfOrigin, cluster: west.name, user: west.user } },
				'current-context': 'west',
				preferences: {},
				users: { [west.user]: { LocationOfOrigin, ...user } },
			},
			options: { '<insert_storage_options_here>': '' },
			platformOptions: {},
		},
		status: { remoteStorageId: '', schedulerStatus: '', storageStatus: '' },
	});
}
