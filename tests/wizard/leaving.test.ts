import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Practice } from '../../source/practice/practice.ts';
import { resources } from '../../source/practice/resources.ts';
import { writes } from '../helpers/program/ground.ts';
import { takesNodeOptions } from '../helpers/program/under-test.ts';
import {
	asItWas,
	asks,
	asProposed,
	clusters,
	givenBack,
	keys,
	s3With,
	startOnClusters,
	startWizard,
	type Turn,
	type Wizard,
} from './start-wizard.ts';

vi.setConfig({ testTimeout: 240_000 });

const nothingChanged = 'No cluster was changed.';
const toRun: readonly Turn[] = [...clusters, ...s3With('KEYID', 'SECRET'), asProposed, [asks.review, 'r']];
/** The last step of the scenario `endpoint-closed` waits for minutes. */
const waiting = 'Waiting until storage and scheduler are Ready';

describe.concurrent('at a question', () => {
	test.for([
		['Ctrl-C', (wizard: Wizard) => wizard.type(`${keys.ctrlC}${keys.ctrlC}`), 130],
		['SIGINT from outside', (wizard: Wizard) => wizard.kill('SIGINT'), 130],
		['SIGTERM', (wizard: Wizard) => wizard.kill('SIGTERM'), 143],
		['SIGHUP', (wizard: Wizard) => wizard.kill('SIGHUP'), 129],
	] as const)('%s leaves, and says that nothing was changed', async ([, leave, code]) => {
		await using ground = await startOnClusters();
		const { wizard, practice } = ground;
		await wizard.converse(...clusters, [asks.accessKeyId, 'SECRET-SO-FAR']);
		await wizard.waitFor('•••');
		leave(wizard);
		expect((await wizard.exit).code).toBe(code);
		expect(givenBack(wizard)).toEqual(asItWas);
		expect(wizard.scrollback()).toContain(nothingChanged);
		expect(writes(practice.clusters.east)).toEqual([]);
		const kept = join(wizard.home, 'state/pxpair/answers.json');
		expect(JSON.parse(await readFile(kept, 'utf8'))).toMatchObject({
			contexts: { source: 'east', destination: 'west' },
			store: 's3',
		});
		expect(await readFile(kept, 'utf8')).not.toContain('SECRET-SO-FAR');
		expect((await stat(kept)).mode & 0o777).toBe(0o600);
		expect((await readdir(wizard.home)).sort()).toEqual(['state', 'tmp', 'work']);
	});

	test('what was answered is offered at the next start, without the secrets', async () => {
		await using ground = await startOnClusters();
		const { wizard, kubeconfig } = ground;
		await wizard.converse(
			...clusters,
			...s3With('KEYID', 'SECRET'),
			[asks.defaults, keys.down, keys.enter],
			[asks.region, keys.eraseAll, 'eu-west-1', keys.enter],
			[/Region +eu-west-1/, keys.ctrlC],
			['Press Ctrl-C again to quit; your answers (without secrets) are kept', keys.down],
		);
		await wizard.waitFor(screen => !screen.join('').includes('again to quit'));
		await wizard.converse([asks.defaults, keys.ctrlC], ['again to quit', keys.ctrlC]);
		expect((await wizard.exit).code).toBe(130);
		expect(wizard.scrollback().join('')).toContain('pxpair offers them at the next start');
		const env = { KUBECONFIG: kubeconfig, XDG_STATE_HOME: join(wizard.home, 'state') };
		await using again = await startWizard([], { env });
		await again.converse(
			['Continue with the answers of a moment ago?', keys.enter],
			[asks.found, keys.enter],
			...s3With('KEYID', 'SECRET'),
			[/Region +eu-west-1/, keys.enter],
			[/Amazon S3, eu-west-1, s3.amazonaws.com/, 'r'],
			[asks.done, 'q'],
		);
		expect((await again.exit).code).toBe(0);
		// A run has a record: the answers are not offered any more.
		await using last = await startWizard([], { env });
		await last.converse([asks.source, keys.ctrlC]);
		expect((await last.exit).code).toBe(130);
	});

	test('Esc at the first one asks, and leaves', async () => {
		await using wizard = await startWizard(['--practice']);
		await wizard.converse([asks.source, keys.escape], ['Press Esc again to quit', keys.escape]);
		expect((await wizard.exit).code).toBe(130);
		expect(givenBack(wizard)).toEqual(asItWas);
		expect(await readdir(wizard.temporary)).toEqual([]);
	});

	test('anyone who leaves does not wait for a cluster that never answers', async () => {
		const silent = createServer(() => {});
		await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
		const address = silent.address();
		const port = typeof address === 'object' ? address?.port : undefined;
		await using wizard = await startWizard(['--kubeconfig', 'kubeconfig'], {
			files: { kubeconfig: silentKubeconfig(port ?? 0) },
		});
		await wizard.converse(
			[asks.source, keys.enter],
			[asks.destination, keys.enter],
			['Checking both clusters', keys.ctrlC, keys.ctrlC],
		);
		const begun = performance.now();
		expect((await wizard.exit).code).toBe(130);
		// Its own patience is longer than this, whatever else the machine does.
		expect(performance.now() - begun).toBeLessThan(10_000);
		silent.close();
	});
});

