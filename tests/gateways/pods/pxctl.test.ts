import { expect, test } from 'vitest';
import { podLoop } from '../../../source/gateways/pods/session/pod-loop.ts';
import type { Credential } from '../../../source/pairing/answers/credential.ts';
import { Secret } from '../../../source/pairing/words/secret.ts';
import type { Fault, FaultHook } from '../../../source/practice/contract.ts';
import type { PracticeCluster } from '../../../source/practice/practice-cluster.ts';
import { fingerprintOf } from '../../../source/practice/pxctl/state.ts';
import { resources } from '../../../source/practice/resources.ts';
import { eachPod, leftInPods, replacePxctl } from '../../helpers/clusters/pod-files.ts';
import { type PracticeSide, practiceSide } from '../../helpers/clusters/practice-side.ts';
import { failureOf, problemFrom } from '../../helpers/problem-from.ts';

const name = 'clusterPair_91d2a7c4-0e57-4e57-8e57-707261630e57';
/** Everything that a shell could take for its own. */
const nasty = `canary "q' $HOME $(id) \`id\` \\n * /+= ü -`;

const credentials: Record<string, { credential: Credential; stored: object; secret: string }> = {
	s3: {
		credential: {
			provider: 's3',
			accessKeyId: new Secret('AKIACANARY'),
			secretAccessKey: new Secret(nasty),
			region: 'eu-west-1',
			endpoint: 'minio.example:9000',
			storageClass: 'STANDARD_IA',
			disableSsl: true,
			disablePathStyle: true,
			bucket: 'my-bucket',
		},
		stored: {
			provider: 's3',
			account: 'AKIACANARY',
			region: 'eu-west-1',
			endpoint: 'minio.example:9000',
			storageClass: 'STANDARD_IA',
			pathStyle: 'no',
			bucket: 'my-bucket',
		},
		secret: nasty,
	},
	'the least of s3': {
		credential: {
			provider: 's3',
			accessKeyId: new Secret('AKIACANARY'),
			secretAccessKey: new Secret('canary'),
			region: 'us-east-1',
			endpoint: 's3.amazonaws.com',
		},
		stored: { provider: 's3', storageClass: '', pathStyle: 'yes', bucket: '' },
		secret: 'canary',
	},
	azure: {
		credential: {
			provider: 'azure',
			accountName: 'myaccount',
			accountKey: new Secret(nasty),
			bucket: 'container',
		},
		stored: { provider: 'azure', account: 'myaccount', bucket: 'container' },
		secret: nasty,
	},
	google: {
		credential: { provider: 'google', projectId: 'my-project', jsonKey: new Secret(jsonKey()) },
		stored: { provider: 'google', account: 'my-project' },
		secret: jsonKey(),
	},
	'all of s3': {
		credential: {
			provider: 's3',
			auth: 'keys',
			accessKeyId: new Secret('AKIACANARY'),
			secretAccessKey: new Secret('canary'),
			region: 'us-east-1',
			endpoint: 's3.amazonaws.com',
			sse: 'aws:kms',
			useProxy: true,
			encryptionPassphrase: new Secret(nasty),
		},
		stored: { sse: 'aws:kms', proxy: true, auth: 'keys', encrypted: true, passphrase: fingerprintOf(nasty) },
		secret: 'canary',
	},
	's3 without keys': {
		credential: { provider: 's3', auth: 'iam', region: 'us-east-1', endpoint: 's3.amazonaws.com' },
		stored: { provider: 's3', auth: 'iam', account: '' },
		secret: '',
	},
	'an NFS share': {
		credential: {
			provider: 'nfs',
			server: 'nfs.example.com',
			exportPath: '/exports/px',
			subPath: 'canary/east',
			mountOptions: 'nfsvers=4.1,hard',
			timeoutSeconds: '30',
			encryptionPassphrase: new Secret(nasty),
		},
		stored: {
			provider: 'nfs',
			account: 'nfs.example.com',
			path: '/exports/px',
			bucket: 'canary/east',
			options: 'nfsvers=4.1,hard',
			timeout: '30',
			passphrase: fingerprintOf(nasty),
		},
		secret: '',
	},
};

