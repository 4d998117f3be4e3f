import { randomUUID } from 'node:crypto';
import type { Credential } from '../../pairing/answers/credential.ts';
import type { StoreTrial } from '../../pairing/clusters/ports.ts';
import { docs } from '../../pairing/words/docs.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { clusterProblem, type Problem } from '../../pairing/words/problem.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import { googleTokenRequest, tokenIn } from '../stores/google-token.ts';
import { type ObjectAction, objectRequest, type TestObject } from '../stores/object-request.ts';
import type { StoreRequest } from '../stores/request.ts';
import { objectVerdict, type StoreAnswer, type Verdict, verdictOn } from '../stores/store-answer.ts';

/** Sends a request from the pod, and tells what its answer means. */
export type Ask = (request: StoreRequest, read: (answer: StoreAnswer) => Verdict) => Promise<StoreTrial>;

type Trial = Readonly<{
	side: Side;
	credential: Credential;
	bucket: string;
	ask: Ask;
	now(): Date;
	/** What came of looking into the bucket. */
	seen: Extract<StoreTrial, { kind: 'accepted' }>;
}>;

/**
 * Who may look into a bucket may perhaps not write to it, read from it or clean up in it, and Portworx does all three. One small object,
 * whose name says whose it is, is written, read and deleted; one that cannot be deleted is named.
 */
export async function tryObject(trial: Trial): Promise<StoreTrial> {
	const { credential, bucket, seen, ask, now } = trial;
	const object = { bucket, name: `pxpair-test-${randomUUID()}`, content: 'written and deleted by pxpair' };
	const token = credential.provider === 'google' ? await googleToken(trial) : undefined;
	const send = (action: ObjectAction): Promise<StoreTrial> => {
		const request = objectRequest(credential, { action, object, now: now(), token });
		return request
			? ask(request, answer => answerTo(action, credential, object, answer))
			: Promise.resolve({ kind: 'untried', because: 'no object could be tried' });
	};
	const put = await send('put');
	if (put.kind === 'refused' || put.kind === 'doubtful') {
		return put;
	}
	// Written or not, as far as is known.
	const get = put.kind === 'accepted' ? await send('get') : put;
	const gone = await send('delete');
	return gone.kind === 'accepted'
		? get.kind === 'accepted'
			? { ...seen, evidence: `${seen.evidence}; an object was written, read and deleted in ${bucket}` }
			: get
		: withLeft(get, left(trial, object, put, gone));
}

function answerTo(
	action: ObjectAction,
	{ provider }: Credential,
	{ content }: TestObject,
	answer: StoreAnswer,
): Verdict {
	// What a lost answer was about may have happened.
	return action === 'delete' && answer.status === 404
		? { kind: 'yes' }
		: objectVerdict(provider, answer, action === 'get' ? content : undefined);
}

async function googleToken({ credential, ask, now }: Trial): Promise<Secret | undefined> {
	const request =
		credential.provider === 'google' && credential.jsonKey
			? googleTokenRequest(credential.jsonKey, now(), 'read_write')
			: undefined;
	let token: Secret | undefined;
	if (request && 'url' in request) {
		await ask(request, answer => {
			token = answer.status === 200 ? tokenIn(answer.body) : undefined;
			return verdictOn('google', answer);
		});
	}
	return token;
}

function left({ side, bucket }: Trial, { name }: TestObject, put: StoreTrial, gone: StoreTrial): Problem {
	const why = gone.kind === 'untried' ? gone.because : evidenceOf(gone);
	return clusterProblem({
		id: 'store-object-left',
		side,
		title: `A test object ${put.kind === 'accepted' ? 'is' : 'may be'} left in the bucket: it could not be deleted, on the ${side} cluster`,
		evidence: `${name} in ${bucket}; ${why}`,
		remedies: [
			'Delete the object named above.',
			'Grant the key permission to delete objects: without it, Portworx never cleans up, and the bucket grows.',
		],
		docs: docs.credentials,
	});
}

const evidenceOf = (trial: StoreTrial): string =>
	trial.kind === 'accepted' || trial.kind === 'untried' ? '' : (trial.problem.evidence ?? '');

/** A refusal that came first is told with it. */
const withLeft = (trial: StoreTrial, problem: Problem): StoreTrial =>
	trial.kind === 'refused' || trial.kind === 'doubtful'
		? { ...trial, problem: { ...trial.problem, others: [problem] } }
		: { kind: 'doubtful', problem };
