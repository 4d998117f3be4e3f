import { type PodPlaces, previewText } from '../pairing/step/preview.ts';
import { type Plan, type Step, stepsOf } from '../pairing/step/step.ts';
import type { Finding } from '../pairing/words/finding.ts';
import { printableJson } from '../pairing/words/outside-text.ts';
import { findingJson } from './findings.ts';
import { planSummary } from './json-lines.ts';
import { type Page, plainPage, wrap } from './page.ts';

export const planSchema = 'pxpair.plan/v1';

/** The plan as text: each step with its cluster and what exactly it would do. Secrets are dots. */
export function planText(plan: Plan, places: PodPlaces, page: Page = plainPage): string {
	const steps = stepsOf(plan).map((step, index) => stepText(step, index + 1, places, page));
	const remarks = plan.remarks.flatMap(remark => [...wrap(`Note: ${remark}`, page, 2), '']);
	return [...wrap(plan.title, page, 2), '', ...remarks, ...steps].join('\n');
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

/** One step as it is in the plan. What is to be copied is on one line, however long. */
export function stepText(step: Step, number: number, places: PodPlaces, page: Page = plainPage): string {
	const head = `${String(number).padStart(2)}. ${step.on.padEnd(11)}  ${step.title.plan}${step.change ? '' : '  (read-only)'}`;
	const body = step.preview.flatMap(preview => {
		const lines = previewText(preview, places, step.on)
			.split('\n')
			.map(line => `      ${line}`);
		return preview.kind === 'text' ? lines.flatMap(line => wrap(line, page, 8)) : lines;
	});
	return [...wrap(head, page, 8), ...body, ''].join('\n');
}
