import type { PairAnswers } from '../answers/answers.ts';

/** The manifest of a migration through a pair, to be applied on its source. */
export const firstMigration = ({
	namespace,
	name,
}: Pick<PairAnswers, 'namespace' | 'name'>): readonly string[] => [
	'apiVersion: stork.libopenstorage.org/v1alpha1',
	'kind: Migration',
	'metadata:',
	'  name: first-migration',
	`  namespace: ${namespace}`,
	'spec:',
	`  clusterPair: ${name}`,
	`  namespaces: [${namespace}]`,
	'  includeResources: true',
	'  startApplications: true',
];
