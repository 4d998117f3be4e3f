import type { Both, TwoClusters } from './cluster-plan.ts';
import type { FaultHook } from './contract.ts';
import { type PracticeCluster, startPracticeCluster } from './practice-cluster.ts';
import { practiceKubeconfig } from './practice-kubeconfig.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

export type { PlatformName } from './cluster-plan.ts';
export { practiceKeyId } from './pxctl/practice-key.ts';

export type PracticeOptions = Readonly<{
	scenario?: ScenarioName;
	/** Changes what the scenario says, before anything starts. */
	override?: (clusters: TwoClusters) => TwoClusters;
	/** Further ports of this machine that pods reach. */
	openToPods?: Pick<ReadonlySet<number>, 'has'>;
	/** An existing folder for login plugins; the system's temporary folder when absent. */
	folder?: string;
	/** Milliseconds by which the API servers hold back each request. Of execs, two begin at a time in a cluster. */
	latency?: number;
	fault?: Partial<Both<FaultHook>>;
	/** Milliseconds between Stork's attempts after an error; 2000, as the real one, when absent. */
	storkInterval?: number;
	/** Milliseconds that Stork takes before each status it writes; 0 when absent. */
	storkPause?: number;
	/** Milliseconds that a deleted namespace is Terminating at least; 0 when absent. */
	namespacePause?: number;
}>;

export type Practice = Readonly<{
	scenario: ScenarioName;
	/** YAML with the contexts `east` and `west`. */
	kubeconfig: string;
	clusters: Both<PracticeCluster>;
	/** Ends servers and what runs in pods, and removes the folders of login plugins. May be called again. */
	close(): Promise<void>;
}>;

/** Starts the two practice clusters of a scenario (`s3` when none is named) and makes a kubeconfig for them. */
export async function startPractice(options: PracticeOptions = {}): Promise<Practice> {
	const { scenario = 's3', override = clusters => clusters } = options;
	const plans = override(scenarios[scenario].clusters);
	const { folder, latency, fault, storkInterval, storkPause, namespacePause } = options;
	const closedToPods = new Map<string, 'refused' | 'silent'>();
	const ownPorts = new Set<number>();
	const openToPods = {
		has: (port: number) => ownPorts.has(port) || (options.openToPods?.has(port) ?? false),
	};
	const volumes = new Map();
	const common = {
		...{ closedToPods, volumes, openToPods, ownPorts, folder },
		...{ latency, storkInterval, storkPause, namespacePause },
	};
	const [east, west] = await Promise.all([
		startPracticeCluster({ ...common, plan: plans.east, other: plans.west, fault: fault?.east }),
		startPracticeCluster({ ...common, plan: plans.west, other: plans.east, fault: fault?.west }),
	]);
	const clusters = { east, west };
	const removeScratch = () => {
		east.removeNow();
		west.removeNow();
	};
	// A last resort for a process that ends without close().
	process.on('exit', removeScratch);
	let closing: Promise<void> | undefined;

	return {
		scenario,
		kubeconfig: practiceKubeconfig(plans, clusters),
		clusters,
		close() {
			closing ??= Promise.all([east.close(), west.close()]).then(
				() => void process.off('exit', removeScratch),
			);
			return closing;
		},
	};
}
