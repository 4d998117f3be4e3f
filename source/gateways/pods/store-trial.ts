import type { Credential, CredentialOf } from '../../pairing/answers/credential.ts';
import type { ReachFailure, StoreTrial } from '../../pairing/clusters/ports.ts';
import { docs } from '../../pairing/words/docs.ts';
import { shortLine } from '../../pairing/words/outside-text.ts';
import type { Side } from '../../pairing/words/pair.ts';
import { clusterProblem } from '../../pairing/words/problem.ts';
import type { ProblemId } from '../../pairing/words/problem-ids.ts';
import { answer, answerOneOf } from '../../pairing/words/way.ts';
import type { StoreRequest } from '../stores/request.ts';
import { type StoreAnswer, type Verdict, verdictOn } from '../stores/store-answer.ts';
import { storeRequest } from '../stores/store-request.ts';
import { tryShare } from './nfs-trial.ts';
import { type Ask, tryObject } from './object-trial.ts';
import { type PodCurl, type ProbeResult, portOf } from './pod-probe.ts';
import { causeOf } from './reach-failure.ts';
import { type StoreProblemId, storeProblem } from './store-words.ts';

export type TrialGround = Readonly<{
	side: Side;
	curl(request: PodCurl): Promise<ProbeResult>;
	/** By the clock of the node: requests are signed with their time. */
	now(): Date;
}>;

/** Signed here, so that the secret does not leave this machine; sent from a pod, whose network and trust are those that matter. */
export async function tryStore(ground: TrialGround, credential: Credential): Promise<StoreTrial> {
	if (credential.provider === 'nfs') {
		return tryShare(ground, credential);
	}
	const trial = await tryOnce(ground, credential);
	if (trial.kind === 'accepted' && 'bucket' in credential && credential.bucket !== undefined) {
		const ask: Ask = (request, read) => askStore(ground, credential, request, read);
		return tryObject({ ...ground, credential, bucket: credential.bucket, ask, seen: trial });
	}
	if (trial.kind !== 'accepted' || !isPathStyleUnsure(credential)) {
		return trial;
	}
	// Portworx will make a bucket, and a list of them does not tell how the store wants a bucket to be addressed.
	const inPath = await tryOnce(ground, { ...credential, bucket: 'pxpair-missing-bucket' });
	return inPath.kind === 'refused' && inPath.problem.id === 'store-path-style' ? inPath : trial;
}

const isPathStyleUnsure = (credential: Credential): credential is CredentialOf<'s3'> =>
	credential.provider === 's3' &&
	credential.bucket === undefined &&
	!credential.disablePathStyle &&
	!/\.amazonaws\.com(:|,|$)/.test(credential.endpoint);

async function tryOnce(ground: TrialGround, credential: Credential): Promise<StoreTrial> {
	const { side, now } = ground;
	const request = storeRequest(credential, now());
	if ('because' in request) {
		return request.broken
			? {
					kind: 'refused',
					problem: storeProblem(side, 'store-json-key', request.because, credential.provider),
				}
			: { kind: 'untried', because: request.because };
	}
	return askStore(ground, credential, request, answer => verdictOn(credential.provider, answer));
}

async function askStore(
	{ side, curl }: TrialGround,
	credential: Credential,
	request: StoreRequest,
	read: (answer: StoreAnswer) => Verdict,
): Promise<StoreTrial> {
	const { what: _what, ...sent } = request;
	const result = await curl({ ...sent, trust: 'system' });
	switch (result.kind) {
		case 'answered': {
			const words = wordsFor(request, result);
			return trialOf(side, credential, read(result), words);
		}
		case 'failed':
			return notReached(side, credential, request, result);
		case 'connected':
		case 'untested':
			return { kind: 'untried', because: result.because };
	}
}

const namesNoBucket = (credential: Credential): boolean =>
	!('bucket' in credential) || credential.bucket === undefined;

type Words = Readonly<{ host: string; what: string; asked: string; clean(text: string): string }>;

function wordsFor({ url, what }: StoreRequest, result: ProbeResult): Words {
	const status = result.kind === 'answered' ? ` ${result.status}` : '';
	return {
		host: `${url.hostname}:${portOf(url)}`,
		what: `${what}${status}`,
		asked: `asked from pod ${result.pod.name}`,
		// Something follows it.
		clean: text => shortLine(result.shown(text), 200).replace(/\.$/, ''),
	};
}

