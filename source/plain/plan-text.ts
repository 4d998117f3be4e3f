import { type PodPlaces, previewText } from '../pairing/step/preview.ts';
import { type Plan, type Step, stepsOf } from '../pairing/step/step.ts';
import type { Finding } from '../pairing/words/finding.ts';
import { printableJson } from '../pairing/words/outside-text.ts';
import { findingJson } from './findings.ts';
import { planSummary } from './json-lines.ts';

export const planSchema = 'pxpair.plan/v1';

/** The plan as text: each step with its cluster and what exactly it would do. Secrets are dots. */
export function planText(plan: Plan, places: PodPlaces): string {
	const steps = stepsOf(plan).map((step, index) => stepText(step, index + 1, places));
	return [plan.title, '', ...plan.remarks.flatMap(remark => [`Note: ${remark}`, '']), ...steps].join('\n');
}

export function planJson(
	plan: Plan,
	places: PodPlaces,
	practice: boolean,
	findings: readonly Finding[],
): string {
	const summary = planSummary(plan);
	const previews = stepsOf(plan).map(step =>
		step.preview.map(preview => previewText(preview, places, step.on)),
	);
	return printableJson(
		{
			schema: planSchema,
			practice,
			...summary,
			findings: findings.map(findingJson),
			steps: summary.steps.map((step, index) => ({ ...step, preview: previews[index] })),
		},
		2,
	);
}

/** One step as it is in the plan. */
export function stepText(step: Step, number: number, places: PodPlaces): string {
	const head = `${String(number).padStart(2)}. ${step.on.padEnd(11)}  ${step.title.plan}${step.change ? '' : '  (read-only)'}`;
	const body = step.preview.flatMap(preview => previewText(preview, places, step.on).split('\n'));
	return [head, ...body.map(line => `      ${line}`), ''].join('\n');
}
