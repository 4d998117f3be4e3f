import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { said } from '../../conversation/found/facts-in-words.ts';
import { type Hop, routesIn } from '../../conversation/found/network.ts';
import type { Facts } from '../../conversation/questions/questions.ts';
import type { Finding, Topic } from '../../pairing/words/finding.ts';
import { type Side, sides } from '../../pairing/words/pair.ts';
import { useArea } from '../../ui/area.ts';
import { SideLabel } from '../../ui/components/side-label.tsx';
import { truncate, truncateMiddle } from '../../ui/text/display-width.ts';
import { useTheme } from '../../ui/theme.ts';

const labelColumns = 14;
/** A sign further away is not seen to belong to its value. */
const mostOfAValue = 36;

type Row = Readonly<{
	label: string;
	of: keyof ReturnType<typeof said>;
	/** Where what tells one from another is at the end. */
	cut?: typeof truncate;
	/** What was checked of it. */
	topic?: Topic;
}>;

const rows: readonly Row[] = [
	{ label: 'Kubernetes', of: 'version', topic: 'cluster' },
	{ label: 'Portworx', of: 'install', topic: 'portworx' },
	{ label: 'Stork', of: 'storkVersion', topic: 'stork' },
	{ label: 'Platform', of: 'kind' },
	{ label: 'Detected', of: 'detected' },
	{ label: 'Region', of: 'region' },
	{ label: 'Cluster UUID', of: 'uuid', cut: truncateMiddle },
];

type FactsProps = Readonly<{
	facts: Facts;
	location: string;
	findings: readonly Finding[];
	isBusy: boolean;
}>;

/** Both clusters beside each other, a line for each thing that was found, and what each reaches of the other. */
export function FactsTable({ facts, location, findings, isBusy }: FactsProps): ReactNode {
	const { styles, glyphs } = useTheme();
	const { columns } = useArea();
	const width = Math.floor((Math.min(columns, 110) - labelColumns) / sides.length);
	const beforeASign = Math.min(mostOfAValue, width - 4);
	const found = sides.map(side => ({ side, ...said(facts[side], location) }));
	return (
		<Box flexDirection="column">
			<Box>
				<Label />
				{sides.map(side => (
					<Box key={side} width={width} flexShrink={0}>
						<Text {...styles[side]}>
							{truncateMiddle(facts[side].context ?? '', width - side.length - 5, glyphs.ellipsis)} ({side})
						</Text>
					</Box>
				))}
			</Box>
			{rows
				.filter(({ of }) => of !== 'detected' || location !== 'auto')
				.map(({ label, of, cut = truncate, topic }) => (
					<Box key={label}>
						<Label>{label}</Label>
						{found.map(each => (
							<Box key={each.side} width={width} flexShrink={0}>
								<Box width={topic ? beforeASign : width} flexShrink={0}>
									<Text>{cut(each[of], topic ? beforeASign : width - 2, glyphs.ellipsis)}</Text>
								</Box>
								{topic && !isBusy && <Sign state={stateOf(findings, topic, each.side)} />}
							</Box>
						))}
					</Box>
				))}
			<Network findings={findings} isBusy={isBusy} />
		</Box>
	);
}

/** From the pods of one cluster to the other, a line for each direction. */
export function Network({ findings, isBusy }: Pick<FactsProps, 'findings' | 'isBusy'>): ReactNode {
	const { glyphs } = useTheme();
	const routes = routesIn(findings);
	return (
		<>
			{routes.map(({ way, hops }, index) => (
				<Box key={way.from}>
					<Label>{index === 0 ? 'Network' : ''}</Label>
					<Text>
						<SideLabel side={way.from} /> {glyphs.arrow} <SideLabel side={way.to} />:{' '}
						{hops.map(({ what, state }, at) => (
							<Text key={what}>
								{at > 0 && '   '}
								{what} <Sign state={state} />
							</Text>
						))}
					</Text>
				</Box>
			))}
			{routes.length === 0 && isBusy && (
				<Box>
					<Label>Network</Label>
					<Text>...</Text>
				</Box>
			)}
		</>
	);
}

function Label({ children = '' }: Readonly<{ children?: string }>): ReactNode {
	return (
		<Box width={labelColumns} flexShrink={0}>
			<Text {...useTheme().styles.muted}>{children}</Text>
		</Box>
	);
}

function Sign({ state }: Readonly<{ state: Hop['state'] }>): ReactNode {
	const { styles, glyphs } = useTheme();
	return state === 'untested' ? (
		<Text {...styles.muted}>not tested</Text>
	) : (
		<Text {...styles[state]}>{glyphs[state]}</Text>
	);
}

function stateOf(findings: readonly Finding[], topic: Topic, side: Side): Hop['state'] {
	const levels = findings.flatMap(finding =>
		finding.level !== 'fact' && finding.topic === topic && finding.problem.side === side
			? [finding.level]
			: [],
	);
	return levels.includes('error') ? 'error' : (levels[0] ?? 'ok');
}
