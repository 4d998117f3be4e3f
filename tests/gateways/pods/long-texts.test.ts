import { expect, test } from 'vitest';
import { explainStatus } from '../../../source/gateways/kubernetes/explain.ts';
import { explainPolicy } from '../../../source/gateways/kubernetes/explain-policy.ts';
import { asksForInput } from '../../../source/gateways/machine/terminal.ts';
import { credentialsIn } from '../../../source/gateways/pods/credential-list.ts';
import { explainPxctl } from '../../../source/gateways/pods/explain-pxctl.ts';
import { meaningToStore } from '../../../source/gateways/pods/store-words.ts';
import { endpointTrait } from '../../../source/pairing/cluster-pair/credential-traits.ts';
import { undecodable } from '../../../source/pairing/cluster-pair/undecodable.ts';

// A pattern that looks at each character once for each other one needs minutes for these: such a test comes too late.
const many = 500_000;
const asked = { side: 'source', context: 'east', server: 'https://east', what: 'GET /x' } as const;
const pair = (data: string) => ({
	spec: { config: { clusters: { east: { 'certificate-authority-data': data } } } },
});

test.for([
	['a refusal of one word', () => explainPolicy('GET /x', 'x'.repeat(many))],
	[
		'a refusal that names a webhook again and again',
		() => explainPolicy('GET /x', 'conversion webhook for x'.repeat(many / 24)),
	],
	[
		'a refusal that quotes and ends in half an escape',
		() =>
			explainStatus({ ...asked, what: 'PATCH /clusterpairs/x' }, 422, {
				message: '"x\\'.repeat(many / 3),
			}),
	],
	['credentials: a line of blanks', () => credentialsIn(' '.repeat(many))],
	['credentials: an endpoint of slashes', () => endpointTrait(`${'/'.repeat(many)}x`)],
	[
		'pxctl that says one thing again and again',
		() => explainPxctl('source', 'pxctl credentials create', 1, 'invalid account '.repeat(many / 16)),
	],
	['a store that says one thing again and again', () => meaningToStore('invalid account '.repeat(many / 16))],
	['a program that asks again and again', () => asksForInput('pin '.repeat(many / 4))],
	['a pair whose certificate is line breaks', () => undecodable(pair(`${'\n'.repeat(many)}!`))],
] as const)('%s is read at once', ([, read]) => {
	expect(read).not.toThrow();
});

test('base64 is what Go takes for it: its decoder passes over line breaks anywhere', () => {
	expect(undecodable(pair('YW\nJj\r\nZA==\n'))).toBeUndefined();
	expect(undecodable(pair('YWJjZ\n'))).toBe(
		'its config.clusters.east.certificate-authority-data is not base64',
	);
	expect(undecodable(pair('YWJj!'))).toBe(
		'its config.clusters.east.certificate-authority-data is not base64',
	);
});
