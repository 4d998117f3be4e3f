import fc from 'fast-check';
import { expect } from 'vitest';
import { explainPxctl } from '../../source/gateways/pods/explain-pxctl.ts';
import { pxctl as pxctlOver } from '../../source/gateways/pods/pxctl.ts';
import { meaningToStore } from '../../source/gateways/pods/store-words.ts';
import type { ClusterApi } from '../../source/pairing/clusters/ports.ts';
import { withoutUnseen } from '../../source/pairing/words/outside-text.ts';
import { Secret } from '../../source/pairing/words/secret.ts';
import { expectShowable, forAll, forEach, resultOf } from './matrix.ts';
import { exitCode, podThatSays, type Said, success } from './pod-that-says.ts';
import { bombs, mutated, rearranged, strangeText } from './strange.ts';

const uuid = '91d2a7c4-0e57-4e57-8e57-707261630e57';
const status = `Status: PX is operational
License: PX-Enterprise IaaS (expires in 30 days)
Node ID: 5c1d0b0e-0000-4000-8000-000000000001
Cluster Summary
	Cluster ID: east
	Cluster UUID: ${uuid}
	Scheduler: kubernetes
`;
const token = `Token is ${'canary'.padEnd(128, '0a')}\n`;
const validated = 'Credential validated successfully\n';
const absent = 'validate: credential with name or uuid x not found\n';
const list = `CLUSTER-ID	NAME	ENDPOINT	CREDENTIAL-ID\n${uuid}	west	http://10.0.0.2:9001	clusterPair_${uuid}\n`;
const errors = [
	'create: rpc error: code = Internal desc = SignatureDoesNotMatch: canary\n\tstatus code: 403',
	'Get "http://127.0.0.1:9001": dial tcp 127.0.0.1:9001: connection refused',
	'PX is not running on this host',
];

const secret = new Secret('canary-secret');

