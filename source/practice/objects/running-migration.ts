import type { KubeObject } from '../contract.ts';
import { namespace } from './existing-pairs.ts';

const place = { namespace: 'migrationnamespace' };

/** Half-way, over the pair that pxpair makes when nothing else is asked for. */
export const runningMigration: readonly KubeObject[] = [
	namespace(place.namespace),
	{
		apiVersion: 'stork.libopenstorage.org/v1alpha1',
		kind: 'Migration',
		metadata: { name: 'nightly', ...place, finalizers: ['stork.libopenstorage.org/finalizer-cleanup'] },
		spec: {
			clusterPair: 'remotecluster',
			namespaces: [place.namespace],
			includeResources: true,
			startApplications: false,
		},
		status: { stage: 'Volumes', status: 'InProgress' },
	},
];
