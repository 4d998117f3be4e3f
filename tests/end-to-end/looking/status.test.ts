import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type Ground, openGround, writes } from '../../helpers/program/ground.ts';
import type { Transcript } from '../../helpers/program/program.ts';
import { type TemporaryFolder, temporaryFolder } from '../../helpers/program/temporary-folder.ts';

vi.setConfig({ testTimeout: 60_000 });

const credential = 'clusterPair_91d2a7c4-0e57-4e57-8e57-707261630e57';

/** Where a record says that a key came from may be another key by now. */
const asFarAsTheRecordKnows =
	'provider, store login, region, endpoint, bucket, SSL, path style, proxy, storage class, server-side encryption, encryption as planned; access key ID or account, secret not comparable; its UUID is the one that the run recorded';

test('the pair of the latest run, line by line', async () => {
	await using ground = await openGround();
	const status = await afterRun(ground);
	const before = writes(ground.practice.clusters.east).length;
	expect(await status(['remotecluster'])).toEqual({
		command: 'pxpair status remotecluster',
		exitCode: 0,
		out: [
			'migrationnamespace/remotecluster, east → west',
			'',
			'The pair works: every check passed.',
			'',
			'The source',
			'  Kubernetes v1.33.5-eks-113cf36 at https://127.0.0.1:PORT (context east)',
			'  Stork 24.3.0 in portworx, 3 of 3 replicas Ready',
			"  Migrations over this pair can move the namespace migrationnamespace alone. A pair in kube-system, Stork's admin namespace, serves all namespaces",
			'  Stork reports migrationnamespace/remotecluster: storage Ready, scheduler Ready. Stork never checks a Ready pair again',
			'  The pair contains the current token of the destination. Since when is not known: Portworx does not say',
			'  Portworx on the source is paired with 91d2a7c4-0e57-4e57-8e57-707261630e57',
			`  Portworx validated clusterPair_UUID; ${asFarAsTheRecordKnows}`,
			'  migrationnamespace/remotecluster is as it would be created today',
			'',
			'The destination',
			'  Kubernetes v1.33.5-eks-113cf36 at https://127.0.0.1:PORT (context west)',
			'  The source reaches the API server of the destination at https 127.0.0.1:PORT',
			'  The source reaches Portworx of the destination at http 127.0.0.1:PORT',
			'  The pair logs in to the destination with a token without an expiry date',
			`  Portworx validated clusterPair_UUID; ${asFarAsTheRecordKnows}`,
			'',
			'Both',
			expect.stringMatching(
				/^ {2}The credential is the same on both clusters in provider, .*; secret not comparable\. In use: cana….{4}, since \d{4}-\d\d-\d\d$/,
			),
			'',
			'The pair works: every check passed.',
		],
		err: [],
		started: [],
	});
	expect(writes(ground.practice.clusters.east)).toHaveLength(before);
});

test('a key that was stored again since, as nothing that can be read tells it', async () => {
	await using ground = await openGround();
	const status = await afterRun(ground);
	const { portworx, credentials } = ground.practice.clusters.east;
	const [stored] = credentials();
	portworx.removeCredential(credential);
	portworx.addCredential({ ...(stored ?? never()), uuid: randomUUID() });
	const { exitCode, out } = await status(['remotecluster']);
	expect(exitCode).toBe(0);
	const told = out.filter(line => line.includes('Portworx validated')).map(line => line.split('; ').at(-1));
	expect(told).toEqual([
		'its UUID is not the one that the run recorded: it was created again since',
		'its UUID is the one that the run recorded',
	]);
});

test('what broke: Stork goes on saying Ready, status does not', async () => {
	await using ground = await openGround();
	const status = await afterRun(ground);
	ground.practice.clusters.west.portworx.removeCredential(credential);
	const { exitCode, out, err } = await status(['remotecluster', '-n', 'migrationnamespace']);
	expect({ exitCode, err }).toEqual({ exitCode: 1, err: [] });
	expect(out.slice(2, 12)).toEqual([
		'1 error. The pair needs fixing, whatever its status says.',
		'',
		'Errors: the pair does not work, or will fail when it is needed',
		'',
		'  destination: The destination has no object-store credential for the pair: migrations will fail  [credential-missing]',
		'    pxctl credentials validate clusterPair_UUID: not found',
		'    → Create what is missing; what is as planned is left unchanged:',
		'        pxpair run FILE',
		'    https://docs.portworx.com/portworx-enterprise/3.1/shared/portworx-install-with-kubernetes-cluster-pair#create-object-store-credentials-for-cloud-clusters',
		'',
	]);
	expect(out.at(-1)).toBe('1 error. The pair needs fixing, whatever its status says.');
});

test('as JSON: what it is about, and the findings as check has them', async () => {
	await using ground = await openGround();
	const status = await afterRun(ground);
	const { out } = await status(['remotecluster', '--json']);
	expect(JSON.parse(out.join('\n'))).toMatchObject({
		schema: 'pxpair.status/v1',
		practice: false,
		pair: { name: 'remotecluster', namespace: 'migrationnamespace', back: false },
		source: 'east',
		destination: 'west',
		run: 'RUN',
		errors: 0,
		warnings: 0,
		findings: expect.arrayContaining([
			expect.objectContaining({ level: 'fact', topic: 'way', id: 'way-api-open', on: 'destination' }),
		]),
	});
});

