import { systemClock } from '../gateways/machine/clock.ts';
import { noFactsOf } from '../pairing/clusters/cluster.ts';
import { planProcedure } from '../pairing/plan.ts';
import { preflight } from '../pairing/preflight/preflight.ts';
import type { Finding } from '../pairing/words/finding.ts';
import { checkSchema, checkWords, findingsJson, findingsText } from '../plain/findings.ts';
import { driftCommand } from './drift.ts';
import { openSession, type Session } from './inputs/session.ts';
import { type ExitCode, exitCodeOfFindings } from './line/exit-code.ts';
import { type Host, onlyLooking, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable, sayStopped } from './refusable.ts';
import { signsOfLife } from './signs-of-life.ts';

export type CheckRequest = Readonly<{
	file: string | undefined;
	/** An answers file or a run to compare with, instead. */
	against: string | undefined;
	json: boolean;
	common: CommonOptions;
}>;

/** `pxpair check`: all that would make a pairing fail, found without changing anything. */
export const checkCommand = (host: Host, request: CheckRequest): Promise<ExitCode> => {
	const { against, json, common } = request;
	if (against !== undefined) {
		return driftCommand(host, { against, json, common });
	}
	const practice = common.practice !== undefined;
	return refusable(host, { json, practice, schema: checkSchema, stopped }, async () => {
		const session = await openSession(onlyLooking(host), {
			...request,
			secrets: 'needed',
			store: 'optional',
		});
		try {
			const findings = await look(host, session);
			if (host.stop.aborted) {
				return sayStopped(host, stopped);
			}
			const lines = json
				? [findingsJson({ schema: checkSchema, practice }, findings)]
				: [
						...(session.practice ? [session.practice.banner, ''] : []),
						...findingsText(findings, checkWords),
						...(session.practice?.lesson ?? []),
					];
			lines.forEach(printer(host.out));
			return exitCodeOfFindings(findings);
		} finally {
			await session.close();
		}
	});
};

const stopped = 'Stopped before all was looked at. Nothing was changed.';

async function look(host: Host, { answers, world }: Session): Promise<readonly Finding[]> {
	const { ignore = [] } = answers;
	const plan = planProcedure(answers, noFactsOf(answers));
	const life = signsOfLife(host, 'Checking both clusters');
	try {
		return await preflight({ world, clock: systemClock, answers, plan, ignore, signal: host.stop });
	} finally {
		life.stop();
	}
}