test.each(Object.keys(credentials))('a credential comes, holds and goes: %s', async key => {
	const { pxctl, cluster, execs } = await practiceSide();
	const { credential, stored, secret } = credentials[key] ?? never();

	expect(await pxctl.validateCredential(name)).toEqual({ kind: 'absent' });
	await pxctl.createCredential(name, credential);
	expect(cluster.credentials()).toMatchObject([{ name, ...stored, fingerprint: fingerprintOf(secret) }]);
	expect(await pxctl.validateCredential(name)).toEqual({ kind: 'valid' });
	await pxctl.deleteCredential(name);
	await pxctl.deleteCredential(name);
	expect(cluster.credentials()).toEqual([]);

	// Nothing of it is in what an audit log keeps, and all five calls are one there.
	expect(execs()).toHaveLength(1);
	const urls = new Set(execs().map(({ url }) => url));
	expect(urls.size).toBe(1);
	const words = new URL([...urls].join(), 'https://x').searchParams;
	expect(words.getAll('command')).toEqual(['sh', '-c', podLoop]);
	expect(JSON.stringify(execs())).not.toMatch(/canary|clusterPair_|AKIA/i);
});

test('the Google key leaves the pod with pxctl, however that ends', async () => {
	const { pxctl, cluster } = await practiceSide();
	const google = (projectId: string, key = jsonKey()): Credential => ({
		provider: 'google',
		projectId,
		jsonKey: new Secret(key),
	});

	await pxctl.createCredential(name, google('my-project'));
	expect(await problemFrom(() => pxctl.createCredential(`${name}2`, google('WRONG')))).toMatchObject({
		kind: 'cluster',
	});
	expect(
		await problemFrom(() =>
			pxctl.createCredential(`${name}3`, google('my-project', '{"type":"service_account"')),
		),
	).toMatchObject({ id: 'store-json-key' });
	expect(leftInPods(cluster, {})).toEqual([]);
});

test('a key of many kilobytes arrives whole', async () => {
	const { pxctl, cluster } = await practiceSide();
	const key = jsonKey('x'.repeat(60_000));
	await pxctl.createCredential(name, {
		provider: 'google',
		projectId: 'my-project',
		jsonKey: new Secret(key),
	});
	expect(cluster.credentials()).toMatchObject([{ fingerprint: fingerprintOf(key) }]);
});

test('a value with a line break never leaves: it would become a word of its own', async () => {
	const { pxctl, execs } = await practiceSide();
	const credential: Credential = {
		provider: 'azure',
		accountName: 'myaccount',
		accountKey: new Secret('canary\n--flag'),
	};
	await expect(pxctl.createCredential(name, credential)).rejects.toThrow(RangeError);
	expect(execs()).toEqual([]);
});

test.each<[string, Partial<Extract<Credential, { provider: 's3' }>>, string]>([
	['an unknown key', { accessKeyId: new Secret('AKIAWRONGCANARY') }, 'store-unknown-key'],
	['a wrong secret', { secretAccessKey: new Secret('SECRETCANARY') }, 'store-wrong-secret'],
	['an endpoint that no one knows', { endpoint: 's3.nowhere.example' }, 'store-unreachable'],
	['a store that wants virtual hosts', { endpoint: 'virtual.example' }, 'store-path-style'],
])('the store refuses: %s', async (_, change, id) => {
	const { pxctl, cluster } = await practiceSide();
	const credential = { ...credentials['the least of s3']?.credential, ...change } as Credential;
	cluster.set({ refusedSecret: 'SECRETCANARY' });
	const problem = await problemFrom(() => pxctl.createCredential(name, credential));

	expect(problem).toMatchObject({
		id,
		side: 'source',
		evidence: expect.stringMatching(/^pxctl credentials create \(exit status 1\): createCred: /),
	});
	expect(JSON.stringify(problem)).not.toMatch(/canary/i);
	expect(cluster.credentials()).toEqual([]);
});