test.each<[string, readonly string[], string]>([
	['an answers file, whose secrets are not asked for', ['--answers', 'answers.yaml'], 'fact pair-as-planned'],
	['two contexts alone', ['remotecluster', '--source', 'east', '--destination', 'west'], 'fact pair-ready'],
	['the record that a colleague sent', ['--run', 'record.json'], 'fact pair-as-planned'],
])('without a record of its own: %s', async (_title, args, fact) => {
	await using ground = await openGround();
	const state = await temporaryFolder();
	const sent = await recordOf(ground, state);
	await ground.sandbox.file('record.json', sent);
	const elsewhere = await temporaryFolder();
	const transcript = await ground.run(['status', '--json', ...args], {
		env: { ID: undefined, SECRET: undefined, XDG_STATE_HOME: elsewhere.path },
	});
	expect(transcript.exitCode).toBe(0);
	const { findings } = JSON.parse(transcript.out.join('\n')) as { findings: { level: string; id: string }[] };
	expect(findings.map(({ level, id }) => `${level} ${id}`)).toContain(fact);
});

test.each<[string, Readonly<Record<string, string | undefined>>, number, RegExp]>([
	['that is set', {}, 0, /bucket, SSL.* as planned; secret not comparable$/],
	['that is not set', { ID: undefined }, 0, /; access key ID or account, secret not comparable$/],
	[
		'of another key',
		{ ID: 'canary-of-another-key' },
		1,
		/^clusterPair_\S+ differs in access key ID or account: \S{4}….{3,4}, planned cana…-key$/,
	],
])(
	'the key that both clusters hold is compared with the answers: a variable %s',
	async (_title, env, code, told) => {
		await using ground = await openGround();
		await recordOf(ground, await temporaryFolder());
		const transcript = await ground.run(['status', '--json', '--answers', 'answers.yaml'], {
			env: { ...env, SECRET: undefined },
		});
		const { findings } = JSON.parse(transcript.out.join('\n')) as {
			findings: { id: string; text: string; problem?: { evidence: string } }[];
		};
		const own = findings.filter(({ id }) => id === (code === 0 ? 'credential-valid' : 'credential-differs'));
		expect(transcript.exitCode).toBe(code);
		expect(own.map(({ text, problem }) => problem?.evidence ?? text)).toEqual([
			expect.stringMatching(told),
			expect.stringMatching(told),
		]);
	},
);

test.each<[readonly string[], string]>([
	[['no one'], 'pxpair: No run on this machine is about pair no one'],
	[['no one', '--source', 'east'], 'pxpair: No run on this machine is about pair no one, source east'],
	[['--run', 'none'], 'pxpair: There is no run "none"'],
	[['--answers', 'none.yaml'], "pxpair: The answers file none.yaml can't be read"],
])('nothing to go by: %j', async (args, title) => {
	await using ground = await openGround();
	const { path } = await temporaryFolder();
	const { exitCode, out, err } = await ground.run(['status', ...args], { env: { XDG_STATE_HOME: path } });
	expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] });
	expect(err[0]).toBe(title);
	expect(err.some(line => line.includes('→'))).toBe(true);
});

test('a name that no run made is not looked for in the clusters of another', async () => {
	await using ground = await openGround();
	const status = await afterRun(ground);
	const { exitCode, err } = await status(['no one']);
	expect({ exitCode, first: err[0] }).toEqual({
		exitCode: 2,
		first: 'pxpair: No run on this machine is about pair no one',
	});
});

test('practice leaves no pair to look at', async () => {
	await using ground = await openGround();
	const { path } = await temporaryFolder();
	const env = { XDG_STATE_HOME: path };
	await ground.run(['run', '--practice'], { env });
	const { exitCode, err } = await ground.run(['status', 'remotecluster'], { env });
	expect({ exitCode, first: err[0] }).toEqual({
		exitCode: 2,
		first: 'pxpair: No run on this machine is about pair remotecluster',
	});
});

test('a cluster that hangs: a sign of life, and the first Ctrl-C ends it', async () => {
	const hang = { kind: 'hang', when: 'before' } as const;
	await using ground = await openGround({ fault: { west: () => hang } });
	const transcript = await ground.run(['status', '--source', 'east', '--destination', 'west'], {
		async during(running) {
			await running.said('Checking all pairs between east and west… 1 s');
			running.signal('SIGINT');
		},
	});
	expect(transcript).toMatchObject({ exitCode: 130, out: [] });
	expect(transcript.err.at(-1)).toBe('Stopped before everything was checked. Nothing was changed.');
});

test('a cluster token that is a JWT says itself when it was issued', async () => {
	await using ground = await openGround({ scenario: 'secured' });
	const status = await afterRun(ground);
	const { out } = await status(['remotecluster']);
	expect(out.filter(line => line.includes('current token'))).toEqual([
		expect.stringMatching(/contains the current token of the destination, issued \d{4}-\d\d-\d\d$/),
	]);
});

type Status = (args: readonly string[]) => Promise<Transcript>;

/** Pairs the clusters, and answers how to ask for the status with the record of that run, without any secret. */
async function afterRun(ground: Ground): Promise<Status> {
	const state = await temporaryFolder();
	await recordOf(ground, state);
	return async args => {
		const transcript = await ground.run(['status', ...args], {
			env: { ID: undefined, SECRET: undefined, XDG_STATE_HOME: state.path },
		});
		// Signs of life come when the machine is slow.
		return { ...transcript, err: transcript.err.filter(line => !line.startsWith('Trying the pair')) };
	};
}

async function recordOf(ground: Ground, { path }: TemporaryFolder): Promise<string> {
	const { exitCode, err } = await ground.run(['run', 'answers.yaml'], { env: { XDG_STATE_HOME: path } });
	expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
	const folder = join(path, 'pxpair/runs');
	const [name = ''] = await readdir(folder);
	return readFile(join(folder, name), 'utf8');
}

function never(): never {
	throw new Error('no credential');
}
