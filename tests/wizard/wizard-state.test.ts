import { describe, expect, test } from 'vitest';
import { nothingFound } from '../../source/conversation/found/found.ts';
import { wizardReducer, wizardStart } from '../../source/conversation/wizard-reducer.ts';
import { progressOf, type WizardAction, type WizardState } from '../../source/conversation/wizard-state.ts';
import type { Draft } from '../../source/pairing/answers/draft.ts';
import { Secret } from '../../source/pairing/words/secret.ts';

const next: WizardAction = { type: 'next' };
const useDefaults: WizardAction = { type: 'use-defaults' };
const open = (id: Extract<WizardAction, { type: 'change' }>['id']): WizardAction => ({
	type: 'open-default',
	id,
});
const back: WizardAction = { type: 'back' };
const help: WizardAction = { type: 'help' };
const list: WizardAction = { type: 'list-answers' };
const swap: WizardAction = { type: 'swapped' };
const run: WizardAction = { type: 'run' };
const east: WizardAction = { type: 'chose-context', side: 'source', context: 'east' };
const west: WizardAction = { type: 'chose-context', side: 'destination', context: 'west' };
const store = (name: NonNullable<Draft['store']>, auth?: string): WizardAction => ({
	type: 'chose-store',
	store: name,
	...(auth && { auth }),
});
const keyless: WizardAction = { type: 'ask-keyless' };
const onAzure = [store('azure', 'iam')];
const change = (id: Extract<WizardAction, { type: 'change' }>['id']): WizardAction => ({
	type: 'change',
	id,
});
const typed = (field: 'name' | 's3.region' | 'mode', text: string): WizardAction => ({
	type: 'typed',
	field,
	text,
});
const found: WizardAction = { type: 'found', side: 'source', found: { context: 'east' } };

const toReview = (name: NonNullable<Draft['store']>): WizardAction[] => [
	east,
	west,
	next,
	store(name),
	...Array.from({ length: name === 's3' ? 3 : name === 'none' ? 0 : 2 }, () => next),
	useDefaults,
];

const onAmazon = (side: 'source' | 'destination'): WizardAction => ({
	type: 'found',
	side,
	found: { platform: { kind: 'known', value: amazon } },
});
const amazon = {
	location: 'cloud',
	name: 'AWS',
	confidence: 'certain',
	evidence: 'providerID aws://',
	provider: 's3',
	region: 'eu-west-1',
} as const;
const toDefaults = [east, west, onAmazon('source'), onAmazon('destination'), next, store('s3'), next, next];
const withRole = [...toDefaults.slice(0, 5), keyless, store('s3', 'iam')];

