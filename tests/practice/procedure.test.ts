import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { FaultHook } from '../../source/practice/contract.ts';
import { type Practice, startPractice } from '../../source/practice/practice.ts';
import type { ScenarioName } from '../../source/practice/scenarios.ts';
import { startKubectl } from '../helpers/kubectl.ts';

type Step = Readonly<{ provider: string; flags: string; keyFile?: string }>;

/** `$account` and `$secret` are read from standard input, so that the exec's URL holds neither. */
const s3: Step = {
	provider: 's3',
	flags:
		'--s3-access-key "$account" --s3-secret-key "$secret" --s3-region us-east-1 --s3-endpoint s3.amazonaws.com --s3-storage-class STANDARD',
};
const google: Step = {
	provider: 'google',
	flags: '--google-project-id "$account" --google-json-key-file /etc/pwx/gcs-key.json',
	keyFile: '{"type": "service_account"}',
};

/** The documented procedure by hand: a real kubectl, the shell's tools, the practice clusters. */
test.each<[ScenarioName, string, Step | undefined, string[]]>([
	['s3', 'portworx', s3, []],
	['google', 'portworx', google, ['--server-side']],
	['on-premises', 'kube-system', undefined, ['--server-side']],
])(
	'%s: the documented procedure pairs the practice clusters',
	{ timeout: 30_000 },
	async (scenario, namespace, step, how) => {
		const { practice, kubectl, watch, watching } = await startHands(scenario);
		const migration = ['-n', 'migrationnamespace'];

		const westPod = await firstPod('west');
		const status = await exec('west', westPod, ['/opt/pwx/bin/pxctl', 'status']);
		const uuid = pipe(status, "grep UUID | awk '{print $3}'");
		expect(uuid).toBe(practice.clusters.west.uuid);

		const eastPod = await firstPod('east');
		if (step) {
			await createCredential('west', westPod, step);
			await createCredential('east', eastPod, step);
		}

		const token = pipe(
			await exec('west', westPod, ['/opt/pwx/bin/pxctl', 'cluster', 'token', 'show']),
			"cut -d' ' -f3",
		);
		await kubectl('east', ['create', 'namespace', 'migrationnamespace']);
		const columns = 'custom-columns=STORAGE:.status.storageStatus,SCHEDULER:.status.schedulerStatus';
		const watched = watch('east', [
			'get',
			'clusterpair',
			...migration,
			'--watch',
			'-o',
			columns,
			'--no-headers',
		]);
		await watching;
		await kubectl('east', ['apply', ...how, '-f', '-'], pairOf(practice, token));
		const ready = '--for=jsonpath={.status.schedulerStatus}=Ready';
		await kubectl('east', ['wait', 'clusterpair/remotecluster', ...migration, ready, '--timeout=20s']);
		expect((await watched).at(-1)).toMatch(/^Ready +Ready$/);
		expect((await watched).length).toBeGreaterThan(1);
		expect(await kubectl('east', ['describe', 'clusterpair', 'remotecluster', ...migration])).toMatch(
			/Remote Storage Id: {2}91d2a7c4.*Events:.*Storage successfully paired.*Scheduler successfully paired/s,
		);
		expect(await exec('east', eastPod, ['/opt/pwx/bin/pxctl', 'cluster', 'pair', 'list'])).toContain(
			`${uuid}(default)`,
		);

		await kubectl('east', ['delete', 'clusterpair', 'remotecluster', ...migration, '--timeout=20s']);
		expect(practice.clusters.east.pairs()).toEqual([]);

		function firstPod(context: string) {
			const name = 'jsonpath={.items[0].metadata.name}';
			return kubectl(context, ['get', 'pods', '-l', 'name=portworx', '-n', namespace, '-o', name]);
		}

		function exec(context: string, pod: string, command: string[], input?: string) {
			const flags = input === undefined ? [] : ['-i'];
			return kubectl(
				context,
				['exec', ...flags, pod, '-n', namespace, '-c', 'portworx', '--', ...command],
				input,
			);
		}

		async function createCredential(context: string, pod: string, { provider, flags, keyFile }: Step) {
			if (keyFile) await copyIntoPod(context, pod, keyFile);
			const script = `
			IFS= read -r account; IFS= read -r secret
			exec /opt/pwx/bin/pxctl credentials create --provider ${provider} ${flags} clusterPair_${uuid}`;
			const output = await exec(context, pod, ['sh', '-c', script], 'practice-account\npractice-secret\n');
			expect(output).toMatch(/^Credentials created successfully/);
		}

		async function copyIntoPod(context: string, pod: string, text: string) {
			const folder = mkdtempSync(join(tmpdir(), 'procedure-test-'));
			onTestFinished(() => rmSync(folder, { recursive: true }));
			const file = join(folder, 'key.json');
			writeFileSync(file, text);
			await kubectl(context, ['cp', file, `${namespace}/${pod}:/etc/pwx/gcs-key.json`, '-c', 'portworx']);
		}
	},
);

