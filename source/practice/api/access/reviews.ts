import { timestampOf } from '../../object-store.ts';
import { resources } from '../../resources.ts';
import type { Answer, ApiRequest, Cluster, Target } from '../cluster.ts';
import { badRequest, invalid, notFound } from '../failures.ts';
import { isRecord, type Json, recordOf } from '../json.ts';
import { readBody } from '../wire/read-body.ts';
import type { Attributes } from './authorization.ts';

/** May I? Answered by the same function that guards the requests. */
export function reviewAccess(cluster: Cluster, request: ApiRequest): Answer {
	const spec = recordOf(recordOf(readBody(request)).spec);
	const { allowed, reason } = cluster.authorize(request.user, attributesOf(spec));
	const body = {
		kind: 'SelfSubjectAccessReview',
		apiVersion: 'authorization.k8s.io/v1',
		metadata: { creationTimestamp: null },
		spec,
		status: { allowed, ...(reason && { reason }) },
	};
	return { kind: 'json', code: 201, body };
}

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

export function requestToken(cluster: Cluster, request: ApiRequest, target: Target): Answer {
	const { namespace = '', name = '' } = target;
	const account = cluster.store.get(resources.serviceaccounts, namespace, name);
	if (!account) throw notFound(resources.serviceaccounts, name);
	const wanted = recordOf(recordOf(readBody(request)).spec);
	const expirationSeconds = Number(wanted.expirationSeconds ?? 3600);
	if (!(expirationSeconds >= 600)) throw tooShort(expirationSeconds);

	const expires = Math.floor(cluster.now().getTime() / 1000) + expirationSeconds;
	const token = cluster.issuer.issue({
		namespace,
		serviceAccount: name,
		serviceAccountUid: account.metadata.uid ?? '',
		expires,
	});
	const body = {
		kind: 'TokenRequest',
		apiVersion: 'authentication.k8s.io/v1',
		metadata: { name, namespace, creationTimestamp: timestampOf(cluster.now()) },
		spec: {
			audiences: wanted.audiences ?? ['https://kubernetes.default.svc'],
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
