import type { Side } from './pair.ts';

/** Something that a step has to be allowed to do, in the terms of Kubernetes RBAC. */
export type Permission = Readonly<{
	side: Side;
	verb: 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete' | 'bind';
	/** `''` is the core group. */
	group: string;
	resource: string;
	subresource?: string;
	/** undefined: in all namespaces, or of a type that has none. */
	namespace?: string;
	name?: string;
	/** What it is for, after "to": "make the namespace of the pair". */
	why: string;
}>;