/** One row: the actions, and where the conversation then is. */
const rows: readonly [string, readonly WizardAction[], string][] = [
	['it begins with the source', [], 'source'],
	['the destination comes second', [east], 'destination'],
	['then both are looked at', [east, west], 'found'],
	['the store', [east, west, next], 'store'],
	['S3 asks for a key ID', [east, west, next, store('s3')], 's3.accessKeyId'],
	['Azure asks for an account', [east, west, next, store('azure')], 'azure.accountName'],
	['Google asks for a project', [east, west, next, store('google')], 'google.projectId'],
	['a store without keys is asked for beside the others', [...toDefaults.slice(0, 5), keyless], 'keyless'],
	['Esc leads back to them', [...toDefaults.slice(0, 5), keyless, back], 'store'],
	['S3 with a role asks for no key', [...toDefaults.slice(0, 5), keyless, store('s3', 'iam')], 'defaults'],
	['Azure does for the account alone', [east, west, next, keyless, ...onAzure, next], 'defaults'],
	['back from there', [east, west, next, keyless, ...onAzure, back], 'store'],
	[
		'keys after all',
		[...toDefaults.slice(0, 5), keyless, store('s3', 'iam'), back, store('s3')],
		's3.accessKeyId',
	],
	['without keys, from the review', [...toReview('s3'), list, change('store'), keyless], 'keyless, changing'],
	[
		'it has all that it needs',
		[...toReview('s3'), list, change('store'), keyless, store('s3', 'iam')],
		'review',
	],
	[
		'keys, from the review, are asked for',
		[...withRole, useDefaults, list, change('store'), store('s3')],
		's3.accessKeyId',
	],
	['none asks for nothing more', [east, west, next, store('none')], 'defaults'],
	['the review comes last', toReview('s3'), 'review'],
	['nothing comes after it', [...toReview('s3'), next], 'review'],
	['back goes one question back', [east, west, back], 'destination'],
	['before the first there is none', [back, back], 'source'],
	['back from the review', [...toReview('none'), back], 'defaults'],
	['what has a default is on one page', toDefaults, 'defaults'],
	['one of them is opened', [...toDefaults, open('s3.region')], 's3.region'],
	['and leads back', [...toDefaults, open('s3.region'), next], 'defaults'],
	['also with Esc', [...toDefaults, open('login'), back], 'defaults'],
	['and then all are used', [...toDefaults, open('login'), back, useDefaults], 'review'],
	['what cannot be is opened', [...toDefaults, typed('name', 'No Name'), useDefaults], 'name'],
	['and leads back, too', [...toDefaults, typed('name', 'No'), useDefaults, back], 'defaults'],
	['back closes the help first', [east, west, help, back], 'found'],
	['the answers are listed', [...toReview('s3'), list], 'answers'],
	['and left for the review', [...toReview('s3'), list, back], 'review'],
	['one of them is asked for again', [...toReview('s3'), list, change('s3.region')], 's3.region, changing'],
	['and leads back to the review', [...toReview('s3'), list, change('s3.region'), next], 'review'],
	['Esc leads back to the list', [...toReview('s3'), list, change('s3.region'), back], 'answers'],
	[
		'another cluster is looked at before the review',
		[...toReview('s3'), list, change('source'), east],
		'found, changing',
	],
	['and the review is next', [...toReview('s3'), list, change('source'), east, next], 'review'],
	['the location leads back as well', [...toReview('s3'), list, change('found'), next], 'review'],
	['the same store asks nothing', [...toReview('s3'), list, change('store'), store('s3')], 'review'],
	[
		'another store asks its questions',
		[...toReview('s3'), list, change('store'), store('azure')],
		'azure.accountName',
	],
	['none has no questions', [...toReview('s3'), list, change('store'), store('none')], 'defaults'],
	['swapping stays where it is', [east, west, swap], 'found'],
	['the run', [...toReview('s3'), run], 'run 1'],
	['another attempt', [...toReview('s3'), run, run], 'run 2'],
	['an answer is changed after a failure', [...toReview('s3'), run, list, change('mode'), next], 'review'],
	[
		'a decision runs again',
		[...toReview('s3'), run, { type: 'decided', subject: 'pair', policy: 'replace' }],
		'run 2',
	],
];

test.for(rows)('%s', ([, actions, place]) => {
	expect(placeOf(stateAfter(actions))).toBe(place);
});

