import { expect, test } from 'vitest';
import { defaultPair, type PairAnswers } from '../../../source/pairing/answers/answers.ts';
import { back, forth } from '../../../source/pairing/answers/direction.ts';
import type { LoginFacts } from '../../../source/pairing/clusters/login.ts';
import type { PodAnswer, PodRequest, World } from '../../../source/pairing/clusters/ports.ts';
import { lookAtWay } from '../../../source/pairing/preflight/travel/way.ts';
import type { Finding } from '../../../source/pairing/words/finding.ts';
import type { Side } from '../../../source/pairing/words/pair.ts';
import { clusterProblem, PairingError } from '../../../source/pairing/words/problem.ts';
import { answer, remedyLines } from '../../../source/pairing/words/way.ts';

const api = 'https://west.example:6443/version';
const storage = 'http://10.0.0.7:9001/status';

const login: LoginFacts = {
	server: 'https://west.example:6443',
	proxy: undefined,
	ca: { kind: 'own', pem: 'PEM of west' },
	serverName: undefined,
	user: { kind: 'none' },
};
const loopback: Partial<LoginFacts> = { server: 'https://127.0.0.1:6443' };
const loopbackApi = 'https://127.0.0.1:6443/version';
const paired: PairAnswers = { ...defaultPair, endpoint: { ip: '10.0.0.7', port: 9001 } };
const unpaired: PairAnswers = { ...defaultPair, storage: 'none' };

const kubernetes = answered(200, '{\n  "major": "1",\n  "gitVersion": "v1.31.0"\n}', true);
const portworx = answered(200, '{"Version":"3.1.2","SchedulerInfo":{},"StorageSpec":{}}');
const unauthorized = '{"kind":"Status","apiVersion":"v1","status":"Failure","code":401}';

test('a way that is open: what was reached, and how', async () => {
	const world = worldWith({ answers: { [api]: kubernetes, [storage]: portworx } });
	expect(await lookAtWay(world, forth, paired)).toEqual({
		reached: 'yes',
		findings: [
			{
				level: 'fact',
				topic: 'way',
				id: 'way-api-open',
				on: 'destination',
				text: 'The source reaches the API server of the destination at https west.example:6443',
			},
			{
				level: 'fact',
				topic: 'way',
				id: 'way-storage-open',
				on: 'destination',
				text: 'The source reaches Portworx of the destination at http 10.0.0.7:9001',
			},
		],
	});
});

// What is asked.

test.each<[string, Partial<LoginFacts>, Partial<PairAnswers>, PodRequest]>([
	['the CA', {}, {}, { url: api, ca: 'PEM of west' }],
	['no CA', { ca: { kind: 'system' } }, {}, { url: api }],
	['no look at certificates', { ca: { kind: 'unchecked' } }, {}, { url: api }],
	['a server name', { serverName: 'api' }, {}, { url: api, ca: 'PEM of west', serverName: 'api' }],
	[
		'a path',
		{ server: 'https://rancher.example/k8s/clusters/c-1/' },
		{},
		{ url: 'https://rancher.example/k8s/clusters/c-1/version', ca: 'PEM of west' },
	],
	[
		'an address given by hand',
		{},
		{ server: 'https://[fd00::1]:443' },
		{ url: 'https://[fd00::1]:443/version', ca: 'PEM of west' },
	],
])('the API server is asked as the pair will ask it: %s', async (_title, part, more, request) => {
	const asked: PodRequest[] = [];
	const world = worldWith({ login: { ...login, ...part }, answers: { [request.url]: kubernetes }, asked });
	await lookAtWay(world, forth, { ...unpaired, ...more });
	expect(asked).toEqual([request]);
});

test.each<[string, Partial<PairAnswers>, string]>([
	['the best endpoint of all', {}, 'http://10.9.9.9:17001/status'],
	['an IPv6 address', { endpoint: { ip: 'fd00::7', port: 9001 } }, 'http://[fd00::7]:9001/status'],
	['a name', { endpoint: { ip: 'lb.example', port: 9001 } }, 'http://lb.example:9001/status'],
])('Portworx is asked at %s', async (_title, more, url) => {
	const world = worldWith({
		answers: { [api]: kubernetes, [url]: portworx },
		endpoints: [
			{ ip: '10.9.9.9', port: 17001 },
			{ ip: '10.9.9.8', port: 17001 },
		],
	});
	expect(linesOf(await lookAtWay(world, forth, { ...defaultPair, ...more }))).toEqual([
		'fact way-api-open',
		'fact way-storage-open',
	]);
});

test('synchronous DR pairs no storage, and none is asked for', async () => {
	const world = worldWith({ answers: { [api]: kubernetes } });
	expect(linesOf(await lookAtWay(world, forth, unpaired))).toEqual(['fact way-api-open']);
});

