import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { givenText } from '../../../conversation/offers/given.ts';
import { labelOf, type Offer, type OfferId } from '../../../conversation/offers/offer.ts';
import { offerFor } from '../../../conversation/offers/ways-out.ts';
import type { Draft } from '../../../pairing/answers/draft.ts';
import { counted } from '../../../pairing/words/counted.ts';
import { defined } from '../../../pairing/words/json.ts';
import { eachCause, moreLine, type Problem } from '../../../pairing/words/problem.ts';
import { type Remedy, remedyLines, type WayWords } from '../../../pairing/words/way.ts';
import type { RunState } from '../../../runner/run-state.ts';
import { useArea } from '../../../ui/area.ts';
import { Choice, type ChoiceItem } from '../../../ui/components/choice.tsx';
import { Link } from '../../../ui/components/link.tsx';
import { Prose } from '../../../ui/components/prose.tsx';
import { displayWidth, truncate } from '../../../ui/text/display-width.ts';
import { useTheme } from '../../../ui/theme.ts';
import type { KeyedOffers } from '../../keys/keys-at.ts';

type FailedProps = Readonly<{
	run: RunState;
	draft: Draft;
	/** What ended the run, and what else stood in the way. */
	errors: readonly Problem[];
	/** By all attempts together. */
	made: readonly string[];
	/** Asked before something that can't be undone. */
	question: string | undefined;
	/** What can be done, each by its key. */
	offers: readonly Offer[];
	keys: KeyedOffers;
	words: WayWords;
	onTake: (offer: Offer) => void;
}>;

/** The cause first, then what helps as a menu with the likeliest under the cursor, then what exists. */
export function FailedScreen(props: FailedProps): ReactNode {
	const area = useArea();
	const { glyphs, styles } = useTheme();
	const { errors, question, offers, draft, run } = props;
	const [cause, ...others] = eachCause(errors);
	if (cause === undefined) {
		return null;
	}
	const more = others.length;
	const said = [
		...cause.remedies.filter(remedy => takenBy(remedy, props) === undefined).map(linesOf),
		...(cause.attachment ? [['v shows the full text, with a manifest that grants the permissions']] : []),
		...(more > 0 ? [[`and ${more} more (w shows all)`]] : []),
	];
	const items = itemsOf(cause, props);
	const above = [cause.title, ...(cause.evidence ?? '').split('\n'), ...said.flat()];
	// Besides: two gaps, one description, and the three lines around what was made.
	const fixed = 6 + (said.length > 0 ? 1 : 0) + (question === undefined ? 0 : 2);
	const room =
		area.rows - heightOf(above, area.columns) - items.length - fixed - (cause.docs === undefined ? 0 : 2);
	return (
		<Box flexDirection="column" rowGap={1}>
			{question !== undefined && <Prose {...styles.warning}>{question}</Prose>}
			<Cause problem={cause} />
			{said.length > 0 && (
				<Box flexDirection="column">
					{said.map(([text, command]) => (
						<Box key={text} flexDirection="column">
							<Prose>{`${glyphs.bullet} ${text}`}</Prose>
							{command !== undefined && <Text wrap="hard">{command}</Text>}
						</Box>
					))}
				</Box>
			)}
			<Choice
				items={items}
				initial={likeliest(cause, props)}
				rows={1}
				isActive={question === undefined}
				onSubmit={id => {
					const offer = offers.find(each => each.id === id);
					if (offer) props.onTake(offer);
				}}
			/>
			<Box flexDirection="column">
				<Text {...styles.muted}>{progressOf(run)}</Text>
				<Made made={props.made} room={room} />
				{cause.docs !== undefined && room > 0 && <Link url={cause.docs} />}
				<Text {...styles.muted}>{moreLine(cause)}</Text>
			</Box>
		</Box>
	);

	function linesOf(remedy: Remedy): readonly string[] {
		return remedyLines(remedy, way => (offerFor(way, draft) === undefined ? props.words(way) : undefined));
	}
}

/** Whole on a key. */
const linesOfEvidence = 2;

function Cause({ problem }: Readonly<{ problem: Problem }>): ReactNode {
	const { glyphs, styles } = useTheme();
	const { title, side, evidence } = problem;
	const { columns } = useArea();
	const inBrief = (text: string) => truncate(text, linesOfEvidence * (columns - 4), glyphs.ellipsis);
	const where = side !== undefined && !title.includes(side) ? ` (${side})` : '';
	return (
		<Box flexDirection="column">
			<Prose {...styles.error}>{`${glyphs.error} ${title}${where}`}</Prose>
			{evidence !== undefined && <Prose {...styles.muted}>{inBrief(evidence)}</Prose>}
		</Box>
	);
}

/** The offer by which a remedy is taken here. */
function takenBy(
	remedy: Remedy,
	{ offers, draft }: Pick<FailedProps, 'offers' | 'draft'>,
): Offer | undefined {
	const id = typeof remedy === 'string' ? undefined : offerFor(remedy.way, draft)?.id;
	// What is to be done before it is tried again is said above.
	return id === 'retry' ? undefined : offers.find(offer => offer.id === id);
}

function itemsOf(cause: Problem, props: FailedProps): readonly ChoiceItem<OfferId>[] {
	return props.offers.map(offer => {
		const key = [...props.keys].find(([, keyed]) => keyed === offer)?.[0];
		const remedy = cause.remedies.find(each => takenBy(each, props) === offer);
		return {
			id: offer.id,
			label: key === undefined ? labelOf(offer.id) : `${labelOf(offer.id)} (${key})`,
			...defined({ aside: givenText(offer.id, props.draft) }),
			...(remedy !== undefined && typeof remedy !== 'string' && { description: `${remedy.what}.` }),
		};
	});
}

/** The first remedy, where it is one that can be taken here; else to try again, once it is done. */
const likeliest = (cause: Problem, props: FailedProps): OfferId =>
	takenBy(cause.remedies[0], props)?.id ?? 'retry';

function progressOf({ rows }: RunState): string {
	const waiting = rows.filter(({ state }) => state.kind === 'skipped' || state.kind === 'pending').length;
	const over = rows.filter(({ state }) => state.kind === 'changed' || state.kind === 'unchanged').length;
	return [
		...(over > 0 ? [`${counted(over, 'step')} done`] : []),
		...(waiting > 0 ? [`${counted(waiting, 'step')} not started`] : []),
	].join(', ');
}

function Made({ made, room }: Readonly<{ made: readonly string[]; room: number }>): ReactNode {
	const area = useArea();
	const { glyphs } = useTheme();
	if (room <= 0 && made.length > 0) {
		return <Text>{`Created by this run: ${made.length}, listed below when you quit`}</Text>;
	}
	const shown = made.length <= room + 1 ? made : made.slice(0, room);
	const left = made.length - shown.length;
	return (
		<>
			<Text>{made.length === 0 ? 'No cluster was changed.' : 'Created by this run:'}</Text>
			{shown.map(what => (
				<Text key={what}>{truncate(`${glyphs.bullet} ${what}`, area.columns, glyphs.ellipsis)}</Text>
			))}
			{left > 0 && <Text>{`and ${left} more, listed below when you quit`}</Text>}
		</>
	);
}

/** A little more than it takes, since words break before the edge. */
const heightOf = (texts: readonly string[], columns: number): number =>
	texts.reduce((sum, text) => sum + Math.ceil((displayWidth(text) + 2) / (columns * 0.9)), 0);
