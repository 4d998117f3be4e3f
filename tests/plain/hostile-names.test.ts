import { expect, test } from 'vitest';
import type { AllPairs } from '../../source/pairing/status/all-pairs.ts';
import { driftJson, driftText } from '../../source/plain/drift.ts';
import { metricsText } from '../../source/plain/metrics.ts';
import { hostileTexts } from '../matrices/hostile/hostile-texts.ts';

const hostile = Object.entries(hostileTexts);
/** All that moves a cursor, turns a line around or is not seen. */
const forbidden = /(?!\n)\p{Cc}|[\u2028\u2029\p{DI}\uFFF9-\uFFFB]/u;

test.each(hostile)('in metrics, %s is a label that Prometheus reads', (_what, text) => {
	const written = metricsOf(text);
	expect(written).not.toMatch(forbidden);
	const samples = written.split('\n').filter(line => line !== '' && !line.startsWith('#'));
	expect(samples.map(line => sample.test(line))).toEqual(samples.map(() => true));
});

test('names that differ in what no one sees are two labels', () => {
	expect(metricsOf('a\u200Bb')).not.toBe(metricsOf('ab'));
});

/** https://prometheus.io/docs/instrumenting/exposition_formats/#comments-help-text-and-type-information */
const sample = /^\w+(\{\w+="([^"\\\n]|\\[\\"n])*"(,\w+="([^"\\\n]|\\[\\"n])*")*\})? \d+$/;

function metricsOf(text: string): string {
	const all: AllPairs = {
		pairs: [
			{
				name: text,
				namespace: text,
				way: { from: 'source', to: 'destination' },
				leads: 'there',
				storage: text,
				scheduler: 'Ready',
				loginUntil: undefined,
				findings: [],
			} as unknown as AllPairs['pairs'][number],
		],
		findings: [],
	} as unknown as AllPairs;
	return metricsText(all, {
		contexts: { source: text, destination: text },
		now: 0,
	} as Parameters<typeof metricsText>[1]);
}

test.each(hostile)(
	'in what differs from a declaration as JSON, %s is escaped, and read as it was',
	(_what, text) => {
		const written = driftJson(driftWith(text), text, false);
		expect(written).not.toMatch(forbidden);
		expect(JSON.parse(written)).toMatchObject({ against: text, differences: [{ what: text }] });
	},
);

test('what differs is a line each', () => {
	expect(driftText(driftWith('namespace apps'), 'answers.yaml')).toHaveLength(3);
});

const driftWith = (what: string) =>
	({
		differences: [{ kind: 'missing', on: 'source', what, evidence: what }],
		compared: 1,
		problems: [],
	}) as unknown as Parameters<typeof driftJson>[0];
