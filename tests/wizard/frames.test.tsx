import { once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Unfinished, WizardServices } from '../../source/conversation/services.ts';
import type { Answers } from '../../source/pairing/answers/answers.ts';
import { completeAnswers, draftOf, emptyDraft } from '../../source/pairing/answers/draft.ts';
import type { StoreTrial } from '../../source/pairing/clusters/ports.ts';
import { planPairing } from '../../source/pairing/plan.ts';
import { stepsOf } from '../../source/pairing/step/step.ts';
import { shell } from '../../source/pairing/words/command.ts';
import { type Finding, fact } from '../../source/pairing/words/finding.ts';
import { outsideText } from '../../source/pairing/words/outside-text.ts';
import type { Problem } from '../../source/pairing/words/problem.ts';
import { Secret } from '../../source/pairing/words/secret.ts';
import { answer, command, keep, replace } from '../../source/pairing/words/way.ts';
import type { Outcome, RunResult } from '../../source/runner/run-event.ts';
import { silent } from '../../source/ui/terminal-signals.ts';
import { problemOf } from '../helpers/problem.ts';
import { asciiTheme, lines, unicodeTheme } from '../helpers/program/frame.tsx';
import { storyOf } from '../helpers/story.ts';
import { fakeServices, foundFacts, lookAt, type OpenApp, openApp } from './open-app.tsx';

const small = { columns: 40, rows: 12, theme: unicodeTheme };

const noPortworx: Problem = problemOf({
	id: 'portworx-not-found',
	kind: 'cluster',
	title: 'No Portworx on the destination cluster',
	side: 'destination',
	evidence: 'context west: no StorageCluster and no pod labelled name=portworx in any namespace',
	remedies: [
		'Check that west is the right cluster.',
		'Or install Portworx there first; then run this again.',
	],
});
const pairDiffers: Problem = problemOf({
	id: 'pair-differs',
	kind: 'cluster',
	title: 'There is another ClusterPair of that name',
	side: 'source',
	evidence: 'migrationnamespace/remotecluster points to 10.0.0.9',
	remedies: [
		answer('Take another name', 'pair.name'),
		replace('Or replace it', 'pair'),
		keep('Or keep it', 'pair'),
	],
});

/** Tells that all is there, but for the destination's Portworx. */
const lookInVain = lookAt({
	destination: { ...foundFacts.destination, portworx: { kind: 'unknown', problem: noPortworx } },
});

/** Carries the first steps out, then tells one outcome for the next; undefined leaves it running. */
function runUntil(count: number, outcome?: Outcome, result?: RunResult): WizardServices['run'] {
	return (_answers, plan, observe) => {
		const [done, [next]] = [stepsOf(plan).slice(0, count), stepsOf(plan).slice(count)];
		for (const { id, change, title } of done) {
			const held: Outcome =
				change === undefined
					? { kind: 'unchanged', evidence: 'seen' }
					: { kind: 'changed', made: title.holds, evidence: 'seen' };
			observe({ type: 'step-started', step: id, at: 0 });
			observe({ type: 'step-finished', step: id, outcome: held, elapsed: 120, at: 120 });
		}
		if (next) observe({ type: 'step-started', step: next.id, at: 0 });
		if (next && outcome) observe({ type: 'step-finished', step: next.id, outcome, elapsed: 1500, at: 1500 });
		else if (next) observe({ type: 'step-noted', step: next.id, note: 'a word about it', at: 900 });
		if (!result) return new Promise(() => {});
		observe({ type: 'run-finished', result, at: 1500 });
		return Promise.resolve(result);
	};
}

const failed = (problem: Problem): [Outcome, RunResult] => [
	{ kind: 'failed', problem, trace: 'none' },
	{ kind: 'failed', problem, trace: 'none', changes: 1 },
];

async function toReview(app: OpenApp): Promise<void> {
	await app.type('\r', '\r', '\r', '\r', 'MYKEYID', '\r', 'my-secret-key', '\r');
	await app.type('\r');
}

test('while the list of contexts is filtered, Esc clears the filter, and the footer says so', async () => {
	const app = await openApp(fakeServices());
	const hints = () => app.frame().split('\n').at(-1);
	expect(hints()).toContain('Esc quit');
	await app.type('w');
	expect(hints()).toContain('Esc clear the filter');
	await app.type('\u001B[27u');
	expect(hints()).toContain('Esc quit');
	await app.type('e', '\r');
	expect(hints()).toContain('Esc back');
});

test('while the filter leaves nothing, the footer names no key that chooses', async () => {
	const app = await openApp(fakeServices());
	const hints = () => app.frame().split('\n').at(-1);
	expect(hints()).toContain('Enter choose');
	await app.type('zzz');
	expect(hints()).toContain('Esc clear the filter');
	expect(hints()).not.toMatch(/move|choose/);
	await app.type('\u007F', '\u007F', '\u007F');
	expect(hints()).toContain('Up/Down move  Enter choose');
});

test('where there is but one context, the cursor is on another file as soon as it is the source', async () => {
	const only = fakeServices().contexts.slice(0, 1);
	const app = await openApp(fakeServices({ contexts: only, completePath: () => [] }));
	expect(app.frame()).toContain('> east');
	await app.type('\r');
	expect(app.frame()).toContain('> Another kubeconfig file...');
	await app.type('\r');
	expect(app.frame()).toContain('Which kubeconfig file holds the other contexts?');
});

