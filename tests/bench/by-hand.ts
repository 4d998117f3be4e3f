import { access, chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { generatedSpec } from '../helpers/generated-spec.ts';
import { kubectlFile } from '../helpers/kubectl.ts';
import { type Clusters, openClusters } from './clusters.ts';
import type { Effort, Row } from './row.ts';
import { middleOf, timed } from './statistics.ts';
import type { Surroundings } from './surroundings.ts';

/** `pxpair run` against the runbook that `pxpair plan` prints for the same clusters, as a script for a real kubectl. */
export async function byHand(surroundings: Surroundings, effort: Effort): Promise<Row[]> {
	const tools = await toolbox(surroundings);
	const compare = (latency: number, rounds: number) =>
		compared({ surroundings, tools, latency }, effort === 'quick' ? 1 : rounds);
	const near = await compare(0, 5);
	const far = await compare(100, 3);
	return [
		{
			what: 'whole run, against kubectl by hand',
			...middleOf(near.ratios),
			unit: '× by hand',
			budget: 0.5,
			remark: `the runbook as one script, no one reading or typing; storkctl ${tools.storkctl}`,
		},
		{
			what: 'the same, with 100 ms of latency',
			...middleOf(far.ratios),
			unit: '× by hand',
			remark: `${far.chains.byHand} execs in the longest chain by hand, ${far.chains.run} by pxpair`,
		},
	];
}

type Comparison = Readonly<{ surroundings: Surroundings; tools: Toolbox; latency: number }>;

async function compared({ surroundings, tools, latency }: Comparison, rounds: number) {
	const ratios: number[] = [];
	const chains = { run: Number.POSITIVE_INFINITY, byHand: Number.POSITIVE_INFINITY };
	for (let round = 0; round < rounds; round++) {
		const run = await onFreshClusters(surroundings, latency, clusters =>
			timed(() => surroundings.run('run', ...clusters.args)),
		);
		const script = await onFreshClusters(surroundings, latency, async clusters => {
			const file = await scriptFor(surroundings, clusters);
			return timed(() => follow(file, tools, surroundings, clusters));
		});
		ratios.push(run.time / script.time);
		chains.run = Math.min(chains.run, run.chain);
		chains.byHand = Math.min(chains.byHand, script.chain);
	}
	return { ratios, chains };
}

async function onFreshClusters(
	surroundings: Surroundings,
	latency: number,
	work: (clusters: Clusters) => Promise<number>,
): Promise<Readonly<{ time: number; chain: number }>> {
	await using clusters = await openClusters(surroundings, { latency });
	return { time: await work(clusters), chain: clusters.count().execChain };
}

type Toolbox = Readonly<{ folder: string; storkctl: 'of this machine' | 'replaced by its output' }>;

async function toolbox(surroundings: Surroundings): Promise<Toolbox> {
	const folder = join(surroundings.folder, 'tools');
	await mkdir(folder);
	const kubectl = await kubectlFile();
	if (kubectl !== 'kubectl') {
		await symlink(kubectl, join(folder, 'kubectl'));
	}
	await executable(join(folder, 'stty'), 'exit 0');
	if (await isOnPath('storkctl')) {
		return { folder, storkctl: 'of this machine' };
	}
	await executable(join(folder, 'storkctl'), 'exec cat generated.yaml');
	return { folder, storkctl: 'replaced by its output' };
}

async function executable(path: string, text: string): Promise<void> {
	await writeFile(path, `#!/bin/sh\n${text}\n`);
	await chmod(path, 0o755);
}

async function isOnPath(name: string): Promise<boolean> {
	const tries = (process.env.PATH ?? '').split(delimiter).map(folder => access(join(folder, name)));
	return (await Promise.allSettled(tries)).some(({ status }) => status === 'fulfilled');
}

async function scriptFor(
	surroundings: Surroundings,
	{ args, kubeconfig, practice }: Clusters,
): Promise<string> {
	// Without `--storkctl none`: by hand there is one.
	const runbook = await surroundings.run('plan', ...args.slice(0, -2), '-o', 'markdown');
	const blocks = [...runbook.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
	surroundings.file('generated.yaml', generatedSpec(practice.kubeconfig, 'west'));
	const ready = ['storage', 'scheduler'].map(
		what =>
			`kubectl --kubeconfig ${kubeconfig} --context east -n migrationnamespace wait clusterpair/remotecluster --for=jsonpath='{.status.${what}Status}'=Ready --timeout=60s\n`,
	);
	// The last one watches until someone has seen enough.
	return surroundings.file('by-hand.sh', ['set -eu\n', ...blocks.slice(0, -1), ...ready].join(''));
}

async function follow(
	file: string,
	{ folder }: Toolbox,
	surroundings: Surroundings,
	{ kubeconfig }: Clusters,
): Promise<void> {
	await execa('sh', [file], {
		cwd: surroundings.folder,
		env: {
			...surroundings.environment,
			PATH: `${folder}:${surroundings.environment.PATH}`,
			KUBECONFIG: kubeconfig,
			KUBECTL_KUBERC: 'false',
		},
		extendEnv: false,
		input: 'PRACTICEKEYID0000000\npractice-only-secret-access-key\n',
		timeout: 120_000,
	});
}
