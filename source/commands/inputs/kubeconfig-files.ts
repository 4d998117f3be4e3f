import { kubeconfigPaths, listingOf } from '../../gateways/kubernetes/kubeconfig.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import type { Host } from '../line/host.ts';
import type { CommonOptions } from '../line/options.ts';

/** What the record of a run keeps of it. */
export const kubeconfigFiles = (
	{ environment }: Pick<Host, 'environment'>,
	{ kubeconfig: file }: Pick<CommonOptions, 'kubeconfig'>,
): string[] => [...kubeconfigPaths({ ...(file && { file }), environment: environment.KUBECONFIG })];

/**
 * For going on with a run: the files of that day are named by the variable, for programs that are started, too. Where none of
 * them exists any more, today's are used: who the clusters are is compared in any case.
 */
export function environmentOf(
	environment: Host['environment'],
	record: Pick<RunRecord, 'kubeconfig'> | undefined,
): Host['environment'] {
	const listing = listingOf(record?.kubeconfig ?? []);
	return listing === undefined ? environment : { ...environment, KUBECONFIG: listing };
}
