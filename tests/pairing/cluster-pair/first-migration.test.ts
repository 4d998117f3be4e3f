import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { firstMigration } from '../../../source/pairing/cluster-pair/first-migration.ts';

test.each([
	['apps', 'kube-system', ['apps']],
	['apps', undefined, ['apps']],
	// Pasted unread it moves nothing, and least of all the cluster's own.
	['kube-system', 'kube-system', ['NAMESPACE']],
	['portworx', 'portworx', ['NAMESPACE']],
])('a Migration in %s, where the admin namespace is %s, takes %j', (namespace, admin, namespaces) => {
	const manifest = parse(firstMigration({ namespace, name: 'remotecluster' }, admin).join('\n'));
	expect(manifest).toMatchObject({
		metadata: { namespace },
		spec: { clusterPair: 'remotecluster', namespaces },
	});
});
