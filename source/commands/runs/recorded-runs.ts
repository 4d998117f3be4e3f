import type { WizardServices } from '../../conversation/services.ts';
import type { Recorder } from '../../gateways/machine/records.ts';
import type { Answers } from '../../pairing/answers/answers.ts';
import type { StoreInFile } from '../../pairing/answers/answers-file.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import type { World } from '../../pairing/clusters/ports.ts';
import type { Plan } from '../../pairing/step/step.ts';

export type RecordedRuns = Readonly<{
	run: WizardServices['run'];
	undo: WizardServices['undo'];
	/** What is done from now on belongs to this run. */
	takeUp(record: RunRecord): void;
	path(): string | undefined;
	flush(): Promise<void>;
}>;

export type RunsOptions = Readonly<{
	environment: Readonly<Record<string, string | undefined>>;
	version: string;
	isPractice: boolean;
	kubeconfig: string | undefined;
	/** What a record keeps in place of the secrets. */
	sources: (answers: Answers) => Promise<StoreInFile>;
	withWorld: <T>(answers: Answers, work: (world: World) => Promise<T>) => Promise<T>;
}>;

/** Attempts of one conversation are attempts at one run, whatever answers change between them. */
export function recordedRuns(options: RunsOptions): RecordedRuns {
	const { environment, isPractice, withWorld } = options;
	let recorder: Recorder | undefined;
	let earlier: RunRecord | undefined;
	const attempt = async (kind: 'run' | 'undo', about: Partial<RunRecord> = {}): Promise<Recorder> => {
		const { continueRecord, openRecord } = await import('../../gateways/machine/records.ts');
		// Two that write to one file take turns.
		await recorder?.flush();
		const record = recorder?.record() ?? earlier;
		recorder = record
			? continueRecord({ ...record, ...about }, kind, environment)
			: openRecord(about as Parameters<typeof openRecord>[0], environment);
		return recorder;
	};
	/** While one step or one attempt goes on: between them another process may have its turn. */
	const locked = async <T>(about: Partial<RunRecord>, work: () => Promise<T>): Promise<T> => {
		const [{ lockRuns }, { locksOf }] = await Promise.all([
			import('../../gateways/machine/run-lock.ts'),
			import('./under-lock.ts'),
		]);
		const record = { ...(recorder?.record() ?? earlier), ...about };
		const { practice = isPractice, answers } = record;
		const names = answers === undefined ? [] : locksOf({ ...record, practice, answers });
		const { release } = await lockRuns(names, environment);
		try {
			return await work();
		} finally {
			await release();
		}
	};
	/** Before the record is touched. */
	const refuseIfTakenUp = async (world: World): Promise<void> => {
		const record = recorder?.record() ?? earlier;
		if (record) {
			await (await import('./same-clusters.ts')).refuseOtherClusters(record, world);
		}
	};
	return {
		async run(answers, plan, observe, signal) {
			const about = await aboutRun(answers, plan, options);
			const { carryOut } = await import('./carry-out.ts');
			return locked(about, () =>
				withWorld(answers, async world => {
					await refuseIfTakenUp(world);
					return carryOut(plan, { world, recorder: await attempt('run', about), observe, signal });
				}),
			);
		},
		async undo(answers, steps, observe, signal) {
			const { rememberedWorld, takeBack } = await import('./carry-out.ts');
			const undo = async (world: World) => {
				await refuseIfTakenUp(world);
				const isUnderWay = recorder?.record().attempts.at(-1)?.kind === 'undo';
				const recording = isUnderWay && recorder ? recorder : await attempt('undo');
				return takeBack(steps, {
					world: rememberedWorld(world, recording.record().uuids),
					recorder: recording,
					observe,
					signal,
				});
			};
			return locked({}, () => withWorld(answers, undo));
		},
		takeUp(record) {
			earlier = record;
		},
		path: () => recorder?.path,
		async flush() {
			await recorder?.flush();
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
		...(kubeconfig && { kubeconfig }),
		answers: recordedAnswers(answers, store),
		plan: { title: plan.title, steps: planSummary(plan).steps },
	};
}
