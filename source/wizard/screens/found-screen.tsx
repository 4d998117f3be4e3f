import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { said } from '../../conversation/found/facts-in-words.ts';
import { changedSoFar } from '../../conversation/found/found.ts';
import type { Facts } from '../../conversation/questions/questions.ts';
import type { ClusterFacts } from '../../pairing/clusters/cluster.ts';
import type { Finding } from '../../pairing/words/finding.ts';
import { type Side, sides } from '../../pairing/words/pair.ts';
import { eachCause, type Problem } from '../../pairing/words/problem.ts';
import type { WayWords } from '../../pairing/words/way.ts';
import { useArea } from '../../ui/area.ts';
import { Note } from '../../ui/components/note.tsx';
import { Panel } from '../../ui/components/panel.tsx';
import { ProblemPanel } from '../../ui/components/problem-panel.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { SideLabel } from '../../ui/components/side-label.tsx';
import { Waiting } from '../../ui/components/waiting.tsx';
import { useHeldKeys } from '../../ui/keys/use-held-keys.ts';
import { truncate, truncateMiddle } from '../../ui/text/display-width.ts';
import { useTheme } from '../../ui/theme.ts';
import { FactsTable, Network } from './facts-table.tsx';
import { Headlines } from './headlines.tsx';

type FoundProps = Readonly<{
	facts: Facts;
	errors: readonly Problem[];
	warnings: readonly Problem[];
	/** All that was looked at. */
	findings: readonly Finding[];
	isBusy: boolean;
	location: string;
	/** A ServiceAccount was chosen here. */
	hasAccount: boolean;
	/** How much earlier attempts have made. */
	standing: number;
	words: WayWords;
}>;

/** Both clusters side by side, filling up while they are looked at; what blocks it in their place. */
export function FoundScreen(props: FoundProps): ReactNode {
	const area = useArea();
	const { errors, warnings, isBusy } = props;
	useHeldKeys(isBusy);
	const [first] = eachCause(errors);
	if (first && !isBusy) {
		return <Blocked {...props} first={first} />;
	}
	const isBoxed = area.rows >= 14;
	const checks = props.findings.length;
	const checked = checks > 0 && isBoxed ? ` (${checks} checks, read-only)` : '';
	return (
		<Box flexDirection="column">
			{!isBusy && warnings.length === 0 && <Note tone="ok">{`No problems found${checked}`}</Note>}
			<Clusters {...props} isBoxed={isBoxed} />
			<Headlines errors={errors} warnings={warnings} limit={isBoxed ? (area.rows < 18 ? 2 : 4) : 1} />
			{isBusy ? (
				<Waiting label="Checking both clusters (read-only)" limit={25} />
			) : (
				<Remarks {...props} isBoxed={isBoxed} />
			)}
		</Box>
	);
}

/** The first error whole, the others by their titles. */
function Blocked({ first, errors, warnings, words }: FoundProps & Readonly<{ first: Problem }>): ReactNode {
	const area = useArea();
	const causes = eachCause(errors);
	const others = causes.length + eachCause(warnings).length - 1;
	return (
		<Box flexDirection="column">
			<ProblemPanel problem={first} words={words} />
			{others > 0 && (
				<Box flexDirection="column" marginTop={area.rows < 14 ? 0 : 1}>
					<Text>{`and ${others} more (w shows all)`}</Text>
					<Headlines errors={causes.slice(1)} warnings={warnings} limit={area.rows < 14 ? 0 : 3} />
				</Box>
			)}
		</Box>
	);
}

type Boxed = FoundProps & Readonly<{ isBoxed: boolean }>;

/** As a table where there is room for one. */
function Clusters({ isBoxed, ...props }: Boxed): ReactNode {
	const area = useArea();
	const isWide = area.columns >= 72;
	if (isBoxed && isWide) {
		return (
			<Box marginY={area.rows < 18 ? 0 : 1}>
				<FactsTable {...props} />
			</Box>
		);
	}
	const { facts, location } = props;
	const columns = isWide ? Math.floor(area.columns / 2) : area.columns;
	const Side = isBoxed ? SidePanel : SideLines;
	return (
		<>
			<Box flexDirection={isWide ? 'row' : 'column'}>
				{sides.map(side => (
					<Side key={side} facts={facts[side]} {...{ side, location, columns }} />
				))}
			</Box>
			{isBoxed && <Network {...props} />}
		</>
	);
}

function Remarks({ isBoxed, hasAccount, warnings, standing }: Boxed): ReactNode {
	return (
		<Prose>
			{hasAccount && (isBoxed ? `${withAccount}. ` : withAccount)}
			{isBoxed && warnings.length === 0 && 'Wrong location? Press l. '}
			{(isBoxed || !hasAccount) && changedSoFar(standing)}
		</Prose>
	);
}

const withAccount = 'The pair will use a ServiceAccount';

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
	const { version, portworx, pods, uuid, stork, platform, because, region } = said(facts, location);
	return (
		<Panel title={`${side} ${glyphs.separator} ${facts.context ?? ''}`} meaning={side} columns={columns}>
			{line('version', version)}
			{line('Portworx', portworx)}
			{line('pods', pods)}
			{line('UUID', uuid)}
			{line('Stork', stork)}
			{line('platform', platform)}
			{line('because', truncateMiddle(because, 2 * (columns - 14), glyphs.ellipsis))}
			{line('region', region)}
		</Panel>
	);
}

/** What matters for the next questions, where there is no room for more. */
function SideLines({ side, facts, location, columns }: SideProps): ReactNode {
	const { glyphs } = useTheme();
	const { version, release, platform, sureness, region } = said(facts, location);
	const cut = (line: string, room: number) => truncate(line, room, glyphs.ellipsis);
	return (
		<Box flexDirection="column" width={columns}>
			<Text>
				<SideLabel side={side} /> {cut(`${version}, Portworx ${release}`, columns - side.length - 2)}
			</Text>
			<Text> {cut(`${platform}${sureness}, region ${region}`, columns - 3)}</Text>
		</Box>
	);
}
