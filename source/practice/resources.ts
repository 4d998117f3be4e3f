import type { KubeObject, ResourceId } from './contract.ts';
import { builtInKinds } from './kinds/built-in.ts';
import { otherCustomKinds, storkKinds } from './kinds/custom.ts';
import { custom, type PrinterColumn, type Resource, status } from './kinds/kind.ts';
import type { ClusterStore } from './object-store.ts';

export type { Resource } from './kinds/kind.ts';

/** Every resource type the practice clusters know by name; the custom ones are served while their definition is in the store. */
export const resources = { ...builtInKinds, ...otherCustomKinds, ...storkKinds } as const;

/** What this cluster serves now: the built-in types and whatever its CustomResourceDefinitions define. */
export function servedResources(store: Pick<ClusterStore, 'view'>): Resource[] {
	const defined = store.view(resources.customresourcedefinitions).flatMap(definition => {
		const known = definedResources.get(definition) ?? resourcesDefinedBy(definition);
		definedResources.set(definition, known);
		return known;
	});
	return [...Object.values(builtInKinds), ...defined];
}

/** Definitions in a store are never changed, only replaced: what one of them defines is read once. */
const definedResources = new WeakMap<KubeObject, readonly Resource[]>();

/** The definition to put into a store so that a custom type is served. */
export function customResourceDefinition(resource: Resource): KubeObject {
	const { group, version, plural, singular, kind, shortNames } = resource;
	const names = {
		plural,
		singular,
		kind,
		listKind: `${kind}List`,
		...(shortNames.length > 0 && { shortNames }),
	};
	const served = {
		name: version,
		served: true,
		storage: true,
		schema: { openAPIV3Schema: { 'x-kubernetes-preserve-unknown-fields': true } },
		...(hasStatus(resource) && { subresources: { status: {} } }),
	};
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: { name: `${plural}.${group}` },
		spec: {
			group,
			names,
			scope: resource.namespaced ? 'Namespaced' : 'Cluster',
			versions: [served],
			conversion: { strategy: 'None' },
		},
	};
}

export function apiVersionOf({ group, version }: ResourceId): string {
	return group === '' ? version : `${group}/${version}`;
}

export function hasStatus(resource: Resource): boolean {
	return resource.subresources.some(subresource => subresource.name === 'status');
}

type DefinitionSpec = {
	group: string;
	scope: string;
	names: { plural: string; kind: string; singular?: string; shortNames?: string[]; categories?: string[] };
	versions: {
		name: string;
		served: boolean;
		subresources?: { status?: object };
		additionalPrinterColumns?: PrinterColumn[];
		schema?: { openAPIV3Schema?: unknown };
	}[];
};

function resourcesDefinedBy(definition: KubeObject): Resource[] {
	const { group, names, scope, versions } = (definition.spec ?? {}) as Partial<DefinitionSpec>;
	if (!group || !names?.plural || !names.kind || !Array.isArray(versions)) return [];
	return versions
		.filter(version => version.served)
		.map(version =>
			custom(`${group}/${version.name}`, names.plural, names.kind, {
				namespaced: scope === 'Namespaced',
				shortNames: names.shortNames ?? [],
				categories: names.categories ?? [],
				subresources: version.subresources?.status ? [status(names.kind)] : [],
				schema: version.schema?.openAPIV3Schema,
				...(version.additionalPrinterColumns && { printed: version.additionalPrinterColumns }),
			}),
		);
}