describe('what was found', () => {
	test('with everything there', async () => {
		const app = await openApp(fakeServices());
		await app.type('\r', '\r');
		expect(app.frame()).toBe(lines`
			pxpair | Clusters 3 of 8                         source east -> destination west

			+ No problems found

			              east (source)                    west (destination)
			Kubernetes    v1.33.5                      +   v1.33.5                      +
			Portworx      3.1.6, 1 of 3 Ready          +   3.1.6, 1 of 3 Ready          +
			Stork         24.3.0                       +   24.3.0                       +
			Platform      AWS (cloud)                      AWS (cloud)
			Region        us-east-1                        us-west-2
			Cluster UUID  5b6f1c1e-ea5~-9a57-70726163ea57  91d2a7c4-0e5~-8e57-707261630e57

			Wrong location? Press l. No cluster has been changed.

			Enter next  i details  s swap  l location  r check again  Esc back  ? help
		`);
		await app.type('l');
		expect(app.frame()).toMatch(/Platform +on-premises, as you set it/);
		expect(app.frame()).toMatch(/Detected +AWS \(cloud\)/);
	});

	test('in a small window', async () => {
		const app = await openApp(fakeServices(), small);
		await app.type('\r', '\r');
		expect(app.frame()).toBe(lines`
			pxpair · Clusters 3 of 8
			source east → destination west
			✔ No problems found
			source v1.33.5, Portworx 3.1.6
			 cloud (AWS), region us-east-1
			destination v1.33.5, Portworx 3.1.6
			 cloud (AWS), region us-west-2
			No cluster has been changed.

			⏎ next  i details  s swap  l location
			r check again  Esc back  ? help
		`);
	});

	test('while no one knows yet, only leaving is offered', async () => {
		const app = await openApp(fakeServices({ look: () => new Promise(() => {}) }));
		await app.type('\r', '\r', '\r');
		expect(app.frame()).toContain('* Checking both clusters (read-only): up to 25 s');
		expect(app.frame().split('\n').at(-1)).toBe('Esc back  Ctrl-C quit');
	});

	test('with a problem, and no way past it', async () => {
		const app = await openApp(fakeServices({ look: lookInVain }));
		await app.type('\r', '\r');
		const problem = lines`
			pxpair | Clusters 3 of 8                         source east -> destination west

			x No Portworx on the destination cluster
			context west: no StorageCluster and no pod labelled name=portworx in any
			namespace

			* Check that west is the right cluster.
			* Or install Portworx there first; then run this again.

			More: pxpair explain portworx-not-found

			r check again  i details  s swap  l location  Esc back  ? help
		`;
		expect(app.frame()).toBe(problem);
		await app.type('\r');
		expect(app.frame()).toBe(problem);
	});

	test('with a problem in a small window, which is paged', async () => {
		const app = await openApp(fakeServices({ look: lookInVain }), small);
		await app.type('\r', '\r');
		expect(app.frame()).toContain('3 more lines: PgDn');
		await app.type('\u001B[6~');
		expect(app.frame()).toBe(lines`
			pxpair · Clusters 3 of 8
			source east → destination west
			namespace

			• Check that west is the right cluster.
			• Or install Portworx there first; then
			  run this again.
			More: pxpair explain portworx-not-found
			3 lines above: PgUp
			r check again  i details  s swap
			l location  Esc back  ? help
		`);
	});
});

describe('what the check found', () => {
	const plugin = (level: 'error' | 'warning'): Finding => ({
		level,
		topic: 'login',
		problem: problemOf({
			id: 'login-plugin-not-in-stork',
			kind: 'cluster',
			title: "Stork on the source can't log in to the destination",
			side: 'destination',
			evidence: 'context west runs aws',
			remedies: [{ what: 'Let pxpair create a ServiceAccount for the pair', way: { kind: 'use-account' } }],
		}),
	});
	const onlyHere: Finding = {
		level: 'error',
		topic: 'login',
		problem: problemOf({
			id: 'server-only-here',
			kind: 'cluster',
			title: 'Stork on the source will not find the destination',
			side: 'destination',
			evidence: 'context west: 127.0.0.1:6443',
			remedies: [answer('Give another address', 'pair.server')],
		}),
	};
	const mayNot: Finding = {
		level: 'error',
		topic: 'permissions',
		problem: problemOf({
			id: 'permission-missing',
			kind: 'cluster',
			title: 'The user of the source lacks a right that the plan needs',
			side: 'source',
			evidence: 'may not create clusterpairs',
			remedies: ['Ask someone to apply the manifest.'],
			attachment: { title: 'The smallest rights', text: 'kind: Role\nmetadata:\n  name: pxpair\n' },
		}),
	};

	test('warnings are told and do not block; a key lists them whole', async () => {
		const app = await openApp(fakeServices({ look: lookAt({}, [plugin('warning')]) }));
		await app.type('\r', '\r');
		expect(app.frame()).toContain("! Warning: Stork on the source can't log in to the destination");
		expect(app.frame().split('\n').slice(-2).join(' ')).toContain(
			'Enter next  a ServiceAccount  w 1 warning',
		);
		await app.type('w');
		expect(app.frame()).toBe(lines`
			pxpair | 1 warning 3 of 8                        source east -> destination west

			! Warning: Stork on the source can't log in to the destination
			context west runs aws
			* Let pxpair create a ServiceAccount for the pair: press a.
			More: pxpair explain login-plugin-not-in-stork

			Up/Down scroll  a ServiceAccount  l location  r check again  Esc close  ? help
		`);
		await app.type('\u001B[27u', '\r');
		expect(app.frame()).toContain('Which object store do both clusters use');
	});

	test('in a small window, whole', async () => {
		const app = await openApp(fakeServices({ look: lookAt({}, [plugin('warning')]) }), small);
		await app.type('\r', '\r');
		expect(app.frame()).toBe(lines`
			pxpair · Clusters 3 of 8
			source east → destination west
			source v1.33.5, Portworx 3.1.6
			 cloud (AWS), region us-east-1
			destination v1.33.5, Portworx 3.1.6
			 cloud (AWS), region us-west-2
			▲ Warning: Stork on the source can't lo…
			No cluster has been changed.
			⏎ next  a ServiceAccount  w 1 warning
			i details  s swap  l location
			r check again  Esc back  ? help
		`);
	});

	test('errors block, all can be read, and a manifest is saved', async () => {
		const saved: string[] = [];
		const app = await openApp(
			fakeServices({
				look: lookAt({}, [mayNot, plugin('warning')]),
				saveAttachment: async ({ id }) => {
					saved.push(id);
					return 'Saved /here/role.yaml';
				},
			}),
		);
		await app.type('\r', '\r', '\r');
		expect(app.frame()).toContain('x The user of the source lacks a right that the plan needs');
		expect(app.frame()).toContain(
			"and 1 more (w shows all)\n! Warning: Stork on the source can't log in to the destination",
		);
		await app.type('w');
		expect(app.frame()).toContain('1 error, 1 warning');
		expect(app.frame()).toContain('\nkind: Role\nmetadata:\n  name: pxpair\n');
		await app.type('y');
		expect(saved).toEqual(['permission-missing']);
		expect(app.frame()).toContain('Saved /here/role.yaml');
	});

	test('what both clusters lack is one cause, by the key that shows it, too', async () => {
		const both = (['source', 'destination'] as const).map(
			(side): Finding => ({
				...mayNot,
				problem: { ...mayNot.problem, side, title: outsideText(`The user of the ${side} lacks a right`) },
			}),
		);
		const app = await openApp(fakeServices({ look: lookAt({}, both) }));
		await app.type('\r', '\r', '\r');
		expect(app.frame()).toContain('x The user of both clusters lacks a right');
		expect(app.frame()).toContain('w full answer');
		expect(app.frame()).not.toContain('show all');
		await app.type('w');
		expect(app.frame()).toContain('2 errors');
	});

	test('a ServiceAccount is taken by key, and looked at again', async () => {
		const logins: string[] = [];
		const app = await openApp(
			fakeServices({
				look: (answers, ...rest) => {
					logins.push(answers.pair.login);
					return lookAt({}, answers.pair.login === 'context' ? [plugin('error')] : [])(answers, ...rest);
				},
			}),
		);
		await app.type('\r', '\r', '\r');
		expect(app.frame()).toContain('press a.');
		await app.type('a');
		expect(logins).toEqual(['context', 'service-account']);
		expect(app.frame()).toContain('The pair will use a ServiceAccount.');
		await app.type('\r');
		expect(app.frame()).toContain('Which object store do both clusters use');
	});

	test('an address that only this machine can use points to the question for another', async () => {
		const app = await openApp(
			fakeServices({
				look: (answers, ...rest) => lookAt({}, answers.pair.server ? [] : [onlyHere])(answers, ...rest),
			}),
		);
		await app.type('\r', '\r', 'd');
		expect(app.frame()).toContain("Where does the source reach the destination's API server?");
		await app.type('http://a', '\r');
		expect(app.frame()).toContain('x An https:// address');
		await app.type('\u0015', 'https://203.0.113.7:6443', '\r');
		expect(app.frame()).toContain('No cluster has been changed.');
		expect(app.frame()).toContain('Enter next');
	});

	test('a namesake is no matter before its name has been asked for', async () => {
		const namesake: Finding = { level: 'error', topic: 'plan', problem: pairDiffers };
		const app = await openApp(fakeServices({ look: lookAt({}, [namesake]) }));
		await app.type('\r', '\r');
		expect(app.frame()).toContain('Enter next');
	});
});

