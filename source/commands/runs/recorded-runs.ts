import type { WizardServices } from '../../conversation/services.ts';
import { continueRecord, openRecord, type Recorder } from '../../gateways/machine/records.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { StoreInFile } from '../../pairing/answers/answers-shape.ts';
import { type RunRecord, recordedAnswers } from '../../pairing/answers/record.ts';
import type { World } from '../../pairing/clusters/ports.ts';
import type { PracticeGround } from '../inputs/practice-ground.ts';
import { isAboutTheSame, isAttemptAt } from './attempt-at.ts';
import { carryOut, rememberedWorld, takeBack } from './carry-out.ts';
import { leftBehind } from './left-behind.ts';
import { newRecord } from './new-record.ts';
import { madeIn } from './past-runs.ts';
import { refuseOtherClusters } from './same-clusters.ts';
import { locksOfPair, locksOfRecord, underLock } from './under-lock.ts';

export type RecordedRuns = Readonly<{
	run: WizardServices['run'];
	undo: WizardServices['undo'];
	path(): string | undefined;
	/** Names of other records of which something still exists: of this conversation, and of what this undo leaves without a use. */
	others(): Promise<readonly string[]>;
	flush(): Promise<void>;
}>;

export type RunsOptions = Readonly<{
	host: Parameters<typeof newRecord>[0];
	common: Parameters<typeof newRecord>[1];
	practice: PracticeGround | undefined;
	/** What a record keeps in place of the secrets. */
	sources: (answers: Answers) => Promise<StoreInFile>;
	withWorld: <T>(answers: Answers, work: (world: World) => Promise<T>) => Promise<T>;
	/** The run that was taken up: what is done belongs to it. */
	earlier: () => RunRecord | undefined;
}>;

/** What a record is about, and what writes it if something does already. */
type Known = Readonly<{ record: RunRecord; recorder: Recorder | undefined }>;

/** Attempts of one conversation are attempts at one run, as long as the answers are about the same clusters and the same pair. */
export function recordedRuns(options: RunsOptions): RecordedRuns {
	const { host, common, practice, sources, withWorld, earlier } = options;
	const { environment } = host;
	/** One for each run, that of the last attempt at the end. */
	const recorders: Recorder[] = [];
	const find = (is: (record: RunRecord) => boolean): Known | undefined => {
		const recorder = recorders.findLast(one => is(one.record()));
		const record = recorder?.record() ?? [earlier()].find(one => one && is(one));
		return record && { record, recorder };
	};
	/** Two that write to one file take turns. */
	const attempt = async (known: Known | undefined, begin: () => Recorder): Promise<Recorder> => {
		await known?.recorder?.flush();
		const next = begin();
		const others = recorders.filter(({ id }) => id !== next.id);
		recorders.splice(0, recorders.length, ...others, next);
		return next;
	};
	/** While one step or one attempt goes on: between them another process may have its turn. */
	const locked = <T>(locks: readonly string[], work: () => Promise<T>): Promise<T> =>
		underLock({ environment, err() {} }, locks, work);
	const inWorld = <T>(
		answers: Answers,
		known: Known | undefined,
		work: (world: World) => Promise<T>,
	): Promise<T> =>
		withWorld(answers, world =>
			locked(
				[
					...(known ? locksOfRecord(known.record) : []),
					...locksOfPair(practice !== undefined, world, answers.pair),
				],
				async () => {
					await refuseOtherClusters(known?.record, world);
					return work(world);
				},
			),
		);
	return {
		async run(answers, plan, observe, signal) {
			const session = { answers, sources: await sources(answers), practice };
			const about = newRecord(host, common, session, plan);
			const known = find(record => isAttemptAt(record, about));
			return inWorld(answers, known, async world => {
				const recorder = await attempt(known, () =>
					known
						? continueRecord({ ...known.record, ...about }, 'run', environment)
						: openRecord(about, environment),
				);
				const locks = known ? [] : locksOfRecord(recorder.record());
				return locked(locks, () => carryOut(plan, { world, recorder, observe, signal }));
			});
		},
		undo(answers, steps, observe, signal) {
			const about = { answers: recordedAnswers(answers, { provider: 'none' }) };
			const made = (record: RunRecord) =>
				madeIn(record).some(({ step }) => steps.some(({ id }) => id === step));
			const known = find(record => isAboutTheSame(record, about) && made(record)) ?? find(() => true);
			if (!known) {
				throw new Error('Nothing was run that could be undone');
			}
			return inWorld(answers, known, async actual => {
				const { record, recorder: last } = known;
				const recorder =
					last?.record().attempts.at(-1)?.kind === 'undo'
						? last
						: await attempt(known, () => continueRecord(record, 'undo', environment));
				const world = rememberedWorld(actual, recorder.record().uuids);
				return takeBack(steps, { world, recorder, observe, signal });
			});
		},
		path: () => recorders.at(-1)?.path,
		async others() {
			const records = [earlier(), ...recorders.map(one => one.record())].filter(one => one !== undefined);
			const latest = new Map(records.map(record => [record.id, record]));
			const last = recorders.at(-1)?.record();
			latest.delete(last?.id ?? '');
			const standing = [...latest.values()].flatMap(record => (madeIn(record).length > 0 ? [record.id] : []));
			// What an earlier undo kept because this run used it, no other run keeps any more.
			const kept = last?.attempts.at(-1)?.kind === 'undo' ? await leftBehind(last, environment) : [];
			return [...new Set([...standing, ...kept.map(({ record }) => record.id)])];
		},
		async flush() {
			await Promise.all(recorders.map(one => one.flush()));
		},
	};
}
