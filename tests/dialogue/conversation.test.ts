import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { canariesIn, canariesInFiles } from '../helpers/canaries.ts';
import {
	asItWas,
	givenBack,
	keys,
	startOnClusters,
	startWizard,
	type Turn,
	type Wizard,
} from '../wizard/start-wizard.ts';

vi.setConfig({ testTimeout: 240_000 });

const enter = keys.enter;
const canary = (name: string): string => `${name}${randomBytes(12).toString('hex')}`;

const clusters: readonly Turn[] = [
	['where do the applications run now?', enter],
	['can the applications be migrated to?', enter],
	['No cluster has been changed.', enter],
	['Which object store do both clusters use', enter],
];
const s3With = (id: string, secret: string): readonly Turn[] => [
	['Access key ID, hidden.', id, enter],
	['Secret access key, hidden.', secret, enter],
];
const asProposed: Turn = ['Use these defaults, or change one?', enter];
const toReview: readonly Turn[] = [...clusters, ...s3With('KEYID', 'SECRET'), asProposed];

test.concurrent('a pairing from the first question to the last line, with a mistake at each kind of prompt', async () => {
	const [id, wrong, right] = [canary('ID'), canary('WRONG'), canary('SECRET')];
	await using ground = await startOnClusters({ args: ['--accessible'] });
	const { wizard, practice } = ground;
	await converse(wizard, [
		['Enter for 1: ', '?', enter],
		['The ClusterPair object is created there.', '9', enter],
		['No entry has that name or number', 'ea', enter],
		['can the applications be migrated to?', 'east', enter],
		['That is the source', '<', enter],
		['where do the applications run now?', enter],
		['can the applications be migrated to?', enter],
		['No errors, no warnings.', enter],
		['Which object store do both clusters use', enter],
		['Access key ID, hidden.', enter],
		['Required: paste or type', id, enter],
		[`Taken: ${id.length} characters.`],
		['Secret access key, hidden.', '<', enter],
		[`Enter keeps the ${id.length} characters`, enter],
		['Secret access key, hidden.'],
	]);
	// More than one line of it is no key.
	wizard.paste(`${right}\n${right}`);
	await converse(wizard, [['The pasted text has 2 lines']]);
	wizard.paste(`${wrong}\n`);
	await converse(wizard, [
		['Removed at the ends: line breaks.', enter],
		['2. Region. us-west-2, detected', '2', enter],
		['Region (Enter for', 'no region', enter],
		['A region such as us-east-1', 'eu-west-12', '\u007F', enter],
		['2. Region. eu-west-1', 'region', enter],
		['Region (Enter for eu-west-1)', '<', enter],
		asProposed,
		['2. Run it', enter],
		['Steps:', '5', enter],
		['Saved'],
	]);
	for (const cluster of Object.values(practice.clusters)) cluster.set({ refusedSecret: wrong });
	await converse(wizard, [
		['Type a number', '2', enter],
		['rejects the secret'],
		['Failed', 'change an', enter],
		['Which answer do you want to change?', 'secret', enter],
		['Enter keeps the', right, enter],
		['2. Run it', 'run', enter],
		['Next: a Migration that names remotecluster', enter],
	]);
	expect((await wizard.exit).code).toBe(0);
	expect(givenBack(wizard)).toEqual(asItWas);

	const told = wizard.output();
	expect(told).toContain('Done. 5 changes were made.');
	expect(told).toContain('clusterPair: remotecluster');
	expect(canariesIn(told, { id, wrong, right })).toEqual([]);
	expect(await canariesInFiles(wizard.home, { id, wrong, right })).toEqual([]);
	expect(withoutPasteBrackets(told)).not.toContain('\u001B');
	// A carriage return is at the end of lines alone.
	expect(told.replaceAll('\r\n', '')).not.toContain('\r');
});

test.concurrent('a store without keys is chosen before any key is asked for', async () => {
	await using wizard = await startWizard(['--practice', '--accessible']);
	await converse(wizard, [
		...clusters.slice(0, 3),
		['Which object store do both clusters use'],
		['5. Without keys. Amazon S3, Azure', 'without', enter],
		['and how should Portworx log in to it?'],
		['2. Amazon S3: workload-identity'],
		['Too old for it: Portworx 3.1.6 on both, Stork 24.3.0 on the source.', '<', enter],
		['Which object store do both clusters use', 'without keys', enter],
		['Enter for 1: ', 's3: iam', enter],
		['Store login. iam', enter],
		['2. Run it', 'run', enter],
		['Next: a Migration that names', enter],
	]);
	expect((await wizard.exit).code).toBe(0);
	expect(wizard.output()).not.toContain('ccess key');
});

test.concurrent('2,000 contexts are asked for by a part of their names', async () => {
	await using wizard = await startWizard([], {
		env: { ACCESSIBLE: '1', KUBECONFIG: 'config' },
		files: { config: manyContexts(2000) },
	});
	await converse(wizard, [
		['There are 2001 entries.'],
		['Type part of a name', 'luster-1', enter],
		['1111 entries match.'],
		['There are 1111 entries.', 'luster-123', enter],
		['11 entries match.'],
		['11. cluster-1239', '2', enter],
		['can the applications be migrated to?', keys.ctrlC],
		['Press Ctrl-C again to quit.', keys.ctrlC],
	]);
	expect(wizard.output()).not.toContain('cluster-1999');
	expect((await wizard.exit).code).toBe(130);
	expect(givenBack(wizard)).toEqual(asItWas);
});