test('the way back is looked at from the other side', async () => {
	const world = worldWith({
		way: back,
		answers: { [api]: failed('timeout', 'timed out'), [storage]: portworx },
	});
	const { findings } = await lookAtWay(world, back, paired);
	expect(findings[0]).toMatchObject({
		level: 'error',
		problem: {
			side: 'source',
			title: "The destination can't reach the API server of the source",
			evidence: 'https east pod portworx/px-abc → west.example:6443: timed out',
			remedies: [
				'Allow the nodes of the destination to connect to west.example:6443: a firewall or security group drops the connection, or the address is private.',
				answer('Or give an address of the API server that the destination can reach', 'pair.back.server'),
			],
		},
	});
});

// What the API server answers.

test.each<[string, PodAnswer, string, 'yes' | 'no' | 'untested', string?]>([
	['its version', kubernetes, 'fact way-api-open', 'yes'],
	['its version, no one asked for its CA', { ...kubernetes, trusted: undefined }, 'fact way-api-open', 'yes'],
	['that it tells no one', answered(401, unauthorized, true), 'fact way-api-open', 'yes'],
	['that it tells not everybody', answered(403, 'Forbidden', true), 'fact way-api-open', 'yes'],
	['that it is not well', answered(503, '{ "kind" : "Status" }', true), 'fact way-api-open', 'yes'],
	[
		'a login page',
		answered(200, '<html>\n<title>Log in</title>', true),
		'error way-api-not-kubernetes',
		'no',
		'status 200, <html> <title>Log in</title>',
	],
	[
		'a refusal in HTML',
		answered(403, ' <html>', undefined),
		'error way-api-not-kubernetes',
		'no',
		'status 403, <html>',
	],
	['nothing', answered(404, '', true), 'error way-api-not-kubernetes', 'no', 'status 404, and nothing else'],
	[
		'other JSON',
		answered(200, '{"version":"2"}'),
		'error way-api-not-kubernetes',
		'no',
		'status 200, {"version":"2"}',
	],
	[
		'much',
		answered(200, 'x'.repeat(9999)),
		'error way-api-not-kubernetes',
		'no',
		`status 200, ${'x'.repeat(120)}`,
	],
	[
		'with a certificate of another CA',
		{ ...kubernetes, trusted: false, because: 'self-signed certificate' },
		'error way-api-untrusted',
		'no',
		'self-signed certificate',
	],
	[
		'with a certificate of another CA, for reasons unknown',
		{ ...kubernetes, trusted: false },
		'error way-api-untrusted',
		'no',
		'its certificate is signed by another CA',
	],
	[
		'nothing, being closed',
		failed('refused', 'connection refused'),
		'error way-api-closed',
		'no',
		'connection refused',
	],
	['something', { kind: 'open', because: 'no curl in the pod' }, 'fact way-api-open', 'untested'],
	['no one knows what', { kind: 'untested', because: 'no curl' }, 'fact way-api-untested', 'untested'],
])('the API server answers %s', async (_title, answer, line, reached, words) => {
	const world = worldWith({ answers: { [api]: answer } });
	const seen = await lookAtWay(world, forth, unpaired);
	expect({ lines: linesOf(seen), reached: seen.reached }).toEqual({ lines: [line], reached });
	expect(evidenceOf(seen)).toEqual(
		words === undefined ? [] : [`https east pod portworx/px-abc → west.example:6443: ${words}`],
	);
	expect(JSON.stringify(seen)).toMatch(/API server/);
});

// On loopback a node may have an API server of its own.

test.each<[string, PodAnswer, string[], 'yes' | 'no' | 'untested']>([
	['with the right CA', kubernetes, ['fact way-api-open'], 'yes'],
	['with another CA', { ...kubernetes, trusted: false }, [], 'no'],
	['with a CA unknown', { ...kubernetes, trusted: undefined }, ['fact way-api-untested'], 'untested'],
	['at all', { kind: 'open', because: 'no curl' }, ['fact way-api-untested'], 'untested'],
	['not', failed('refused', 'connection refused'), [], 'no'],
])('an address of this machine, which answers there %s', async (_title, answer, lines, reached) => {
	const local = { ...login, ...loopback };
	const seen = await lookAtWay(
		worldWith({ login: local, answers: { [loopbackApi]: answer } }),
		forth,
		unpaired,
	);
	expect({ lines: linesOf(seen), reached: seen.reached }).toEqual({ lines, reached });
});

test('who gives such an address by hand is told what is wrong with it', async () => {
	const world = worldWith({ answers: { [loopbackApi]: failed('refused', 'connection refused') } });
	const seen = await lookAtWay(world, forth, { ...unpaired, server: 'https://127.0.0.1:6443' });
	expect(linesOf(seen)).toEqual(['error way-api-closed']);
});

