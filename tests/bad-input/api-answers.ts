import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { clusterApi } from '../../source/gateways/kubernetes/cluster-api.ts';
import { type Connection, connect } from '../../source/gateways/kubernetes/connection.ts';
import { podType, secretType } from '../../source/pairing/clusters/kubernetes.ts';
import { platformOf } from '../../source/pairing/clusters/platform.ts';
import type { Clock, ClusterApi } from '../../source/pairing/clusters/ports.ts';
import { portworxOf } from '../../source/pairing/clusters/portworx.ts';
import { clusterPairType } from '../../source/pairing/clusters/portworx-kinds.ts';
import { forAll, forEach, movesCursor, resultOf } from './matrix.ts';
import { beginningsOf, bombs, mutated, rearranged, strangeText, strangeValue } from './strange.ts';

const forbidden = {
	kind: 'Status',
	apiVersion: 'v1',
	status: 'Failure',
	message: 'pods is forbidden: User "jane" cannot list resource "pods"',
	reason: 'Forbidden',
	details: { kind: 'pods' },
	code: 403,
};
const pod = {
	metadata: { name: 'px-1', namespace: 'px', labels: { name: 'portworx' } },
	spec: { containers: [{ name: 'portworx' }] },
	status: { phase: 'Running', hostIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'True' }] },
};
const list = { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: [pod] };
const html = '<html><head><title>Log in</title></head><body>please</body></html>';

type Given = Readonly<{ code: number; body: string }>;

/** Waits for no one. */
const clock: Clock = { now: () => 0, today: () => 0, sleep: async () => {} };

export function apiAnswers(): void {
	let now: Given = { code: 200, body: '' };
	let connection: Connection | undefined;
	const server = createServer((request, response) => {
		request.resume();
		response.writeHead(now.code, { 'content-type': 'application/json' }).end(now.body);
	});
	beforeAll(async () => {
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const fields = { server: address };
		connection = connect(
			'source',
			{
				name: 'east',
				namespace: undefined,
				clusterName: 'east',
				userName: 'jane',
				server: address,
				cluster: { fields, folder: '/' },
				user: { fields: { token: 'canary' }, folder: '/' },
			},
			{ environment: {}, signal: new AbortController().signal },
		);
	});
	afterAll(() => {
		connection?.close();
		server.closeAllConnections();
		server.close();
	});
	const ask = <T>(given: Given, question: (api: ClusterApi) => Promise<T>) => {
		now = given;
		return resultOf(() => question(clusterApi(connection as Connection, clock)));
	};
	const askAll = async (given: Given) => {
		// A page that points to itself is for ever, and the server's own fault: here there is one.
		const body = given.body.replaceAll('"continue"', '"next"');
		const answer = { ...given, body };
		const pods = await ask(answer, api => api.list(podType));
		if (pods.kind === 'accepted') {
			await resultOf(() =>
				portworxOf({
					side: 'source',
					context: 'east',
					pods: pods.value ?? [],
					storageClusters: [],
					services: [],
				}),
			);
			for (const each of pods.value ?? []) {
				expect(each.metadata.name).toBeTypeOf('string');
			}
		}
		const version = await ask(answer, api => api.version());
		expect(typeof (version.kind === 'accepted' ? version.value : '')).toBe('string');
		await ask(answer, api => api.get(secretType, 'x', 'px'));
		await ask(answer, api => api.get(clusterPairType, 'x', 'px'));
		const may = await ask(answer, api =>
			api.mayI({ verb: 'get', group: '', resource: 'pods', why: 'x' } as never),
		);
		expect(typeof (may.kind === 'accepted' ? may.value : true)).toBe('boolean');
		const tenants = await ask(answer, api => api.tenants('px'));
		for (const { what, uid } of tenants.kind === 'accepted' ? tenants.value : []) {
			expect(what).toBeTypeOf('string');
			expect(['string', 'undefined']).toContain(typeof uid);
		}
	};

	const codes = fc.constantFrom(200, 200, 201, 400, 401, 403, 404, 409, 422, 429, 500, 503, 302, 418);
	forAll(
		'rearranged answers',
		fc.record({
			code: codes,
			body: fc
				.oneof(rearranged(forbidden), rearranged(list), rearranged(pod), strangeValue)
				.map(value => JSON.stringify(value)),
		}),
		askAll,
		{
			found: [
				{ code: 403, body: '{"reason":{"toString":1,"valueOf":1}}' },
				{ code: 403, body: '{"message":{"toString":1,"valueOf":1}}' },
				{ code: 200, body: '{"items":[{"metadata":{"name":{"toString":1,"valueOf":1}}}]}' },
			],
		},
	);
	forAll(
		'mutated answers',
		fc.record({
			code: codes,
			body: fc.oneof(
				mutated([forbidden, list].map(value => JSON.stringify(value)).concat(html)),
				strangeText,
			),
		}),
		askAll,
	);
	forEach(
		'beginnings',
		beginningsOf(JSON.stringify(list)).filter((_, index) => index % 8 === 0),
		body => askAll({ code: 200, body }),
	);
	forEach(
		'bombs',
		bombs(JSON.stringify(forbidden)).filter((_, index) => index % 2 === 0),
		body => askAll({ code: 403, body }),
	);
	forAll('what nodes say of their platform', fc.tuple(strangeText, strangeText), ([text, label]) => {
		const platform = platformOf({
			nodes: [{ metadata: { name: text, labels: { [label]: text } }, spec: { providerID: text } }],
		} as never);
		expect(platform.evidence).not.toMatch(movesCursor);
		expect(platform.evidence.length).toBeLessThanOrEqual(400);
	});
}