describe('the draft', () => {
	test('a login without keys goes when keys are chosen after all', () => {
		expect(stateAfter(withRole).draft).toMatchObject({ store: 's3', texts: { 's3.auth': 'iam' } });
		expect(stateAfter([...withRole, back, store('s3')]).draft.texts['s3.auth']).toBe('');
		expect(stateAfter([...toDefaults, back, back, back, store('s3')]).draft.texts).toEqual({});
	});

	test('going back and changing keep what was typed', () => {
		const secret = new Secret('s3cret');
		const { draft } = stateAfter([
			...toReview('s3').slice(0, 5),
			{ type: 'typed-secret', field: 's3.secretAccessKey', secret },
			typed('s3.region', 'eu-west-1'),
			back,
			back,
			back,
			...toReview('s3').slice(3),
			list,
			change('name'),
			typed('name', 'other'),
			back,
		]);
		expect(draft).toMatchObject({
			source: 'east',
			destination: 'west',
			store: 's3',
			texts: { 's3.region': 'eu-west-1', name: 'other' },
			secrets: { 's3.secretAccessKey': secret },
		});
	});

	test('swapping swaps the sides, and what was found is looked for again', () => {
		const before = stateAfter([east, west, found]);
		const swapped = wizardReducer(before, swap);
		expect(before.found.facts.source).toEqual({ context: 'east' });
		expect(swapped).toMatchObject({
			draft: { source: 'west', destination: 'east' },
			found: nothingFound,
			looks: before.looks + 1,
		});
	});

	test('looking again forgets and counts; the answers stay', () => {
		const before = stateAfter([east, west, found]);
		expect(wizardReducer(before, { type: 'look-again' })).toEqual({
			...before,
			found: nothingFound,
			looks: before.looks + 1,
		});
	});

	test('findings of one side add up', () => {
		const state = stateAfter([
			east,
			west,
			found,
			{ type: 'found', side: 'source', found: { server: 'https://a' } },
		]);
		expect(state.found.facts).toEqual({ source: { context: 'east', server: 'https://a' }, destination: {} });
	});

	test('a decision is remembered, and only that one', () => {
		const { draft } = stateAfter([
			...toReview('s3'),
			run,
			{ type: 'decided', subject: 'credential', policy: 'keep' },
		]);
		expect(draft.existing).toEqual({ credential: 'keep', pair: 'stop' });
	});

	test('the location is overruled without another look', () => {
		const before = stateAfter([east, west, found]);
		expect(wizardReducer(before, { type: 'located', location: 'on-premises' })).toEqual({
			...before,
			draft: { ...before.draft, location: 'on-premises' },
		});
	});

	test('defaults that are used are answers; what was typed stays', () => {
		const { draft } = stateAfter([...toDefaults, typed('name', 'dr'), useDefaults]);
		expect(draft).toMatchObject({
			texts: {
				name: 'dr',
				namespace: 'migrationnamespace',
				's3.region': 'eu-west-1',
				's3.endpoint': 's3.amazonaws.com',
			},
			login: 'context',
		});
	});

	test('what the command line said is there from the start', () => {
		expect(wizardStart({ draft: { destination: 'west' } }).draft).toMatchObject({
			source: undefined,
			destination: 'west',
		});
	});
});

test('the counter never grows, whatever is answered', () => {
	const steps: readonly WizardAction[] = [
		...toDefaults,
		useDefaults,
		list,
		change('store'),
		store('none'),
		useDefaults,
		list,
		change('store'),
		store('azure'),
		next,
		{ type: 'look-again' },
		back,
		back,
		keyless,
		store('s3', 'iam'),
		back,
		store('s3'),
	];
	const told = steps.map((_, index) => progressOf(stateAfter(steps.slice(0, index + 1))));
	const totals = told.flatMap(
		text =>
			text
				.match(/of (\d+)/)
				?.slice(1)
				.map(Number) ?? [],
	);
	expect(totals).toEqual(totals.toSorted((a, b) => b - a));
	expect(told).toContain('7 of 8');
});

test('help opens and closes, and another question has it closed', () => {
	expect(stateAfter([help]).overlay).toBe('help');
	expect(stateAfter([help, help]).overlay).toBe('none');
	expect(stateAfter([help, east]).overlay).toBe('none');
});

const stateAfter = (actions: readonly WizardAction[]): WizardState =>
	actions.reduce(wizardReducer, wizardStart());

function placeOf({ place, isChanging }: WizardState): string {
	switch (place.kind) {
		case 'question':
			return isChanging ? `${place.id}, changing` : place.id;
		case 'answers':
		case 'begin':
		case 'kept':
		case 'undo':
			return place.kind;
		case 'run':
			return `run ${place.attempt}`;
	}
}
