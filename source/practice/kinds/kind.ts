import type { ResourceId } from '../contract.ts';

export type Subresource = Readonly<{
	name: string;
	kind: string;
	verbs: readonly string[];
	/** Where its kind is of another group than the resource. */
	foreign?: Readonly<{ group: string; version: string }>;
}>;

/** One resource type as discovery describes it. */
export type Resource = ResourceId &
	Readonly<{
		kind: string;
		singular: string;
		namespaced: boolean;
		shortNames: readonly string[];
		categories: readonly string[];
		verbs: readonly string[];
		subresources: readonly Subresource[];
		/** Defined by a CustomResourceDefinition: no strategic merge. */
		custom: boolean;
		/** What that definition says of its columns for `kubectl get`; `undefined` where it says nothing. */
		printed?: readonly PrinterColumn[];
		/** And of what its objects may hold. */
		schema?: unknown;
	}>;

export type PrinterColumn = Readonly<{
	name: string;
	type: string;
	jsonPath: string;
	format?: string;
	description?: string;
	priority?: number;
}>;

export type Traits = Partial<
	Pick<Resource, 'namespaced' | 'shortNames' | 'categories' | 'verbs' | 'subresources' | 'printed' | 'schema'>
>;

const builtInVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const customVerbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const partVerbs = ['get', 'patch', 'update'];

export const cluster: Traits = { namespaced: false };
export const workload: Traits = { categories: ['all'] };

/** `apiVersion` as objects write it: `v1`, `apps/v1`. */
export function builtIn(apiVersion: string, plural: string, kind: string, traits: Traits = {}): Resource {
	return resource(apiVersion, plural, kind, { verbs: builtInVerbs, ...traits }, false);
}

export function custom(apiVersion: string, plural: string, kind: string, traits: Traits = {}): Resource {
	return resource(apiVersion, plural, kind, { verbs: customVerbs, ...traits }, true);
}

/** What is asked by creating it, and never kept. */
export function review(apiVersion: string, plural: string, kind: string, traits: Traits = cluster): Resource {
	return builtIn(apiVersion, plural, kind, { verbs: ['create'], ...traits });
}

export function status(kind: string): Subresource {
	return { name: 'status', kind, verbs: partVerbs };
}

export const scale: Subresource = {
	name: 'scale',
	kind: 'Scale',
	verbs: partVerbs,
	foreign: { group: 'autoscaling', version: 'v1' },
};

function resource(
	apiVersion: string,
	plural: string,
	kind: string,
	traits: Traits,
	isCustom: boolean,
): Resource {
	const [version = '', group = ''] = apiVersion.split('/').toReversed();
	return {
		group,
		version,
		plural,
		kind,
		singular: kind.toLowerCase(),
		namespaced: true,
		shortNames: [],
		categories: [],
		verbs: [],
		subresources: [],
		...traits,
		custom: isCustom,
	};
}