describe('begun with answers', () => {
	const given = draftOf(
		{
			source: { context: 'east' },
			destination: { context: 'west' },
			objectStore: {
				provider: 's3',
				accessKeyId: { env: 'ID' },
				secretAccessKey: { env: 'SECRET' },
				region: 'eu-west-1',
				endpoint: 'minio:9000',
				disableSsl: true,
			},
			pair: { name: 'dr', namespace: 'apps', storage: 'paired', login: 'service-account', back: {} },
		},
		{ 's3.accessKeyId': new Secret('MYKEYID') },
	);

	test('only what is missing is asked for', async () => {
		const run: Answers[] = [];
		const app = await openApp(
			fakeServices({
				run: (answers, ...rest) => {
					run.push(answers);
					return runUntil(10)(answers, ...rest);
				},
			}),
			{ given },
		);
		expect(app.frame()).toContain('Clusters');
		await app.type('\r');
		expect(app.frame()).toContain('What is the secret access key?');
		await app.type('my-secret-key', '\r');
		expect(app.frame()).toContain('Review');
		await app.type('r');
		expect(run).toMatchObject([
			{
				objectStore: { provider: 's3', region: 'eu-west-1', endpoint: 'minio:9000', disableSsl: true },
				pair: { name: 'dr', namespace: 'apps', login: 'service-account', back: {} },
			},
		]);
	});

	test('a context that is missing is asked for first', async () => {
		const app = await openApp(fakeServices(), { given: { ...given, destination: undefined } });
		expect(app.frame()).toContain('where can the applications be migrated to?');
	});
});

describe('clusters in two files', () => {
	const [east] = fakeServices().contexts;
	const west = {
		name: 'east',
		cluster: 'other',
		server: 'https://west.example:6443',
		isCurrent: false,
		kubeconfig: '/home/me/.kube/west.yaml',
	};

	test('one context is explained, and another file has the other, even under the same name', async () => {
		let looked: Answers | undefined;
		const app = await openApp(
			fakeServices({
				contexts: east ? [east] : [],
				completePath: path => ['~/.kube/west.yaml'].filter(each => each.startsWith(path)),
				readKubeconfig: async path =>
					path === '~/.kube/west.yaml'
						? { kind: 'contexts', contexts: [west] }
						: { kind: 'mistake', text: 'No such file.' },
				look: (answers, tell, signal) => {
					looked = answers;
					return lookAt({})(answers, tell, signal);
				},
			}),
		);
		expect(app.frame()).toContain('The kubeconfig has only one context.');
		await app.type('\r', '\u001B[F', '\r', '~/.kube/x', '\r');
		expect(app.frame()).toContain('x No such file.');
		await app.type('\u0015', '~/.k', '\t', '\r');
		expect(app.frame()).toMatch(/> east +other +\S+ +\+ answers/);
		await app.type('\r');
		expect(looked).toMatchObject({
			source: { context: 'east' },
			destination: { context: 'east', kubeconfig: '/home/me/.kube/west.yaml' },
		});
		expect(looked?.source.kubeconfig).toBeUndefined();
	});
});

describe('the defaults', () => {
	const toDefaults = ['\r', '\r', '\r', '\r', 'MYKEYID', '\r', 'my-secret-key', '\r'];

	test('are one page, with the cursor on all as they are', async () => {
		const app = await openApp(fakeServices());
		await app.type(...toDefaults);
		expect(app.frame()).toBe(lines`
			pxpair | Defaults 7 of 8                         source east -> destination west

			Use these defaults, or change one?

			> Use these
			  Region              us-west-2 (detected)
			  Store endpoint      s3.amazonaws.com (detected)
			  Storage class       the store's own default
			  Store login         keys
			  Server encryption   the bucket's own setting
			  Bucket              created by Portworx
			  Passphrase          not encrypted
			  Namespace           migrationnamespace
			  Name of the pair    remotecluster
			  Mode                Portworx default
			  Portworx endpoint   detected
			  API server address  as in the kubeconfig
			  Login in the pair   your own
			  Both directions     no

			+ The object store accepted the key, from both clusters.

			Up/Down move  Enter choose  Esc back  ? help  Ctrl-C quit
		`);
	});

	test('in a small window, they scroll', async () => {
		const app = await openApp(fakeServices(), small);
		await app.type(...toDefaults, '\u001B[B');
		expect(app.frame()).toBe(lines`
			pxpair · Defaults 7 of 8
			source east → destination west
			Use these defaults, or change one?
			  Use these
			❯ Region              us-west-2
			  Store endpoint      s3.amazonaws.com
			  Storage class       the st…own default
			1 to 4 of 15
			✔ key accepted
			↑↓ move  ⏎ choose  Esc back  ? help
			Ctrl-C quit
		`);
	});

	test('one that cannot be is shown, and opened instead of the review', async () => {
		const app = await openApp(fakeServices());
		await app.type(...toDefaults, '\u001B[B', '\r', '_', '\u001B[27u');
		expect(app.frame()).toMatch(/Region +us-west-2_ +x not valid/);
		await app.type('\r');
		expect(app.frame()).toContain('Region: us-west-2_|');
	});
});