function trialOf(side: Side, credential: Credential, verdict: Verdict, words: Words): StoreTrial {
	const { host, what, asked, clean } = words;
	switch (verdict.kind) {
		case 'yes':
			return { kind: 'accepted', evidence: `${host} accepted the key (${what}), ${asked}` };
		case 'denied':
			return denied(side, credential, `${host}: ${what}, ${clean(verdict.said)}; ${asked}`);
		case 'no':
			return {
				kind: 'refused',
				problem: storeProblem(
					side,
					verdict.id,
					`${host}: ${what}, ${clean(verdict.said)}; ${asked}`,
					credential.provider,
					verdict.remedies,
				),
			};
		case 'unclear':
			return doubtful(
				side,
				'store-refuses',
				'The object store does not answer as one that accepts this key',
				`${host}: ${what}, ${clean(verdict.said)}; ${asked}`,
			);
		case 'unknown':
			return {
				kind: 'untried',
				because: `${host} sent an unknown response (${what}): ${clean(verdict.said)}`,
			};
	}
}

/** Who may use one bucket alone may not list them all; only Amazon is known to say so of keys that it knows, and of no others. */
function denied(side: Side, credential: Credential, evidence: string): StoreTrial {
	if (!namesNoBucket(credential)) {
		return { kind: 'refused', problem: storeProblem(side, 'store-denied', evidence, credential.provider) };
	}
	return isAmazon(credential)
		? {
				kind: 'accepted',
				evidence: `it recognizes the key, but denies it permission to list buckets: ${evidence}`,
			}
		: doubtful(
				side,
				'store-denies-list',
				'The object store denies this key permission to list buckets; whether the key is valid is unknown',
				evidence,
			);
}

const isAmazon = (credential: Credential): boolean =>
	credential.provider === 's3' &&
	credential.endpoint
		.split(',')
		.every(endpoint => /(^|\.)amazonaws\.com(\.cn)?(:\d+)?$/i.test(endpoint.trim()));

const doubtful = (side: Side, id: ProblemId, title: string, evidence: string): StoreTrial => ({
	kind: 'doubtful',
	problem: clusterProblem({
		id,
		side,
		title: `${title}, on the ${side} cluster`,
		evidence,
		remedies: [
			answerOneOf(
				'Check the access key ID, the endpoint and the region against what the store says',
				'objectStore.accessKeyId',
				'objectStore.accountName',
				'objectStore.jsonKeyFile',
			),
			answer('Name a bucket that the key may use, to have that bucket tried', 'objectStore.bucket'),
		],
		docs: docs.credentials,
	}),
});

function notReached(
	side: Side,
	credential: Credential,
	request: StoreRequest,
	result: Extract<ProbeResult, { kind: 'failed' }>,
): StoreTrial {
	const { host, asked, clean } = wordsFor(request, result);
	const cause = causeOf(result);
	const id = problemOf[cause];
	if (id === undefined || ('useProxy' in credential && credential.useProxy)) {
		const aside = id === undefined ? '' : '; Portworx goes there through its proxy, which was not used';
		return { kind: 'untried', because: `${host}: ${clean(result.because)}${aside}` };
	}
	return {
		kind: 'refused',
		problem: storeProblem(
			side,
			id,
			`${host}: ${clean(result.because)}; ${asked}`,
			credential.provider,
			credential.provider === 'azure' && cause === 'unknown-host'
				? [
						answer(
							'Check the account name, since an account that does not exist has no host name either',
							'objectStore.accountName',
						),
						answer('Or say that it is in Azure Government or in Azure China', 'objectStore.environment'),
					]
				: [],
		),
	};
}

const problemOf: Readonly<Record<ReachFailure, StoreProblemId | undefined>> = {
	refused: 'store-unreachable',
	timeout: 'store-unreachable',
	'unknown-host': 'store-unreachable',
	'no-route': 'store-unreachable',
	reset: 'store-unreachable',
	tls: 'store-tls',
	other: undefined,
};
