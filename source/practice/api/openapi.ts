import { createHash } from 'node:crypto';
import { apiVersionOf, type Resource } from '../resources.ts';
import type { Answer } from './cluster.ts';

/**
 * The least that makes kubectl content: for every type a PATCH that takes `dryRun` and `fieldValidation`. It then leaves
 * validation to the server instead of downloading schemas, of which there are none.
 */
export function openApi(served: readonly Resource[], path: string): Answer | undefined {
	if (path === '/openapi/v2') return { kind: 'text', code: 200, body: emptyDocument };
	const groupVersions = new Map(Map.groupBy(served, pathOf));
	if (path === '/openapi/v3') {
		const paths = [...groupVersions].map(([root, resources]) => {
			const hash = createHash('sha256').update(JSON.stringify(resources)).digest('hex').toUpperCase();
			return [root.slice(1), { serverRelativeURL: `/openapi/v3${root}?hash=${hash}` }];
		});
		return json({ paths: Object.fromEntries(paths) });
	}
	const resources = groupVersions.get(path.replace('/openapi/v3', ''));
	if (!path.startsWith('/openapi/v3/') || !resources) return undefined;
	return json({
		openapi: '3.0.0',
		info: { title: 'Kubernetes', version: 'practice' },
		paths: Object.fromEntries(resources.map(operationsOf)),
		components: { schemas: {} },
	});
}

/** Version 2 in protobuf, as kubectl asks for it: `swagger: "2.0"` and no paths. A kind that it lacks is not validated by the client. */
const emptyDocument = '\n\u00032.0B\u0000';

function pathOf(resource: Resource): string {
	return resource.group === '' ? `/api/${resource.version}` : `/apis/${apiVersionOf(resource)}`;
}

function operationsOf(resource: Resource): [string, object] {
	const { group, version, kind, plural, namespaced } = resource;
	const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(name => ({
		name,
		in: 'query',
		schema: { type: name === 'force' ? 'boolean' : 'string', uniqueItems: true },
	}));
	const patch = {
		operationId: `patch${kind}`,
		parameters,
		responses: { 200: { description: 'OK' } },
		'x-kubernetes-action': 'patch',
		'x-kubernetes-group-version-kind': { group, version, kind },
	};
	const place = namespaced ? '/namespaces/{namespace}' : '';
	return [`${pathOf(resource)}${place}/${plural}/{name}`, { patch }];
}

function json(body: object): Answer {
	return { kind: 'json', code: 200, body };
}