// What Portworx answers.

test.each<[string, PodAnswer, string, string?]>([
	['its state', portworx, 'fact way-storage-open'],
	[
		'its state, broken off',
		answered(200, '{"SchedulerInfo":\n{},"StorageSpec":{"Ki'),
		'fact way-storage-open',
	],
	[
		'that it wants a login',
		answered(401, 'Unauthorized\n'),
		'warning way-storage-guarded',
		'status 401, Unauthorized',
	],
	[
		'that it wants another login',
		answered(403, ''),
		'warning way-storage-guarded',
		'status 403, and nothing else',
	],
	[
		'that it wants TLS',
		answered(400, 'Client sent an HTTP request to an HTTPS server.'),
		'warning way-storage-unknown',
		'status 400, Client sent an HTTP request to an HTTPS server.',
	],
	[
		'a page',
		answered(200, '<p>"Version":</p>'),
		'warning way-storage-unknown',
		'status 200, <p>"Version":</p>',
	],
	[
		'no state',
		answered(500, '{"Version":"3"}'),
		'warning way-storage-unknown',
		'status 500, {"Version":"3"}',
	],
	[
		'nothing, being closed',
		failed('refused', 'connection refused'),
		'error way-storage-closed',
		'connection refused',
	],
	['something', { kind: 'open', because: 'no curl in the pod' }, 'fact way-storage-open'],
	['no one knows what', { kind: 'untested', because: 'no curl' }, 'fact way-storage-untested'],
])('Portworx answers %s', async (_title, answer, line, words) => {
	const world = worldWith({ answers: { [api]: kubernetes, [storage]: answer } });
	const seen = await lookAtWay(world, forth, paired);
	expect(linesOf(seen)).toEqual(['fact way-api-open', line]);
	expect(evidenceOf(seen)).toEqual(
		words === undefined ? [] : [`http east pod portworx/px-abc → 10.0.0.7:9001: ${words}`],
	);
});

test('a pod that knows less says why', async () => {
	const because = 'no curl in the pod';
	const open = worldWith({
		answers: { [api]: { kind: 'open', because }, [storage]: { kind: 'untested', because } },
	});
	expect((await lookAtWay(open, forth, paired)).findings).toMatchObject([
		{
			text: 'The source reaches the API server of the destination at https west.example:6443: a connection was accepted, nothing more is known (no curl in the pod)',
		},
		{
			text: 'Not tested: whether the source reaches Portworx of the destination at http 10.0.0.7:9001 (no curl in the pod)',
		},
	]);
});

// Why a way is closed, and what to do.

test.each([
	['refused', 'Check that west.example:6443 is right', 'Check that 10.0.0.7:9001 is right'],
	['timeout', 'Allow the nodes of the source to connect', 'Allow the nodes of the source to connect'],
	['unknown-host', 'Add west.example to the DNS', 'Add 10.0.0.7 to the DNS'],
	['no-route', 'Connect the networks of both clusters', 'Connect the networks of both clusters'],
	['reset', 'Find what breaks connections', 'If the destination is OpenShift, use port 17001'],
	['tls', 'Check that west.example:6443 is a TLS port', 'Check that 10.0.0.7:9001 is a TLS port'],
	[
		'other',
		`Try it by hand on a node of the source:\ncurl -kv ${api}`,
		`Try it by hand on a node of the source:\ncurl -kv ${storage}`,
	],
] as const)('closed by %s', async (cause, forApi, forStorage) => {
	const because = `the words for ${cause}`;
	const world = worldWith({ answers: { [api]: failed(cause, because), [storage]: failed(cause, because) } });
	const seen = await lookAtWay(world, forth, paired);
	expect(evidenceOf(seen)).toEqual([
		`https east pod portworx/px-abc → west.example:6443: ${because}`,
		`http east pod portworx/px-abc → 10.0.0.7:9001: ${because}`,
	]);
	expect(linesOfFirst(seen.findings)).toEqual([
		expect.stringContaining(forApi),
		expect.stringContaining(forStorage),
	]);
	expect(seen.findings).toMatchObject([
		{
			level: 'error',
			problem: {
				id: 'way-api-closed',
				side: 'destination',
				title: "The source can't reach the API server of the destination",
				remedies: [
					expect.anything(),
					answer('Or give an address of the API server that the source can reach', 'pair.server'),
				],
			},
		},
		{
			level: 'error',
			problem: {
				id: 'way-storage-closed',
				side: 'destination',
				title: "The source can't reach Portworx of the destination",
				remedies: [
					expect.anything(),
					expect.stringContaining('9001–9022'),
					answer(
						'Or give an address of Portworx that the source can reach, such as a load balancer',
						'pair.endpoint',
					),
				],
			},
		},
	]);
});

