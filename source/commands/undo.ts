import { mayReplace, undoQuestion } from '../conversation/offers/offers.ts';
import { oddLines, readRecord, surveyRecords } from '../gateways/machine/recorded.ts';
import type { Answers } from '../pairing/answers/answers.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import { learn } from '../pairing/clusters/find-facts.ts';
import type { World } from '../pairing/clusters/ports.ts';
import type { Step } from '../pairing/step/step.ts';
import { shell } from '../pairing/words/command.ts';
import { defined } from '../pairing/words/json.ts';
import { type Side, sides } from '../pairing/words/pair.ts';
import { clusterProblem, PairingError, type Problem, refuse } from '../pairing/words/problem.ts';
import { command } from '../pairing/words/way.ts';
import { runStarted } from '../plain/json-lines.ts';
import { wrap } from '../plain/page.ts';
import { keptBy, undoLines, undoPlanSchema } from '../plain/undo-plan.ts';
import { asksYes } from './ask-yes.ts';
import { inSession } from './in-session.ts';
import { type ExitCode, exitCode, exitCodeOf } from './line/exit-code.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';
import { refusable } from './refusable.ts';
import { rememberedWorld } from './runs/carry-out.ts';
import { identitiesNow, type LeftBehind, leftBehind } from './runs/left-behind.ts';
import { madeSteps } from './runs/made-steps.ts';
import { madeIn } from './runs/past-runs.ts';
import { otherClusters, otherClustersProblem } from './runs/same-clusters.ts';
import { locksOfPair, locksOfRecord, underLock } from './runs/under-lock.ts';
import { undoLeftBehind, undoPlanOf, undoRecorded } from './runs/undo-left-behind.ts';
import { showUndoPlan, whyLeft } from './undo-plan.ts';

export type UndoRequest = Readonly<{
	/** undefined: the latest run of which something is. */
	run: string | undefined;
	json: boolean;
	/** Do not ask. */
	yes: boolean;
	/** Do what can be done though a cluster does not answer. */
	force: boolean;
	/** Show what would be deleted and kept, and do nothing. */
	plan: boolean;
	common: CommonOptions;
}>;

export const undoSchema = 'pxpair.undo/v1';
const schemaOf = ({ plan }: UndoRequest): string => (plan ? undoPlanSchema : undoSchema);

/** `pxpair undo`: exactly what a run made, in reverse, shown before it is done. */
export const undoCommand = (host: Host, request: UndoRequest): Promise<ExitCode> =>
	refusable(host, { json: request.json, practice: false, schema: schemaOf(request) }, async () => {
		const found = await recordOf(host, request.run);
		return underLock(host, request.plan ? [] : locksOfRecord(found), async () => {
			// Another process may have changed it before the lock was had.
			const record = await recordOf(host, request.run ?? found.id);
			const { common } = request;
			const opened = { file: undefined, common, secrets: 'not-needed', record } as const;
			return inSession(host, opened, ({ answers, world: actual }) => {
				const world = rememberedWorld(actual, record.uuids);
				const locks = request.plan ? [] : locksOfPair(false, actual, answers.pair);
				return underLock(host, locks, () => undo(host, request, record, answers, { actual, world }));
			});
		});
	});

async function recordOf({ environment }: Host, run: string | undefined): Promise<RunRecord> {
	const { records, odd } = run
		? { records: [await readRecord(run, environment)], odd: [] }
		: await surveyRecords(environment);
	const own = records.filter(found => !found.practice && madeIn(found).length > 0);
	// What a rotation made goes with the pair.
	const record = run ? records[0] : (own.find(({ rotates }) => rotates === undefined) ?? own[0]);
	if (record?.practice) {
		refuse({
			id: 'run-was-practice',
			title: 'That run was practice: its clusters no longer exist',
			remedies: ['There is nothing to undo.'],
		});
	}
	if (!record || madeIn(record).length === 0) {
		refuse({
			id: 'nothing-to-undo',
			title: run ? `Nothing left to undo of the run ${run}` : 'No run has anything left to undo',
			...defined({ evidence: oddLines(odd) }),
			remedies: [command('List the runs', shell`pxpair runs`)],
		});
	}
	return record;
}

/** What is to be undone, and what has to be left because its cluster is gone, or another one by now. */
type Doable = Readonly<{ record: RunRecord; doable: readonly Step[]; left: readonly Step[]; world: World }>;

