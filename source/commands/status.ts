import { pairLogin } from '../gateways/kubernetes/login-facts.ts';
import { systemClock } from '../gateways/machine/clock.ts';
import { listRecords, readRecord } from '../gateways/machine/recorded.ts';
import type { Answers } from '../pairing/answers/answers.ts';
import { directionsOf } from '../pairing/answers/direction.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import type { World } from '../pairing/clusters/ports.ts';
import { loginEnd } from '../pairing/status/all-pairs.ts';
import { pairStatus } from '../pairing/status/status.ts';
import { shell } from '../pairing/words/command.ts';
import type { Finding } from '../pairing/words/finding.ts';
import { defined } from '../pairing/words/json.ts';
import { inputProblem, PairingError, type Said } from '../pairing/words/problem.ts';
import { command } from '../pairing/words/way.ts';
import { findingsJson, findingsText, statusSchema, statusWords } from '../plain/findings.ts';
import { pairsSchema } from '../plain/pairs.ts';
import { tellAllPairs, type Watching } from './all-pairs.ts';
import { looking } from './in-session.ts';
import type { Session } from './inputs/session.ts';
import { type ExitCode, exitCode, exitCodeOfFindings } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable } from './refusable.ts';
import { standingOf } from './runs/past-runs.ts';
import { refuseOtherClusters } from './runs/same-clusters.ts';

/** Which pair, and whose answers it was made with. */
export type StatusSubject = Readonly<{
	name: string | undefined;
	namespace: string | undefined;
	run: string | undefined;
	answers: string | undefined;
}>;

export type StatusCommand = Readonly<{
	json: boolean;
	subject: StatusSubject;
	watching: Watching;
	common: CommonOptions;
}>;

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

/** Two clusters and no pair of theirs, or a file that is about all of them. */
const isOfAll = ({ subject, watching, common: { source, destination } }: StatusCommand): boolean =>
	Object.values(subject).every(value => value === undefined) &&
	((source !== undefined && destination !== undefined) || watching.prometheus !== undefined);

const schemaOf = (request: StatusCommand): string => (isOfAll(request) ? pairsSchema : statusSchema);

async function allPairsStatus(host: Host, request: StatusCommand): Promise<ExitCode> {
	const { source, destination } = request.common;
	const record = source && destination ? undefined : await recordOf(host, request);
	return tellAllPairs(host, { ...request, record });
}

async function onePairStatus(host: Host, request: StatusCommand): Promise<ExitCode> {
	const { subject, common, watching } = request;
	const record = subject.answers === undefined ? await recordOf(host, request) : undefined;
	const opened = { file: subject.answers, common, secrets: 'not-needed', store: 'optional' } as const;
	const { name, namespace } = subject;
	const asked = ({ answers }: Session): Answers => ({
		...answers,
		pair: { ...answers.pair, ...defined({ name, namespace }) },
	});
	return looking(host, record ? { ...opened, record } : opened, {
		stopped: 'Stopped before everything was checked. Nothing was changed.',
		doing(session) {
			const { pair } = asked(session);
			return `Checking the pair ${pair.namespace}/${pair.name}`;
		},
		async look(session) {
			const { world } = session;
			if (record) {
				await refuseOtherClusters(record, world);
			}
			const answers = asked(session);
			return pairStatus({
				world,
				clock: systemClock,
				answers,
				hasPlan: record !== undefined || subject.answers !== undefined,
				readPairLogin: pairLogin,
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
		...findingsText(findings, statusWords),
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

/** undefined when two contexts were named that no record is about: they are enough to try a pair. */
async function recordOf(
	{ environment }: Host,
	{ subject, common }: StatusCommand,
): Promise<RunRecord | undefined> {
	if (subject.run !== undefined) {
		return unlessPractice(await readRecord(subject.run, environment));
	}
	const records = (await listRecords(environment)).filter(
		record => !record.practice && standingOf(record) !== 'taken-back',
	);
	const found = records.find(record => isAbout(record, subject, common));
	if (!found && !(common.source && common.destination)) {
		throw refusal({
			id: 'pair-not-recorded',
			title:
				records.length === 0
					? 'No run on this machine says which pair to check'
					: `No run on this machine is about ${wanted(subject, common)}`,
			remedies: [
				command(
					'Name both clusters',
					shell`pxpair status NAME --namespace NAMESPACE --source CONTEXT --destination CONTEXT`,
				),
				command('Or name the answers it was made with', shell`pxpair status --answers FILE`),
				command(
					'Or name the record of its run by an ID that pxpair runs lists, or by its path',
					shell`pxpair status --run ID`,
				),
			],
		});
	}
	return found;
}

function unlessPractice(record: RunRecord): RunRecord {
	if (record.practice) {
		throw refusal({
			id: 'run-was-practice',
			title: 'That run was practice: its clusters no longer exist',
			remedies: [command('Try the pair of another run, which this lists', shell`pxpair runs`)],
		});
	}
	return record;
}

function isAbout(
	{ answers: { pair, source, destination } }: RunRecord,
	subject: StatusSubject,
	common: CommonOptions,
): boolean {
	const asked = [
		[subject.name, pair.name],
		[subject.namespace, pair.namespace],
		[common.source, source?.context],
		[common.destination, destination?.context],
	];
	return asked.every(([wanted, has]) => wanted === undefined || wanted === has);
}

const wanted = ({ name, namespace }: StatusSubject, { source, destination }: CommonOptions): string =>
	Object.entries(defined({ pair: name, namespace, source, destination }))
		.map(([what, value]) => `${what} ${value}`)
		.join(', ');

const refusal = (problem: Said): PairingError => new PairingError(inputProblem(problem));
