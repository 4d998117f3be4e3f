import { timestampOf } from '../../object-store.ts';
import { resources } from '../../resources.ts';
import type { Answer, ApiRequest, Cluster, Target } from '../cluster.ts';
import { badRequest, invalid, notFound } from '../failures.ts';
import { isRecord, type Json, recordOf } from '../json.ts';
import { readBody } from '../wire/read-body.ts';
import { ownAudience } from './authentication.ts';
import { type Attributes, type Rule, rulesFor } from './authorization.ts';

/** May I, or may another? Answered by the same function that guards the requests. */
export function reviewAccess(cluster: Cluster, request: ApiRequest, { resource }: Target): Answer {
	const spec = recordOf(recordOf(readBody(request)).spec);
	const groups = Array.isArray(spec.groups) ? spec.groups.map(String) : [];
	const isSelf = resource.kind === 'SelfSubjectAccessReview';
	const user = isSelf ? request.user : { name: String(spec.user ?? ''), groups };
	const { allowed, reason } = cluster.authorize(user, attributesOf(spec));
	const body = {
		kind: resource.kind,
		apiVersion: 'authorization.k8s.io/v1',
		metadata: { creationTimestamp: null },
		spec,
		status: { allowed, ...(reason && { reason }) },
	};
	return { kind: 'json', code: 201, body };
}

/** All that I may: what `kubectl auth can-i --list` asks. */
export function reviewRules({ store }: Cluster, request: ApiRequest): Answer {
	const spec = recordOf(recordOf(readBody(request)).spec);
	const rules = rulesFor(store, request.user, text(spec.namespace));
	const [paths, others] = [rules.filter(isOfPaths), rules.filter(rule => !isOfPaths(rule))];
	const body = {
		kind: 'SelfSubjectRulesReview',
		apiVersion: 'authorization.k8s.io/v1',
		metadata: { creationTimestamp: null },
		spec: {},
		status: { resourceRules: others, nonResourceRules: paths, incomplete: false },
	};
	return { kind: 'json', code: 201, body };
}

const isOfPaths = ({ nonResourceURLs }: Rule): boolean => nonResourceURLs !== undefined;

/** Who am I? What `kubectl auth whoami` asks. */
export function reviewSelf({ user }: ApiRequest): Answer {
	const body = {
		kind: 'SelfSubjectReview',
		apiVersion: 'authentication.k8s.io/v1',
		metadata: { creationTimestamp: null },
		status: { userInfo: { username: user.name, groups: user.groups } },
	};
	return { kind: 'json', code: 201, body };
}

/** Whose token is that? A kubelet asks it, and anything that lets others log in with tokens of the cluster. */
export function reviewToken(cluster: Cluster, request: ApiRequest): Answer {
	const spec = recordOf(recordOf(readBody(request)).spec);
	const body = {
		kind: 'TokenReview',
		apiVersion: 'authentication.k8s.io/v1',
		metadata: { creationTimestamp: null },
		spec: { token: spec.token ?? '' },
		status: tokenStatus(cluster, String(spec.token ?? '')),
	};
	return { kind: 'json', code: 201, body };
}

function tokenStatus({ authenticate }: Cluster, token: string): object {
	if (token === '') return { user: {}, error: 'no token was given' };
	try {
		const user = authenticate(`Bearer ${token}`, { kind: 'none' });
		return {
			authenticated: true,
			user: { username: user.name, groups: user.groups },
			audiences: [ownAudience],
		};
	} catch {
		return { user: {}, error: '[invalid bearer token, unknown]' };
	}
}

export function requestToken(cluster: Cluster, request: ApiRequest, target: Target): Answer {
	const { namespace = '', name = '' } = target;
	const account = cluster.store.get(resources.serviceaccounts, namespace, name);
	if (!account) throw notFound(resources.serviceaccounts, name);
	const wanted = recordOf(recordOf(readBody(request)).spec);
	const expirationSeconds = Number(wanted.expirationSeconds ?? 3600);
	if (!(expirationSeconds >= 600)) throw tooShort(expirationSeconds);

	const audiences = Array.isArray(wanted.audiences) ? wanted.audiences.map(String) : [];
	const expires = Math.floor(cluster.now().getTime() / 1000) + expirationSeconds;
	const token = cluster.issuer.issue({
		namespace,
		serviceAccount: name,
		serviceAccountUid: account.metadata.uid ?? '',
		expires,
		...(audiences.length > 0 && { audiences }),
	});
	const body = {
		kind: 'TokenRequest',
		apiVersion: 'authentication.k8s.io/v1',
		metadata: { name, namespace, creationTimestamp: timestampOf(cluster.now()) },
		spec: {
			audiences: audiences.length > 0 ? audiences : [ownAudience],
			expirationSeconds,
			boundObjectRef: wanted.boundObjectRef ?? null,
		},
		status: { token, expirationTimestamp: timestampOf(new Date(expires * 1000)) },
	};
	return { kind: 'json', code: 201, body };
}

function attributesOf({ resourceAttributes, nonResourceAttributes }: Json): Attributes {
	if (isRecord(resourceAttributes)) {
		const { verb, group, resource, subresource, namespace, name } = resourceAttributes;
		return {
			kind: 'resource',
			verb: text(verb) ?? '*',
			group: text(group) ?? '',
			plural: text(resource) ?? '*',
			subresource: text(subresource),
			namespace: text(namespace),
			name: text(name),
		};
	}
	if (!isRecord(nonResourceAttributes))
		throw badRequest('exactly one of nonResourceAttributes or resourceAttributes must be specified');
	const { verb, path } = nonResourceAttributes;
	return { kind: 'path', verb: text(verb) ?? '*', path: text(path) ?? '*' };
}

function tooShort(seconds: number) {
	const message = `Invalid value: ${seconds}: may not specify a duration less than 10 minutes`;
	const cause = { reason: 'FieldValueInvalid', message, field: 'spec.expirationSeconds' };
	return invalid({ group: 'authentication.k8s.io', kind: 'TokenRequest' }, '', [cause]);
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