describe('the key is tried as soon as it is known', () => {
	const toDefaults = ['\r', '\r', '\r', '\r', 'MYKEYID', '\r', 'my-secret-key', '\r'];
	const rejected: Problem = problemOf({
		id: 'store-refuses',
		kind: 'cluster',
		title: 'The object store rejects the secret access key',
		side: 'source',
		evidence: 's3.amazonaws.com:443: 403 SignatureDoesNotMatch',
		remedies: [answer('Enter the secret again', 'objectStore.secretAccessKey')],
	});
	const says =
		(trial: StoreTrial): WizardServices['tryStore'] =>
		async (_answers, tell) => {
			tell('source', trial);
			tell('destination', trial);
		};

	test('accepted, it is said on the next screens', async () => {
		const app = await openApp(fakeServices());
		await app.type(...toDefaults);
		expect(app.frame()).toContain('+ The object store accepted the key, from both clusters.');
		await app.type('\r');
		expect(app.frame()).toMatch(/Object store +Amazon S3, us-west-2, s3.amazonaws.com +\+ key accepted/);
	});

	test('refused, it leads back to the field once, with the cause', async () => {
		const app = await openApp(fakeServices({ tryStore: says({ kind: 'refused', problem: rejected }) }));
		await app.type(...toDefaults);
		expect(app.frame()).toContain('x The object store rejects the secret access key');
		await app.type('\r');
		expect(app.frame()).toContain('What is the secret access key?');
		expect(app.frame()).toContain('403 SignatureDoesNotMatch');
		await app.type('\r', '\r');
		expect(app.frame()).toContain('x key refused');
	});

	test('a no that says nothing of the key is not called a yes', async () => {
		const app = await openApp(fakeServices({ tryStore: says({ kind: 'doubtful', problem: rejected }) }));
		await app.type(...toDefaults, '\r');
		expect(app.frame()).toContain('! key not confirmed');
		expect(app.frame()).not.toContain('accepted');
	});

	test('nothing waits for it, and another key is another trial', async () => {
		const tried: (readonly [Secret | undefined, AbortSignal])[] = [];
		const tryStore: WizardServices['tryStore'] = ({ objectStore }, _tell, signal) => {
			tried.push([objectStore.provider === 's3' ? objectStore.secretAccessKey : undefined, signal]);
			return new Promise(() => {});
		};
		const app = await openApp(fakeServices({ tryStore }));
		await app.type(...toDefaults);
		expect(app.frame()).toContain('Trying the key from a pod of each cluster: up to 25 s');
		await app.type('\r');
		expect(app.frame()).toContain('- trying the key');
		await app.type('\u001B[27u', '\u001B[27u', 'another', '\r');
		expect(tried.map(([secret]) => secret?.reveal())).toEqual(['my-secret-key', 'another']);
		expect(tried.map(([, { aborted }]) => aborted)).toEqual([true, false]);
	});
});

describe('what exists of the planned names', () => {
	test('is known in the review', async () => {
		let looks = 0;
		const findings: readonly Finding[] = [
			fact('plan', 'holds-already', 'source', 'The namespace exists'),
			{ level: 'error', topic: 'plan', problem: pairDiffers },
		];
		const look: WizardServices['look'] = (answers, tell, signal) =>
			lookAt({}, looks++ === 0 ? [] : findings)(answers, tell, signal);
		const app = await openApp(fakeServices({ look }));
		await toReview(app);
		expect(app.frame()).toContain('4 objects will be created on 2 clusters (1 already exist');
		expect(app.frame()).toContain('x There is another ClusterPair of that name');
		await app.type('w');
		expect(app.frame()).toContain('points to 10.0.0.9');
	});
});

describe('an earlier run that was not finished', () => {
	const answers = completeAnswers({ ...emptyDraft, source: 'east', destination: 'west', store: 's3' });
	const steps = stepsOf(planPairing(answers, foundFacts)).filter(({ change }) => change);
	const unfinished = (takeUp = () => {}): Unfinished => ({
		title: 'Pair east → west as migrationnamespace/remotecluster',
		when: '2026-07-01 10:42 UTC',
		ended: 'broke off at "Apply the ClusterPair remotecluster on the source"',
		draft: draftOf(
			{
				source: { context: 'east' },
				destination: { context: 'west' },
				objectStore: {
					provider: 'azure',
					accountName: 'myaccount',
					accountKey: { env: 'AZURE_STORAGE_KEY' },
				},
				pair: { name: 'dr', namespace: 'apps', storage: 'paired', login: 'context' },
			},
			{},
		),
		story: storyOf(answers, steps.slice(0, 2)),
		takeUp,
	});

	test('is offered first', async () => {
		const app = await openApp(fakeServices({ unfinished: unfinished() }));
		expect(app.frame()).toBe(lines`
			pxpair | A run that was not finished

			An earlier run is unfinished. What do you want to do?

			Pair east -> west as migrationnamespace/remotecluster
			2026-07-01 10:42 UTC: broke off at "Apply the ClusterPair remotecluster on the
			source"
			Still existing: 2 objects:
			* the object-store credential on the source
			* the object-store credential on the destination

			> Resume it
			  What exists as planned is unchanged. Secrets are asked for again.
			  Undo it: delete 2 objects
			  Start a new run

			Up/Down move  Enter choose  Ctrl-C quit  ? help
		`);
	});

	test('in a small window, the choice is there', async () => {
		const app = await openApp(fakeServices({ unfinished: unfinished() }), small);
		expect(app.frame()).toContain('❯ Resume it');
	});

	test('gone on with, it asks for the secrets alone', async () => {
		let taken = 0;
		const app = await openApp(fakeServices({ unfinished: unfinished(() => taken++) }));
		await app.type('\r');
		expect(taken).toBe(1);
		await app.type('\r');
		expect(app.frame()).toContain('What is a key of that account?');
		await app.type('my-secret-key', '\r');
		expect(app.frame()).toContain('An earlier attempt created 2 objects.');
	});

	test('undone: shown first, then done', async () => {
		const undone: string[] = [];
		const undo: WizardServices['undo'] = async (_answers, [step], observe) => {
			undone.push(step?.id ?? '');
			observe({
				type: 'step-finished',
				step: step?.id ?? '',
				outcome: { kind: 'undone', made: 'it', kept: undefined },
				elapsed: 100,
				at: 100,
			});
			return { kind: 'done', changes: 1 };
		};
		const app = await openApp(fakeServices({ unfinished: unfinished(), undo }));
		await app.type('\u001B[B', '\r');
		expect(app.frame()).toContain(
			'* destination the object-store credential on the destination\n* source the object-store credential on the source',
		);
		expect(undone).toEqual([]);
		await app.type('?');
		expect(app.frame()).toContain('Keys: y undo, Esc back');
		await app.type('y');
		expect(undone).toEqual([]);
		await app.type('?', 'y');
		expect(undone).toEqual(['create-credential/destination', 'create-credential/source']);
		expect(app.frame()).toContain('Undone: 2 of 2 changes deleted');
		await app.type('?');
		expect(app.frame()).toContain('About: Undone');
		await app.type('?');
		await app.type('n');
		expect(app.frame()).toContain('where do the applications run now?');
	});

	test('what is kept is told with its whole reason, and what was not found as that', async () => {
		const kept = 'a ClusterPair of another namespace, which someone made later, is using it';
		const undo: WizardServices['undo'] = async (_answers, [step], observe) => {
			const isFirst = step?.id === 'create-credential/destination';
			observe({
				type: 'step-finished',
				step: step?.id ?? '',
				outcome: {
					kind: 'undone',
					made: isFirst ? 'one' : 'another',
					kept: isFirst ? kept : undefined,
					...(!isFirst && { absent: true }),
				},
				elapsed: 100,
				at: 100,
			});
			return { kind: 'done', changes: 0 };
		};
		const app = await openApp(fakeServices({ unfinished: unfinished(), undo }), small);
		await app.type('\u001B[B', '\r', 'y');
		expect(app.frame()).toContain('▲ destination Kept one');
		expect(app.frame()).toContain('Not found: another');
		expect(app.frame().replaceAll(/\s+/g, ' ')).toContain(`Kept one: ${kept}`);
	});

	test('the undo asks before it stops, says what is gone by then, and offers the rest', async () => {
		let calls = 0;
		const undo: WizardServices['undo'] = async (_answers, [step], observe, signal) => {
			const id = step?.id ?? '';
			observe({ type: 'step-started', step: id, at: 0 });
			if (++calls === 1) await once(signal, 'abort');
			const outcome = { kind: 'undone', made: id, kept: undefined } as const;
			observe({ type: 'step-finished', step: id, outcome, elapsed: 100, at: 100 });
			return { kind: 'done', changes: 1 };
		};
		const app = await openApp(fakeServices({ unfinished: unfinished(), undo }));
		await app.type('\u001B[B', '\r', 'y');
		expect(app.frame()).toContain('Ctrl-C stop  ? help');
		await app.type('\u0003');
		expect(app.frame()).toContain('Stop after the current change? 0 of 2 changes are undone;');
		await app.type('n');
		expect(app.frame()).not.toContain('Stop after');
		await app.type('\u001B[27u', 'y');
		expect(app.frame()).toContain('Undo stopped: 1 of 2 changes deleted, 1 still exists');
		expect(app.frame()).toContain('Not started: Delete the object-store credential on the source');
		expect(calls).toBe(1);
		await app.type('u');
		expect(app.frame()).toContain('Undo the 1 change? [y/N]');
		await app.type('y');
		expect(calls).toBe(2);
		expect(app.frame()).toContain('Undone: 1 of 1 changes deleted');
	});

	test('or begun again', async () => {
		const app = await openApp(fakeServices({ unfinished: unfinished() }));
		await app.type('\u001B[A', '\r');
		expect(app.frame()).toContain('where do the applications run now?');
	});
});