test.concurrent('a namesake is replaced on request, once that is confirmed', async () => {
	await using ground = await startOnClusters({ scenario: 'pair-differs', args: ['--accessible'] });
	const { wizard } = ground;
	await converse(wizard, [
		...toReview,
		['2. Run it', 'run', enter],
		['Replace the existing pair', 'replace', enter],
		['Delete the existing object', 'n', enter],
		['Type a number', 'replace', enter],
		['Delete the existing object', 'y', enter],
		['Next: a Migration that names', enter],
	]);
	expect((await wizard.exit).code).toBe(0);
});

test.concurrent('what was made is undone', async () => {
	await using ground = await startOnClusters({ args: ['--accessible'] });
	const { wizard, practice } = ground;
	await converse(wizard, [
		...toReview,
		['2. Run it', 'run', enter],
		['Next: a Migration that names', 'undo', enter],
		['Undo all 5 changes?', 'y', enter],
		['Undone: ', enter],
	]);
	expect((await wizard.exit).code).toBe(130);
	expect(practice.clusters.east.credentials()).toEqual([]);
});

test.concurrent('Ctrl-C in the undo asks first, and what is left can be undone from there', async () => {
	await using ground = await startOnClusters({ args: ['--accessible'], latency: 200 });
	const { wizard, practice } = ground;
	await converse(wizard, [
		...toReview,
		['2. Run it', 'run', enter],
		['Next: a Migration that names', 'undo', enter],
		['Undo all 5 changes?', 'y', enter],
		['Undoing. Ctrl-C asks whether to stop.', keys.ctrlC],
		['of 5 changes are undone; the rest can be undone later.', 'y'],
		['Stopping after the current change'],
		[/Undo stopped: \d of 5 changes deleted, \d still exist/, 'undo', enter],
		[/Undo (all \d changes|the 1 change)\?/, 'y', enter],
		['Undone: ', enter],
	]);
	expect((await wizard.exit).code).toBe(130);
	expect(practice.clusters.east.credentials()).toEqual([]);
});

test.concurrent('Ctrl-C in the run asks first, then sees a change through', async () => {
	await using wizard = await startWizard(['--practice'], { env: { INK_SCREEN_READER: 'true' } });
	await converse(wizard, [
		...toReview,
		['2. Run it', 'run', enter],
		['Ctrl-C asks whether to stop.', keys.ctrlC],
		['any other key: continue', 'x'],
		['Continuing.', keys.ctrlC],
		['any other key: continue', keys.ctrlC],
		['Stopping after the current change'],
		['Stopped.', 'quit', enter],
	]);
	expect((await wizard.exit).code).toBe(130);
});

test.concurrent('a run that was killed is told of, and undone', async () => {
	await using ground = await startOnClusters({ args: ['--accessible'], storkInterval: 60_000 });
	const { wizard, practice, kubeconfig } = ground;
	await converse(wizard, [...toReview, ['2. Run it', 'run', enter], ['created the ClusterPair']]);
	await wizard.end();
	await using again = await startWizard(['--accessible'], {
		env: { KUBECONFIG: kubeconfig, XDG_STATE_HOME: `${wizard.home}/state` },
	});
	await converse(again, [
		['An earlier run is unfinished.', 'undo', enter],
		['These are deleted, in this order.', 'n', enter],
		['An earlier run is unfinished.', '2', enter],
		['Undo it?', 'y', enter],
		['Undone: 5 of 5 changes deleted.', enter],
	]);
	expect((await again.exit).code).toBe(0);
	expect(practice.clusters.east.credentials()).toEqual([]);
});

test.concurrent('asked to end from outside, it gives the terminal back and says what became of it', async () => {
	await using wizard = await startWizard(['--practice', '--accessible']);
	await converse(wizard, [['where do the applications run now?']]);
	wizard.kill('SIGTERM');
	expect((await wizard.exit).code).toBe(143);
	expect(givenBack(wizard)).toEqual(asItWas);
	expect(wizard.output()).toContain('No cluster was changed.');
});

test.concurrent('a key file that is none is refused in a sentence', async () => {
	await using wizard = await startWizard(['--practice=google', '--accessible'], {
		files: { 'not-a-key.json': '{}' },
	});
	await converse(wizard, [
		...clusters,
		['JSON key file', 'nowhere.json', enter],
		['nowhere.json', 'not-a-key.json', enter],
		['not-a-key.json: ', '<', enter],
		['Which object store do both clusters use', keys.ctrlC],
		['Press Ctrl-C again to quit.', keys.ctrlC],
	]);
	expect((await wizard.exit).code).toBe(130);
});

/** Of what has been said since the last answer: older lines are still on the screen. */
async function converse(wizard: Wizard, turns: readonly Turn[]): Promise<void> {
	for (const [shows, ...answer] of turns) {
		const from = heard.get(wizard) ?? 0;
		const place = () =>
			wizard
				.output()
				.slice(from)
				.search(typeof shows === 'string' ? literally(shows) : shows);
		await wizard
			.waitFor(() => place() >= 0)
			.catch((error: Error) => {
				throw new Error(`${shows}: ${error.message}`);
			});
		heard.set(wizard, from + place() + 1);
		for (const key of answer) wizard.type(key);
	}
}

const heard = new WeakMap<Wizard, number>();

const literally = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));

const withoutPasteBrackets = (text: string): string =>
	// biome-ignore lint/suspicious/noControlCharactersInRegex: what is asked of the terminal, and the report of the test's own shell
	text.replace(/\u001B\[\?2004[hl]|\u001B\]5757;[^\u0007]*\u0007/g, '');

const manyContexts = (count: number): string => {
	const names = Array.from({ length: count }, (_, index) => `cluster-${index}`);
	return JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{ name: 'all', cluster: { server: 'https://127.0.0.1:1' } }],
		users: [{ name: 'me', user: { token: 'x' } }],
		contexts: names.map(name => ({ name, context: { cluster: 'all', user: 'me' } })),
	});
};
