import type { PairAnswers } from '../answers/answers.ts';

/**
 * The manifest of a migration through a pair, to be applied on its source.
 * @param adminNamespace of Stork there: a Migration in it may take any namespaces, and elsewhere only its own
 */
export const firstMigration = (
	{ namespace, name }: Pick<PairAnswers, 'namespace' | 'name'>,
	adminNamespace: string | undefined,
): readonly string[] => [
	'apiVersion: stork.libopenstorage.org/v1alpha1',
	'kind: Migration',
	'metadata:',
	'  name: first-migration',
	`  namespace: ${namespace}`,
	'spec:',
	`  clusterPair: ${name}`,
	namespace === adminNamespace
		? '  namespaces: [NAMESPACE]  # those to migrate, one or more: this is the admin namespace of Stork'
		: `  namespaces: [${namespace}]`,
	'  includeResources: true',
	'  startApplications: true',
];
