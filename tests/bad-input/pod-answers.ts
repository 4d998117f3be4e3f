import fc from 'fast-check';
import { expect } from 'vitest';
import { curlInPod } from '../../source/gateways/pods/pod-probe.ts';
import { podView } from '../../source/gateways/pods/pod-view.ts';
import { verdictOn } from '../../source/gateways/stores/store-answer.ts';
import { type Provider, providerNames } from '../../source/pairing/answers/providers.ts';
import { forAll, forEach, resultOf } from './matrix.ts';
import { exitCode, podThatSays, type Said, success } from './pod-that-says.ts';
import { bombs, mutated, rearranged, strangeText, strangeValue } from './strange.ts';

const ok =
	'HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\nx-ms-request-id: 1\r\n\r\n<ListAllMyBucketsResult></ListAllMyBucketsResult>';
const refused =
	'HTTP/1.1 100 Continue\r\n\r\nHTTP/2 403\r\ncontent-type: application/xml\r\n\r\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request</Message><StringToSign>canary</StringToSign></Error>';
const denied =
	'HTTP/1.1 400 Bad\r\ncontent-type: application/json\r\n\r\n{"error":"invalid_grant","error_description":"no"}';
const words = [
	'curl: (7) Failed to connect to 10.0.0.1\ncurl 7\n',
	'curl 0\n',
	'bash: connect: refused\nbash 1\n',
	'',
];

export function podAnswers(): void {
	const pod = podThatSays();
	const url = new URL('https://10.0.0.1:6443/version');
	const checkCurl = async (given: Said) => {
		pod.says(given);
		const result = await resultOf(() => curlInPod(pod.connection(), pod.portworx, { url, trust: 'none' }));
		if (result.kind !== 'accepted') {
			return;
		}
		const said = result.value;
		if (said.kind === 'answered') {
			expect(said.status).toSatisfy((status: number) => status >= 0 && status <= 999);
			expect(said.head).toMatch(/^HTTP\//);
			expect(Buffer.from(said.body).length).toBeLessThanOrEqual(4096 * 3);
			for (const provider of providerNames) {
				checkVerdict(provider, said);
			}
			return;
		}
		expect(said.because).not.toMatch(/\p{Cc}/u);
		expect(said.because).not.toBe('');
		expect(said.because.length).toBeLessThan(500);
	};
	forAll(
		"curl's output",
		fc.record({
			stdout: fc.oneof(mutated([ok, refused, denied]), strangeText),
			stderr: fc.oneof(mutated(words.slice(0, 3)), fc.constantFrom(...words), strangeText),
			status: fc.constantFrom(success, success, exitCode(1)),
		}),
		checkCurl,
		{ share: 2 },
	);
	forEach('bombs', [...bombs(ok), 'HTTP/1.1 100 C\n\n'.repeat(60_000)], text =>
		checkCurl({ stdout: text, stderr: `${text}\ncurl 0\n` }),
	);
	forAll(
		"a store's answer",
		fc.record({
			status: fc.constantFrom(200, 301, 400, 403, 404, 500, 0),
			head: fc.constantFrom(
				'content-type: application/json\r\n',
				'x-ms-request-id: 1\r\n',
				'',
				'HTTP/2 200\n',
			),
			body: fc.oneof(
				mutated([ok, refused, denied].map(text => text.split('\r\n\r\n').at(-1) ?? '')),
				fc
					.oneof(strangeValue, rearranged({ error: 'invalid_grant', error_description: 'no' }))
					.map(value => JSON.stringify(value)),
			),
		}),
		answer => {
			for (const provider of providerNames) {
				checkVerdict(provider, answer);
			}
		},
		{
			share: 2,
			found: [
				{
					status: 400,
					head: 'content-type: application/json\r\n',
					body: '{"error":{"toString":1,"valueOf":1}}',
				},
				{
					status: 400,
					head: 'content-type: application/json\r\n',
					body: '{"error":"x","error_description":{"toString":1}}',
				},
			],
		},
	);
	forAll(
		'the clock of a node',
		fc.oneof(mutated(['1767225600.123456789\n', '1767225600\n']), strangeText),
		async stdout => {
			pod.says({ stdout });
			const result = await resultOf(() => podView(pod.connection(), async () => pod.portworx).clock());
			if (result.kind === 'accepted') {
				expect(() => new Date(Date.now() + result.value.ahead).toISOString()).not.toThrow();
				expect(result.value.uncertainty).toBeGreaterThanOrEqual(0);
			}
		},
		{ found: ['9'.repeat(400), '9'.repeat(20)] },
	);
}

const signs: Readonly<Partial<Record<Provider, RegExp>>> = {
	s3: /<List(AllMyBuckets|Bucket)Result/,
	azure: /^x-ms-request-id:/im,
	google: /application\/json/i,
};

/** `yes` only with what a store alone says. */
function checkVerdict(
	provider: Provider,
	answer: Readonly<{ status: number; head: string; body: string }>,
): void {
	const verdict = verdictOn(provider, answer);
	if (verdict.kind === 'yes') {
		expect(answer.status).toBe(200);
		expect(`${answer.head}\n${answer.body}`).toMatch(signs[provider] ?? 'a provider that is not tried');
		return;
	}
	expect(verdict.said).toBeTypeOf('string');
	expect(verdict.said).not.toContain('[object');
}
