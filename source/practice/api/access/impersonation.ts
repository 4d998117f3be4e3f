import type { IncomingHttpHeaders } from 'node:http';
import { type Attributes, type Authorize, notAllowed, type User } from './authorization.ts';

/** Whom a request speaks for: its caller, or the user that `--as` names, if the caller may. */
export function impersonated(authorize: Authorize, caller: User, headers: IncomingHttpHeaders): User {
	const name = headers['impersonate-user'];
	if (typeof name !== 'string') return caller;
	const groups = [headers['impersonate-group'] ?? []].flat().flatMap(text => text.split(/, */));
	const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
	const wanted = account ? asked('serviceaccounts', account, namespace) : asked('users', name);
	for (const attributes of [wanted, ...groups.map(group => asked('groups', group))]) {
		const decision = authorize(caller, attributes);
		if (!decision.allowed) throw notAllowed(caller, attributes, decision);
	}
	return { name, groups: [...groups, ...ownGroups(name, groups.length > 0 ? undefined : namespace)] };
}

function asked(plural: string, name: string, namespace?: string): Attributes {
	return {
		kind: 'resource',
		verb: 'impersonate',
		group: '',
		plural,
		subresource: undefined,
		namespace,
		name,
	};
}

function ownGroups(name: string, namespace: string | undefined): string[] {
	if (name === 'system:anonymous') return ['system:unauthenticated'];
	const ofAccount = namespace ? ['system:serviceaccounts', `system:serviceaccounts:${namespace}`] : [];
	return [...ofAccount, 'system:authenticated'];
}
