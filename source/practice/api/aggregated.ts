import type { ClusterStore } from '../object-store.ts';
import { resources } from '../resources.ts';
import { isRecord, recordOf } from './json.ts';

/** The APIs of other servers, as `group/version`. Practice runs no such server: each that an APIService names is unreachable. */
export function unreachableApis(store: Pick<ClusterStore, 'view'>): string[] {
	return store
		.view(resources.apiservices)
		.map(({ spec }) => recordOf(spec))
		.filter(({ service }) => isRecord(service))
		.map(({ group, version }) => `${group}/${version}`);
}