test('a running exec ends with the practice, and its process with it', async () => {
	const { practice, start } = await startHands('s3');
	const pod = ['-n', 'portworx', 'px-practice-east-4kq2m', '-c', 'portworx'];
	const lines = start('east', ['exec', ...pod, '--', 'sh', '-c', 'echo $$; sleep 600'])[
		Symbol.asyncIterator
	]();
	await lines.next();
	await expect.poll(() => practice.clusters.east.running()).toContain('sleep 600');
	await practice.close();
	expect(practice.clusters.east.running()).toEqual([]);
	// kubectl notices too.
	await lines.next().catch(() => undefined);
});

async function startHands(scenario: ScenarioName) {
	const { promise: watching, resolve } = Promise.withResolvers<void>();
	const notice: FaultHook = ({ url }) => {
		if (/clusterpairs\?.*watch=true/.test(url)) resolve();
		return undefined;
	};
	const practice = await startPractice({ scenario, fault: { east: notice } });
	const hands = await startKubectl(practice.kubeconfig);
	onTestFinished(async () => {
		await Promise.all([practice.close(), hands.close()]);
	});
	const start = (context: string, args: readonly string[]) => hands.start(['--context', context, ...args]);
	return {
		practice,
		start,
		/** Resolves when someone watches the ClusterPairs of the source. */
		watching,
		/** The trimmed standard output of a command that must succeed. */
		async kubectl(context: string, args: readonly string[], input?: string) {
			const { exitCode, stdout, stderr } = await hands.run(['--context', context, ...args], input);
			expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
			return stdout.trim();
		},
		/** The lines of a watch, until both halves are Ready. */
		async watch(context: string, args: readonly string[]) {
			const running = start(context, args);
			const lines: string[] = [];
			// The loop ends with the command, and the command when it is killed.
			for await (const line of running) {
				lines.push(line.trim());
				if (/^Ready +Ready$/.test(line.trim())) running.kill();
			}

			return lines;
		},
	};
}

function pipe(input: string, script: string): string {
	return execFileSync('sh', ['-c', script], { input, encoding: 'utf8' }).trim();
}

/** As `storkctl generate clusterpair` prints it, with the storage options filled in. */
function pairOf({ kubeconfig, clusters: { west } }: Practice, token: string): string {
	const config = parse(kubeconfig);
	const origin = { LocationOfOrigin: '/home/me/.kube/config' };
	return stringify({
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'ClusterPair',
		metadata: { creationTimestamp: null, name: 'remotecluster', namespace: 'migrationnamespace' },
		spec: {
			config: {
				clusters: { 'practice-west': { ...origin, ...config.clusters[1].cluster } },
				contexts: { west: { ...origin, ...config.contexts[1].context } },
				'current-context': 'west',
				preferences: {},
				users: { 'practice-west-admin': { ...origin, ...config.users[1].user } },
			},
			options: { ip: '127.0.0.1', port: String(west.portworxPort), token },
			platformOptions: {},
		},
		status: { remoteStorageId: '', schedulerStatus: '', storageStatus: '' },
	});
}
