import { command } from '../command.ts';
import { type Flags, inBrief, Mistake } from '../flags.ts';
import { bothWays, clusters, commonOf, json, storkctl, whenStopped } from '../options.ts';

const flags = {
	namespace: { type: 'string', short: 'n', value: 'NAMESPACE', does: 'of the pair' },
	run: {
		type: 'string',
		value: 'ID',
		suggest: 'runs',
		does: 'what was asked for, from the record of a run',
	},
	answers: { type: 'string', value: 'FILE', does: 'or from an answers file' },
	'both-ways': { ...bothWays, does: 'check the pair destination → source as well' },
	watch: { type: 'boolean', does: 'check again every 30 s, until Ctrl-C' },
	expiry: {
		type: 'string',
		value: '14d',
		does: 'exit 4 if a login expires sooner; 12h: hours',
		read: millisecondsOf,
	},
	prometheus: { type: 'string', value: 'FILE', does: 'metrics for node_exporter (docs/metrics.md)' },
	json,
	...clusters,
	...inBrief(storkctl),
} as const satisfies Flags;

export const status = command({
	name: 'status',
	summary: 'check that a pair still works (read-only)',
	takes: { name: '[NAME]', about: 'of the ClusterPair; without it, every one' },
	flags,
	help: {
		about:
			"Stork never checks a Ready pair again. This checks everything that a pair depends on: both network paths, logins, tokens, credentials. Without NAME it checks every ClusterPair of two clusters: those named, the latest run's, or the kubeconfig's only two contexts.",
		exit: `0 works, 1 does not, 2 bad input, 4 works, but differs from what was asked for or expires soon, ${whenStopped}`,
		example: 'pxpair status remotecluster -n migrationnamespace',
	},
	read({ namespace, run, answers, watch, expiry, prometheus, json, ...common }, name) {
		const subject = { name, namespace, run, answers };
		if (run !== undefined && answers !== undefined) {
			return new Mistake('--run and --answers both say what the pair was created with: use one of them');
		}
		const isOfAll = Object.values(subject).every(value => value === undefined);
		return prometheus !== undefined && !isOfAll
			? new Mistake(
					'--prometheus writes all pairs of two clusters: leave out NAME, --namespace, --run and --answers',
				)
			: { json, subject, watching: { watch, prometheus, expiry }, common: commonOf(common) };
	},
	load: async () => (await import('../../status.ts')).statusCommand,
});

function millisecondsOf(text: string): number | Mistake {
	const [, count, unit] = /^(\d{1,5})([dh])$/.exec(text) ?? [];
	return count === undefined
		? new Mistake(`--expiry takes a number with d or h, such as 14d, not "${text}"`)
		: Number(count) * (unit === 'd' ? 24 : 1) * 3_600_000;
}
