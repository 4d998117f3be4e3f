import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { type ExitCode, exitCodeOf } from '../../../source/commands/line/exit-code.ts';
import { carryOut } from '../../../source/commands/runs/carry-out.ts';
import { systemClock } from '../../../source/gateways/machine/clock.ts';
import { openRecord } from '../../../source/gateways/machine/records.ts';
import { openWorld } from '../../../source/gateways/world.ts';
import type { Answers } from '../../../source/pairing/answers/answers.ts';
import { recordedAnswers, sourcesFor } from '../../../source/pairing/answers/record.ts';
import { planProcedure } from '../../../source/pairing/plan.ts';
import type { Plan } from '../../../source/pairing/step/step.ts';
import { checkClusters } from '../../../source/pairing/steps/check-clusters.ts';
import { planSummary } from '../../../source/plain/json-lines.ts';
import type { Fault, RequestRecord } from '../../../source/practice/contract.ts';
import { startPractice } from '../../../source/practice/practice.ts';
import type { ScenarioName } from '../../../source/practice/scenarios.ts';
import type { RunResult } from '../../../source/runner/run-event.ts';
import { answersWith, unknownFacts } from '../../helpers/answers.ts';
import { callProgram } from '../../helpers/program/in-process.ts';
import { stateOf } from '../state.ts';
import { classOf, type RequestClass } from './faults.ts';

/** One request of a run: which it is among those that look the same. */
export type Question = Readonly<{ id: string; class: RequestClass }>;

/** `check`: the look at both clusters before anything is changed. `procedure`: all that comes after. */
export type Part = 'check' | 'procedure';

export type Attempt = Readonly<{
	id: string;
	result: RunResult;
	exitCode: ExitCode;
	questions: readonly Question[];
}>;

/** Two practice clusters, and the program's own parts at work on them in this process. */
export type FaultGround = AsyncDisposable &
	Readonly<{
		kubeconfig: string;
		beginning: readonly string[];
		/** After an undisturbed run. */
		end: readonly string[];
		/** What an undisturbed run asks. */
		questions: Readonly<Record<Part, readonly Question[]>>;
		state(): Promise<readonly string[]>;
		/** With a fault that gives no answer, all that is asked has but a few seconds. */
		run(part: Part, fault?: Readonly<{ at: Question; fault: Fault }>): Promise<Attempt>;
		undo(id: string): Promise<number>;
	}>;

/** As a pod's shell that does one job, and says on both streams that it has. */
const afterOneJob: Fault = { kind: 'exec-ends', words: ' ended ', times: 2 };

/** Seconds: more than any answer of the practice clusters takes, and soon over for those that never come. */
const longest = 4;

export async function openFaultGround(
	scenario: ScenarioName,
	changes: Partial<Answers> = {},
): Promise<FaultGround> {
	let hook: (cluster: string, request: RequestRecord) => Fault | undefined = () => undefined;
	const practice = await startPractice({
		scenario,
		storkInterval: 20,
		// So that there is something to wait for.
		storkPause: 150,
		fault: { east: request => hook('east', request), west: request => hook('west', request) },
	});
	const folder = await mkdtemp(join(tmpdir(), 'pxpair-faults-'));
	const kubeconfig = join(folder, 'kubeconfig');
	await writeFile(kubeconfig, practice.kubeconfig);
	const environment = { KUBECONFIG: kubeconfig, XDG_STATE_HOME: folder };
	const answers = answersWith(changes);
	const { signal } = new AbortController();
	const rests = () => {
		if (Object.values(practice.clusters).some(cluster => cluster.running().length > 0)) {
			throw new Error('a command still runs in a pod');
		}
	};
	const state = async () => {
		await vi.waitFor(rests, { timeout: 60_000, interval: 20 });
		return stateOf(practice);
	};

	/** `each`: with a way into a pod of its own. */
	const runWith = async (
		jobs: 'together' | 'each',
		...[part, fault]: Parameters<FaultGround['run']>
	): Promise<Attempt> => {
		const questions: Question[] = [];
		const seen = new Map<string, number>();
		hook = (cluster, request) => {
			// Stork asks as well.
			if (request.headers['user-agent'] !== 'pxpair') {
				return undefined;
			}
			const like = `${cluster} ${likeness(request)}`;
			const count = (seen.get(like) ?? 0) + 1;
			seen.set(like, count);
			const kind = classOf(request);
			// By its number among all jobs, whichever exec it comes in.
			const id =
				jobs === 'each' || !like.endsWith(' exec') ? `${like} #${count}` : `${cluster} job #${count}`;
			questions.push({ id, class: kind });
			return id === fault?.at.id ? fault.fault : kind === 'exec' && jobs === 'each' ? afterOneJob : undefined;
		};
		const { world, close } = await openWorld(answers, {
			kubeconfig,
			storkctl: undefined,
			environment,
			clock: systemClock,
			signal,
			...(fault?.fault.kind === 'hang' && { longest }),
		});
		const procedure = planProcedure(answers, unknownFacts, 30);
		const plan: Plan =
			part === 'procedure' ? procedure : { ...procedure, stages: [[checkClusters(answers, procedure)]] };
		const recorder = openRecord(
			{
				version: '0',
				practice: false,
				answers: recordedAnswers(answers, sourcesFor(answers.objectStore)),
				plan: { title: plan.title, steps: planSummary(plan).steps },
			},
			environment,
		);
		const result = await carryOut(plan, { world, recorder, observe: () => {}, signal });
		await recorder.flush();
		close();
		hook = () => undefined;
		return { id: recorder.id, result, exitCode: exitCodeOf(result), questions };
	};
	const run: FaultGround['run'] = (part, fault) =>
		runWith(fault?.at.class === 'exec' ? 'each' : 'together', part, fault);
	const undo = async (id: string) =>
		(await callProgram(['undo', id, '--yes', '--json'], { environment, folder })).code;
	const beginning = stateOf(practice);
	const questionsOf = (...attempts: readonly [together: Attempt, each: Attempt]) =>
		attempts.flatMap(({ questions }, index) =>
			questions.filter(question => (question.class === 'exec') === (index === 1)),
		);
	const check = [await runWith('together', 'check'), await runWith('each', 'check')] as const;
	const first = await runWith('each', 'procedure');
	const undone = await undo(first.id);
	const procedure = await run('procedure');
	const end = await state();
	const attempts = [...check, first, procedure];
	if (undone + (await undo(procedure.id)) + attempts.reduce((sum, { exitCode }) => sum + exitCode, 0) > 0) {
		throw new Error(`not even undisturbed: ${JSON.stringify(attempts.map(({ result }) => result))}`);
	}

	return {
		kubeconfig,
		beginning,
		end,
		questions: { check: questionsOf(...check), procedure: questionsOf(procedure, first) },
		state,
		run,
		undo,
		async [Symbol.asyncDispose]() {
			await practice.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** An exec is told by its place alone: what is to be run comes later. */
function likeness({ method, url, body }: RequestRecord): string {
	const [path = '', query = ''] = url.split('?');
	if (path.endsWith('/exec')) {
		return 'exec';
	}
	const { resourceAttributes } = path.endsWith('/selfsubjectaccessreviews') ? JSON.parse(body).spec : {};
	const since = query.replace(/resourceVersion=\d+/, 'resourceVersion=N');
	return [
		`${method} ${path}`,
		since.replace(/involvedObject.uid%3D[\w-]+/, 'uid'),
		resourceAttributes && JSON.stringify(resourceAttributes),
	]
		.filter(Boolean)
		.join(' ');
}