test('whatever pxctl quotes, no secret that was sent comes back', async () => {
	const { pxctl } = await practiceSide(
		{},
		{ prepare: saying(`printf '%s ' "bad arguments:" "$@" >&2; exit 2`) },
	);
	const problem = await problemFrom(() =>
		pxctl.createCredential(name, credentials.s3?.credential ?? never()),
	);
	expect(problem.evidence).toMatch(
		/^pxctl credentials create \(exit status 2\): bad arguments: credentials create --provider s3 --s3-access-key •••••••• --s3-secret-key •••••••• --s3-region/,
	);
});

test.each([
	['as Go quotes it', JSON.stringify(nasty)],
	['in an address', `Get "https://store?key=${encodeURIComponent(nasty)}"`],
])('nor does it come back %s', async (_, text) => {
	const { pxctl } = await practiceSide(
		{},
		{ prepare: saying(`cat >&2 <<'EOT'\nrefused: ${text}\nEOT\nexit 2`) },
	);
	const problem = await problemFrom(() =>
		pxctl.createCredential(name, credentials.s3?.credential ?? never()),
	);
	expect(problem.evidence).toContain('••••••••');
	expect(problem.evidence).not.toContain('canary');
});

test('a secret that is part of another does not leave the rest of it', async () => {
	const { pxctl } = await practiceSide({}, { prepare: saying(`printf '%s ' "$@" >&2; exit 2`) });
	const problem = await problemFrom(() =>
		pxctl.createCredential(name, {
			provider: 's3',
			accessKeyId: new Secret('AKIAcana'),
			secretAccessKey: new Secret('AKIAcanary-12'),
			region: 'eu-west-1',
			endpoint: 'minio.example',
		}),
	);
	expect(problem.evidence).toContain('--s3-secret-key •••••••• --s3-region');
});

test.each([
	['the token of a cluster', 'ab01'.repeat(32)],
	['a token of PX-Security', 'eyJhbGciOi.eyJjYW5hcnki.c2lnbmF0-dXJl_'],
])('%s that no one sent is not shown either', async (_, token) => {
	const { pxctl } = await practiceSide({}, { prepare: saying(`echo "refused ${token} here" >&2; exit 2`) });
	expect((await problemFrom(() => pxctl.clusterUuid())).evidence).toBe(
		'pxctl status (exit status 2): refused •••••••• here',
	);
});

test('of a key file not even a line comes back', async () => {
	const key = jsonKey('canary-second-line\n');
	const said = 'refused: canary-second-line, read from a service_account';
	const { pxctl } = await practiceSide({}, { prepare: saying(`echo '${said}' >&2; exit 2`) });
	const google: Credential = { provider: 'google', projectId: 'my-project', jsonKey: new Secret(key) };
	expect(await problemFrom(() => pxctl.createCredential(name, google))).toMatchObject({
		id: 'store-json-key',
		evidence: 'pxctl credentials create (exit status 2): refused: ••••••••, read from a service_account',
	});
});

test('an old Portworx does not know the storage class', async () => {
	const { pxctl } = await practiceSide({ portworxVersion: '2.5.1' });
	expect(
		await problemFrom(() => pxctl.createCredential(name, credentials.s3?.credential ?? never())),
	).toMatchObject({ id: 'pxctl-too-old' });
	await pxctl.createCredential(name, credentials['the least of s3']?.credential ?? never());
});

test('a namesake is not overwritten', async () => {
	const { pxctl } = await practiceSide();
	const credential = credentials['the least of s3']?.credential ?? never();
	await pxctl.createCredential(name, credential);
	expect(await problemFrom(() => pxctl.createCredential(name, credential))).toMatchObject({
		id: 'credential-exists',
	});
});

