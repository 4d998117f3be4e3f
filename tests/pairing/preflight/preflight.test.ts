import { expect, test } from 'vitest';
import { type Answers, defaultPair } from '../../../source/pairing/answers/answers.ts';
import type { Permission } from '../../../source/pairing/clusters/permission.ts';
import type { World } from '../../../source/pairing/clusters/ports.ts';
import { planProcedure } from '../../../source/pairing/plan.ts';
import { type Preflight, preflight } from '../../../source/pairing/preflight/preflight.ts';
import type { Plan, Step, StepContext, Verdict } from '../../../source/pairing/step/step.ts';
import { checkClusters } from '../../../source/pairing/steps/check-clusters.ts';
import { type Finding, topics } from '../../../source/pairing/words/finding.ts';
import { answersWith, unknownFacts } from '../../helpers/answers.ts';
import { type FakeClock, fakeClock } from '../../helpers/fake-clock.ts';
import { problemFrom } from '../../helpers/problem-from.ts';
import { type Otherwise, refused, worldWith } from '../hand-made-world.ts';

const noPlan: Plan = { title: 'nothing', stages: [], remarks: [] };
const never = () => new Promise<never>(() => {});

test('two healthy clusters: nothing but facts, in the order in which people read them', async () => {
	const answers = answersWith({ pair: { ...defaultPair, back: {}, login: 'service-account' } });
	const { found } = await look(worldWith(), { answers, plan: planProcedure(answers, unknownFacts) });
	expect(troubles(found)).toEqual([]);
	const order = found.map(topicOf);
	expect(order).toEqual([...order].sort((a, b) => topics.indexOf(a) - topics.indexOf(b)));
	expect(new Set(order)).toEqual(new Set(topics.filter(topic => !['pair', 'credential'].includes(topic))));
	expect(JSON.stringify(found)).not.toContain('canary');
});

test('a cluster that hangs is a finding after 25 seconds, and delays nothing that is known of the other', async () => {
	const { found, told } = await look(worldWith({ destination: hanging }));
	expect(troubles(found)).toContain('error timeout destination');
	expect(troubles(found).filter(line => line.includes('timeout destination'))).toHaveLength(1);
	const ofSource = told.filter(({ line }) =>
		/^fact (kubernetes|portworx|stork|store-accepts) source/.test(line),
	);
	expect(ofSource.map(({ at }) => at)).toEqual([0, 0, 0, 0]);
	expect(Math.max(...told.map(({ at }) => at))).toBe(25_000);
});

test('what hangs and is not needed by anything else delays only itself', async () => {
	const { found, told } = await look(worldWith({ source: { podView: { tryStore: never } } }));
	expect(troubles(found)).toEqual(['error timeout source']);
	expect(told.filter(({ at }) => at > 0)).toHaveLength(1);
});

test('stopped: it ends at once', async () => {
	const stop = new AbortController();
	const clock = fakeClock();
	clock.at(3000, () => stop.abort());
	await look(worldWith({ destination: hanging }), { signal: stop.signal, clock });
	expect(clock.now()).toBe(3000);
});

test('one obstacle that many looks meet is told once for each side, where it was met first', async () => {
	const down = (side: 'source' | 'destination'): Otherwise => {
		const fails = () => Promise.reject(refused('connection-refused', side));
		return { discovery: { api: fails, portworx: fails, stork: fails, uuid: fails } };
	};
	const { found } = await look(worldWith({ source: down('source'), destination: down('destination') }));
	const unreachable = found.filter(
		finding => finding.level !== 'fact' && finding.problem.id === 'connection-refused',
	);
	expect(unreachable.map(finding => `${topicOf(finding)} ${lineOf(finding)}`)).toEqual([
		'cluster error connection-refused source',
		'cluster error connection-refused destination',
	]);
});

