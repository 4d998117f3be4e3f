import type { ResourceType } from '../../../pairing/clusters/resource-type.ts';

export function pathOf(
	type: Pick<ResourceType, 'apiVersion' | 'plural' | 'scope'>,
	namespace?: string,
	name?: string,
): string {
	const group = type.apiVersion.includes('/') ? `/apis/${type.apiVersion}` : `/api/${type.apiVersion}`;
	const place = type.scope === 'namespace' && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
	return `${group}${place}/${type.plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}