describe.concurrent('in the run', () => {
	test('Ctrl-C asks once: another key goes on, y stops cleanly', async () => {
		await using ground = await startOnClusters({
			scenario: 'endpoint-closed',
			args: ['--ignore', 'way-storage-closed'],
		});
		const { wizard, practice } = ground;
		await wizard.converse(
			...toRun,
			[waiting, keys.ctrlC],
			['Stop after the current change', 'n'],
			['Ctrl-C stop', keys.ctrlC],
			['Stop after the current change', 'y'],
			['Stopped', 'q'],
		);
		expect((await wizard.exit).code).toBe(130);
		expect(givenBack(wizard)).toEqual(asItWas);
		const told = wizard.scrollback().join('');
		expect(told).toContain('16/16 source      Wait until storage and scheduler are Ready');
		expect(told).toContain('Stopped. 5 changes were made before that; finished steps are not repeated');
		expect(writes(practice.clusters.east)).toContainEqual(expect.stringMatching(/^PATCH .*clusterpairs/));
	});

	test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops cleanly without asking', async signal => {
		await using ground = await startOnClusters({
			scenario: 'endpoint-closed',
			args: ['--ignore', 'way-storage-closed'],
		});
		const { wizard } = ground;
		await wizard.converse(...toRun, [waiting]);
		wizard.kill(signal);
		expect((await wizard.exit).code).toBe(128 + constants.signals[signal]);
		expect(givenBack(wizard)).toEqual(asItWas);
		expect(wizard.scrollback().join('')).toContain('Stopped. 5 changes were made before that');
		const [record = ''] = await readdir(join(wizard.home, 'state/pxpair/runs'));
		expect(await readFile(join(wizard.home, 'state/pxpair/runs', record), 'utf8')).toContain('"cancelled"');
	});

	test('undo undoes everything, and says so', async () => {
		await using ground = await startOnClusters();
		const { wizard, practice } = ground;
		const before = snapshot(practice);
		await wizard.converse(...toRun, [asks.done]);
		expect(snapshot(practice)).not.toEqual(before);
		await wizard.converse(
			[asks.done, 'u'],
			['Undo all 5 changes?', 'y'],
			['Undone: 5 of 5 changes deleted', 'q'],
		);
		expect((await wizard.exit).code).toBe(130);
		expect(snapshot(practice)).toEqual(before);
		const told = wizard.scrollback().join('');
		expect(told).toContain('Undone: 5 of 5 changes deleted.');
		expect(told).not.toContain('kind: Migration');
	});
});

describe.concurrent('a mistake of ours', () => {
	const withMistake = (mistake: string) => ({
		env: { NODE_OPTIONS: '--require=./mistake.cjs' },
		files: { 'mistake.cjs': mistake },
	});
	const atSignal = (mistake: string) => withMistake(`process.on('SIGUSR2', () => { ${mistake} })`);

	if (!takesNodeOptions) {
		test('is not let in by NODE_OPTIONS', async () => {
			await using wizard = await startWizard(['--practice'], withMistake("throw new Error('let in')"));
			await wizard.converse(...toRun, [asks.done, 'q']);
			expect((await wizard.exit).code).toBe(0);
			expect(givenBack(wizard)).toEqual(asItWas);
			expect(wizard.output()).not.toContain('let in');
		});
		return;
	}

	test('while a screen is drawn gives the terminal back as it was, and is told without its words', async () => {
		// The numbers of the steps are padded, where they are all shown and nowhere before.
		const mistake = "String.prototype.padStart = () => { throw new Error(['hidden', 'words'].join('-')); }";
		await using wizard = await startWizard(['--practice'], atSignal(mistake));
		await wizard.converse(...toRun.slice(0, -1), [asks.review]);
		wizard.kill('SIGUSR2');
		wizard.type(keys.enter);
		expect((await wizard.exit).code).toBe(1);
		expect(givenBack(wizard)).toEqual(asItWas);
		expect(wizard.scrollback().join('\n')).toContain('This is a bug in pxpair');
		expect(wizard.output()).not.toContain('hidden-words');
		expect(await readdir(wizard.temporary)).toEqual([]);
	});

	test('outside the screens gives the terminal back as it was', async () => {
		const mistake = "setTimeout(() => { throw new Error('at large'); })";
		await using wizard = await startWizard(['--practice'], atSignal(mistake));
		await wizard.converse([asks.source, keys.enter], [asks.destination]);
		wizard.kill('SIGUSR2');
		expect((await wizard.exit).code).toBe(1);
		expect(givenBack(wizard)).toEqual(asItWas);
	});
});

const silentKubeconfig = (port: number): string =>
	JSON.stringify({
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{ name: 'silent', cluster: { server: `https://127.0.0.1:${port}` } }],
		users: [{ name: 'someone', user: { token: 'none' } }],
		contexts: ['east', 'west'].map(name => ({ name, context: { cluster: 'silent', user: 'someone' } })),
		'current-context': 'east',
	});

/** What is in both clusters: what a pairing makes, and what Portworx keeps. */
const snapshot = ({ clusters: { east, west } }: Practice) =>
	[east, west].map(({ store, credentials }) => ({
		objects: [resources.namespaces, resources.clusterpairs].map(resource =>
			store.list(resource).map(({ metadata }) => metadata.name),
		),
		credentials: credentials().map(({ name }) => name),
	}));
