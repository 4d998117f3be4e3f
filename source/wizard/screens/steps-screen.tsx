import { type ReactNode, useMemo } from 'react';
import type { PodPlaces, previewText } from '../../pairing/step/preview.ts';
import { type Plan, type Step, stepsOf } from '../../pairing/step/step.ts';
import { type Entry, ListBeside } from './list-beside.tsx';
import { type Line, ScrolledLines } from './scrolled-lines.tsx';

type StepsProps = Readonly<{
	plan: Plan;
	printPreview: typeof previewText;
	places: PodPlaces;
	/** From its keys: a step is chosen, beside which is what it does. */
	isWide: boolean;
	/** The commands of the step under the cursor. */
	onCopy: (text: string) => void;
}>;

/** Every step with its cluster and what exactly it does. */
export function StepsScreen({ plan, places, printPreview, isWide, onCopy }: StepsProps): ReactNode {
	const steps = useMemo(
		() =>
			stepsOf(plan).map((step, index) => ({
				step,
				sign: String(index + 1).padStart(2),
				text: step.preview.map(preview => printPreview(preview, places, step.on)).join('\n'),
			})),
		[plan, places, printPreview],
	);
	const remarks = useMemo(() => plan.remarks.map((text): Line => ({ text: `Note: ${text}` })), [plan]);
	const entries = useMemo(
		() => steps.map(({ step, sign, text }) => entryOf(step, sign, text, remarks)),
		[steps, remarks],
	);
	const lines = useMemo(
		() => [...remarks, ...steps.flatMap(({ step, sign, text }) => linesOf(step, sign, text))],
		[steps, remarks],
	);
	return isWide ? <ListBeside entries={entries} onCopy={onCopy} /> : <ScrolledLines lines={lines} />;
}

const meaningOf = ({ on }: Step) => (on === 'both' ? undefined : on);

const entryOf = (step: Step, sign: string, text: string, remarks: readonly Line[]): Entry => ({
	id: step.id,
	sign,
	title: step.title.plan,
	meaning: meaningOf(step),
	copies: `${text}\n`,
	details: [
		{ text: step.title.plan, meaning: meaningOf(step) },
		{ text: step.change ? `Changes the ${step.on}` : `Read-only${step.on === 'both' ? ', on both' : ''}` },
		{ text: '' },
		...text.split('\n').map((line): Line => ({ text: line })),
		...remarks,
	],
});

const linesOf = (step: Step, sign: string, text: string): readonly Line[] => [
	{
		text: `${sign} ${step.title.plan}${step.on === 'both' ? ' (both)' : ''}${step.change ? '' : ', read-only'}`,
		meaning: meaningOf(step),
	},
	...(text === '' ? [] : text.split('\n').map((line): Line => ({ text: `     ${line}` }))),
];
