import { pairLogin } from '../gateways/kubernetes/login-facts.ts';
import { systemClock } from '../gateways/machine/clock.ts';
import type { Answers } from '../pairing/answers/answers.ts';
import { directionsOf } from '../pairing/answers/direction.ts';
import type { World } from '../pairing/clusters/ports.ts';
import { loginEnd } from '../pairing/status/all-pairs.ts';
import { pairStatus } from '../pairing/status/status.ts';
import type { Finding } from '../pairing/words/finding.ts';
import { findingsJson, findingsText, statusSchema, statusWords } from '../plain/findings.ts';
import { pairsSchema } from '../plain/pairs.ts';
import { tellAllPairs, type Watching } from './all-pairs.ts';
import { looking } from './in-session.ts';
import type { Session } from './inputs/session.ts';
import { type ExitCode, exitCode, exitCodeOfFindings } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable } from './refusable.ts';
import { identitiesOf } from './runs/carry-out.ts';
import { clustersAbout } from './runs/clusters-about.ts';
import { madeAtOf } from './runs/made-at.ts';
import { answersAbout, type PairSubject, recordAbout } from './runs/record-about.ts';
import { refuseOtherClusters } from './runs/same-clusters.ts';

export type StatusCommand = Readonly<{
	json: boolean;
	subject: PairSubject;
	watching: Watching;
	common: CommonOptions;
}>;

const asking = { verb: 'status', to: 'check' } as const;

/** `pxpair status`: whether a pair still works, tried rather than read. */
export const statusCommand = (host: Host, request: StatusCommand): Promise<ExitCode> =>
	refusable(host, { json: request.json, practice: false, schema: schemaOf(request) }, () =>
		repeated(host, request.watching, () =>
			(isOfAll(request) ? allPairsStatus : onePairStatus)(host, request),
		),
	);

/** Milliseconds. */
const pause = 30_000;

/** Once, or again and again until Ctrl-C; each time everything is read again. */
async function repeated(host: Host, { watch }: Watching, look: () => Promise<ExitCode>): Promise<ExitCode> {
	const print = printer(host.err);
	for (;;) {
		if (watch) {
			print(`${new Date(systemClock.today()).toISOString().slice(0, 19).replace('T', ' ')} UTC`);
		}
		const code = await look();
		if (!watch || host.stop.aborted) {
			return code;
		}
		print(`Checking again in ${pause / 1000} s; press Ctrl-C to quit`);
		await systemClock.sleep(pause, host.stop);
		if (host.stop.aborted) {
			return code;
		}
	}
}

/** No pair is named, nor answers that name one. */
const isOfAll = ({ subject }: StatusCommand): boolean =>
	Object.values(subject).every(value => value === undefined);

const schemaOf = (request: StatusCommand): string => (isOfAll(request) ? pairsSchema : statusSchema);

const allPairsStatus = async (host: Host, request: StatusCommand): Promise<ExitCode> =>
	tellAllPairs(host, { ...request, ...(await clustersAbout(host, request)) });

async function onePairStatus(host: Host, request: StatusCommand): Promise<ExitCode> {
	const { subject, common, watching } = request;
	const record = subject.answers === undefined ? await recordAbout(host, request, asking) : undefined;
	const opened = {
		...{ file: subject.answers, record, common },
		secrets: 'to-compare',
		store: 'optional',
	} as const;
	const asked = ({ answers }: Session): Answers => answersAbout(answers, subject);
	return looking(host, opened, {
		stopped: 'Stopped before everything was checked. Nothing was changed.',
		doing(session) {
			const { pair } = asked(session);
			return `Checking the pair ${pair.namespace}/${pair.name}`;
		},
		async look(session) {
			const { world } = session;
			await refuseOtherClusters(record, world);
			const answers = asked(session);
			return pairStatus({
				world,
				clock: systemClock,
				answers,
				hasPlan: record !== undefined || subject.answers !== undefined,
				readPairLogin: pairLogin,
				madeAt: await madeAtOf(host),
				made: record && identitiesOf(record),
				ignore: answers.ignore ?? [],
				signal: host.stop,
			});
		},
		async tell(findings, session) {
			const answers = asked(session);
			tell(host, request, answers, findings, record?.id);
			const code = exitCodeOfFindings(findings);
			const isDone = code === exitCode.done;
			return isDone && (isDrifted(findings) || (await expiresSoon(session.world, answers, watching.expiry)))
				? exitCode.drifted
				: code;
		},
	});
}

function tell(
	host: Host,
	{ json }: StatusCommand,
	{ source, destination, pair }: Answers,
	findings: readonly Finding[],
	run: string | undefined,
): void {
	const print = printer(host.out);
	if (json) {
		const about = {
			pair: { name: pair.name, namespace: pair.namespace, back: pair.back !== undefined },
			source: source.context,
			destination: destination.context,
			run: run ?? null,
		};
		print(findingsJson({ schema: statusSchema, practice: false, ...about }, findings));
		return;
	}
	const arrow = pair.back ? '↔' : '→';
	[
		`${pair.namespace}/${pair.name}, ${source.context} ${arrow} ${destination.context}`,
		'',
		...findingsText(findings, statusWords, host.page),
	].forEach(print);
}

const isDrifted = (findings: readonly Finding[]): boolean =>
	findings.some(
		({ level, ...rest }) => level === 'warning' && 'problem' in rest && rest.problem.id === 'pair-differs',
	);

/** @param within milliseconds; undefined: no matter when */
async function expiresSoon(world: World, { pair }: Answers, within: number | undefined): Promise<boolean> {
	if (within === undefined) {
		return false;
	}
	const ends = await Promise.all(directionsOf(pair).map(way => loginEnd(world, way, pair, pairLogin)));
	return ends.some(end => end !== undefined && end < systemClock.today() + within);
}
