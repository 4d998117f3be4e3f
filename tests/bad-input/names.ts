import fc from 'fast-check';
import { expect } from 'vitest';
import { judge } from '../../source/conversation/questions/questions.ts';
import { parseEndpoint } from '../../source/pairing/answers/draft.ts';
import {
	isAddress,
	isHost,
	isNamespaceName,
	isPairName,
	isServer,
} from '../../source/pairing/answers/well-formed.ts';
import { endpointsOf } from '../../source/pairing/clusters/portworx.ts';
import { outsideText } from '../../source/pairing/words/outside-text.ts';
import { compareVersions, versionOf } from '../../source/pairing/words/version.ts';
import { forAll, forEach, movesCursor } from './matrix.ts';
import { expectHost, expectHostAndPort, expectName, expectServer } from './predicates.ts';
import { mutated, strangeText } from './strange.ts';

const good = [
	'remotecluster',
	'a.b-c.d',
	'10.0.0.2',
	'fd00::1',
	'[fd00::1]:9001',
	'west.example.com:6443',
	'https://west.example.com:6443',
	'https://[fd00::1]:6443/k8s/clusters/c-1',
	'https://jane:secret@west.example.com',
	'203.0.113.7:9001',
];
const near = fc.oneof(mutated(good), strangeText, fc.string({ unit: fc.constantFrom(...'a1.:-[]@/A%') }));

const found = [
	':',
	'::::',
	'.:.',
	'a..b',
	'10.0.0.256',
	'10.0.0',
	'[..]',
	'https://:secret@west',
	'https://west\u0001',
	'https://we\u200Bst',
	'https://ｗest',
	'https:west',
	'https:\\\\west',
	'remotecluster\n',
	'a\n',
];

export function names(): void {
	forAll('names of pairs and namespaces', near, checkNames, { share: 2, found });
	forAll('hosts, addresses and servers', near, checkAddresses, { share: 3, found });
	forAll('an endpoint as it is typed', near, checkEndpoint, { share: 2, found });
	forEach('a million characters', long, text => {
		checkNames(text);
		checkAddresses(text);
		checkEndpoint(text);
		expect(outsideText(text)).not.toMatch(movesCursor);
		versionOf(text);
	});
	forAll(
		'one line is one line',
		fc.array(fc.oneof(strangeText, fc.constant('a b'))).map(parts => parts.join('')),
		text => expect(outsideText(text)).not.toMatch(movesCursor),
		{ found: ['\u202E', '\u009B2J', 'a\u2066b'] },
	);
	forAll('versions', fc.oneof(mutated(['3.1.6', 'v24.3.0-dev', '2.11.4-abc']), strangeText), text => {
		const version = versionOf(text);
		if (version) {
			expect(text).toMatch(/^v?\d/);
			expect(version.every(part => part >= 0 && !Number.isNaN(part))).toBe(true);
			expect(compareVersions(version, version)).toBe(0);
		}
	});
	forAll('where Portworx is said to be', fc.tuple(near, near, fc.oneof(fc.integer(), fc.double())), places, {
		found: [['', '', Number.NaN]],
	});
}

const long = [...':.-a1/[@ \n', 'a.', '1.', ':a', 'https://', '\u200B', '\u001B[31m'].flatMap(part => {
	const text = part.repeat(1_000_000 / part.length);
	return [text, `${text}!`, `a${text}`, `https://${text}!`];
});

function checkNames(text: string): void {
	if (isPairName(text)) expectName(text, 253);
	if (isNamespaceName(text)) {
		expectName(text, 63);
		expect(text).not.toContain('.');
	}
	for (const id of ['name', 'namespace'] as const) {
		if (judge(id, text).kind === 'fine') expectName(text, id === 'name' ? 253 : 63);
	}
}

function checkAddresses(text: string): void {
	if (isAddress(text)) expectHost(text);
	if (isHost(text)) expectHostAndPort(text);
	if (isServer(text)) expectServer(text);
	if (judge('s3.endpoint', text).kind === 'fine') expectHostAndPort(text);
	if (text !== '' && judge('server', text).kind === 'fine') expectServer(text);
}

function checkEndpoint(text: string): void {
	const endpoint = parseEndpoint(text);
	if (endpoint) {
		expect(endpoint.port).toSatisfy((port: number) => Number.isInteger(port) && port > 0 && port < 65_536);
	}
	if (text !== '' && judge('pairEndpoint', text).kind === 'fine') {
		expectHost(endpoint?.ip ?? '');
	}
}

/** What clusters say of their services and nodes ends up in the other cluster's object. */
function places([ip, other, port]: readonly [string, string, number]): void {
	const metadata = { name: 'x', namespace: 'px' };
	const endpoints = endpointsOf(
		{
			install: 'operator',
			namespace: 'px',
			pods: [{ namespace: 'px', name: 'p', hostIP: other }],
			podCount: 1,
			secured: false,
			startPort: port,
		},
		[
			{
				metadata,
				spec: { type: 'LoadBalancer', ports: [{ name: 'px-api', port }] },
				status: { loadBalancer: { ingress: [{ hostname: ip }] } },
			},
		],
		[{ metadata, status: { phase: 'Online', network: { mgmtIP: ip, dataIP: '10.0.0.9' } } }],
	);
	for (const endpoint of endpoints) {
		expectHost(endpoint.ip);
		expect(endpoint.port).toSatisfy(
			(given: number) => Number.isInteger(given) && given > 0 && given < 65_536,
		);
	}
}
