import { expect, test } from 'vitest';
import type { PairRow } from '../../source/pairing/status/all-pairs.ts';
import { fact } from '../../source/pairing/words/finding.ts';
import { metricsText } from '../../source/plain/metrics.ts';

const row = (name: string, more: Partial<PairRow> = {}): PairRow => ({
	name,
	namespace: 'ns',
	way: { from: 'source', to: 'destination' },
	leads: 'there',
	storage: 'Ready',
	scheduler: 'Ready',
	created: undefined,
	loginUntil: undefined,
	findings: [],
	...more,
});

const head = { contexts: { source: 'east', destination: 'west' }, now: 1_800_000_000_500 };

test('every metric, with its help and its type, line by line', () => {
	const pair = fact('pair', 'pair-ready', 'source', 'Ready');
	const text = metricsText(
		{ findings: [], pairs: [row('one', { findings: [pair], loginUntil: 1_900_000_000_900 })] },
		head,
	);
	const labels = 'namespace="ns",pair="one",source="east",destination="west"';
	expect(text.split('\n').filter(line => !line.startsWith('# HELP'))).toEqual([
		'# TYPE pxpair_pair_ready gauge',
		`pxpair_pair_ready{${labels}} 1`,
		'# TYPE pxpair_pair_check gauge',
		`pxpair_pair_check{${labels},check="pair"} 1`,
		'# TYPE pxpair_login_expiry_seconds gauge',
		`pxpair_login_expiry_seconds{${labels}} 1900000000`,
		'# TYPE pxpair_clusters_reachable gauge',
		'pxpair_clusters_reachable 1',
		'# TYPE pxpair_last_check_timestamp_seconds gauge',
		'pxpair_last_check_timestamp_seconds 1800000000',
		'',
	]);
});

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
const sample =
	/^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*"(?:,(?!\})|(?=\})))+\})? -?\d+$/;

test.each([
	'quote" and brace}',
	'back\\slash',
	'back\\',
	'line\nbreak\r\n',
	'# HELP in a name',
	'a\tb',
	'\u001b[31mred',
	'\u2028',
	'\ud800',
	'ünï',
])('a context that is called %j breaks no line', hostile => {
	const rows = [
		row('one', { loginUntil: 1 }),
		row('two'),
		row('one', { way: { from: 'destination', to: 'source' } }),
	];
	const contexts = { source: hostile, destination: 'west' };
	const text = metricsText({ findings: [], pairs: rows }, { ...head, contexts });
	expect(text.endsWith('\n')).toBe(true);
	const lines = text.trimEnd().split('\n');
	const samples = lines.filter(line => !line.startsWith('#'));
	expect(samples.filter(line => !sample.test(line))).toEqual([]);
	const series = samples.map(line => line.slice(0, line.lastIndexOf(' ')));
	expect(new Set(series).size).toBe(series.length);
	// A family is its help, its type, and then all of its samples, once.
	const families = lines.map(line => (/^# (?:HELP|TYPE) (\S+)/.exec(line) ?? /^([^{ ]+)/.exec(line))?.[1]);
	expect(families.filter((name, index) => name !== families[index - 1])).toEqual([...new Set(families)]);
});