describe('the review', () => {
	test('says first what will happen, and its cursor is on what changes nothing', async () => {
		const app = await openApp(fakeServices());
		await toReview(app);
		expect(app.frame()).toBe(lines`
			pxpair | Review 8 of 8                           source east -> destination west

			Source              east, AWS us-east-1, Portworx 3.1.6  + checked
			Destination         west, AWS us-west-2, Portworx 3.1.6  + checked
			Pair                migrationnamespace/remotecluster, one way
			Object store        Amazon S3, us-west-2, s3.amazonaws.com  + key accepted
			Login               your own, for west  ! readable in the ClusterPair
			Defaults            mode, Portworx endpoint, API server address

			5 objects will be created on 2 clusters. No cluster has been changed.
			+ the object-store credential on the source
			+ the object-store credential on the destination
			+ the namespace migrationnamespace on the source
			+ the namespace migrationnamespace on the destination
			+ the ClusterPair migrationnamespace/remotecluster on the source

			> Show all steps, with every command  p
			  Run it                              r
			  Change an answer                    e
			  Save a runbook, to follow by hand   s
			  Save the answers, without secrets   a

			Up/Down move  Enter choose  r run  Esc back  ? help  Ctrl-C quit
		`);
		await app.type('\r', '\u001B[27u', '\u001B[B', '\u001B[B', '\r');
		expect(app.frame()).toContain('Your answers');
	});

	test('names every step, its side and what exactly it does, secrets as dots', async () => {
		const app = await openApp(fakeServices({ namespaces: async () => [] }), { columns: 99, rows: 45 });
		await toReview(app);
		await app.type('\r');
		const first = app.frame();
		await app.type('\u001B[F');
		const text = `${first}\n${app.frame()}`;
		expect(text).toContain(' 8 Confirm that they are two clusters (both), read-only');
		expect(text).toContain('--s3-access-key ******** --s3-secret-key ********');
		expect(text).not.toMatch(/MYKEYID|my-secret-key/);
		expect(text).toContain('16 Wait until storage and scheduler are Ready on the source, read-only');
		for (let step = 1; step <= 16; step++) expect(text).toMatch(new RegExp(`^ ?${step} [A-Z]`, 'm'));
	});

	test('in a small window', async () => {
		const app = await openApp(fakeServices({ namespaces: async () => [] }), small);
		await toReview(app);
		expect(app.frame()).toBe(lines`
			pxpair · Review 8 of 8
			source east → destination west
			5 objects will be created on 2 clusters…
			❯ Show all steps, with every command  p
			  Run it                              r
			  Change an answer                    e
			  Save a runbook, to follow by hand   s
			  Save the answers, without secrets   a
			6 more lines: PgDn
			↑↓ move  ⏎ choose  r run  Esc back
			? help  Ctrl-C quit
		`);
		await app.type('\u001B[6~');
		expect(app.frame()).toContain('Login        your own');
	});

	test('tells where a file was saved, whole', async () => {
		const path = '/home/someone/somewhere/pxpair-runbook-east-west.md';
		const app = await openApp(
			fakeServices({ namespaces: async () => [], save: async () => `Saved ${path}` }),
			small,
		);
		await toReview(app);
		await app.type('s');
		expect(app.frame().replaceAll('\n', '')).toContain(`Saved ${path}`);
	});
});