async function undo(
	host: Host,
	request: UndoRequest,
	record: RunRecord,
	answers: Answers,
	{ actual, world }: Readonly<{ actual: World; world: World }>,
): Promise<ExitCode> {
	const { json, force } = request;
	const steps = madeSteps(record, answers);
	const others = await otherClusters(record, actual);
	if (others.length > 0 && !force) {
		throw new PairingError(otherClustersProblem(record, others, shell`pxpair undo ${record.id} --force`));
	}
	const silentSides = await silent(world, steps);
	if (silentSides.length > 0 && !force) {
		throw new PairingError(unreachable(silentSides, record));
	}
	const gone = [...silentSides, ...others.map(({ side }) => side)];
	const isDoable = ({ on }: Step) => on === 'both' || !gone.includes(on);
	const doable = steps.filter(isDoable);
	const left = steps.filter(step => !isDoable(step));
	const earlier = (await leftBehind(record, host.environment)).map(rest => ({
		...rest,
		steps: rest.steps.filter(isDoable),
	}));
	if (request.plan) {
		return showUndoPlan(host, { record, doable, left, earlier, world, json });
	}
	const code = await undoAll(host, request, { record, doable, left, world }, earlier);
	if (code === exitCode.cancelled) {
		return code;
	}
	let hasFailed = false;
	for (const rest of earlier.filter(({ steps: [first] }) => first !== undefined)) {
		hasFailed =
			!(await undoLeftBehind(host, rest, { world, json, held: locksOfPair(false, world, answers.pair) })) ||
			hasFailed;
	}
	return hasFailed && code === exitCode.done ? exitCode.failedAfterChanges : code;
}

async function undoAll(
	host: Host,
	request: UndoRequest,
	{ record, doable, left, world }: Doable,
	earlier: readonly LeftBehind[],
): Promise<ExitCode> {
	const { json } = request;
	const { page } = host;
	const print = printer(host.out);
	const plan = undoPlanOf(record, doable);
	const wouldDelete = (step: Step) => undoLines('delete', step, undefined, page);
	if (json) {
		print(runStarted(plan, false, record.id));
	} else {
		[
			...wrap(plan.title, page, 2),
			'',
			...plan.remarks.flatMap(remark => [...wrap(`Note: ${remark}`, page, 2), '']),
			...doable.flatMap(wouldDelete),
			...left.flatMap(step => undoLines('keep', step, whyLeft, page)),
			...earlier.flatMap(rest => [
				...wrap(`  ${keptBy(rest.record)}`, page, 4),
				...rest.steps.flatMap(wouldDelete),
			]),
			'',
		].forEach(print);
	}
	const mayHaveReplaced = record.rotates !== undefined || mayReplace(record.answers);
	if (!request.yes && !(await asksYes(host, undoQuestion(doable.length, mayHaveReplaced)))) {
		printer(host.err)('Nothing was undone.');
		return exitCode.cancelled;
	}
	const identities = identitiesNow(record, earlier);
	const undone = await undoRecorded(host, record, { ...{ plan, world, json, identities }, steps: doable });
	if (left.length > 0 && !json) {
		['', 'Still there:', ...left.map(({ change, on }) => `  ${change?.makes} (${on})`)].forEach(print);
	}
	const { result } = undone;
	const isIncomplete = left.length > 0 || !undone.isKept || undone.left > 0;
	return isIncomplete && result.kind === 'done' ? exitCode.failedAfterChanges : exitCodeOf(result);
}

const unreachable = (silentSides: readonly Side[], record: RunRecord): Problem =>
	clusterProblem({
		id: 'undo-side-unreachable',
		...(silentSides[0] && { side: silentSides[0] }),
		title: `The ${silentSides.join(' and the ')} is unreachable: not everything could be undone`,
		remedies: [
			'Undo again when it is reachable.',
			command('Or undo what exists on the other side alone', shell`pxpair undo ${record.id} --force`),
		],
	});

async function silent(world: World, steps: readonly Step[]): Promise<readonly Side[]> {
	const concerned = sides.filter(side => steps.some(({ on }) => on === side));
	const found = await Promise.all(
		concerned.map(async side => ({ side, api: await learn(world[side].discovery.api()) })),
	);
	return found.filter(({ api }) => api.kind === 'unknown').map(({ side }) => side);
}