test('a credential that the store has stopped to take is invalid, and why', async () => {
	const { pxctl, cluster } = await practiceSide();
	await pxctl.createCredential(name, credentials['the least of s3']?.credential ?? never());
	cluster.set({ storeRefuses: '*' });
	expect(await pxctl.validateCredential(name)).toEqual({
		kind: 'invalid',
		evidence: expect.stringMatching(
			/^pxctl credentials validate \(exit status 1\): ValidateCred: InvalidAccessKeyId: /,
		),
	});
});

test.each([
	['ValidateCred: credential with name or uuid x not found', 'absent'],
	['validatecred: CREDENTIAL with name or uuid x NOT FOUND', 'absent'],
	['Credential id x not found', 'absent'],
	[
		'ValidateCred: error validating credential: NoSuchBucket: The specified bucket does not exist. status code: 404',
		'invalid',
	],
	[
		'ValidateCred: InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.',
		'invalid',
	],
	['ValidateCred: AccessDenied: Access Denied status code: 403', 'invalid'],
])('validate says "%s": %s', async (text, kind) => {
	const { pxctl } = await practiceSide({}, { prepare: saying(`echo '${text}' >&2; exit 1`) });
	expect(await pxctl.validateCredential(name)).toMatchObject({ kind });
});

test.each([
	['Portworx is down', { health: 'not-running' }, 'portworx-not-running'],
	['Portworx is in maintenance', { health: 'maintenance' }, 'portworx-maintenance'],
	['the secret store is locked', { secretsEndpoint: 'closed' }, 'secret-store-locked'],
] as const)('%s: that says nothing about the credential', async (_, plan, id) => {
	const { pxctl } = await practiceSide(plan);
	expect(await problemFrom(() => pxctl.validateCredential(name))).toMatchObject({ id });
});

test.each([
	['', 124, 'pxctl-timeout'],
	['ValidateCred: something new', 1, 'pxctl-failed'],
	['ValidateCred: dial tcp 10.0.0.1:443: connect: connection refused', 1, 'store-unreachable'],
	['ValidateCred: x509: certificate signed by unknown authority', 1, 'store-tls'],
	['ValidateCred: RequestTimeTooSkewed: status code: 403', 1, 'store-clock'],
	[
		'Get "http://127.0.0.1:9001/v1": dial tcp 127.0.0.1:9001: connect: connection refused',
		1,
		'portworx-not-answering',
	],
])('validate says "%s" (%i): the credential may well be good', async (text, code, id) => {
	const { pxctl } = await practiceSide({}, { prepare: saying(`echo '${text}' >&2; exit ${code}`) });
	expect(await problemFrom(() => pxctl.validateCredential(name))).toMatchObject({ id });
});

test('success is a word, not only an exit status', async () => {
	const { pxctl } = await practiceSide({}, { prepare: saying('echo "nothing to say"') });
	const credential = credentials['the least of s3']?.credential ?? never();

	expect(await problemFrom(() => pxctl.validateCredential(name))).toMatchObject({ id: 'pxctl-failed' });
	expect(await problemFrom(() => pxctl.createCredential(name, credential))).toMatchObject({
		id: 'pxctl-failed',
	});
	expect(await problemFrom(() => pxctl.deleteCredential(name))).toMatchObject({ id: 'pxctl-failed' });
});

// The cluster's UUID.

test.each(['2.5.1', '2.9.0', '2.11.4', '3.1.6'])('the UUID of a Portworx %s', async portworxVersion => {
	const { pxctl, cluster } = await practiceSide({ portworxVersion });
	expect(await pxctl.clusterUuid()).toBe(cluster.uuid);
});

