/** What a request is about, read from method, path and query alone. */
export type Route =
	| Readonly<{ kind: 'path'; verb: string; path: string }>
	| Readonly<{
			kind: 'resource';
			verb: string;
			group: string;
			version: string;
			plural: string;
			namespace: string | undefined;
			name: string | undefined;
			subresource: string | undefined;
	  }>;

export type ResourceRoute = Extract<Route, { kind: 'resource' }>;

export function routeOf(method: string, path: string, query: URLSearchParams): Route {
	const parts = path.split('/').filter(part => part !== '');
	const isCore = parts[0] === 'api';
	const rest = parts.slice(isCore ? 2 : 3).map(decoded);
	if ((!isCore && parts[0] !== 'apis') || rest.length === 0)
		return { kind: 'path', verb: method.toLowerCase(), path };

	const { namespace, plural, name, subresource } = within(rest);
	const isWatch = ['1', 'true'].includes(query.get('watch') ?? '');
	return {
		kind: 'resource',
		verb: verbOf(method, name !== undefined, isWatch),
		group: isCore ? '' : (parts[1] ?? ''),
		version: (isCore ? parts[1] : parts[2]) ?? '',
		plural,
		namespace,
		name,
		subresource,
	};
}

function within(rest: readonly string[]) {
	const [first = '', second, third, ...more] = rest;
	const isNamespaced =
		first === 'namespaces' && third !== undefined && !['status', 'finalize'].includes(third);
	if (!isNamespaced) return { namespace: undefined, plural: first, name: second, subresource: third };
	return { namespace: second, plural: third, name: more[0], subresource: more[1] };
}

function verbOf(method: string, isNamed: boolean, isWatch: boolean): string {
	switch (method) {
		case 'GET':
		case 'HEAD':
			if (isWatch) return 'watch';
			return isNamed ? 'get' : 'list';
		case 'POST':
			return 'create';
		case 'PUT':
			return 'update';
		case 'PATCH':
			return 'patch';
		case 'DELETE':
			return isNamed ? 'delete' : 'deletecollection';
		default:
			return method.toLowerCase();
	}
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
