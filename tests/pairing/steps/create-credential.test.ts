import { expect, test } from 'vitest';
import type { Credential } from '../../../source/pairing/answers/credential.ts';
import type { CredentialState, Pxctl, World } from '../../../source/pairing/clusters/ports.ts';
import type { StepContext } from '../../../source/pairing/step/step.ts';
import { createCredential } from '../../../source/pairing/steps/create-credential.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { fakeClock } from '../../helpers/fake-clock.ts';

const credential: Credential = { provider: 'azure', accountName: 'a', accountKey: new Secret('canary') };

test.each<[CredentialState, string[]]>([
	[{ kind: 'absent' }, ['create clusterPair_u']],
	[
		{ kind: 'invalid', evidence: 'refused' },
		[
			'note: removing the credential clusterPair_u that does not validate',
			'delete clusterPair_u',
			'create clusterPair_u',
		],
	],
])('with the word to replace, only what is invalid is deleted: %j', async (state, did) => {
	const done: string[] = [];
	const pxctl = {
		validateCredential: async () => state,
		deleteCredential: async (name: string) => void done.push(`delete ${name}`),
		createCredential: async (name: string) => void done.push(`create ${name}`),
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
	await createCredential('source', 'destination', credential, 'replace', undefined).change?.apply(context);
	expect(done).toEqual(did);
});