describe('the run', () => {
	async function running(
		run: WizardServices['run'],
		options = {},
		listed: Partial<WizardServices> = {},
	): Promise<OpenApp> {
		const app = await openApp(
			fakeServices({ namespaces: async () => [], run, recordPath: () => '/state/record.json', ...listed }),
			options,
		);
		await toReview(app);
		await app.type('r');
		return app;
	}

	test('in progress', async () => {
		const app = await running(runUntil(10));
		expect(app.frame()).toBe(lines`
			pxpair | Pairing 10 of 16                        source east -> destination west

			+ both        No errors found                                              0.1 s
			+ source      The source cluster answers                                   0.1 s
			+ destination The destination cluster answers                              0.1 s
			+ source      Portworx is Ready on the source                              0.1 s
			+ destination Portworx is Ready on the destination                         0.1 s
			+ source      Stork runs on the source                                     0.1 s
			+ destination The destination's cluster UUID is known                      0.1 s
			+ both        They are two clusters                                        0.1 s
			+ source      Created The object-store credential exists on the source     0.1 s
			+ destination Created The object-store credential exists on the destinati~ 0.1 s
			* source      Creating the namespace migrationnamespace on the source...   0.0 s
			              a word about it
			. destination Create the namespace migrationnamespace on the destination, unle~
			. destination Generate the ClusterPair spec on the destination
			. destination Fill in the storage options from the destination
			. source      Apply the ClusterPair remotecluster on the source
			. source      Wait until storage and scheduler are Ready on the source

			Ctrl-C stop  ? help
		`);
		await app.type('?');
		expect(app.frame()).toContain('About: The run');
		expect(app.frame()).toContain('Keys: Ctrl-C stop, ? help');
		await app.type('\u001B[27u');
		expect(app.frame()).toContain('+ both        No errors found');
	});

	test('asks once before it stops', async () => {
		const app = await running(runUntil(10));
		await app.type('\u0003');
		expect(app.frame()).toContain('Stop after the current change? [y/N]');
		expect(app.frame()).toContain('y stop  any other key continue');
		await app.type('n');
		expect(app.frame()).not.toContain('Stop after the current change');
		await app.type('\u0003', 'y');
		expect(app.frame()).toContain('Stopping after the current change...');
		expect(app.aftermath()).toBeUndefined();
	});

	test('an undo after a stop does not say that it stops', async () => {
		const run: WizardServices['run'] = async (answers, plan, observe, signal) => {
			void runUntil(10)(answers, plan, observe, signal);
			await once(signal, 'abort');
			const result: RunResult = { kind: 'cancelled', changes: 2 };
			observe({ type: 'run-finished', result, at: 1500 });
			return result;
		};
		const app = await running(run, {}, { undo: () => new Promise(() => {}) });
		await app.type('\u0003', 'y');
		expect(app.frame()).toContain('Stopped');
		await app.type('u', 'y');
		expect(app.frame()).toContain('Undoing');
		expect(app.frame()).not.toContain('Stopping');
		await app.type('\u0003', '\u0003');
		expect(app.frame()).toContain('Stopping after the current change...');
	});

	const unknownKey: Problem = problemOf({
		id: 'store-unknown-key',
		kind: 'cluster',
		title: 'The object store does not recognize this access key',
		side: 'source',
		evidence: 's3.amazonaws.com:443: 403 InvalidAccessKeyId',
		remedies: [
			answer('Check the access key ID (not the secret access key)', 'objectStore.accessKeyId'),
			answer('Or leave out the bucket', 'objectStore.bucket'),
		],
	});
	/** A key that looks like a secret is taken from who insists. */
	async function refusedWith(id: string, options = {}): Promise<OpenApp> {
		const app = await openApp(fakeServices({ run: runUntil(0, ...failed(unknownKey)) }), options);
		await app.type('\r', '\r', '\r', '\r', id, '\r', ...(id.length === 40 ? ['\r'] : []));
		await app.type('my-secret-key', '\r', '\r', 'r');
		return app;
	}

	test('failed for the key: another is asked for, with the end of the one that was given, or another store', async () => {
		const app = await refusedWith('AKIAIOSFODNN7EXAMPLE');
		expect(app.frame()).toContain(lines`
			> Enter another access key ID (e)  the one you gave ends in ...MPLE
			  Check the access key ID (not the secret access key).
			  Change the bucket
			  Retry (r)
			  Choose another object store
			  Change an answer
			  Quit (q)
		`);
		expect(app.frame()).not.toContain('AKIA');
		await app.type('\u001B[B', '\u001B[B', '\u001B[B', '\r');
		expect(app.frame()).toContain('Which object store do both clusters use');
	});

	test.each(['SHORTKEY123', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'])(
		'of %s, which is too short or may be the secret, nothing is shown',
		async id => {
			const app = await refusedWith(id);
			expect(app.frame()).toContain('> Enter another access key ID (e)\n');
			expect(app.frame()).not.toContain(id.slice(-4));
		},
	);

	test('failed in a small window: Enter tells all that was said', async () => {
		const app = await refusedWith('AKIAIOSFODNN7EXAMPLE', small);
		await app.type('\r');
		expect(app.frame()).toContain('Esc close');
	});

	test('failed, with the ways on that its problem offers', async () => {
		const app = await running(runUntil(14, ...failed(pairDiffers)));
		expect(app.frame()).toBe(lines`
			pxpair | Failed at step 15 of 16. 4 changes were made
			source east -> destination west

			x There is another ClusterPair of that name (source)
			migrationnamespace/remotecluster points to 10.0.0.9

			> Change the name of the pair (e)
			  Take another name.
			  Replace the existing pair (p)
			  Keep the existing pair (k)
			  Retry (r)
			  Change an answer
			  Undo all changes (u)
			  Quit (q)

			14 steps done, 1 step not started
			Created by this run:
			* The object-store credential exists on the source
			* The object-store credential exists on the destination
			* The namespace migrationnamespace exists on the source
			2 more lines: PgDn

			Up/Down move  Enter choose  v full answer  q quit  ? help
		`);
	});

	test('what helps is a menu, with the likeliest under the cursor', async () => {
		const app = await running(runUntil(14, ...failed(pairDiffers)));
		await app.type('\r');
		expect(app.frame()).toContain('What should the pair be called?');
	});

	test('while something is asked, Enter says no and the menu rests', async () => {
		const app = await running(runUntil(14, ...failed(pairDiffers)));
		await app.type('p', '\r');
		expect(app.frame()).not.toContain('Delete the existing object');
		expect(app.frame()).toContain('> Change the name of the pair (e)');
	});

	test('one cause on both clusters is said once', async () => {
		const onBoth = ['source', 'destination'] as const;
		const [cause, twin] = onBoth.map(side =>
			problemOf({ ...noPortworx, title: `No Portworx on the ${side} cluster`, side }),
		);
		const app = await running(
			runUntil(0, ...failed({ ...(cause ?? noPortworx), ...(twin && { others: [twin] }) })),
		);
		expect(app.frame()).toContain('x No Portworx on both clusters');
		expect(app.frame()).not.toContain('on the source cluster');
		expect(app.frame()).not.toContain('No Portworx on the destination cluster');
		expect(app.frame()).toContain('> Retry (r)');
	});

	test('failed in a small window: the problem comes first', async () => {
		const app = await running(runUntil(14, ...failed(pairDiffers)), small);
		expect(app.frame()).toBe(lines`
			pxpair · Failed at step 15 of 16. 4 ch…
			source east → destination west
			✖ source      Failed: Apply the C… 1.5 s
			✖ There is another ClusterPair of that
			name (source)
			migrationnamespace/remotecluster points
			to 10.0.0.9
			14 more lines: PgDn
			v full answer  e change an answer
			p replace it  k keep it  r retry
			u undo all changes  q quit  ? help
		`);
	});

	test('the check failed: all that blocks it can be read', async () => {
		const app = await running(runUntil(0, ...failed({ ...noPortworx, others: [pairDiffers] })), small);
		await app.type('w');
		const frames = [app.frame()];
		await app.type('\u001B[6~');
		frames.push(app.frame());
		await app.type('\u001B[6~');
		frames.push(app.frame());
		expect(frames.join('\n')).toContain('No Portworx on the destination');
		expect(frames.join('\n')).toContain('There is another ClusterPair of that');
		await app.type('\u001B[27u');
		expect(app.frame()).toContain('Failed: Check both');
		// What the second one offers is offered, too.
		expect(app.frame()).toContain('p replace it');
	});

	test('what the check warned of stays in sight', async () => {
		const app = await running((_answers, plan, observe) => {
			const [check] = stepsOf(plan);
			observe({
				type: 'step-finished',
				step: check?.id ?? '',
				outcome: { kind: 'unchanged', evidence: 'seen', warnings: [pairDiffers] },
				elapsed: 100,
				at: 100,
			});
			return new Promise(() => {});
		});
		expect(app.frame()).toContain('! 1 warning (w shows them): There is another ClusterPair of that name');
		await app.type('w');
		expect(app.frame()).toContain('! Warning: There is another ClusterPair of that name (source)');
	});

	test('both ways in a small window: what runs is in sight', async () => {
		const app = await openApp(fakeServices({ run: runUntil(20), recordPath: () => undefined }), {
			...small,
			given: draftOf(
				{
					source: { context: 'east' },
					destination: { context: 'west' },
					objectStore: {
						provider: 'azure',
						accountName: 'myaccount',
						accountKey: { env: 'AZURE_STORAGE_KEY' },
					},
					pair: { name: 'dr', namespace: 'apps', storage: 'paired', login: 'service-account', back: {} },
				},
				{ 'azure.accountKey': new Secret('my-secret-key') },
			),
		});
		await app.type('\r', 'r');
		expect(app.frame()).toContain('a word about it');
		expect(app.frame()).toMatch(/20 of 30/);
		expect(app.frame()).not.toContain('more lines');
	});

	test('a decision runs the plan again with it', async () => {
		const decisions: unknown[] = [];
		const fail = runUntil(14, ...failed(pairDiffers));
		const app = await running((answers, ...rest) => {
			decisions.push(answers.existing);
			return fail(answers, ...rest);
		});
		await app.type('p');
		expect(app.frame()).toContain('Delete the existing object');
		await app.type('y');
		expect(decisions).toEqual([
			{ credential: 'stop', pair: 'stop' },
			{ credential: 'stop', pair: 'replace' },
		]);
	});

	test('done', async () => {
		const app = await running(runUntil(16, undefined, { kind: 'done', changes: 5 }));
		expect(app.frame()).toBe(lines`
			pxpair | Done                                    source east -> destination west

			+ The pair migrationnamespace/remotecluster is Ready: seen

			Created:
			* The object-store credential exists on the source
			* The object-store credential exists on the destination
			* The namespace migrationnamespace exists on the source
			* The namespace migrationnamespace exists on the destination
			* The ClusterPair remotecluster exists on the source as planned

			Next: a Migration that names remotecluster as its clusterPair. A manifest to
			copy is printed below when you quit. Ready is no proof yet: a proof migrates a
			small volume, reads it, and removes it.

			Record, without secrets:
			/state/record.json

			p prove it  u undo all changes  q quit  c copy manifest  ? help
		`);
		await app.type('\r');
		expect(app.aftermath()).toMatchObject({ kind: 'ran', phase: 'ended', standing: 5 });
	});

	test('help scrolls to its keys where the window is too small for all of it', async () => {
		const app = await openApp(fakeServices(), small);
		await app.type('?');
		expect(app.frame()).not.toContain('Keys:');
		expect(app.frame()).toMatch(/lines 1 to 7 of \d+: ↑↓ scroll/);
		await app.type('\u001B[F');
		expect(app.frame()).toContain('• Keys: ↑↓ move, ⏎ choose');
		expect(app.frame()).toContain('Esc close');
	});

	test('done: the question to undo has keys of its own, and help names all keys', async () => {
		const app = await running(runUntil(16, undefined, { kind: 'done', changes: 5 }));
		await app.type('u');
		expect(app.frame()).toContain('Undo all 5 changes?');
		expect(app.frame()).toMatch(/\ny undo {2}any other key keep$/);
		await app.type('n', '?');
		expect(app.frame()).toContain('About: Done');
		expect(app.frame()).toContain('u undo all changes');
	});

	test('done: the manifest is copied through the terminal', async () => {
		const copied: string[] = [];
		const app = await running(runUntil(16, undefined, { kind: 'done', changes: 5 }), {
			signals: { ...silent, copy: (text: string) => void copied.push(text) },
		});
		await app.type('c');
		expect(copied).toEqual([expect.stringMatching(/^apiVersion: stork.*clusterPair: remotecluster\n/s)]);
		expect(app.frame()).toContain('! Copied.');
	});

	test('failed: the command that helps is copied whole, and all that was said is on a key', async () => {
		const copied: string[] = [];
		const line = shell`kubectl --context ${'east'} -n ${'apps'} delete clusterpair/${'unquoted'}`;
		const app = await running(
			runUntil(14, ...failed({ ...pairDiffers, remedies: [command('Delete it', line)] })),
			{ signals: { ...silent, copy: (text: string) => void copied.push(text) } },
		);
		await app.type('c', 'v');
		expect(copied).toEqual([line]);
		expect(app.frame()).toContain('migrationnamespace/remotecluster points to 10.0.0.9');
		await app.type('\u001B[27u', '?');
		expect(app.frame()).toContain('About: A run that failed or was stopped');
		// As the footer has it.
		expect(app.frame()).toContain('q quit');
		expect(app.frame()).not.toContain('Ctrl-C quit');
	});

	test('the window says where it is, and a run that took long rings once when it ends', async () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		onTestFinished(() => void vi.useRealTimers());
		const told: string[] = [];
		const end = Promise.withResolvers<void>();
		const app = await running(
			async (answers, plan, observe, signal) => {
				await end.promise;
				return runUntil(16, undefined, { kind: 'done', changes: 5 })(answers, plan, observe, signal);
			},
			{
				signals: {
					...silent,
					title: (text: string) => void told.push(text),
					bell: () => void told.push('bell'),
				},
			},
		);
		expect(told).toEqual(['pxpair: pairing, 0 of 16']);
		vi.setSystemTime(Date.now() + 60_000);
		end.resolve();
		await app.type('x');
		expect(told.slice(-2).toSorted()).toEqual(['bell', 'pxpair: paired']);
	});

	test('of a run that was stopped, the window does not say that it failed', async () => {
		const told: string[] = [];
		await running(runUntil(3, undefined, { kind: 'cancelled', changes: 0 }), {
			signals: { ...silent, title: (text: string) => void told.push(text) },
		});
		expect(told.at(-1)).toBe('pxpair: stopped');
	});

	test('done, and a proof is asked for', async () => {
		const app = await running(runUntil(16, undefined, { kind: 'done', changes: 5 }));
		await app.type('p');
		expect(app.aftermath()).toMatchObject({ kind: 'ran', phase: 'ended', isToBeProved: true });
	});

	test('a mistake of ours ends it like any failure', async () => {
		const app = await running(() => Promise.reject(new TypeError('with a secret in it')));
		expect(app.frame()).toContain('x Internal error. This is a bug in pxpair\nTypeError');
		expect(app.frame()).not.toContain('with a secret in it');
	});
});

