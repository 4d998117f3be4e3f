import { expect, test } from 'vitest';
import { defaultPair, type PairAnswers } from '../../../source/pairing/answers/answers.ts';
import { back, directionsOf, forth, pairTowards } from '../../../source/pairing/answers/direction.ts';

const there = { endpoint: { ip: '10.0.0.2', port: 9001 }, server: 'https://west:6443' };
const here = { endpoint: { ip: '10.0.0.1', port: 17001 }, server: 'https://east:6443' };
const common: PairAnswers = { ...defaultPair, mode: 'DisasterRecovery', login: 'service-account' };

test('one way unless the way back is asked for', () => {
	expect(directionsOf(defaultPair)).toEqual([forth]);
	expect(directionsOf({ ...defaultPair, back: {} })).toEqual([forth, back]);
});

test.each<[string, Partial<PairAnswers>, object, object]>([
	['nothing in particular', { back: {} }, {}, {}],
	['each its own', { ...there, back: here }, there, here],
	['only forth', { ...there, back: {} }, there, {}],
	['only back', { back: here }, {}, here],
	['no way back at all', there, there, {}],
	[
		'an address here, an endpoint there',
		{ server: there.server, back: { endpoint: here.endpoint } },
		{ server: there.server },
		{ endpoint: here.endpoint },
	],
])('address and endpoint are those of the cluster that it points to: %s', (_, more, forwards, backwards) => {
	expect(pairTowards({ ...common, ...more }, forth)).toStrictEqual({ ...common, ...forwards });
	expect(pairTowards({ ...common, ...more }, back)).toStrictEqual({ ...common, ...backwards });
});
