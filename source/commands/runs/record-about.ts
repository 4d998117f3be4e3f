import { listRecords, readRecord } from '../../gateways/machine/recorded.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import { shell } from '../../pairing/words/command.ts';
import { defined } from '../../pairing/words/json.ts';
import { refuse } from '../../pairing/words/problem.ts';
import { command } from '../../pairing/words/way.ts';
import type { Host } from '../line/host.ts';
import type { CommonOptions } from '../line/options.ts';
import { standingOf } from './past-runs.ts';

/** Which pair, and whose answers it was made with. */
export type PairSubject = Readonly<{
	name: string | undefined;
	namespace: string | undefined;
	run: string | undefined;
	answers: string | undefined;
}>;

/** The answers, about the pair that is named. */
export const answersAbout = (answers: Answers, { name, namespace }: PairSubject): Answers => ({
	...answers,
	pair: { ...answers.pair, ...defined({ name, namespace }) },
});

type AskedAbout = Readonly<{ subject: PairSubject; common: CommonOptions }>;

/** undefined when no record is about these clusters; a folder of records that can't be read is told. */
export const latestRecord = async (
	{ environment }: Host,
	asked: AskedAbout,
): Promise<RunRecord | undefined> => latestAbout(await usable(environment), asked);

const usable = async (environment: Host['environment']): Promise<readonly RunRecord[]> =>
	(await listRecords(environment)).filter(
		record => !record.practice && !record.proof && standingOf(record) !== 'taken-back',
	);

function latestAbout(records: readonly RunRecord[], { subject, common }: AskedAbout): RunRecord | undefined {
	const about = records.filter(record => isAbout(record, subject, common));
	// A rotation of a login alone may know nothing of the rest; one of the key knows it best.
	return about.find(({ rotates }) => rotates === undefined || rotates.includes('key')) ?? about[0];
}

/** undefined when two contexts were named that no record is about: they are enough to try a pair. */
export async function recordAbout(
	{ environment }: Host,
	{ subject, common }: AskedAbout,
	/** What its answers are to be good for, and the command that wants to know. */
	{ verb, to }: Readonly<{ verb: 'status' | 'rotate' | 'prove'; to: string }>,
): Promise<RunRecord | undefined> {
	if (subject.run !== undefined) {
		return unlessPractice(await readRecord(subject.run, environment));
	}
	const records = await usable(environment);
	const found = latestAbout(records, { subject, common });
	if (!found && !(common.source && common.destination)) {
		const about = wanted(subject, common);
		refuse({
			id: 'pair-not-recorded',
			title:
				about === ''
					? `No run on this machine says which pair to ${to}`
					: `No run on this machine is about ${about}`,
			remedies: [
				command('See which pairs there are', shell`pxpair status`),
				command(
					'Then name the pair and both clusters',
					shell`pxpair ${verb} NAME --namespace NAMESPACE --source CONTEXT --destination CONTEXT`,
				),
				command('Or name the answers it was made with', shell`pxpair ${verb} --answers FILE`),
				command(
					'Or name the record of its run by an ID that pxpair runs lists, or by its path',
					shell`pxpair ${verb} --run ID`,
				),
			],
		});
	}
	return found;
}

function unlessPractice(record: RunRecord): RunRecord {
	if (record.practice) {
		refuse({
			id: 'run-was-practice',
			title: 'That run was practice: its clusters no longer exist',
			remedies: [command('Try the pair of another run, which this lists', shell`pxpair runs`)],
		});
	}
	return record;
}

function isAbout(
	{ answers: { pair, source, destination } }: RunRecord,
	subject: PairSubject,
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

const wanted = ({ name, namespace }: PairSubject, { source, destination }: CommonOptions): string =>
	Object.entries(defined({ pair: name, namespace, source, destination }))
		.map(([what, value]) => `${what} ${value}`)
		.join(', ');