test('two that are to be fixed each are two findings', async () => {
	const pairs = ['one', 'two'].map(name => ({
		metadata: { name, namespace: 'a' },
		spec: { options: { port: 1 } },
	}));
	const { found } = await look(worldWith({ source: { discovery: { clusterPairs: async () => pairs } } }));
	expect(troubles(found)).toEqual(['error pair-undecodable source', 'error pair-undecodable source']);
});

test('what is forbidden is told by the right that is missing', async () => {
	const forbidden = { discovery: { stork: () => Promise.reject(refused('forbidden')) } };
	const needs: Permission[] = [
		{ side: 'source', verb: 'list', group: 'apps', resource: 'deployments', why: 'find Stork' },
	];
	const plan = planOf({ ...step(async () => ({ kind: 'holds', evidence: 'ok' })), needs });
	const api = { mayI: async () => false };
	const lacking = await look(worldWith({ source: { ...forbidden, api } }), { plan });
	expect(troubles(lacking.found)).toEqual(['error permission-missing source']);
	const unexplained = await look(worldWith({ source: forbidden }), { plan });
	expect(troubles(unexplained.found)).toEqual(['error forbidden source']);
});

test('a problem that the person knows better of is a warning, and no other is', async () => {
	const world = worldWith({
		source: {
			podView: { tryStore: async () => ({ kind: 'refused', problem: refused('store-denied').problem }) },
		},
		destination: { discovery: { api: () => Promise.reject(refused('identity-unknown', 'destination')) } },
	});
	const { found } = await look(world, { ignore: ['store-denied', 'kubernetes', 'another'] });
	expect(troubles(found)).toEqual(['error identity-unknown destination', 'warning store-denied source']);
});

test('without a store none is tried; with one it is tried from both', async () => {
	const tried: string[] = [];
	const podView = (side: string) => ({
		podView: {
			async tryStore() {
				tried.push(side);
				return { kind: 'untried', because: 'no curl' } as const;
			},
		},
	});
	const world = worldWith({ source: podView('source'), destination: podView('destination') });
	await look(world, { answers: answersWith({ objectStore: { provider: 'none' } }) });
	expect(tried).toEqual([]);
	const { found } = await look(world);
	expect(tried.sort()).toEqual(['destination', 'source']);
	expect(found.map(lineOf)).toContain('fact store-untried source');
});

test('a mistake of our own is no finding', async () => {
	const mistake = new TypeError('ours');
	const world = worldWith({ source: { podView: { tryStore: () => Promise.reject(mistake) } } });
	await expect(look(world)).rejects.toBe(mistake);
});

// The plan's own checks.

test.each<[string, boolean, () => Promise<Verdict>, string[]]>([
	['holds, and only looks', false, async () => ({ kind: 'holds', evidence: 'ok' }), []],
	[
		'holds already',
		true,
		async () => ({ kind: 'holds', evidence: 'ok' }),
		['fact holds-already: it holds: ok'],
	],
	[
		'to be made',
		true,
		async () => ({ kind: 'absent', because: 'no' }),
		['fact to-be-made: To be created: a thing (no); pxctl has no dry run'],
	],
	[
		'absent, and nothing would make it',
		false,
		async () => ({ kind: 'absent', because: 'no' }),
		['error not-as-required source'],
	],
	[
		'pending',
		false,
		async () => ({ kind: 'pending', latest: 'x', problem: refused('pair-not-ready').problem }),
		['error pair-not-ready source'],
	],
	['in the way', true, () => Promise.reject(refused('pair-differs')), ['error pair-differs source']],
])('a step of the plan: %s', async (_, changes, check, told) => {
	const { found } = await look(worldWith(), { plan: planOf(step(check, changes)) });
	const ofPlan = found.filter(finding => topicOf(finding) === 'plan');
	expect(
		ofPlan.map(finding =>
			finding.level === 'fact' ? `fact ${finding.id}: ${finding.text}` : lineOf(finding),
		),
	).toEqual(told);
});

