import type { PairAnswers } from '../../answers/answers.ts';
import type { Direction } from '../../answers/direction.ts';
import { known } from '../../clusters/cluster.ts';
import { learn } from '../../clusters/find-facts.ts';
import type { PodAnswer, PodRequest, World } from '../../clusters/ports.ts';
import { docs } from '../../words/docs.ts';
import { type Finding, fact, trouble } from '../../words/finding.ts';
import { defined } from '../../words/json.ts';
import { outsideText } from '../../words/outside-text.ts';
import { hostPort, isOnlyHere } from './address.ts';
import { type WayFact, type WayTrouble, wayFacts, wayTroubles } from './way-explanations.ts';

/** Whether the API server itself, and no namesake of its address, answered a pod at the address that travels. */
export type Reached = 'yes' | 'no' | 'untested';

export type WaySeen = Readonly<{ findings: readonly Finding[]; reached: Reached }>;

/**
 * Looks from a Portworx pod of one cluster at what the pair will name on the other: the API server, for Stork, and Portworx, for
 * its peer. what blocks the look itself is told as not tested; whose fault that is, other looks tell.
 */
export async function lookAtWay(world: World, way: Direction, pair: PairAnswers): Promise<WaySeen> {
	const [pod, api, storage] = await Promise.all([
		podOf(world, way),
		lookAtApi(world, way, pair),
		pair.storage === 'paired' ? lookAtStorage(world, way, pair) : undefined,
	]);
	const tell = (sight: Sight): Finding => findingOf(sight, pod, way);
	return {
		// Of an address that only this machine can use, the login's findings tell that it leads nowhere.
		findings: [api?.isOnlyHere && api.reached === 'no' ? undefined : api, storage]
			.filter(sight => sight !== undefined)
			.map(tell),
		reached: api?.reached ?? 'untested',
	};
}

type Sight = Readonly<{ id: WayFact | WayTrouble; url: string; answer: PodAnswer }>;

/** `context pod namespace/name`, as far as that is known. */
async function podOf(world: World, { from }: Direction): Promise<string> {
	const { context, discovery } = world[from];
	const pod = known(await learn(discovery.portworx()))?.pods[0];
	return pod ? `${context} pod ${pod.namespace}/${pod.name}` : context;
}

type ApiSight = Sight & Readonly<{ reached: Reached; isOnlyHere: boolean }>;

/** undefined when the kubeconfig does not even say how to ask. */
async function lookAtApi(world: World, way: Direction, pair: PairAnswers): Promise<ApiSight | undefined> {
	const login = known(await learn(world[way.to].login()));
	if (!login) {
		return undefined;
	}
	const { ca, serverName, proxy } = login;
	const server = pair.server ?? login.server;
	const url = `${server.replace(/(?<!\/)\/+$/, '')}/version`;
	const answer: PodAnswer =
		proxy === undefined
			? certain(
					server,
					await ask(world, way, {
						url,
						...defined({ ca: ca.kind === 'own' ? ca.pem : undefined, serverName }),
					}),
				)
			: { kind: 'untested', because: `Stork will use the proxy ${proxy}` };
	const id = judgeApi(answer);
	return {
		id,
		url,
		answer,
		reached:
			answer.kind === 'untested' || answer.kind === 'open'
				? 'untested'
				: id === 'way-api-open'
					? 'yes'
					: 'no',
		isOnlyHere: isOnlyHere(server) && !pair.server,
	};
}

/**
 * Portworx pods run on the node's own network, where k3s and RKE2 have an API server on loopback: another one than this machine
 * has there. Only the right CA tells them apart.
 */
const certain = (server: string, answer: PodAnswer): PodAnswer =>
	isOnlyHere(server) &&
	(answer.kind === 'open' || (answer.kind === 'answered' && answer.trusted === undefined))
		? { kind: 'untested', because: 'this address may be the node itself' }
		: answer;

function judgeApi(answer: PodAnswer): Sight['id'] {
	switch (answer.kind) {
		case 'failed':
			return 'way-api-closed';
		case 'untested':
			return 'way-api-untested';
		case 'open':
			return 'way-api-open';
		case 'answered':
			return answer.trusted === false
				? 'way-api-untrusted'
				: isKubernetes(answer)
					? 'way-api-open'
					: 'way-api-not-kubernetes';
	}
}

/** Some clusters tell their version to no one unknown: that, too, is an answer of theirs. */
const isKubernetes = ({ status, body }: Readonly<{ status: number; body: string }>): boolean =>
	(status === 200 && /"gitVersion"\s*:/.test(body)) ||
	/"kind"\s*:\s*"Status"/.test(body) ||
	((status === 401 || status === 403) && !/^\s*</.test(body));

/** undefined when there is no endpoint to ask. */
async function lookAtStorage(world: World, way: Direction, pair: PairAnswers): Promise<Sight | undefined> {
	const endpoint = pair.endpoint ?? known(await learn(world[way.to].discovery.endpoints()))?.[0];
	if (!endpoint) {
		return undefined;
	}
	const host = endpoint.ip.includes(':') ? `[${endpoint.ip}]` : endpoint.ip;
	const url = `http://${host}:${endpoint.port}/status`;
	const answer = await ask(world, way, { url });
	return { id: judgeStorage(answer), url, answer };
}

function judgeStorage(answer: PodAnswer): Sight['id'] {
	switch (answer.kind) {
		case 'failed':
			return 'way-storage-closed';
		case 'untested':
			return 'way-storage-untested';
		case 'open':
			return 'way-storage-open';
		case 'answered':
			return answer.status === 200 && /^\s*\{.*"(Version|StorageSpec)"\s*:/s.test(answer.body)
				? 'way-storage-open'
				: answer.status === 401 || answer.status === 403
					? 'way-storage-guarded'
					: 'way-storage-unknown';
	}
}

async function ask(world: World, { from }: Direction, request: PodRequest): Promise<PodAnswer> {
	const answer = await learn(world[from].podView.ask(request));
	return answer.kind === 'known' ? answer.value : { kind: 'untested', because: answer.problem.title };
}

function findingOf({ id, url, answer }: Sight, pod: string, way: Direction): Finding {
	const protocol = url.slice(0, url.indexOf(':'));
	const address = hostPort(url);
	if (isFact(id)) {
		const because = answer.kind === 'answered' ? undefined : answer.because;
		return fact('way', id, way.to, outsideText(wayFacts[id](way, `${protocol} ${address}`, because)));
	}
	const { level, title, remedies } = wayTroubles[id];
	const host = address.replace(/:\d+$/, '');
	const cause = answer.kind === 'failed' ? answer.cause : 'other';
	return trouble(level, 'way', {
		id,
		side: way.to,
		title: title(way),
		evidence: `${protocol} ${pod} → ${address}: ${wordsOf(answer)}`,
		remedies: remedies({ way, url, address, host, cause }),
		docs: docs.prerequisites,
	});
}

const isFact = (id: Sight['id']): id is WayFact => Object.hasOwn(wayFacts, id);

function wordsOf(answer: PodAnswer): string {
	if (answer.kind !== 'answered') {
		return answer.because;
	}
	const body = outsideText(answer.body).slice(0, 120);
	return answer.trusted === false
		? (answer.because ?? 'its certificate is signed by another CA')
		: `status ${answer.status}${body ? `, ${body}` : ', and nothing else'}`;
}
