import { expect, test } from 'vitest';
import type { Policy } from '../../../source/pairing/answers/answers.ts';
import type { Credential } from '../../../source/pairing/answers/credential.ts';
import type { Traits } from '../../../source/pairing/cluster-pair/credential-traits.ts';
import type { CredentialState, Pxctl, World } from '../../../source/pairing/clusters/ports.ts';
import { credentialFindings } from '../../../source/pairing/status/credentials.ts';
import type { StepContext } from '../../../source/pairing/step/step.ts';
import { createCredential } from '../../../source/pairing/steps/create-credential.ts';
import { PairingError } from '../../../source/pairing/words/problem.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { fakeClock } from '../../helpers/fake-clock.ts';

const credential: Credential = {
	provider: 's3',
	accessKeyId: new Secret('AKIACANARYPLANNED'),
	secretAccessKey: new Secret('canary-secret'),
	region: 'us-east-1',
	endpoint: 's3.amazonaws.com',
};

const planned: Traits = {
	provider: 's3',
	account: 'AKIACANARYPLANNED',
	region: 'us-east-1',
	endpoint: 's3.amazonaws.com',
	bucket: '',
	ssl: 'yes',
	encryption: 'no',
};

const others = {
	provider: 'azure',
	account: 'AKIACANARYANOTHER',
	region: 'eu-west-1',
	endpoint: 'minio.example:9000',
	bucket: 'another',
	ssl: 'no',
	encryption: 'yes',
} as const satisfies Traits;

const names = Object.keys(others).filter((name): name is keyof typeof others => name in others);

function ground(first: CredentialState, traits: Traits | undefined) {
	let state = first;
	let uuid = 'old';
	const done: string[] = [];
	const pxctl = {
		validateCredential: async () => state,
		storedCredential: async () => (state.kind === 'absent' || !traits ? undefined : { uuid, traits }),
		deleteCredential: async (name: string) => {
			state = { kind: 'absent' };
			done.push(`delete ${name}`);
		},
		createCredential: async (name: string) => {
			state = { kind: 'valid' };
			uuid = 'new';
			done.push(`create ${name}`);
			return uuid;
		},
	} as unknown as Pxctl;
	const world = {
		source: { pxctl },
		destination: { discovery: { uuid: async () => 'u' } },
	} as unknown as World;
	const context: StepContext = {
		runId: 'run-1',
		world,
		clock: fakeClock(),
		signal: new AbortController().signal,
		note: text => void done.push(`note: ${text}`),
	};
	return { context, done };
}

const step = (policy: Policy) => createCredential('source', 'destination', credential, policy, undefined);

async function problemOf(verdict: Promise<unknown>) {
	const error = await verdict.catch((thrown: unknown) => thrown);
	return error instanceof PairingError ? error.problem : { id: 'none', evidence: JSON.stringify(error) };
}

test.each<[CredentialState, string[]]>([
	[{ kind: 'absent' }, ['create clusterPair_u']],
	[
		{ kind: 'invalid', evidence: 'refused' },
		['note: deleting the credential clusterPair_u to replace it', 'delete old', 'create clusterPair_u'],
	],
	[
		{ kind: 'valid' },
		['note: deleting the credential clusterPair_u to replace it', 'delete old', 'create clusterPair_u'],
	],
])('replace deletes what is there, and creates it once: %j', async (state, did) => {
	const { context, done } = ground(state, planned);
	const replacing = step('replace');
	expect(await replacing.check(context)).toMatchObject({ kind: 'absent' });
	await replacing.change?.apply(context);
	expect(done).toEqual(did);
	expect(await replacing.check(context)).toMatchObject({ kind: 'holds' });
});

test('the same in all that can be read is unchanged, and what cannot is said', async () => {
	const { context } = ground({ kind: 'valid' }, planned);
	expect(await step('stop').check(context)).toEqual({
		kind: 'holds',
		evidence:
			'clusterPair_u validated by Portworx; provider, access key ID or account, region, endpoint, bucket, SSL, encryption as planned; secret not comparable',
	});
});

test('where pxctl lists nothing of it, nothing is said to be as planned', async () => {
	const { context } = ground({ kind: 'valid' }, undefined);
	expect(JSON.stringify(await step('stop').check(context))).not.toContain('as planned');
});

test.each(names)('another %s is never called as planned', async name => {
	const { context } = ground({ kind: 'valid' }, { ...planned, [name]: others[name] });
	const stopped = await problemOf(Promise.resolve().then(() => step('stop').check(context)));
	expect(stopped).toMatchObject({ id: 'credential-differs', side: 'source' });
	expect(stopped.evidence).not.toContain(others.account);

	const kept = await step('keep').check(context);
	expect(kept).toMatchObject({ kind: 'holds', warnings: [{ id: 'credential-differs' }] });
	expect(JSON.stringify(kept)).not.toContain('as planned');
	expect(await step('replace').check(context)).toMatchObject({ kind: 'absent' });
});

test.each(names)('two clusters that differ in %s are an error of status', async name => {
	const side = (traits: Traits) => ({
		discovery: { uuid: async () => 'u' },
		pxctl: {
			validateCredential: async () => ({ kind: 'valid' }),
			storedCredential: async () => ({ uuid: 'x', traits }),
		},
	});
	const world = {
		source: side(planned),
		destination: side({ ...planned, [name]: others[name] }),
	} as unknown as World;
	const found = await credentialFindings(world, 'source', 'destination', true);
	expect(found).toMatchObject([
		{ id: 'credential-valid' },
		{ level: 'error', problem: { id: 'credentials-differ' } },
	]);
	expect(JSON.stringify(found)).not.toContain(others.account);
});
