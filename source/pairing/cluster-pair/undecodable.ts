import type { ClusterPairObject } from '../clusters/kubernetes.ts';
import { asRecord, isRecord } from '../words/json.ts';

/**
 * Why Stork can't read a ClusterPair, if it can't. The API server takes anything there, but Stork reads all pairs of the cluster
 * in one list: one such object stops every pair, and only its own log says so.
 */
export function undecodable({ spec }: ClusterPairObject): string | undefined {
	const { options, config } = asRecord(spec);
	const option = Object.entries(asRecord(options)).find(
		([, value]) => value !== null && typeof value !== 'string',
	)?.[0];
	return option ? `its option ${option} is not a string` : extensionsIn(config);
}

/** Kubeconfigs of minikube and Docker Desktop have them, and storkctl copies them along. */
function extensionsIn(config: unknown): string | undefined {
	const { extensions, preferences, clusters, contexts, users } = asRecord(config);
	const groups = [clusters, contexts, users].flatMap(group => Object.values(asRecord(group)));
	const holders = [{ extensions }, preferences, ...groups];
	return holders.some(holder => isUnreadable(asRecord(holder).extensions))
		? 'its config has extensions that Stork does not know'
		: undefined;
}

const isUnreadable = (extensions: unknown): boolean =>
	isRecord(extensions) && Object.values(extensions).some(isRecord);
