import type { IncomingHttpHeaders } from 'node:http';
import type { ResourceId } from '../contract.ts';
import type { PodLogs } from '../logs/pod-logs.ts';
import type { ClusterStore } from '../object-store.ts';
import { type Resource, servedResources } from '../resources.ts';
import type { Authenticate, TokenIssuer } from './access/authentication.ts';
import type { Authorize, User } from './access/authorization.ts';

/** What all handlers of one API server share. */
export type Cluster = Readonly<{
	store: ClusterStore;
	/** `v1.31.4` */
	version: string;
	/** `127.0.0.1:PORT` */
	address: string;
	authenticate: Authenticate;
	authorize: Authorize;
	issuer: TokenIssuer;
	/** Without any, every container has written nothing. */
	logs?: PodLogs | undefined;
	now: () => Date;
}>;

export type ApiRequest = Readonly<{
	method: string;
	path: string;
	query: URLSearchParams;
	headers: IncomingHttpHeaders;
	body: string;
	user: User;
}>;

export type Answer =
	| Readonly<{ kind: 'json'; code: number; body: object; warnings?: readonly string[] }>
	| Readonly<{ kind: 'text'; code: number; body: string }>
	/** One JSON document a line, or text, as it happens. `start` answers how to stop. */
	| Readonly<{
			kind: 'stream';
			type: 'application/json' | 'text/plain';
			start(write: (event: object | string) => void, end: () => void): () => void;
	  }>;

/** A request for objects of one type, with that type looked up. */
export type Target = Readonly<{
	resource: Resource;
	namespace: string | undefined;
	name: string | undefined;
	subresource: string | undefined;
}>;

export function findResource(cluster: Cluster, { group, version, plural }: ResourceId): Resource | undefined {
	return servedResources(cluster.store).find(
		resource => resource.group === group && resource.version === version && resource.plural === plural,
	);
}
