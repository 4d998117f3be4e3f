import type { PodPlaces } from '../pairing/step/preview.ts';
import { type Plan, type Preview, type Step, stepsOf } from '../pairing/step/step.ts';
import { accountTokenBlock, commandBlock, readSecret, secretsOf, specBlock } from './runbook-commands.ts';
import { applyBlock, blanksOf, createBlock, readBlank } from './runbook-manifests.ts';

/**
 * The plan as a Markdown page that a person can follow by hand: its blocks, pasted into one shell one after another, pair the
 * clusters. Secrets are shell variables that are read without echo.
 */
export function runbook(plan: Plan, places: PodPlaces): string {
	const steps = stepsOf(plan);
	return [
		`# ${plan.title}`,
		'',
		...plan.remarks.flatMap(remark => [`> ${remark}`, '']),
		...beforehand(
			steps.flatMap(step => step.preview),
			places,
		),
		...steps.flatMap((step, index) => section(step, index + 1, places)),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
}

function beforehand(previews: readonly Preview[], places: PodPlaces): readonly string[] {
	const blanks = previews.flatMap(blanksOf).map(readBlank);
	const secrets = previews.flatMap(preview => secretsOf(preview, places)).map(readSecret);
	const lines = [...new Set([...secrets, ...blanks])];
	return lines.length === 0
		? []
		: [
				'## Before you start',
				'',
				'Use one shell for all steps. Type in what it asks for; secrets are not echoed and do not enter the history.',
				'',
				// As one command: else the lines that follow, pasted along, would be read as answers.
				...['```sh', '{', ...lines, '}', '```', ''],
			];
}

function section(step: Step, number: number, places: PodPlaces): string[] {
	return [
		`## ${number}. ${step.title.plan}`,
		'',
		`Cluster: **${step.on}** · ${step.change ? `makes ${step.change.makes}` : 'read-only'} · [documentation](${step.docs})`,
		'',
		...step.preview.flatMap(preview => [...block(preview, places, step.on), '']),
		`Afterwards: ${step.title.holds}.`,
		'',
	];
}

function block(preview: Preview, places: PodPlaces, on: Step['on']): readonly string[] {
	switch (preview.kind) {
		case 'text':
			return [preview.text];
		case 'manifest': {
			const { verb, manifest, on: side } = preview;
			const lines =
				verb === 'apply' ? applyBlock(manifest, side, places[side]) : createBlock(manifest, places[side]);
			return ['```sh', ...lines, '```'];
		}
		case 'account-token':
			return ['```sh', ...accountTokenBlock(preview, places[preview.on]), '```'];
		case 'spec':
			return ['```sh', ...specBlock(preview, places, on), '```'];
		case 'command':
			return ['```sh', ...commandBlock(preview.command, places, on), '```'];
	}
}
