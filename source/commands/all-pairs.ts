import { resolve } from 'node:path';
import { pairLogin } from '../gateways/kubernetes/login-facts.ts';
import { systemClock } from '../gateways/machine/clock.ts';
import { refuseUnlessReplaceable, replaceFileAtomically } from '../gateways/machine/replace-file.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import { type AllPairs, allPairs } from '../pairing/status/all-pairs.ts';
import type { Pair } from '../pairing/words/pair.ts';
import { metricsText } from '../plain/metrics.ts';
import { type PairsHead, pairsJson, pairsText } from '../plain/pairs.ts';
import { looking } from './in-session.ts';
import { type ExitCode, exitCode, exitCodeOfFindings } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refuseOtherClusters } from './runs/same-clusters.ts';

/** How the status is kept an eye on. */
export type Watching = Readonly<{
	/** Check again every half minute, until Ctrl-C. */
	watch: boolean;
	/** A file for node_exporter's textfile collector. */
	prometheus: string | undefined;
	/** Milliseconds: a login that expires sooner gives the exit code 4. */
	expiry: number | undefined;
}>;

export type AllPairsCommand = Readonly<{
	json: boolean;
	watching: Watching;
	common: CommonOptions;
	/** Where the clusters are found when no contexts are named. */
	record: RunRecord | undefined;
}>;

/** Every pair of two clusters, tried. */
export const tellAllPairs = (
	host: Host,
	{ json, watching, common, record }: AllPairsCommand,
): Promise<ExitCode> => {
	const { prometheus } = watching;
	const file = prometheus === undefined ? undefined : resolve(host.folder, prometheus);
	return looking(
		host,
		{ file: undefined, record, common, secrets: 'not-needed', store: 'optional' },
		{
			stopped: 'Stopped before everything was checked. Nothing was changed.',
			doing: ({ answers: { source, destination } }) =>
				`Checking all pairs between ${source.context} and ${destination.context}`,
			async look({ world, answers }) {
				if (file !== undefined) {
					await refuseUnlessReplaceable(file);
				}
				await refuseOtherClusters(record, world);
				return allPairs({
					world,
					clock: systemClock,
					readPairLogin: pairLogin,
					ignore: answers.ignore ?? [],
					signal: host.stop,
				});
			},
			async tell(all, { answers: { source, destination } }) {
				const head: PairsHead = {
					contexts: toldApart({ source: source.context, destination: destination.context }),
					now: systemClock.today(),
				};
				if (file !== undefined) {
					await replaceFileAtomically(file, metricsText(all, head));
				}
				const lines = json ? [pairsJson(all, head)] : pairsText(all, head, host.page);
				lines.forEach(printer(host.out));
				return codeOf(all, head.now, watching.expiry);
			},
		},
	);
};

/** Two kubeconfigs may use the same name, and no two metrics may have the same labels. */
const toldApart = ({ source, destination }: Pair<string>): Pair<string> =>
	source === destination
		? { source: `${source} (source)`, destination: `${destination} (destination)` }
		: { source, destination };

function codeOf({ findings, pairs }: AllPairs, now: number, expiry: number | undefined): ExitCode {
	const code = exitCodeOfFindings([...findings, ...pairs.flatMap(pair => pair.findings)]);
	const isExpiring =
		expiry !== undefined &&
		pairs.some(({ loginUntil }) => loginUntil !== undefined && loginUntil < now + expiry);
	return code === exitCode.done && isExpiring ? exitCode.drifted : code;
}
