import type { Plan } from '../pairing/step/step.ts';
import { planJson, planText } from '../plain/plan-text.ts';
import { placesOf } from './inputs/places-of.ts';
import type { Session } from './inputs/session.ts';
import { type Host, printer } from './line/host.ts';
import type { CommonOptions } from './line/options.ts';

/** What a command would do, in place of doing it. */
export function printPlan(
	host: Host,
	{ json, common }: Readonly<{ json: boolean; common: CommonOptions }>,
	session: Pick<Session, 'answers' | 'practice'>,
	plan: Plan,
	facts: Parameters<typeof placesOf>[0],
): void {
	const { practice } = session;
	const places = placesOf(facts, session, common);
	const lines = json
		? [planJson(plan, places, practice !== undefined, [])]
		: [...(practice ? [practice.banner, ''] : []), planText(plan, places).trimEnd()];
	lines.forEach(printer(host.out));
}