// What blocks looking.

test('through a proxy of the kubeconfig the API server is not asked directly', async () => {
	const world = worldWith({ login: { ...login, proxy: 'proxy.example:3128' }, answers: {} });
	const seen = await lookAtWay(world, forth, unpaired);
	expect(seen.reached).toBe('untested');
	expect(seen.findings).toMatchObject([
		{
			id: 'way-api-untested',
			text: 'Not tested: whether the source reaches the API server of the destination at https west.example:6443 (Stork will use the proxy proxy.example:3128)',
		},
	]);
});

test('a pod that can not be asked has tested nothing', async () => {
	const world = worldWith({ answers: { [api]: trouble, [storage]: trouble } });
	const seen = await lookAtWay(world, forth, paired);
	expect(seen.reached).toBe('untested');
	expect(linesOf(seen)).toEqual(['fact way-api-untested', 'fact way-storage-untested']);
	expect(seen.findings).toMatchObject([{ text: expect.stringMatching(/\(it went wrong\)$/) }, {}]);
});

test('a kubeconfig that says nothing, an endpoint that is not known: others tell', async () => {
	const world = worldWith({ login: trouble, endpoints: trouble, answers: {} });
	expect(await lookAtWay(world, forth, defaultPair)).toEqual({ findings: [], reached: 'untested' });
});

test('without the name of a pod the evidence names the cluster', async () => {
	const world = worldWith({ pods: trouble, answers: { [api]: failed('refused', 'connection refused') } });
	expect(evidenceOf(await lookAtWay(world, forth, unpaired))).toEqual([
		'https east → west.example:6443: connection refused',
	]);
});

test('what is no PairingError is a mistake of ours, and is not hidden', async () => {
	await expect(lookAtWay(worldWith({ answers: {} }), forth, unpaired)).rejects.toThrow(
		`no one listed ${api}`,
	);
});

const trouble = new PairingError(
	clusterProblem({ id: 'pxctl-failed', title: 'it went wrong', remedies: ['Fix it.'] }),
);

function answered(status: number, body: string, trusted?: boolean): PodAnswer & { kind: 'answered' } {
	return { kind: 'answered', status, body, trusted };
}

function failed(cause: (PodAnswer & { kind: 'failed' })['cause'], because: string): PodAnswer {
	return { kind: 'failed', cause, because };
}

type Known = Readonly<{
	answers: Readonly<Record<string, PodAnswer | PairingError>>;
	login?: LoginFacts | PairingError;
	endpoints?: readonly { ip: string; port: number }[] | PairingError;
	pods?: PairingError;
	asked?: PodRequest[];
	way?: { from: Side; to: Side };
}>;

/** Two clusters that know what is listed, and fail on any other call. */
function worldWith({ answers, login: facts = login, endpoints, pods, asked, way = forth }: Known): World {
	const near = only({
		context: 'east',
		podView: only({
			async ask(request: PodRequest) {
				asked?.push(request);
				const answer = answers[request.url];
				if (!answer) throw new Error(`no one listed ${request.url}`);
				return orThrow(answer);
			},
		}),
		discovery: only({
			portworx: async () => orThrow(pods ?? { pods: [{ namespace: 'portworx', name: 'px-abc' }] }),
		}),
	});
	const far = only({
		context: 'west',
		login: async () => orThrow(facts),
		discovery: only({ ...(endpoints && { endpoints: async () => orThrow(endpoints) }) }),
	});
	return { [way.from]: near, [way.to]: far } as unknown as World;
}

function only<T extends object>(listed: T): T {
	return new Proxy(listed, {
		get(target, name) {
			if (!(name in target)) throw new Error(`no one listed ${String(name)}`);
			return target[name as keyof T];
		},
	});
}

function orThrow<T>(value: T | PairingError): T {
	if (value instanceof PairingError) throw value;
	return value;
}

type Seen = Awaited<ReturnType<typeof lookAtWay>>;

const linesOf = ({ findings }: Seen): string[] =>
	findings.map(finding => `${finding.level} ${finding.level === 'fact' ? finding.id : finding.problem.id}`);

const evidenceOf = ({ findings }: Seen): (string | undefined)[] =>
	findings.flatMap(finding => (finding.level === 'fact' ? [] : [finding.problem.evidence]));

/** What helps most, in the two lines that a command takes. */
const linesOfFirst = (findings: readonly Finding[]): readonly string[] =>
	findings.flatMap(finding =>
		finding.level === 'fact' ? [] : [remedyLines(finding.problem.remedies[0], () => undefined).join('\n')],
	);
