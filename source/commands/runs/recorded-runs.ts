import type { WizardServices } from '../../conversation/services.ts';
import type { Recorder } from '../../gateways/machine/records.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { StoreInFile } from '../../pairing/answers/answers-shape.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import type { World } from '../../pairing/clusters/ports.ts';
import type { Plan } from '../../pairing/step/step.ts';
import type { Environment } from '../../pairing/words/environment.ts';

export type RecordedRuns = Readonly<{
	run: WizardServices['run'];
	undo: WizardServices['undo'];
	/** What is done from now on belongs to this run. */
	takeUp(record: RunRecord): void;
	path(): string | undefined;
	/** Names of other records of which something still exists: of this conversation, and of what this undo leaves without a use. */
	others(): Promise<readonly string[]>;
	flush(): Promise<void>;
}>;

export type RunsOptions = Readonly<{
	environment: Environment;
	version: string;
	isPractice: boolean;
	kubeconfig: string[];
	/** What a record keeps in place of the secrets. */
	sources: (answers: Answers) => Promise<StoreInFile>;
	withWorld: <T>(answers: Answers, work: (world: World) => Promise<T>) => Promise<T>;
}>;

/** What a record is about, and what writes it if something does already. */
type Known = Readonly<{ record: RunRecord; recorder: Recorder | undefined }>;

/** Attempts of one conversation are attempts at one run, as long as the answers are about the same clusters and the same pair. */
export function recordedRuns(options: RunsOptions): RecordedRuns {
	const { environment, isPractice, withWorld } = options;
	/** One for each run, that of the last attempt at the end. */
	const recorders: Recorder[] = [];
	let earlier: RunRecord | undefined;
	const find = (is: (record: RunRecord) => boolean): Known | undefined => {
		const recorder = recorders.findLast(one => is(one.record()));
		const record = recorder?.record() ?? (earlier && is(earlier) ? earlier : undefined);
		return record && { record, recorder };
	};
	const attempt = async (
		kind: 'run' | 'undo',
		known: Known | undefined,
		about: Partial<RunRecord> = {},
	): Promise<Recorder> => {
		const { continueRecord, openRecord } = await import('../../gateways/machine/records.ts');
		// Two that write to one file take turns.
		await known?.recorder?.flush();
		const next = known
			? continueRecord({ ...known.record, ...about }, kind, environment)
			: openRecord(about as Parameters<typeof openRecord>[0], environment);
		const others = recorders.filter(({ id }) => id !== next.id);
		recorders.splice(0, recorders.length, ...others, next);
		return next;
	};
	/** While one step or one attempt goes on: between them another process may have its turn. */
	const locked = async <T>(
		locks: (of: typeof import('./under-lock.ts')) => readonly string[],
		work: () => Promise<T>,
	): Promise<T> => {
		const [{ lockRuns }, of] = await Promise.all([
			import('../../gateways/machine/run-lock.ts'),
			import('./under-lock.ts'),
		]);
		const { release } = await lockRuns(locks(of), environment);
		try {
			return await work();
		} finally {
			await release();
		}
	};
	const lockedWith = <T>(known: Known | undefined, world: World, { pair }: Answers, work: () => Promise<T>) =>
		locked(
			of => [...(known ? of.locksOfRecord(known.record) : []), ...of.locksOfPair(isPractice, world, pair)],
			work,
		);
	/** Before the record is touched. */
	const refuseIfTakenUp = async (known: Known | undefined, world: World): Promise<void> => {
		if (known) {
			await (await import('./same-clusters.ts')).refuseOtherClusters(known.record, world);
		}
	};
	return {
		async run(answers, plan, observe, signal) {
			const about = await aboutRun(answers, plan, options);
			const [{ carryOut }, { isAttemptAt }] = await Promise.all([
				import('./carry-out.ts'),
				import('./attempt-at.ts'),
			]);
			const known = find(record => isAttemptAt(record, about));
			return withWorld(answers, world =>
				lockedWith(known, world, answers, async () => {
					await refuseIfTakenUp(known, world);
					const recorder = await attempt('run', known, about);
					const carry = () => carryOut(plan, { world, recorder, observe, signal });
					return known ? carry() : locked(of => of.locksOfRecord(recorder.record()), carry);
				}),
			);
		},
		async undo(answers, steps, observe, signal) {
			const [{ rememberedWorld, takeBack }, { isAboutTheSame }, { madeIn }, { recordedAnswers }] =
				await Promise.all([
					import('./carry-out.ts'),
					import('./attempt-at.ts'),
					import('./past-runs.ts'),
					import('../../pairing/answers/record.ts'),
				]);
			const about = { answers: recordedAnswers(answers, { provider: 'none' }) };
			const made = (record: RunRecord) =>
				madeIn(record).some(({ step }) => steps.some(({ id }) => id === step));
			const known = find(record => isAboutTheSame(record, about) && made(record)) ?? find(() => true);
			const undo = async (world: World) => {
				await refuseIfTakenUp(known, world);
				const recorder = known?.recorder;
				const isUnderWay = recorder?.record().attempts.at(-1)?.kind === 'undo';
				const recording = isUnderWay && recorder ? recorder : await attempt('undo', known);
				return takeBack(steps, {
					world: rememberedWorld(world, recording.record().uuids),
					recorder: recording,
					observe,
					signal,
				});
			};
			return withWorld(answers, world => lockedWith(known, world, answers, () => undo(world)));
		},
		takeUp(record) {
			earlier = record;
		},
		path: () => recorders.at(-1)?.path,
		async others() {
			const [{ madeIn }, { leftBehind }] = await Promise.all([
				import('./past-runs.ts'),
				import('./left-behind.ts'),
			]);
			const records = [...(earlier ? [earlier] : []), ...recorders.map(one => one.record())];
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

async function aboutRun(
	answers: Answers,
	plan: Plan,
	{ version, isPractice, kubeconfig, sources }: RunsOptions,
): Promise<Omit<RunRecord, 'schema' | 'id' | 'uuids' | 'clusters' | 'attempts'>> {
	const [{ recordedAnswers }, { planSummary }, store] = await Promise.all([
		import('../../pairing/answers/record.ts'),
		import('../../plain/json-lines.ts'),
		sources(answers),
	]);
	return {
		version,
		practice: isPractice,
		...(!isPractice && { kubeconfig }),
		answers: recordedAnswers(answers, store),
		plan: { title: plan.title, steps: planSummary(plan).steps },
	};
}