export function pxctlOutput(): void {
	const pod = podThatSays();
	const pxctl = (said: Said) => {
		pod.says(said);
		return pxctlOver(pod.connection(), {} as ClusterApi, async () => pod.portworx);
	};
	const all = [status, token, validated, absent, list, ...errors];
	const said = fc.record({
		stdout: fc.oneof(mutated(all), strangeText),
		stderr: fc.oneof(fc.constant(''), strangeText, mutated(errors)),
		status: fc.constantFrom(success, success, exitCode(1), exitCode(124), exitCode(-1)),
	});

	const checkStatus = async (given: Said) => {
		const talk = pxctl(given);
		const result = await resultOf(() => talk.clusterUuid());
		if (result.kind === 'accepted') {
			expect(result.value).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
			const lines = (given.stdout ?? '')
				.split(/\r?\n/)
				.map(line => withoutUnseen(line).trim())
				.filter(line => line.includes('Cluster UUID:'));
			expect(lines).toContain(`Cluster UUID: ${result.value}`);
			expect(lines.filter(line => /^\s*Cluster UUID:\s*[\da-f-]{36}\s*$/i.test(line))).toHaveLength(1);
			expect((await talk.license()) ?? '').not.toMatch(/[\n\r]/);
		}
	};
	forAll('status', fc.record({ stdout: mutated([status]) }), checkStatus, {
		share: 2,
		found: [
			{ stdout: `Cluster UUID:\n${uuid}\n` },
			{ stdout: `Cluster UUID: ${'-'.repeat(36)}\n` },
			{ stdout: `${status}${status}` },
			{ stdout: `Cluster UUID: ${uuid} and more` },
			{ stdout: `License:\n  next line\n${status}` },
		],
	});

	const checkToken = async (given: Said) => {
		const result = await resultOf(() => pxctl(given).showClusterToken());
		if (result.kind === 'accepted') {
			const value = result.value.reveal();
			expect(value).toMatch(/^\S+$/);
			const lines = (given.stdout ?? '').split(/\r?\n/).filter(line => /^\s*Token is/.test(line));
			expect(lines.map(line => line.trim())).toEqual([`Token is ${value}`]);
		}
	};
	forAll('cluster token show', fc.record({ stdout: mutated([token, `Warning: x\n${token}`]) }), checkToken, {
		share: 2,
		found: [
			{ stdout: `${token}${token.replace('0a', 'ff')}` },
			{ stdout: 'Token is\n\ncanary' },
			{ stdout: `${token}Token is` },
			{ stdout: 'Token is canary\u001B[0m' },
			{ stdout: `Token is canary here`, status: success },
		],
	});
	forAll('credentials validate', said, async given => {
		const result = await resultOf(() => pxctl(withoutToken(given)).validateCredential('name'));
		// What no one sees is taken out before anything is read.
		const seen = withoutUnseen(`${given.stderr}\n${given.stdout}`);
		if (result.kind === 'accepted' && result.value.kind === 'valid') {
			expect(given.status).toBe(success);
			expect(seen.toLowerCase()).toContain('validated successfully');
		}
		if (result.kind === 'accepted' && result.value.kind === 'absent') {
			expect(seen).toMatch(/credential/i);
		}
	});
	forAll('credentials create and delete, where the answer quotes what was sent', said, async given => {
		const quoted = { ...given, stderr: `${given.stderr} ${secret.reveal()}` };
		const credential = { provider: 'azure', accountName: 'account', accountKey: secret } as const;
		const created = await resultOf(() => pxctl(withoutToken(quoted)).createCredential('name', credential));
		expect(created.kind === 'refused' || given.status === success).toBe(true);
		await resultOf(() => pxctl(withoutToken(given)).deleteCredential('name'));
	});
	forAll('cluster pair list', fc.record({ stdout: mutated([list]) }), async given => {
		const result = await resultOf(() => pxctl(given).pairs());
		for (const { id } of result.kind === 'accepted' ? result.value : []) {
			expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
		}
	});
	forEach(
		'bombs',
		[...bombs(status), ...slow.map(part => part.repeat(1_000_000 / part.length))],
		async stdout => {
			await checkStatus({ stdout });
			await checkToken({ stdout });
			await resultOf(() => pxctl({ stdout, status: exitCode(1) }).validateCredential('x'));
		},
	);
	forAll(
		'how a command ended',
		fc.oneof(rearranged(JSON.parse(exitCode(1))).map(json), strangeText),
		status => resultOf(() => pxctl({ stdout: validated, status }).validateCredential('x')),
		{
			found: [
				'{"status":"Failure","details":{"causes":[{"reason":"ExitCode","message":{"toString":1,"valueOf":1}}]}}',
				'{"status":"Failure","message":{"toString":1,"valueOf":1}}',
				'{"status":"Failure","code":{"toString":1,"valueOf":1}}',
			],
		},
	);
	forAll(
		'what an error means',
		fc.tuple(fc.oneof(mutated(errors), strangeText), fc.integer()),
		([text, code]) => {
			expectShowable(
				explainPxctl('source', 'pxctl credentials create', code, without(/canary/g, text)).problem,
			);
			meaningToStore(text);
		},
	);
}

const json = (value: unknown): string => JSON.stringify(value) ?? '';

/** Of what is neither sent nor a token, nothing can be known to be secret. */
const withoutToken = ({ stdout = '', stderr = '', ...rest }: Said): Said => ({
	...rest,
	stdout: without(/can|ary/g, stdout),
	stderr: without(/canary(?!-secret)/g, stderr),
});

/** Also where the text has it only once what no one sees is taken out. */
function without(pattern: RegExp, text: string): string {
	const seen = withoutUnseen(text);
	return seen.search(pattern) < 0 ? text : seen.replaceAll(pattern, '');
}

const slow = [
	'credential ',
	'account ',
	'127.0.0.1:1 ',
	'invalid ',
	'Token is \n',
	'License: x  ',
	'Cluster UUID:\n',
	'\n \t',
	'eyJ-',
];
