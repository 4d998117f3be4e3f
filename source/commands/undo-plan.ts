import { systemClock } from '../gateways/machine/clock.ts';
import type { RunRecord } from '../pairing/answers/record.ts';
import type { World } from '../pairing/clusters/ports.ts';
import type { Identity, Step } from '../pairing/step/step.ts';
import { undoPlanJson, undoPlanText } from '../plain/undo-plan.ts';
import { goneOf, type PlannedUndo, planUndo } from '../runner/plan-undo.ts';
import { type ExitCode, exitCode, exitCodeOfProblem } from './line/exit-code.ts';
import { type Host, onlyLooking, printer } from './line/host.ts';
import { identitiesOf } from './runs/carry-out.ts';
import { identitiesNow, type LeftBehind } from './runs/left-behind.ts';

type Subject = Readonly<{
	record: RunRecord;
	doable: readonly Step[];
	/** On a cluster that is gone, or another one by now. */
	left: readonly Step[];
	earlier: readonly LeftBehind[];
	world: World;
	json: boolean;
}>;

/** `pxpair undo --plan`: what would be deleted and what would be kept, and why. Read-only, the record included. */
export async function showUndoPlan(host: Host, subject: Subject): Promise<ExitCode> {
	const { record, doable, left, world, json } = subject;
	const look = (of: RunRecord, steps: readonly Step[], goneBefore: ReadonlySet<Identity>) =>
		planUndo(steps, {
			world,
			clock: systemClock,
			runId: of.id,
			signal: onlyLooking(host).abandon,
			identities: of === record ? identitiesNow(of, subject.earlier) : identitiesOf(of),
			goneBefore,
		});
	const own = await look(record, doable, new Set());
	const earlier: { record: RunRecord; planned: readonly PlannedUndo[] }[] = [];
	let gone = goneOf(own);
	for (const rest of subject.earlier) {
		const planned = await look(rest.record, rest.steps, gone);
		gone = goneOf(planned, gone);
		earlier.push({ record: rest.record, planned });
	}
	const planned = [...own, ...left.map(kept)];
	const plan = { run: record.id, title: record.plan.title, planned, earlier };
	(json ? [undoPlanJson(plan)] : undoPlanText(plan, host.page)).forEach(printer(host.out));
	const unread = [planned, ...earlier.map(rest => rest.planned)]
		.flat()
		.find(({ kind }) => kind === 'unknown');
	return unread?.kind === 'unknown' ? exitCodeOfProblem(unread.problem) : exitCode.done;
}

export const whyLeft = 'that cluster is unreachable, or is a different one';

const kept = (step: Step): PlannedUndo => ({
	step,
	kind: 'keep',
	because: whyLeft,
});
