import { systemClock } from '../gateways/machine/clock.ts';
import { readRecord } from '../gateways/machine/recorded.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import { noFactsOf } from '../pairing/clusters/cluster.ts';
import { planProcedure } from '../pairing/plan.ts';
import { type Drift, driftFrom } from '../pairing/status/drift.ts';
import { driftJson, driftSchema, driftText } from '../plain/drift.ts';
import { looking } from './in-session.ts';
import type { Session } from './inputs/session.ts';
import { type ExitCode, exitCode, exitCodeOfProblem } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable } from './refusable.ts';
import { refuseOtherClusters } from './runs/same-clusters.ts';

export type DriftRequest = Readonly<{ against: string; json: boolean; common: CommonOptions }>;

/** `pxpair check --against`: what exists, compared with what an answers file or the record of a run asked for. */
export const driftCommand = (host: Host, { against, json, common }: DriftRequest): Promise<ExitCode> => {
	const practice = common.practice !== undefined;
	return refusable(host, { json, practice, schema: driftSchema }, async () => {
		const record = isFile(against) ? undefined : await readRecord(against, host.environment);
		const request = { file: record ? undefined : against, record, common, secrets: 'to-compare' } as const;
		return looking(host, request, {
			stopped: 'Stopped before everything was compared. Nothing was changed.',
			doing: () => 'Comparing both clusters',
			look: session => compare(host, session, record),
			tell(drift) {
				const lines = json ? [driftJson(drift, against, practice)] : driftText(drift, against, host.page);
				lines.forEach(printer(host.out));
				return codeOf(drift);
			},
		});
	});
};

/** The record of a run has a name without a folder and an ending. */
const isFile = (against: string): boolean => against === '-' || /\.ya?ml$/i.test(against);

async function compare(
	host: Host,
	{ answers, world }: Session,
	record: RunRecord | undefined,
): Promise<Drift> {
	await refuseOtherClusters(record, world);
	// To keep what differs is a policy for a run; here it is what is looked for.
	const declared = { ...answers, existing: { credential: 'stop', pair: 'stop' } } as const;
	return driftFrom(planProcedure(declared, noFactsOf(declared)), {
		world,
		clock: systemClock,
		signal: host.stop,
		runId: '',
		note: () => {},
	});
}

function codeOf({ differences, problems }: Drift): ExitCode {
	const [problem] = problems;
	return problem ? exitCodeOfProblem(problem) : differences.length > 0 ? exitCode.drifted : exitCode.done;
}
