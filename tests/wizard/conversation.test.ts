import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Practice } from '../../source/practice/practice.ts';
import { resources } from '../../source/practice/resources.ts';
import { type Canaries, canariesIn, canariesInFiles, storeCanaries } from '../helpers/canaries.ts';
import { answersFor } from '../helpers/program/ground.ts';
import { programStart } from '../helpers/program/under-test.ts';
import {
	asItWas,
	asks,
	asProposed,
	clusters,
	givenBack,
	keys,
	opens,
	s3With,
	startOnClusters,
	startWizard,
	type Turn,
	type Wizard,
} from './start-wizard.ts';

vi.setConfig({ testTimeout: 240_000 });

const canary = (name: string): string => `${name}-${randomBytes(12).toString('base64').replace(/=*$/, '==')}`;

/** A key that the store accepted while it was asked for. */
function refuseFromNowOn({ clusters }: Practice, refusedSecret: string): void {
	for (const cluster of Object.values(clusters)) cluster.set({ refusedSecret });
}

/** Runs, waits for the pair and leaves. */
const runAndLeave: readonly Turn[] = [
	[asks.review, 'r'],
	[asks.done, 'q'],
];

describe.concurrent('against the practice clusters, a wrong turn undone', () => {
	test('S3: a region fixed on the way, a mode from the review, and a key that the store refused', async () => {
		const [id, wrong, right] = [canary('ID'), canary('WRONG'), canary('SECRET')];
		await using ground = await startOnClusters();
		const { wizard, practice } = ground;
		const { typed, turn } = counting(wizard);
		await turn(asks.source, keys.enter);
		await turn(asks.destination, keys.enter);
		await turn(asks.found, keys.enter);
		await turn(asks.store, keys.enter);
		await turn(asks.accessKeyId, uncounted(id), keys.enter);
		await turn(asks.secretAccessKey, uncounted(wrong), keys.enter);
		await turn(asks.defaults, keys.down, keys.enter);
		await turn(asks.region, keys.escape);
		await turn(asks.defaults, keys.down, keys.enter);
		await turn(asks.region, keys.eraseAll, uncounted('eu-west-1'), keys.enter);
		await turn(/Region +eu-west-1/, keys.enter);
		await turn(asks.review, 's');
		await turn('Saved', 'a');
		await turn('pxpair-answers-east-west.yaml', 'e');
		await turn(asks.answers, 'm', 'o', 'd', keys.enter);
		await turn(asks.mode, keys.down, keys.enter);
		await turn(asks.review);
		refuseFromNowOn(practice, wrong);
		await turn(asks.review, 'r');
		// A step says that it failed before the run is over.
		await turn('Failed at step', 'e');
		await turn('Entered before', uncounted(right), keys.enter);
		await turn(asks.review, 'r');
		await turn(asks.done, 'q');
		expect((await wizard.exit).code).toBe(0);

		const counted = typed();
		console.info(
			`S3 with three wrong turns and two files saved: ${counted} keystrokes besides names and secrets`,
		);
		expect(counted).toBeLessThan(36);
		expect(givenBack(wizard)).toEqual(asItWas);
		await leavesNoTraceOf({ id, wrong, right }, wizard);

		const told = unwrapped(wizard);
		expect(told).toContain('Pair east → west as migrationnamespace/remotecluster');
		expect(told).toMatch(/✔ 15\/16 source +Created the ClusterPair migrationnamespace\/remotecluster/);
		expect(told).toContain('Done. 5 changes were made.');
		expect(told).toContain('clusterPair: remotecluster');
		const records = await readdir(join(wizard.home, 'state/pxpair/runs'));
		expect(records.filter(name => told.endsWith(join(wizard.home, 'state/pxpair/runs', name)))).toHaveLength(
			1,
		);

		const answers = join(wizard.work, 'pxpair-answers-east-west.yaml');
		expect(parse(await readFile(answers, 'utf8'))).toMatchObject({
			objectStore: {
				accessKeyId: { env: 'AWS_ACCESS_KEY_ID' },
				secretAccessKey: { env: 'AWS_SECRET_ACCESS_KEY' },
				region: 'eu-west-1',
			},
		});
		const again = await execa(...programStart(['run', answers, '--practice']), {
			env: { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: right, XDG_STATE_HOME: wizard.home },
			reject: false,
		});
		expect({ code: again.exitCode, last: again.stdout.split('\n').at(-1) }).toEqual({
			code: 0,
			last: 'Done. 5 changes were made.',
		});
		expect(await readdir(wizard.temporary)).toEqual([]);
	});

	test('a proof asked for on the last screen leaves the promised manifest above it', async () => {
		const [id, secret] = [canary('ID'), canary('SECRET')];
		await using ground = await startOnClusters();
		const { wizard } = ground;
		await wizard.converse(
			[asks.source, keys.enter],
			[asks.destination, keys.enter],
			[asks.found, keys.enter],
			[asks.store, keys.enter],
			[asks.accessKeyId, id, keys.enter],
			[asks.secretAccessKey, secret, keys.enter],
			[asks.defaults, keys.enter],
			[asks.review, 'r'],
			[asks.done, 'p'],
		);
		expect((await wizard.exit).code).toBe(0);
		expect(unwrapped(wizard)).toMatch(
			/clusterPair: remotecluster.*Proved: what was written on the source was read on the destination/s,
		);
		await leavesNoTraceOf({ id, secret }, wizard);
	});

	test('Azure: an account name fixed, and a key that the store refused', async () => {
		const [wrong, right] = [canary('WRONG'), canary('KEY')];
		await using ground = await startOnClusters({ scenario: 'azure' });
		const { wizard, practice } = ground;
		await wizard.converse(
			...clusters,
			[asks.accountName, 'My-Account', keys.enter],
			['3 to 24 lowercase letters', keys.eraseAll, 'myaccount', keys.enter],
			[asks.accountKey, wrong, keys.enter],
			asProposed,
			[asks.review],
		);
		refuseFromNowOn(practice, wrong);
		await wizard.converse(
			[asks.review, 'r'],
			['rejects the account key', 'e'],
			['Entered before', right, keys.enter],
			...runAndLeave,
		);
		expect((await wizard.exit).code).toBe(0);
		await leavesNoTraceOf({ wrong, right }, wizard);
	});

	test('Google: a file completed with Tab, after one that is no key', async () => {
		const { jsonKey, all } = storeCanaries();
		const { privateKey = '' } = all;
		await using wizard = await startWizard(['--practice=google']);
		await mkdir(join(wizard.work, 'keys'));
		await writeFile(join(wizard.work, 'keys/other.json'), '{"a": 1}');
		await writeFile(join(wizard.work, 'keys/service-account.json'), jsonKey);
		await wizard.converse(
			...clusters,
			[asks.jsonKeyFile, 'k', keys.tab],
			['keys/other.json', 'o', keys.tab],
			['JSON key file: keys/other.json', keys.enter],
			[/✖ keys\/other\.json/, keys.eraseAll, 'keys/s', keys.tab],
			[/The key of a service account\.[\s\S]*Other users of this machine[\s\S]*chmod 600/, keys.enter],
			[/Project ID +practice-project \(detected\)/, keys.escape],
			['JSON key file: keys/service-account.json', keys.enter],
			asProposed,
			[asks.review, 'a'],
			['Saved', 'r'],
			[asks.done, keys.enter],
		);
		expect((await wizard.exit).code).toBe(0);
		const saved = await readFile(join(wizard.work, 'pxpair-answers-east-west.yaml'), 'utf8');
		expect(saved).toMatch(/^# PRACTICE: /);
		expect(parse(saved)).toMatchObject({
			objectStore: { provider: 'google', jsonKeyFile: 'keys/service-account.json' },
		});
		expect(wizard.output()).not.toContain(privateKey);
		expect(canariesIn(JSON.stringify(await filesOf(wizard, 'state')), { privateKey })).toEqual([]);
	});

	test('on-premises: none is chosen, another store looked at and left again', async () => {
		await using wizard = await startWizard(['--practice=on-premises']);
		await wizard.converse(
			...clusters.slice(0, 3),
			[asks.store, keys.enter],
			[asks.accessKeyId, keys.escape],
			[asks.store, keys.end, keys.enter],
			asProposed,
			...runAndLeave,
		);
		expect((await wizard.exit).code).toBe(0);
		expect(unwrapped(wizard)).toContain('Done. 3 changes were made.');
	});

	test('secured: the sides swapped and swapped back, a name undone by Esc', async () => {
		await using wizard = await startWizard(['--practice=secured']);
		await wizard.converse(
			...clusters.slice(0, 2),
			[asks.found, 's'],
			['source west → destination east'],
			[asks.found, 's'],
			['source east → destination west'],
			[asks.found, keys.enter],
			[asks.store, keys.enter],
			...s3With('KEYID', 'SECRET'),
			opens(9),
			[asks.name, keys.eraseAll, 'dr', keys.enter],
			[/Name of the pair +dr/, keys.escape],
			[asks.secretAccessKey, keys.enter],
			asProposed,
			...runAndLeave,
		);
		expect((await wizard.exit).code).toBe(0);
		expect(unwrapped(wizard)).toContain('Created the ClusterPair migrationnamespace/dr');
	});
});

describe.concurrent('few screens and keys', () => {
	/** Screens that ask something, and keys besides names and secrets. */
	async function countTo(wizard: Wizard, turns: readonly Turn[]) {
		const { typed, turn } = counting(wizard);
		for (const [shows, ...answer] of turns) {
			await turn(shows, ...answer.map(key => (key.length > 3 ? uncounted(key) : key)));
		}
		return { screens: turns.length, keys: typed() };
	}

	test('S3', async () => {
		await using wizard = await startWizard(['--practice']);
		const counted = await countTo(wizard, [
			...clusters,
			...s3With('KEYID', 'SECRET'),
			asProposed,
			[asks.review, 'r'],
		]);
		await wizard.converse([asks.done, 'q']);
		expect((await wizard.exit).code).toBe(0);
		expect(counted.screens).toBeLessThanOrEqual(9);
		expect(counted.keys).toBeLessThanOrEqual(14);
	});

	test('S3 without keys: no key is asked for', async () => {
		await using wizard = await startWizard(['--practice']);
		const counted = await countTo(wizard, [
			...clusters.slice(0, 3),
			[asks.store, keys.end, keys.enter],
			[asks.keyless, keys.enter],
			asProposed,
			[/Store login +iam[\s\S]*will be created/, 'r'],
		]);
		await wizard.converse([asks.done, 'q']);
		expect((await wizard.exit).code).toBe(0);
		expect(counted.screens).toBe(7);
		expect(wizard.output()).not.toMatch(/What is the (access|secret)/);
	});

	test('on-premises', async () => {
		await using wizard = await startWizard(['--practice=on-premises']);
		const counted = await countTo(wizard, [
			...clusters.slice(0, 3),
			[asks.store, keys.end, keys.enter],
			asProposed,
			[asks.review, 'r'],
		]);
		await wizard.converse([asks.done, 'q']);
		expect((await wizard.exit).code).toBe(0);
		expect(counted.screens).toBeLessThanOrEqual(6);
	});
});

describe.concurrent('one kubeconfig for each cluster', () => {
	test('the other file is named on the way, with Tab', async () => {
		await using ground = await startOnClusters({ scenario: 'on-premises' });
		const { practice } = ground;
		const all = parse(practice.kubeconfig);
		const only = (name: string) =>
			stringify({
				...all,
				contexts: all.contexts.filter((each: { name: string }) => each.name === name),
				'current-context': name,
			});
		await using wizard = await startWizard([], {
			env: { KUBECONFIG: 'east.yaml' },
			files: { 'east.yaml': only('east'), 'west.yaml': only('west') },
		});
		await wizard.converse(
			['has only one context', keys.enter],
			[asks.destination, keys.end, keys.enter],
			['Which kubeconfig file', 'w', keys.tab],
			['Kubeconfig file: west.yaml', keys.enter],
			[/west +practice-west|west +\S+/, keys.enter],
			[asks.found, keys.enter],
			[asks.store, keys.end, keys.enter],
			asProposed,
			[asks.review, 'r'],
			[asks.done, 'q'],
		);
		expect((await wizard.exit).code).toBe(0);
		expect(
			practice.clusters.east.store.get(resources.clusterpairs, 'migrationnamespace', 'remotecluster')?.status,
		).toMatchObject({ schedulerStatus: 'Ready' });
	});
});

describe.concurrent('a key is tried as soon as it is known', () => {
	test('one that the store rejects leads back to its field, and the next is tried, too', async () => {
		await using ground = await startOnClusters();
		const { wizard, practice } = ground;
		await wizard.converse(
			...clusters,
			...s3With('KEYID', 'WRONG'),
			['rejects the secret', keys.enter],
			['ListBuckets 403, SignatureDoesNotMatch', canary('RIGHT'), keys.enter],
			['accepted the key, from both clusters', keys.enter],
			['key accepted', 'r'],
			[asks.done, 'q'],
		);
		expect((await wizard.exit).code).toBe(0);
		expect(practice.clusters.east.credentials()).toHaveLength(1);
	});
});

describe.concurrent('what the check calls for', () => {
	test('a login that Stork cannot use is answered by a key: a ServiceAccount, both ways', async () => {
		await using ground = await startOnClusters({ scenario: 'login-plugin' });
		const { wizard, practice } = ground;
		await wizard.converse(
			...clusters.slice(0, 2),
			['a ServiceAccount', 'a'],
			['The pair will use a ServiceAccount.', keys.enter],
			[asks.store, keys.enter],
			...s3With('KEYID', 'SECRET'),
			[asks.defaults, keys.end, keys.enter],
			[asks.direction, keys.down, keys.enter],
			asProposed,
			[asks.review, 'r'],
			[asks.done],
		);
		expect(wizard.screen().join('\n')).toContain(
			'migrationnamespace/remotecluster on the destination is Ready',
		);
		wizard.type('q');
		expect((await wizard.exit).code).toBe(0);
		for (const { store } of [practice.clusters.east, practice.clusters.west]) {
			expect(store.get(resources.clusterpairs, 'migrationnamespace', 'remotecluster')?.status).toMatchObject({
				schedulerStatus: 'Ready',
				storageStatus: 'Ready',
			});
		}
	});

	test('contexts that were used last come first, the current one is marked', async () => {
		await using ground = await startOnClusters();
		const { wizard, kubeconfig } = ground;
		const runs = join(wizard.home, 'state/pxpair/runs');
		await mkdir(runs, { recursive: true });
		const answers = { source: { context: 'west' }, destination: { context: 'east' } };
		const ended = { type: 'run-finished', result: { kind: 'done' } };
		await writeFile(
			join(runs, '2026-01-01T00-00-00-aaaaaa.json'),
			JSON.stringify({ answers, attempts: [{ events: [ended] }] }),
		);
		await using again = await startWizard([], {
			env: { KUBECONFIG: kubeconfig, XDG_STATE_HOME: join(wizard.home, 'state') },
		});
		await again.converse(['where do the applications run now?']);
		const shown = again.screen();
		const rowOf = (name: string) => shown.findIndex(line => new RegExp(`^\\W*${name} `).test(line));
		expect(rowOf('west')).toBeGreaterThan(0);
		expect(rowOf('west')).toBeLessThan(rowOf('east'));
		expect(shown[rowOf('east')]).toContain('current');
	});

	test('a run that was killed is offered, gone on with, and its record goes on', async () => {
		await using ground = await startOnClusters({ scenario: 'endpoint-closed' });
		const { wizard, practice, kubeconfig } = ground;
		const ignore = ['--ignore', 'way-storage-closed'];
		const env = { KUBECONFIG: kubeconfig, XDG_STATE_HOME: join(wizard.home, 'state') };
		const secrets = { ID: 'KEYID', SECRET: 'SECRET' };
		const answers = join(wizard.work, 'answers.yaml');
		await writeFile(answers, stringify(answersFor('s3')));
		const run = execa(...programStart(['run', answers, ...ignore, '--timeout', '1']), {
			env: { ...env, ...secrets },
			reject: false,
		});
		expect((await run).exitCode).toBe(3);
		const records = await readdir(join(wizard.home, 'state/pxpair/runs'));
		expect(records).toHaveLength(1);
		await using again = await startWizard(ignore, { env });
		await again.converse(
			['Undo it: delete 5 objects', keys.enter],
			['An earlier attempt created 5 objects', keys.enter],
			[asks.accessKeyId, 'KEYID', keys.enter],
			[asks.secretAccessKey, 'SECRET', keys.enter],
			['An earlier attempt created 5 objects', keys.ctrlC, keys.ctrlC],
		);
		expect((await again.exit).code).toBe(130);
		await using undo = await startWizard(ignore, { env });
		await undo.converse(
			['Undo it: delete 5 objects', keys.down, keys.enter],
			['These are deleted, in this order.', 'y'],
			['Undone: 5 of 5 changes deleted', 'q'],
		);
		expect((await undo.exit).code).toBe(0);
		expect(practice.clusters.east.credentials()).toEqual([]);
		expect(await readdir(join(wizard.home, 'state/pxpair/runs'))).toEqual(records);
		// Nothing is left to go on with.
		await using last = await startWizard(ignore, { env });
		await last.converse([asks.source, keys.ctrlC]);
	});
});

describe.concurrent('at any speed', () => {
	const [id, secret] = [canary('ID'), canary('SECRET')];
	const all = `\r\r\r\r${id}\r${secret}\r\r`;

	test.for([
		['all keys in one write', [`${all}r`]],
		['one by one', [...all, 'r']],
	] as const)('%s, it is the same pair', async ([, writes]) => {
		await using ground = await startOnClusters();
		const { wizard, practice, kubeconfig } = ground;
		const before = await readFile(kubeconfig, 'utf8');
		await wizard.waitFor(asks.source);
		for (const keystrokes of writes) wizard.type(keystrokes);
		await wizard.converse([asks.done, 'q']);
		expect((await wizard.exit).code).toBe(0);
		expect(
			practice.clusters.east.store.get(resources.clusterpairs, 'migrationnamespace', 'remotecluster')?.status,
		).toMatchObject({ schedulerStatus: 'Ready', storageStatus: 'Ready' });
		expect(unwrapped(wizard)).toContain('Done. 5 changes were made.');
		expect(await readFile(kubeconfig, 'utf8')).toBe(before);
		await leavesNoTraceOf({ id, secret }, wizard);
	});
});

const uncounted = (text: string) => ({ uncounted: text });

/** Counts keys, but for names and secrets. */
function counting(wizard: Wizard) {
	let count = 0;
	return {
		typed: () => count,
		async turn(shows: string | RegExp, ...answer: (string | { uncounted: string })[]) {
			await wizard.waitFor(shows);
			for (const key of answer) {
				if (typeof key === 'string') count++;
				wizard.type(typeof key === 'string' ? key : key.uncounted);
			}
		},
	};
}

/** In no frame, no scrollback, no byte of output and no file. */
async function leavesNoTraceOf(canaries: Canaries, wizard: Wizard): Promise<void> {
	expect(canariesIn(wizard.output(), canaries)).toEqual([]);
	expect(canariesIn(wizard.scrollback().join(''), canaries)).toEqual([]);
	expect(await canariesInFiles(wizard.home, canaries)).toEqual([]);
}

async function filesOf(wizard: Wizard, folder: string): Promise<string[]> {
	const entries = await readdir(join(wizard.home, folder), { recursive: true, withFileTypes: true });
	return Promise.all(
		entries
			.filter(entry => entry.isFile())
			.map(entry => readFile(join(entry.parentPath, entry.name), 'utf8')),
	);
}

/** The terminal breaks long lines; what is told is not changed by it. */
const unwrapped = (wizard: Wizard): string => wizard.scrollback().join('');
