import type { Recorder } from '../../gateways/machine/records.ts';
import type { Plan } from '../../pairing/step/step.ts';
import { jsonObserver, runStarted } from '../../plain/json-lines.ts';
import { lineObserver } from '../../plain/lines.ts';
import { wrap } from '../../plain/page.ts';
import type { Observer, RunResult } from '../../runner/run-event.ts';
import type { Session } from '../inputs/session.ts';
import { type Host, linesFor, printer } from '../line/host.ts';

type Announced = Readonly<{ plan: Plan; recorder: Recorder; json: boolean }>;

/** What begins, in its own face. */
export function announce(
	host: Host,
	{ practice }: Pick<Session, 'practice'>,
	{ plan, recorder, json }: Announced,
): void {
	const lines = json
		? [runStarted(plan, practice !== undefined, recorder.id)]
		: [
				...(practice ? [practice.banner, ''] : []),
				plan.title,
				...plan.remarks.map(remark => `Note: ${remark}`),
				'',
			].flatMap(line => wrap(line, host.page, 2));
	lines.forEach(printer(host.out));
}

/** What goes on, in the same. @param endOf its last words in lines, where they are not those of any run */
export function observerFor(
	host: Host,
	plan: Plan,
	{ json, isPractice }: Readonly<{ json: boolean; isPractice: boolean }>,
	endOf?: (result: RunResult) => string,
): Observer {
	const print = printer(host.out);
	return json
		? jsonObserver(isPractice, print)
		: lineObserver(plan, print, { ...linesFor(host), ...(endOf && { endOf }) });
}