test('what waits is not looked at before there is anything to wait for', async () => {
	const waits: Step = {
		...step(() => Promise.reject(refused('pair-gone'))),
		patience: { seconds: 1, change: never },
	};
	expect(troubles((await look(worldWith(), { plan: planOf(waits) })).found)).toEqual([]);
});

// As the first step of a run.

test('the step holds with its warnings, or names the first error and the others', async () => {
	const answers = answersWith({ ignore: ['phase-ignored'] });
	const warned = worldWith({ source: { pxctl: { license: async () => 'PX-Essential' } } });
	expect(await checkClusters(answers, noPlan).check(contextOf(warned))).toMatchObject({
		kind: 'holds',
		evidence: expect.stringMatching(/^\d+ facts, 1 warning$/),
		warnings: [{ id: 'license-without-dr', side: 'source' }],
	});
	const broken = worldWith({
		source: { discovery: { api: () => Promise.reject(refused('identity-unknown')) } },
		destination: { pxctl: { license: () => Promise.reject(refused('pxctl-failed', 'destination')) } },
	});
	expect(await problemFrom(() => checkClusters(answers, noPlan).check(contextOf(broken)))).toMatchObject({
		id: 'identity-unknown',
		others: [{ id: 'pxctl-failed', side: 'destination' }],
	});
});

test('a single error has no others; and the answers say which are to be warned of only', async () => {
	const broken = worldWith({
		source: { discovery: { api: () => Promise.reject(refused('identity-unknown')) } },
	});
	const problem = await problemFrom(() => checkClusters(answersWith(), noPlan).check(contextOf(broken)));
	expect(problem).not.toHaveProperty('others');
	const lenient = answersWith({ ignore: ['identity-unknown'] });
	expect(await checkClusters(lenient, noPlan).check(contextOf(broken))).toMatchObject({
		kind: 'holds',
		warnings: [{ id: 'identity-unknown' }],
	});
});

const hanging: Otherwise = {
	api: { mayI: never, get: never },
	discovery: { api: never, platform: never, portworx: never, uuid: never, stork: never, endpoints: never },
	podView: { ask: never, clock: never, tryStore: never },
	pxctl: { license: never, showClusterToken: never },
	login: never,
};

type Changes = Partial<Preflight> & { clock?: FakeClock; answers?: Answers };

/** What was found, and when each of it was told. */
async function look(world: World, changes: Changes = {}) {
	const clock = changes.clock ?? fakeClock();
	const told: { at: number; line: string }[] = [];
	const { signal } = new AbortController();
	const found = await clock.until(
		preflight({
			world,
			answers: answersWith(),
			plan: noPlan,
			signal,
			ignore: [],
			tell: findings =>
				void told.push(...findings.map(finding => ({ at: clock.now(), line: lineOf(finding) }))),
			...changes,
			clock,
		}),
	);
	return { found, told };
}

function contextOf(world: World): StepContext {
	return { world, clock: fakeClock(), runId: 'run-1', signal: new AbortController().signal, note: () => {} };
}

function step(check: () => Promise<Verdict>, changes = false): Step {
	return {
		id: 'a',
		title: { plan: 'plan a', doing: 'doing a', holds: 'it holds' },
		on: 'source',
		docs: '',
		preview: [],
		needs: [],
		check,
		...(changes && { change: { makes: 'a thing', apply: never, remains: never } }),
	};
}

const planOf = (...steps: Step[]): Plan => ({ title: 'a plan', stages: [steps], remarks: [] });
const troubles = (found: readonly Finding[]): string[] =>
	found.filter(({ level }) => level !== 'fact').map(lineOf);
const topicOf = ({ topic }: Finding) => topic;
const lineOf = (finding: Finding): string =>
	finding.level === 'fact'
		? `fact ${finding.id} ${finding.on}`
		: `${finding.level} ${finding.problem.id} ${finding.problem.side ?? 'both'}`;
