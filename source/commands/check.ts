import { systemClock } from '../gateways/machine/clock.ts';
import { lookAtBoth } from '../pairing/look-at-both.ts';
import { fact } from '../pairing/words/finding.ts';
import { checkSchema, checkWords, findingsJson, findingsText } from '../plain/findings.ts';
import { wrap } from '../plain/page.ts';
import { driftCommand } from './drift.ts';
import { looking } from './in-session.ts';
import { type ExitCode, exitCodeOfFindings } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable } from './refusable.ts';

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
	return refusable(host, { json, practice, schema: checkSchema }, () =>
		looking(
			host,
			{ ...request, secrets: 'needed', store: 'optional' },
			{
				stopped: 'Stopped before everything was checked. Nothing was changed.',
				doing: () => 'Checking both clusters',
				look: async ({ answers, world }) => [
					...(await lookAtBoth(answers, { world, clock: systemClock, signal: host.stop })),
					...(request.file === undefined && !practice ? [storeUnchecked] : []),
				],
				tell(findings, session) {
					const lines = json
						? [findingsJson({ schema: checkSchema, practice }, findings)]
						: [
								...(session.practice ? [...wrap(session.practice.banner, host.page, 0), ''] : []),
								...findingsText(findings, checkWords, host.page),
								...(session.practice?.lesson ?? []).flatMap(line => wrap(line, host.page, 2)),
							];
					lines.forEach(printer(host.out));
					return exitCodeOfFindings(findings);
				},
			},
		),
	);
};

/** Two contexts alone do not say which store the pair would use. */
const storeUnchecked = fact(
	'object-store',
	'store-not-checked',
	'both',
	'The object store was not checked: without an answers file, none is known',
);
