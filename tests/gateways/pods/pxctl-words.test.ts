import { expect, test } from 'vitest';
import { clusterApi } from '../../../source/gateways/kubernetes/cluster-api.ts';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { pxctl } from '../../../source/gateways/pods/pxctl.ts';
import type { PortworxFacts } from '../../../source/pairing/clusters/cluster.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import { connectionTo, entryFor } from '../../helpers/clusters/api-stub.ts';
import { replacePxctl } from '../../helpers/clusters/pod-files.ts';
import { practiceSide } from '../../helpers/clusters/practice-side.ts';
import { problemFrom } from '../../helpers/problem-from.ts';

const uuid = '11111111-2222-3333-4444-555555555555';
const name = 'clusterPair_ffffffff-1111-2222-3333-444444444444';
const list = [
	'S3 Credentials',
	'UUID\tNAME\tREGION\tENDPOINT\tACCESS KEY\tSSL ENABLED\tENCRYPTION\tBUCKET',
	`${uuid}\t${name}\teu-west-1\tpractice.example:9000\tAKIAPRACTICE\ttrue\tfalse\t<nil>`,
].join('\\n');

/** What pxctl says, read over a login that has this for a secret. */
async function saying(secret: string, script: string) {
	const side = await practiceSide({}, { prepare: cluster => replacePxctl(cluster, script) });
	const { cluster, discovery } = side;
	const connection = connectionTo(entryFor(cluster, { user: { token: cluster.token } }));
	const withSecret = { ...connection, secrets: [new Secret(secret)] };
	const facts: PortworxFacts = await discovery.portworx();
	return pxctl(withSecret, clusterApi(withSecret, systemClock), async () => facts);
}

test.each(['Credentials', 'S3 Credentials', 'ENDPOINT', 'UUID', 'NAME', 'clusterPair_', '11111111-2222'])(
	'a secret that is also part of the list hides no entry: %s',
	async secret => {
		const commands = await saying(secret, `printf '${list}\\n'`);
		const stored = await commands.storedCredential(name);
		expect(stored).toBeDefined();
		expect(JSON.stringify(stored)).not.toContain(secret);
		expect(await problemFrom(() => commands.validateCredential(name))).toMatchObject({ id: 'pxctl-failed' });
	},
);

test('what holds a secret is not told, and so not compared', async () => {
	const commands = await saying('practice', `printf '${list}\\n'`);
	expect(await commands.storedCredential(name)).toEqual({ uuid, traits: {} });
});

test('nor is a secret that is spread over several columns', async () => {
	const commands = await saying('eu-west-1practice.example:9000', `printf '${list}\\n'`);
	expect(await commands.storedCredential(name)).toEqual({ uuid, traits: {} });
});

test.each([
	['validated successfully', 'Credential validated successfully', 0, { kind: 'valid' }],
	['not found', 'ValidateCred: credential with name or uuid x not found', 1, { kind: 'absent' }],
	['NoSuchBucket', 'ValidateCred: NoSuchBucket: no bucket. status code: 404', 1, { kind: 'invalid' }],
])('a secret that is also a word of pxctl hides no answer: %s', async (secret, text, code, state) => {
	const commands = await saying(secret, `echo '${text}'; exit ${code}`);
	const found = await commands.validateCredential(name);
	expect(found).toMatchObject(state);
	expect(JSON.stringify(found)).not.toContain(secret);
});

test('nor does it hide the UUID of the cluster, unless it is that', async () => {
	const script = `echo 'Status: PX is operational'; echo 'Cluster UUID: ${uuid}'`;
	const commands = await saying('Cluster UUID', script);
	expect(await commands.clusterUuid()).toBe(uuid);
	expect(await (await saying('PX is operational', script)).state()).toBe('••••••••');
	const problem = await problemFrom(async () => (await saying(uuid, script)).clusterUuid());
	expect(JSON.stringify(problem)).not.toContain(uuid);
});
