import { expect, test } from 'vitest';
import { type Answers, defaultPair, type PairAnswers } from '../../source/pairing/answers/answers.ts';
import { planPairing, planProcedure } from '../../source/pairing/plan.ts';
import { type Step, stepsOf } from '../../source/pairing/step/step.ts';
import { answersWith, stores, unknownFacts } from '../helpers/answers.ts';
import { uuids } from './hand-made-world.ts';

const account = (pair: Partial<PairAnswers>): Answers =>
	answersWith({ pair: { ...defaultPair, login: 'service-account', ...pair } });

test('both ways with a ServiceAccount each: every step, on its cluster, in its order', () => {
	expect(procedureOf(account({ back: {} }))).toEqual([
		['source: reach-cluster/source', 'destination: reach-cluster/destination'],
		[
			'source: find-portworx/source',
			'destination: find-portworx/destination',
			'source: find-stork/source',
			'destination: find-stork/destination',
		],
		['destination: read-cluster-uuid/destination', 'source: read-cluster-uuid/source'],
		['both: tell-clusters-apart'],
		[
			'source: create-credential/source',
			'destination: create-credential/destination',
			'source: create-credential/source/back',
			'destination: create-credential/destination/back',
		],
		['source: ensure-namespace/source', 'destination: ensure-namespace/destination'],
		['destination: ensure-account/destination', 'source: ensure-account/source'],
		['destination: bind-account/destination', 'source: bind-account/source'],
		['destination: issue-token/destination', 'source: issue-token/source'],
		['destination: generate-spec/destination', 'source: generate-spec/source'],
		['destination: read-storage-options/destination', 'source: read-storage-options/source'],
		['source: apply-cluster-pair/source', 'destination: apply-cluster-pair/destination'],
		['source: wait-until-ready/source', 'destination: wait-until-ready/destination'],
	]);
});

test.each<[string, Partial<PairAnswers>]>([
	['one way', {}],
	['one way, with a ServiceAccount', { login: 'service-account' }],
	['both ways', { back: {} }],
	['both ways, with a ServiceAccount', { back: {}, login: 'service-account' }],
	['both ways, without storage', { back: {}, storage: 'none' }],
])('%s: no two steps have the same id, and the check comes before all', (_, pair) => {
	const answers = answersWith({ pair: { ...defaultPair, ...pair } });
	const ids = stepsOf(planPairing(answers, unknownFacts)).map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids[0]).toBe('check-clusters');
	expect(ids.slice(1)).toEqual(stepsOf(planProcedure(answers, unknownFacts)).map(({ id }) => id));
});

test('with a ServiceAccount one way, it is the destination that gets one', () => {
	const made = stepsOf(planProcedure(account({}), unknownFacts)).filter(({ id }) => /account|token/.test(id));
	expect(made.map(({ on, change }) => `${on}: ${change?.makes}`)).toEqual([
		'destination: the ServiceAccount of the pair on the destination',
		'destination: the ClusterRoleBinding of the pair on the destination',
		'destination: the token of that ServiceAccount on the destination',
	]);
});

test('the ServiceAccount is named for the cluster that uses it', () => {
	const uuid = (side: 'source' | 'destination') => ({ kind: 'known', value: uuids[side] }) as const;
	const facts = {
		source: { ...unknownFacts.source, uuid: uuid('source') },
		destination: { ...unknownFacts.destination, uuid: uuid('destination') },
	};
	const steps = stepsOf(planProcedure(account({ back: {} }), facts));
	expect(nameIn(steps, 'ensure-account/destination')).toMatch(/^pxpair-5b6f1c1e-/);
	expect(nameIn(steps, 'ensure-account/source')).toMatch(/^pxpair-9d2e4a77-/);
	const unknown = stepsOf(planProcedure(account({}), unknownFacts));
	expect(nameIn(unknown, 'ensure-account/destination')).toMatch(/^pxpair-UUID-/);
});

test('the way back has the endpoint of the source', () => {
	const ends = {
		endpoint: { ip: '10.0.0.2', port: 9001 },
		back: { endpoint: { ip: '10.0.0.1', port: 17001 } },
	};
	const steps = stepsOf(planProcedure(account(ends), unknownFacts));
	const preview = (id: string) => JSON.stringify(steps.find(step => step.id === id)?.preview);
	expect(preview('apply-cluster-pair/source')).toContain('"ip":"10.0.0.2","port":"9001"');
	expect(preview('apply-cluster-pair/destination')).toContain('"ip":"10.0.0.1","port":"17001"');
});

test('the title says whether it goes both ways', () => {
	expect(planProcedure(account({}), unknownFacts).title).toBe(
		'Pair east → west as migrationnamespace/remotecluster',
	);
	expect(planProcedure(account({ back: {} }), unknownFacts).title).toBe(
		'Pair east ↔ west as migrationnamespace/remotecluster',
	);
});

test('without a store, no way has a credential', () => {
	const answers = { ...account({ back: {} }), objectStore: stores.none, location: 'on-premises' } as const;
	expect(procedureOf(answers).flat().join()).not.toContain('credential');
});

const procedureOf = (answers: Answers): string[][] =>
	planProcedure(answers, unknownFacts).stages.map(stage => stage.map(({ on, id }) => `${on}: ${id}`));

const nameIn = (steps: readonly Step[], id: string): string => {
	const preview = JSON.stringify(steps.find(step => step.id === id)?.preview);
	return /"name":"([^"]+)"/.exec(preview)?.[1] ?? '';
};
