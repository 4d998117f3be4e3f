import { Box, Text, useInput } from 'ink';
import { type ReactNode, useMemo, useState } from 'react';
import type { PodPlaces, previewText } from '../../pairing/step/preview.ts';
import { type Plan, type Preview, type Step, stepsOf } from '../../pairing/step/step.ts';
import { useArea } from '../../ui/area.ts';
import { Panes } from '../../ui/components/panes.tsx';
import { spellSigns } from '../../ui/glyphs.ts';
import { firstVisible } from '../../ui/list-state.ts';
import { breakLine, truncate, truncateMiddle } from '../../ui/text/display-width.ts';
import { useTheme } from '../../ui/theme.ts';
import { useScroll } from '../../ui/use-scroll.ts';

type Line = Readonly<{ key: string; text: string; side?: 'source' | 'destination' | 'both' }>;

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
export function StepsScreen(props: StepsProps): ReactNode {
	return props.isWide ? <StepBesideDetails {...props} /> : <AllSteps {...props} />;
}

/** Scrolls. */
function AllSteps({ plan, places, printPreview }: StepsProps): ReactNode {
	const area = useArea();
	const lines = useMemo(
		() => linesOf(plan, (preview, on) => printPreview(preview, places, on), area.columns),
		[plan, places, printPreview, area.columns],
	);
	return <Lines lines={lines} />;
}

/** The list keeps its place; commands and manifests of the step under the cursor are beside it. */
function StepBesideDetails({ plan, places, printPreview, onCopy }: StepsProps): ReactNode {
	const { glyphs, styles } = useTheme();
	const area = useArea();
	const [index, setIndex] = useState(0);
	const steps = stepsOf(plan);
	const step = steps[index];
	const text = step?.preview.map(preview => printPreview(preview, places, step.on)).join('\n') ?? '';
	useInput((input, key) => {
		if (key.upArrow) setIndex(now => Math.max(0, now - 1));
		else if (key.downArrow) setIndex(now => Math.min(steps.length - 1, now + 1));
		else if (input === 'c') onCopy(`${text}\n`);
	});
	const listColumns = Math.min(76, Math.floor(area.columns * 0.46));
	const first = firstVisible(steps.length, index, area.rows);
	const list = steps.slice(first, first + area.rows).map(({ id, on, title }, offset) => {
		const isHere = first + offset === index;
		return (
			<Box key={id}>
				<Text {...styles.accent}>{isHere ? glyphs.pointer : ' '} </Text>
				<Text {...(on === 'both' ? {} : styles[on])} bold={isHere}>
					{String(first + offset + 1).padStart(2)}{' '}
					{truncateMiddle(spellSigns(title.plan, glyphs), listColumns - 5, glyphs.ellipsis)}
				</Text>
			</Box>
		);
	});
	return (
		<Panes left={list} leftColumns={listColumns}>
			{step && <Details key={step.id} step={step} text={text} remarks={plan.remarks} />}
		</Panes>
	);
}

function Details(props: Readonly<{ step: Step; text: string; remarks: readonly string[] }>): ReactNode {
	const { step, text, remarks } = props;
	const { columns } = useArea();
	const lines = useMemo(() => {
		const all = [
			{ key: 'title', text: step.title.plan, side: step.on },
			{
				key: 'where',
				text: step.change ? `Changes the ${step.on}` : `Read-only${step.on === 'both' ? ', on both' : ''}`,
			},
			{ key: 'gap', text: '' },
			...text.split('\n').map((line, at) => ({ key: String(at), text: line })),
			...remarks.map(remark => ({ key: remark, text: `Note: ${remark}` })),
		];
		return broken(all, columns);
	}, [step, text, remarks, columns]);
	return <Lines lines={lines} isPaged />;
}

function Lines({
	lines,
	isPaged = false,
}: Readonly<{ lines: readonly Line[]; isPaged?: boolean }>): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const height = Math.max(2, area.rows - 1);
	const { top, isScrolled, where } = useScroll(lines.length, height, isPaged);
	return (
		<Box flexDirection="column">
			{lines.slice(top, top + height).map(({ key, text, side }) => (
				<Text key={key} {...(side && side !== 'both' ? styles[side] : {})}>
					{text === '' ? ' ' : truncate(spellSigns(text, glyphs), area.columns, glyphs.ellipsis)}
				</Text>
			))}
			{isScrolled && <Text {...styles.muted}>{isPaged ? `${where}: PgDn` : where}</Text>}
		</Box>
	);
}

function linesOf(
	plan: Plan,
	print: (preview: Preview, on: Step['on']) => string,
	columns: number,
): readonly Line[] {
	const remarks = plan.remarks.map((text, index) => ({ key: `remark ${index}`, text: `Note: ${text}` }));
	const steps = stepsOf(plan).flatMap((step, index): Line[] => [
		{
			key: step.id,
			text: `${String(index + 1).padStart(2)} ${step.title.plan}${step.on === 'both' ? ' (both)' : ''}${step.change ? '' : ', read-only'}`,
			side: step.on,
		},
		...step.preview
			.flatMap(preview => print(preview, step.on).split('\n'))
			.map((text, line) => ({ key: `${step.id} ${line}`, text: `     ${text}` })),
	]);
	return broken([...remarks, ...steps], columns);
}

const broken = (lines: readonly Line[], columns: number): readonly Line[] =>
	lines.flatMap(line =>
		breakLine(line.text, columns).map((text, part) => ({ ...line, key: `${line.key} ${part}`, text })),
	);
