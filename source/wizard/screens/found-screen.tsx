import { Box, Text, useInput } from 'ink';
import type { ReactNode } from 'react';
import type { ClusterFacts, Learned } from '../../pairing/cluster.ts';
import { type Side, sides } from '../../pairing/pair.ts';
import { useArea } from '../../ui/area.ts';
import { Panel } from '../../ui/components/panel.tsx';
import { ProblemPanel } from '../../ui/components/problem-panel.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { SideLabel } from '../../ui/components/side-label.tsx';
import { Spinner } from '../../ui/components/spinner.tsx';
import { truncate, truncateMiddle } from '../../ui/display-width.ts';
import { useTheme } from '../../ui/theme.ts';
import { useHeldKeys } from '../../ui/use-held-keys.ts';
import { blockers, isLookedAt } from '../found.ts';
import type { Facts } from '../questions.ts';
import { changedSoFar } from './review-screen.tsx';

/** Both clusters side by side, filling up while they are looked at. */
export function FoundScreen(props: {
	facts: Facts;
	location: string;
	/** How much earlier attempts have made. */
	standing: number;
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
	useHeldKeys(busy);
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
	const isBoxed = area.rows >= 14;
	const columns = isWide ? Math.floor(area.columns / 2) : area.columns;
	const Side = isBoxed ? SidePanel : SideLines;
	return (
		<Box flexDirection="column">
			<Box flexDirection={isWide ? 'row' : 'column'}>
				{sides.map(side => (
					<Side
						key={side}
						side={side}
						facts={props.facts[side]}
						location={props.location}
						columns={columns}
					/>
				))}
			</Box>
			{busy ? (
				<Spinner label="Looking at both clusters. Nothing is changed." />
			) : (
				<Prose>
					{isBoxed && 'Is the location wrong? l overrules it. '}
					{changedSoFar(props.standing)}
				</Prose>
			)}
		</Box>
	);
}

type SideProps = Readonly<{
	side: Side;
	facts: Partial<ClusterFacts>;
	location: string;
	columns: number;
}>;

/** Everything that was found. */
function SidePanel({ side, facts, location, columns }: SideProps): ReactNode {
	const { styles, glyphs } = useTheme();
	const line = (label: string, value: string) => (
		<Box key={label}>
			<Box width={10} flexShrink={0}>
				<Text {...styles.muted}>{label}</Text>
			</Box>
			<Text wrap="hard">{value}</Text>
		</Box>
	);
	const { version, portworx, pods, uuid, stork, stands, because, region } = said(facts, location);
	return (
		<Panel title={`${side} ${glyphs.separator} ${facts.context ?? ''}`} meaning={side} columns={columns}>
			{line('version', version)}
			{line('Portworx', portworx)}
			{line('pods', pods)}
			{line('UUID', uuid)}
			{line('Stork', stork)}
			{line('stands', stands)}
			{line('because', truncateMiddle(because, 2 * (columns - 14), glyphs.ellipsis))}
			{line('region', region)}
		</Panel>
	);
}

/** What matters for the next questions, where there is no room for more. */
function SideLines({ side, facts, location, columns }: SideProps): ReactNode {
	const { glyphs } = useTheme();
	const { version, portworx, stands, region } = said(facts, location);
	const cut = (line: string) => truncate(line, columns - 3, glyphs.ellipsis);
	return (
		<Box flexDirection="column" width={columns}>
			<Text>
				<SideLabel side={side} /> {truncate(version, columns - side.length - 2, glyphs.ellipsis)}
			</Text>
			<Text> {cut(`Portworx ${portworx}`)}</Text>
			<Text> {cut(`${stands}, region ${region}`)}</Text>
		</Box>
	);
}

const said = (facts: Partial<ClusterFacts>, location: string) => ({
	version: text(facts.api, api => api.version),
	portworx: text(
		facts.portworx,
		px => `${px.version ?? px.install} in ${px.namespace}${px.secured ? ', secured' : ''}`,
	),
	pods: text(facts.portworx, px => `${px.pods.length} of ${px.podCount} Ready`),
	uuid: text(facts.uuid, uuid => uuid),
	stork: text(facts.stork, stork => `${stork.version ?? 'there'} in ${stork.namespace}`),
	stands:
		location === 'auto'
			? text(facts.platform, ({ location, name }) => `${location}${name === 'unknown' ? '' : ` (${name})`}`)
			: `${location}, as you said`,
	because: text(facts.platform, platform => platform.evidence),
	region: text(facts.platform, platform => platform.region ?? 'not said'),
});

function text<T>(learned: Learned<T> | undefined, show: (value: T) => string): string {
	switch (learned?.kind) {
		case undefined:
			return '...';
		case 'known':
			return show(learned.value);
		case 'unknown':
			return 'not known';
	}
}
