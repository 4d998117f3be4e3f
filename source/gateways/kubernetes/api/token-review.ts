import type { V1TokenReview } from '@kubernetes/client-node';
import type { Clock } from '../../../pairing/clusters/ports.ts';
import { asRecord } from '../../../pairing/words/json.ts';
import { outsideText } from '../../../pairing/words/outside-text.ts';
import type { Secret } from '../../../pairing/words/secret.ts';
import type { Connection } from '../connection.ts';
import { explainNonsense } from '../explain.ts';
import { readJson } from './ask.ts';
import { askedOf, succeed } from './understood.ts';

const path = '/apis/authentication.k8s.io/v1/tokenreviews';

/** Asked with POST, and yet a question: nothing is stored. The token is in the body, never in the path. */
export async function userOf(
	connection: Connection,
	clock: Clock,
	token: Secret,
	seconds: number,
): Promise<string | undefined> {
	const review: V1TokenReview = {
		apiVersion: 'authentication.k8s.io/v1',
		kind: 'TokenReview',
		spec: { token: token.reveal() },
	};
	const answer = await readJson(connection, clock, {
		method: 'POST',
		path,
		seconds,
		body: { contentType: 'application/json', text: JSON.stringify(review) },
	});
	const status = asRecord(asRecord(succeed(connection, 'POST', path, answer, [token])).status);
	const { username } = asRecord(status.user);
	if (status.authenticated !== true) {
		return undefined;
	}
	if (typeof username !== 'string') {
		throw explainNonsense(askedOf(connection, 'POST', path), 'JSON without a user');
	}
	return outsideText(username, 300);
}
