import { loadKubeconfig } from '../../gateways/kubernetes/kubeconfig.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import { shell } from '../../pairing/words/command.ts';
import { listed } from '../../pairing/words/counted.ts';
import { refuse } from '../../pairing/words/problem.ts';
import { command } from '../../pairing/words/way.ts';
import type { Host } from '../line/host.ts';
import type { CommonOptions } from '../line/options.ts';
import { latestRecord, type PairSubject } from './record-about.ts';

type ClustersAbout = Readonly<{ common: CommonOptions; record: RunRecord | undefined }>;

/**
 * Whose pairs to show: the contexts that are named, the clusters of the latest run, or the only two that the kubeconfig has.
 * @throws PairingError when that leaves a choice
 */
export async function clustersAbout(
	host: Host,
	{ subject, common }: Readonly<{ subject: PairSubject; common: CommonOptions }>,
): Promise<ClustersAbout> {
	const { source, destination, kubeconfig } = common;
	if (source !== undefined && destination !== undefined) {
		return { common, record: undefined };
	}
	const record = await latestRecord(host, { subject, common });
	if (record) {
		return { common, record };
	}
	const { contexts } = await loadKubeconfig({
		environment: host.environment.KUBECONFIG,
		...(kubeconfig !== undefined && { file: kubeconfig }),
	});
	const names = contexts.map(({ name }) => name);
	const [first = '', second = ''] =
		destination === names[0] || source === names[1] ? names.toReversed() : names;
	const isChoice = names.length !== 2 || (source ?? first) !== first || (destination ?? second) !== second;
	return isChoice
		? refuseChoice(names)
		: { common: { ...common, source: first, destination: second }, record: undefined };
}

function refuseChoice(contexts: readonly string[]): never {
	refuse({
		id: 'clusters-not-named',
		title: 'Which two clusters to check is not known',
		evidence: `no run on this machine is about them, and the kubeconfig has ${contexts.length} contexts${contexts.length === 0 ? '' : `: ${listed(contexts, 6)}`}`,
		remedies: [
			command('Name both clusters', shell`pxpair status --source CONTEXT --destination CONTEXT`),
			command('List the contexts', shell`kubectl config get-contexts`),
		],
	});
}