test.each([
	[
		'no such line',
		'echo "Status: PX is operational"',
		'pxctl status (exit status 0): Status: PX is operational; no line "Cluster UUID:"',
	],
	[
		'two such lines',
		'echo "Cluster UUID: 5b6f1c1e-ea57-4a57-9a57-70726163ea57"; echo "	Cluster UUID: 91d2a7c4-0e57-4e57-8e57-707261630e57"',
		'pxctl status (exit status 0): Cluster UUID: 5b6f1c1e-ea57-4a57-9a57-70726163ea57; 2 lines "Cluster UUID:"',
	],
	[
		'a name that looks like one',
		'echo "Cluster ID: px-5b6f1c1e-ea57-4a57-9a57-70726163ea57 UUID"',
		expect.stringContaining('no line "Cluster UUID:"'),
	],
	['one that is cut', 'echo "Cluster UUID: 5b6f1c1e"', expect.stringContaining('no line "Cluster UUID:"')],
	[
		'one with a failure',
		'echo "Cluster UUID: 5b6f1c1e-ea57-4a57-9a57-70726163ea57"; exit 1',
		expect.stringContaining('exit status 1'),
	],
])('no single UUID: %s', async (_, script, evidence) => {
	const { pxctl } = await practiceSide({}, { prepare: saying(script) });
	expect(await failureOf(() => pxctl.clusterUuid())).toEqual({ id: 'pxctl-failed', evidence });
});

// The cluster token.

test('the cluster token is shown once, and boxed', async () => {
	const { pxctl, cluster, execs } = await practiceSide();
	const [one, two] = await Promise.all([pxctl.showClusterToken(), pxctl.showClusterToken()]);

	expect(one.reveal()).toBe(cluster.clusterToken());
	expect([one === two, execs().length, `${one}`]).toEqual([true, 1, '••••••••']);
});

test.each([
	[
		'in a form that is not known',
		'echo "canary-token"',
		'pxctl cluster token show (exit status 0): no whole line "Token is …"',
	],
	['nothing', 'true', 'pxctl cluster token show (exit status 0): no whole line "Token is …"'],
	[
		'a token that is cut off',
		'printf "Token is 0a6fb091"',
		'pxctl cluster token show (exit status 0): no whole line "Token is …"',
	],
	[
		'an error',
		'echo "no such command" >&2; exit 1',
		'pxctl cluster token show (exit status 1): no such command',
	],
	[
		'a token and a failure',
		'echo "canary"; echo "Token is canary"; echo "but Token is canary" >&2; exit 1',
		'pxctl cluster token show (exit status 1): but Token is ••••••••',
	],
	['a failure and no word', 'echo "canary"; exit 1', 'pxctl cluster token show (exit status 1): no output'],
])('the token is not available: %s', async (_, script, evidence) => {
	const { pxctl } = await practiceSide({}, { prepare: saying(script) });
	const failure = await failureOf(() => pxctl.showClusterToken());
	expect(failure).toEqual({ id: 'pxctl-failed', evidence });
});

// PX-Security.

test('with PX-Security, pxctl gets the token from its Secret, and no one else sees it', async () => {
	const { pxctl, cluster, execs } = await practiceSide({ security: 'on' });
	await pxctl.createCredential(name, credentials.s3?.credential ?? never());

	expect(await pxctl.validateCredential(name)).toEqual({ kind: 'valid' });
	expect((await pxctl.showClusterToken()).reveal()).toBe(cluster.clusterToken());
	expect(cluster.requests.filter(({ url }) => url.endsWith('/secrets/px-admin-token'))).toHaveLength(1);
	expect(JSON.stringify(execs())).not.toContain(cluster.adminToken);
});

test.each([
	['missing', undefined, 'px-security-refused'],
	['of another cluster', 'canary', 'px-security-refused'],
	['with a line break at its end: that one is ours to drop', '\n', undefined],
])('the token in the Secret is %s', async (_, token, id) => {
	const { pxctl } = await practiceSide(
		{ security: 'on' },
		{
			prepare: ({ store, adminToken }) => {
				const secret = store.get(resources.secrets, 'portworx', 'px-admin-token') ?? never();
				store.remove(resources.secrets, 'portworx', 'px-admin-token');
				if (token !== undefined) {
					const value = token === '\n' ? `${adminToken}\n` : token;
					const { name: secretName, namespace } = secret.metadata;
					const data = { 'auth-token': Buffer.from(value).toString('base64') };
					store.create(resources.secrets, {
						apiVersion: 'v1',
						kind: 'Secret',
						metadata: { name: secretName, ...(namespace && { namespace }) },
						data,
					});
				}
			},
		},
	);
	if (id === undefined) {
		expect(await pxctl.validateCredential(name)).toEqual({ kind: 'absent' });
	} else {
		expect(await problemFrom(() => pxctl.validateCredential(name))).toMatchObject({ id });
	}
});

