import type { V1SelfSubjectAccessReview, V1TokenReview } from '@kubernetes/client-node';
import type { Permission } from '../../../pairing/clusters/permission.ts';
import type { Clock } from '../../../pairing/clusters/ports.ts';
import { asRecord, defined, type JsonRecord } from '../../../pairing/words/json.ts';
import { outsideText } from '../../../pairing/words/outside-text.ts';
import type { Secret } from '../../../pairing/words/secret.ts';
import type { Connection } from '../connection.ts';
import { explainNonsense } from '../explain.ts';
import { readJson } from './ask.ts';
import { askedOf, succeed } from './understood.ts';

/** What the API server makes of rights and logins. Asked with POST, and yet questions: nothing is stored. */
export function reviews(connection: Connection, clock: Clock, seconds: number) {
	const statusOf = async (
		path: string,
		review: object,
		sent: readonly Secret[] = [],
	): Promise<JsonRecord> => {
		const body = { contentType: 'application/json', text: JSON.stringify(review) };
		const answer = await readJson(connection, clock, { method: 'POST', path, seconds, body });
		return asRecord(asRecord(succeed(connection, 'POST', path, answer, sent)).status);
	};
	const nonsense = (path: string, found: string) => explainNonsense(askedOf(connection, 'POST', path), found);
	return {
		async mayI(permission: Permission): Promise<boolean> {
			const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
			const { allowed } = await statusOf(path, accessReview(permission));
			if (typeof allowed !== 'boolean') {
				throw nonsense(path, 'JSON without an answer');
			}
			return allowed;
		},

		/** The token is in the body, never in the path. */
		async userOf(token: Secret): Promise<string | undefined> {
			const path = '/apis/authentication.k8s.io/v1/tokenreviews';
			const review: V1TokenReview = {
				apiVersion: 'authentication.k8s.io/v1',
				kind: 'TokenReview',
				spec: { token: token.reveal() },
			};
			const { authenticated, user } = await statusOf(path, review, [token]);
			const { username } = asRecord(user);
			if (authenticated !== true) {
				return undefined;
			}
			if (typeof username !== 'string') {
				throw nonsense(path, 'JSON without a user');
			}
			return outsideText(username, 300);
		},
	};
}

function accessReview({
	verb,
	group,
	resource,
	subresource,
	namespace,
	name,
}: Permission): V1SelfSubjectAccessReview {
	// To authorization a namespace is in itself: so it is that someone's rights in it let them read it.
	const place = group === '' && resource === 'namespaces' ? name : namespace;
	return {
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SelfSubjectAccessReview',
		spec: { resourceAttributes: defined({ verb, group, resource, subresource, namespace: place, name }) },
	};
}
