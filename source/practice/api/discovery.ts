import { createHash } from 'node:crypto';
import { apiVersionOf, type Resource, servedResources } from '../resources.ts';
import { unreachableApis } from './aggregated.ts';
import type { Answer, ApiRequest, Cluster } from './cluster.ts';
import { openApi } from './openapi.ts';

/** What a server says about itself; `undefined` for any other path. */
export function discovered(cluster: Cluster, { path }: ApiRequest): Answer | undefined {
	const served = servedResources(cluster.store);
	const unreachable = unreachableApis(cluster.store);
	const [root, group = '', version, ...rest] = path.split('/').filter(Boolean);
	switch (root) {
		case 'healthz':
		case 'livez':
		case 'readyz':
			return { kind: 'text', code: 200, body: 'ok' };
		case 'version':
			return json(versionOf(cluster.version));
		case 'openapi':
			return openApi(served, path);
		case 'api':
			if (group === '') return json(coreVersions(cluster.address));
			return group === 'v1' && version === undefined ? resourceList(served, '', 'v1') : undefined;
		case 'apis':
			if (group === '') {
				const groups = [...groupsOf(served), ...unreachable.map(groupOf)];
				return json({ kind: 'APIGroupList', apiVersion: 'v1', groups });
			}
			if (unreachable.includes(`${group}/${version}`))
				return { kind: 'text', code: 503, body: 'service unavailable\n' };
			if (version === undefined) return groupAnswer(served, group);
			return rest.length === 0 ? resourceList(served, group, version) : undefined;
		default:
			return undefined;
	}
}

function versionOf(gitVersion: string): object {
	const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
	return {
		major,
		minor,
		gitVersion,
		gitCommit: createHash('sha1').update(gitVersion).digest('hex'),
		gitTreeState: 'clean',
		buildDate: '1970-01-01T00:00:00Z',
		goVersion: 'go1.23.4',
		compiler: 'gc',
		platform: 'linux/amd64',
	};
}

function coreVersions(serverAddress: string): object {
	const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress }];
	return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

type Group = Readonly<{ name: string; versions: object[]; preferredVersion: object | undefined }>;

function groupsOf(served: readonly Resource[]): Group[] {
	const names = [...new Set(served.map(({ group }) => group))].filter(name => name !== '');
	return names.map(name => {
		const all = served.filter(({ group }) => group === name).map(({ version }) => version);
		const versions = [...new Set(all)].map(version => ({ groupVersion: `${name}/${version}`, version }));
		return { name, versions, preferredVersion: versions[0] };
	});
}

function groupOf(groupVersion: string): Group {
	const [name = '', version = ''] = groupVersion.split('/');
	return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
}

function groupAnswer(served: readonly Resource[], name: string): Answer | undefined {
	const group = groupsOf(served).find(candidate => candidate.name === name);
	return group && json({ kind: 'APIGroup', apiVersion: 'v1', ...group });
}

function resourceList(served: readonly Resource[], group: string, version: string): Answer | undefined {
	const here = served.filter(resource => resource.group === group && resource.version === version);
	const [first] = here;
	if (!first) return undefined;
	return json({
		kind: 'APIResourceList',
		...(group !== '' && { apiVersion: 'v1' }),
		groupVersion: apiVersionOf(first),
		resources: here.flatMap(describe),
	});
}

function describe(resource: Resource): object[] {
	const { plural, singular, namespaced, kind, verbs, shortNames, categories, subresources, custom } =
		resource;
	const own = {
		name: plural,
		singularName: custom ? singular : '',
		namespaced,
		kind,
		verbs,
		...(shortNames.length > 0 && { shortNames }),
		...(categories.length > 0 && { categories }),
		...(verbs.includes('get') && { storageVersionHash: hashOf(resource) }),
	};
	const parts = subresources.map(part => ({
		name: `${plural}/${part.name}`,
		singularName: '',
		namespaced,
		...part.foreign,
		kind: part.kind,
		verbs: part.verbs,
	}));
	return [own, ...parts];
}

function hashOf({ group, version, kind }: Resource): string {
	return createHash('sha256')
		.update(`${group}/${version}/${kind}`)
		.digest()
		.subarray(0, 8)
		.toString('base64');
}

function json(body: object): Answer {
	return { kind: 'json', code: 200, body };
}
