import { type Plan, stepsOf } from '../pairing/step/step.ts';
import { printableJson } from '../pairing/words/outside-text.ts';
import type { Problem } from '../pairing/words/problem.ts';
import type { Observer } from '../runner/run-event.ts';

/** Counts up when a field changes its meaning or goes away; new fields may come any time. */
export const runSchema = 'pxpair.run/v1';

export type JsonLine = Readonly<Record<string, unknown>>;

/** A run as one JSON object a line. `practice` says on every line whether the clusters are pretend ones. */
export function jsonObserver(practice: boolean, print: (line: string) => void): Observer {
	return event => print(printableJson(envelope(practice, event)));
}

/** @param run the name of its record */
export const runStarted = (plan: Plan, practice: boolean, run: string): string =>
	printableJson(envelope(practice, { type: 'run-started', run, ...planSummary(plan) }));

/** In place of a run, or with the plan's schema in place of a plan. */
export const problemLine = (problem: Problem, practice: boolean, schema: string = runSchema): string =>
	printableJson({ schema, practice, type: 'problem', problem });

export const planSummary = (plan: Plan) => ({
	title: plan.title,
	remarks: plan.remarks,
	steps: stepsOf(plan).map(({ id, title, on, docs, change }) => ({
		id,
		on,
		title: title.plan,
		changes: change?.makes ?? null,
		docs,
	})),
});

const envelope = (practice: boolean, fields: JsonLine): JsonLine => ({
	schema: runSchema,
	practice,
	...fields,
});