describe('the fields', () => {
	const atKeyId = ['\r', '\r', '\r', '\r'];

	test('what the environment holds is offered, and taken by Tab alone', async () => {
		const environment = { AWS_ACCESS_KEY_ID: 'FROMENVIRONMENT', AWS_REGION: 'eu-west-1' };
		const app = await openApp(fakeServices({ environment }));
		await app.type(...atKeyId);
		expect(app.frame()).toContain('- AWS_ACCESS_KEY_ID is set: Tab uses its value.');
		await app.type('\r');
		expect(app.frame()).toContain('x Required: paste or type the access key ID');
		await app.type('\t', '\r');
		expect(app.frame()).toContain('What is the secret access key?');
		await app.type('my-secret-key', '\r', '\u001B[B', '\r');
		expect(app.frame()).toContain('Region: us-west-2|\n\n- AWS_REGION is eu-west-1: Tab uses it.');
		await app.type('\t');
		expect(app.frame()).toContain('Region: eu-west-1|');
	});

	test('a key pair the wrong way round is noticed, and taken from who insists', async () => {
		const app = await openApp(fakeServices());
		await app.type(...atKeyId, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
		expect(app.frame()).toContain('x This looks like the secret access key.');
		await app.type('\r');
		expect(app.frame()).toContain('Press Enter again to use it anyway.');
		await app.type('\r');
		expect(app.frame()).toContain('What is the secret access key?');
	});

	test('a secret that was given is kept by Enter and replaced by typing', async () => {
		const app = await openApp(fakeServices());
		await app.type(...atKeyId, 'MYKEYID', '\r', '\u001B[27u');
		expect(app.frame()).toContain(
			'Access key ID: *******|\n- Entered before: Enter keeps it, typing replaces it.',
		);
		await app.type('\r');
		expect(app.frame()).toContain('What is the secret access key?');
		await app.type('\u001B[27u', 'NEW');
		expect(app.frame()).toContain('Access key ID: ***|\n');
		expect(app.frame()).not.toContain('Entered before');
	});

	test('its length and last four characters are told on request', async () => {
		const app = await openApp(fakeServices());
		await app.type(...atKeyId, 'AKIAIOSFODNN7EXAMPLE', '\u0012');
		expect(app.frame()).toContain('- 20 characters, ends in MPLE');
		expect(app.frame()).not.toContain('AKIA');
	});

	test('a name is checked as it is typed', async () => {
		const app = await openApp(fakeServices());
		await app.type('\r', '\r', 'l', '\r', '\u001B[F', '\r');
		await app.type(...Array.from({ length: 2 }, () => '\u001B[B'), '\r');
		expect(app.frame()).toContain('Name of the pair: remotecluster|');
		await app.type('_');
		expect(app.frame()).toContain('x Lowercase letters, digits, hyphens and dots');
	});

	test('? opens the help and closes it, whatever has been typed', async () => {
		const app = await openApp(fakeServices());
		await app.type(...atKeyId, '?');
		expect(app.frame()).toContain('* The public half of an S3 key pair');
		await app.type('?', 'MYKEYID', '\r', 'my-secret-key', '\r', '\u001B[B', '\r', 'x', '?');
		expect(app.frame()).toContain('* The region in which Portworx creates its bucket.');
		await app.type('?');
		expect(app.frame()).toContain('Region: us-west-2x|');
	});

	test('where ? may be part of an answer, Ctrl-G opens the help, and the footer says so', async () => {
		const app = await openApp(fakeServices());
		await app.type(...atKeyId);
		const hints = () => app.frame().split('\n').at(-1);
		expect(hints()).toBe('Enter next  Ctrl-R length and end  Esc back  ? help  Ctrl-C quit');
		await app.type('a', '?');
		expect(hints()).toBe('Enter next  Ctrl-R length and end  Esc back  Ctrl-G help  Ctrl-C quit');
		await app.type('\u0007');
		expect(app.frame()).toContain('* The public half of an S3 key pair');
		await app.type('\u0007');
		expect(app.frame()).toContain('Access key ID: **|');
	});
});

test('all signs have words or letters of their own: ASCII says what Unicode says', async () => {
	const walk = async (theme: typeof unicodeTheme) => {
		const app = await openApp(fakeServices({ namespaces: async () => [] }), {
			columns: 120,
			rows: 40,
			theme,
		});
		const frames: string[] = [];
		for (const key of ['?', '?', '\r', '\r', '\r', '\r', 'MYKEYID', '\r', 'my-secret-key', '\r']) {
			await app.type(key);
			frames.push(app.frame());
		}
		for (let count = 1; count < 12; count++) {
			await app.type(...Array.from({ length: count }, () => '\u001B[B'), '\r');
			frames.push(app.frame());
			await app.type('\u001B[27u');
		}
		await app.type('\r');
		return [...frames, app.frame()];
	};
	const ascii = await walk(asciiTheme);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what ASCII is
	expect(ascii.join('')).toMatch(/^[\u0000-\u007F]*$/);
	const words = (frames: string[]) =>
		frames.map(frame =>
			frame
				.match(/\p{L}+/gu)
				?.filter(isNoKey)
				.join(' '),
		);
	expect(words(ascii)).toEqual(words(await walk(unicodeTheme)));
});

const isNoKey = (word: string): boolean => !['Up', 'Down', 'Enter', 'Tab'].includes(word);
