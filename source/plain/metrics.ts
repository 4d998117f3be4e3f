import type { AllPairs, PairRow } from '../pairing/status/all-pairs.ts';
import { errorsAmong, topics } from '../pairing/words/finding.ts';
import { visiblyEscaped } from '../pairing/words/outside-text.ts';
import type { PairsHead } from './pairs.ts';

type Labels = Readonly<Record<string, string>>;
type Sample = Readonly<{ labels: Labels; value: number }>;

/**
 * All pairs in the text format of Prometheus, for node_exporter's textfile collector. Names and labels are stable; docs/metrics.md
 * describes them. No label holds a login, a token or a key.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function metricsText(all: AllPairs, head: PairsHead): string {
	const tried = all.pairs.filter(({ leads }) => leads === 'there');
	return [
		...family('pxpair_pair_ready', 'Whether Stork reports both statuses of the ClusterPair as ready.', [
			...all.pairs.map(pair => ({ labels: labelsOf(pair, head), value: isReady(pair) ? 1 : 0 })),
		]),
		...family('pxpair_pair_check', 'Whether a topic of the pair was tried without an error.', [
			...tried.flatMap(pair => checksOf(pair, head)),
		]),
		...family('pxpair_login_expiry_seconds', 'When the login in the ClusterPair expires, in Unix time.', [
			...all.pairs.flatMap(pair =>
				pair.loginUntil === undefined
					? []
					: [{ labels: labelsOf(pair, head), value: Math.floor(pair.loginUntil / 1000) }],
			),
		]),
		...family('pxpair_clusters_reachable', 'Whether both clusters answered all that was asked.', [
			{ labels: {}, value: errorsAmong(all.findings).length === 0 ? 1 : 0 },
		]),
		...family('pxpair_last_check_timestamp_seconds', 'When this was written, in Unix time.', [
			{ labels: {}, value: Math.floor(head.now / 1000) },
		]),
		'',
	].join('\n');
}

/** Stork writes NotProvided for storage that is not to be paired. */
const isReady = ({ storage, scheduler }: PairRow): boolean =>
	(storage === 'Ready' || storage === 'NotProvided') && scheduler === 'Ready';

const labelsOf = ({ name, namespace, way }: PairRow, { contexts }: PairsHead): Labels => ({
	namespace,
	pair: name,
	source: contexts[way.from],
	destination: contexts[way.to],
});

/** One sample for each topic that was looked into. */
function checksOf(pair: PairRow, head: PairsHead): readonly Sample[] {
	const failed = new Set(pair.findings.flatMap(({ level, topic }) => (level === 'error' ? [topic] : [])));
	const seen = new Set(pair.findings.map(({ topic }) => topic));
	return topics
		.filter(topic => seen.has(topic))
		.map(check => ({ labels: { ...labelsOf(pair, head), check }, value: failed.has(check) ? 0 : 1 }));
}

function family(name: string, help: string, samples: readonly Sample[]): readonly string[] {
	return [
		`# HELP ${name} ${help}`,
		`# TYPE ${name} gauge`,
		...samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}`),
	];
}

function labelText(labels: Labels): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
	return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** What a terminal obeys shows as the escape it is, before its backslash is doubled: the format knows three escapes, and no others. */
const escaped = (value: string): string =>
	visiblyEscaped(value)
		.replaceAll('\t', ' ')
		.replaceAll('\\', '\\\\')
		.replaceAll('"', '\\"')
		.replaceAll('\n', '\\n');