// One pod replaces another.

test.each<[string, Fault]>([
	['cannot start it', { kind: 'status', code: 500, reason: 'InternalError', message: 'container not found' }],
	['is gone', { kind: 'status', code: 404, reason: 'NotFound', message: 'pods not found' }],
	['breaks off', { kind: 'exec-cut', afterBytes: 0 }],
])('when the first pod %s, the next is asked', async (_, fault) => {
	const { pxctl, cluster, execs } = await practiceSide({}, { fault: onFirstExec(fault) });
	expect(await pxctl.clusterUuid()).toBe(cluster.uuid);
	expect(podsOf(execs())).toHaveLength(2);
});

test('what would be the same everywhere is not asked again', async () => {
	const { pxctl, execs } = await practiceSide({ forbidden: 'exec' });
	expect(await problemFrom(() => pxctl.clusterUuid())).toMatchObject({ id: 'forbidden', side: 'source' });
	expect(execs()).toHaveLength(1);
});

test('a creation that may have gone through is not repeated elsewhere', async () => {
	const { pxctl, execs } = await practiceSide(
		{},
		{ fault: onFirstExec({ kind: 'exec-cut', afterBytes: 0 }) },
	);
	expect(
		await problemFrom(() => pxctl.createCredential(name, credentials.s3?.credential ?? never())),
	).toMatchObject({ id: 'connection-lost' });
	expect(execs()).toHaveLength(1);
});

test('a creation that has not begun is taken to the next pod', async () => {
	const { pxctl, cluster } = await practiceSide(
		{},
		{ fault: onFirstExec({ kind: 'status', code: 500, reason: 'InternalError', message: 'no' }) },
	);
	await pxctl.createCredential(name, credentials.s3?.credential ?? never());
	expect(cluster.credentials()).toMatchObject([{ name }]);
});

test('when no pod will do, the first reason is the one', async () => {
	let count = 0;
	const fault: FaultHook = ({ url }) =>
		url.includes('/exec?')
			? { kind: 'status', code: 500, reason: 'InternalError', message: `reason ${++count}` }
			: undefined;
	const { pxctl, execs } = await practiceSide({}, { fault });

	expect((await problemFrom(() => pxctl.clusterUuid())).evidence).toMatch(/reason 1$/);
	expect(podsOf(execs())).toHaveLength(3);
});

test('a pod without the folder for the key says so, and leaves nothing', async () => {
	const { pxctl, cluster } = await practiceSide();
	eachPod(cluster, files => files.remove('/etc/pwx'));
	expect(
		await problemFrom(() => pxctl.createCredential(name, credentials.google?.credential ?? never())),
	).toMatchObject({
		id: 'pxctl-failed',
		evidence: expect.stringContaining('exit status 1'),
	});
	eachPod(cluster, files => expect(files.find('/etc/pwx')).toBeUndefined());
});

const podsOf = (execs: ReturnType<PracticeSide['execs']>) => [
	...new Set(execs.map(({ url }) => /pods\/([^/]+)\/exec/.exec(url)?.[1])),
];

function onFirstExec(fault: Fault): FaultHook {
	let isFirst = true;
	return ({ url }) => {
		if (!url.includes('/exec?') || !isFirst) {
			return undefined;
		}
		isFirst = false;
		return fault;
	};
}

/** Puts a pxctl in place that does just this. */
function saying(script: string) {
	return (cluster: PracticeCluster) => replacePxctl(cluster, script);
}

function jsonKey(more = ''): string {
	const key = {
		type: 'service_account',
		project_id: 'my-project',
		private_key: `canary "' $x\n${more}`,
		client_email: 'a@b',
	};
	return JSON.stringify(key, undefined, 2);
}

function never(): never {
	throw new Error('there is no such thing');
}
