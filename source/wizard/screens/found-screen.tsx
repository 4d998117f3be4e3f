import { Box, Text, useInput } from 'ink';
import type { ReactNode } from 'react';
import type { ClusterFacts, Finding } from '../../pairing/cluster.ts';
import { type Side, sides } from '../../pairing/pair.ts';
import type { Problem } from '../../pairing/problem.ts';
import { useArea } from '../../ui/area.ts';
import { Note } from '../../ui/components/note.tsx';
import { Panel } from '../../ui/components/panel.tsx';
import { ProblemPanel } from '../../ui/components/problem-panel.tsx';
import { Spinner } from '../../ui/components/spinner.tsx';
import { truncateMiddle } from '../../ui/display-width.ts';
import { useTheme } from '../../ui/theme.ts';
import { blockers, isLookedAt } from '../found.ts';
import type { Facts } from '../questions.ts';

/** Both clusters side by side, filling up while they are looked at. */
export function FoundScreen(props: {
	facts: Facts;
	location: string;
	onNext: () => void;
	onBack: () => void;
	onSwap: () => void;
	onLocate: () => void;
	onRetry: () => void;
	onHelp: () => void;
}): ReactNode {
	const area = useArea();
	const { glyphs } = useTheme();
	const problems = blockers(props.facts);
	const busy = !isLookedAt(props.facts);
	useInput((input, key) => {
		if (key.return && !busy && problems.length === 0) props.onNext();
		else if (key.escape && !key.meta) props.onBack();
		else if (input === 's') props.onSwap();
		else if (input === 'l') props.onLocate();
		else if (input === 'r') props.onRetry();
		else if (input === '?') props.onHelp();
	});
	if (problems[0] && !busy) {
		return (
			<Box flexDirection="column">
				<ProblemPanel problem={problems[0]} />
				{problems.length > 1 && (
					<Text>
						{glyphs.info} and {problems.length - 1} more:{' '}
						{problems
							.slice(1)
							.map(({ title }) => title)
							.join('; ')}
					</Text>
				)}
			</Box>
		);
	}
	const isWide = area.columns >= 72;
	const width = isWide ? Math.floor(area.columns / 2) : area.columns;
	return (
		<Box flexDirection="column">
			<Box flexDirection={isWide ? 'row' : 'column'}>
				{sides.map(side => (
					<SidePanel
						key={side}
						side={side}
						facts={props.facts[side]}
						columns={width}
						isBoxed={area.rows >= 14}
					/>
				))}
			</Box>
			{busy ? (
				<Spinner label="Looking at both clusters. Nothing is changed." />
			) : (
				<Text>
					Location: {props.location === 'auto' ? 'as found above' : `${props.location}, as you said`}. Nothing
					has been changed in any cluster.
				</Text>
			)}
		</Box>
	);
}

function SidePanel(props: {
	side: Side;
	facts: Partial<ClusterFacts>;
	columns: number;
	isBoxed: boolean;
}): ReactNode {
	const { styles, glyphs } = useTheme();
	const { facts, columns } = props;
	const inner = columns - (props.isBoxed ? 4 : 2);
	const line = (label: string, text: string) => (
		<Text key={label} wrap="truncate">
			<Text {...styles.muted}>{label.padEnd(9)}</Text> {truncateMiddle(text, inner - 10, glyphs.ellipsis)}
		</Text>
	);
	const rows = [
		line(
			'version',
			text(facts.api, api => api.version),
		),
		line(
			'Portworx',
			text(
				facts.portworx,
				px => `${px.version ?? px.install} in ${px.namespace}${px.secured ? ', secured' : ''}`,
			),
		),
		line(
			'pods',
			text(facts.portworx, px => `${px.pods.length} of ${px.podCount} Ready`),
		),
		line(
			'UUID',
			text(facts.uuid, uuid => uuid),
		),
		line(
			'Stork',
			text(facts.stork, stork => `${stork.version ?? 'there'} in ${stork.namespace}`),
		),
		line(
			'stands',
			text(facts.platform, ({ location, name }) => `${location}${name === 'unknown' ? '' : ` (${name})`}`),
		),
		line(
			'because',
			text(facts.platform, platform => platform.evidence),
		),
		line(
			'region',
			text(facts.platform, platform => platform.region ?? 'not said'),
		),
	];
	const short = [0, 1, 5].map(index => rows[index]);
	const title = `${props.side} ${glyphs.separator} ${facts.context ?? ''}`;
	return props.isBoxed ? (
		<Panel title={title} meaning={props.side} columns={columns}>
			{rows}
		</Panel>
	) : (
		<Box flexDirection="column">
			<Text {...styles[props.side]}>{title}</Text>
			{short}
		</Box>
	);
}

function text<T>(finding: Finding<T> | undefined, show: (value: T) => string): string {
	switch (finding?.kind) {
		case undefined:
			return '…';
		case 'known':
			return show(finding.value);
		case 'unknown':
			return 'not known';
	}
}

/** A remark for what is not in the way. */
export function Unknowns({ problems }: { problems: readonly Problem[] }): ReactNode {
	return problems.map(problem => (
		<Note key={problem.title} tone="warning">
			{problem.title}
		</Note>
	));
}
