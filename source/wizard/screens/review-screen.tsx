import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { labelOf, type Offer, type OfferId } from '../../conversation/offers/offer.ts';
import type { Summary, SummaryRow } from '../../conversation/summary.ts';
import type { Problem } from '../../pairing/words/problem.ts';
import { useArea } from '../../ui/area.ts';
import { Menu } from '../../ui/components/menu.tsx';
import { Prose } from '../../ui/components/prose.tsx';
import { Waiting } from '../../ui/components/waiting.tsx';
import { spellSigns } from '../../ui/glyphs.ts';
import { displayWidth, truncate } from '../../ui/text/display-width.ts';
import { useTheme } from '../../ui/theme.ts';
import type { KeyedOffers } from '../keys/keys-at.ts';
import { Headlines } from './headlines.tsx';

/** What will happen, in numbers and answers, and a menu whose first entry changes nothing. */
export function ReviewScreen(props: {
	summary: Summary;
	errors: readonly Problem[];
	warnings: readonly Problem[];
	/** What exists of the planned names is being looked for. */
	isBusy: boolean;
	/** What can be done, each by its key. */
	offers: KeyedOffers;
	notice: string | undefined;
	onTake: (offer: Offer) => void;
	onBack: (() => void) | undefined;
	onHelp: (() => void) | undefined;
}): ReactNode {
	const { styles, glyphs } = useTheme();
	const area = useArea();
	const { summary, offers, notice, errors, warnings } = props;
	const problems = Math.min(3, errors.length + warnings.length);
	const isRoomy = area.rows >= 14;
	const items = [...offers].map(([key, { id }]) => ({ id, label: labelOf(id), columns: [key] }));
	const menu = (
		<Menu<OfferId>
			items={items}
			rows={items.length}
			onSubmit={id => {
				const offer = [...offers.values()].find(each => each.id === id);
				if (offer) props.onTake(offer);
			}}
			onCancel={props.onBack}
			onHelp={props.onHelp}
		/>
	);
	const answers = (
		<Box flexDirection="column">
			{summary.answers.map(row => (
				<Answer key={row.label} row={row} />
			))}
			<Headlines errors={errors} warnings={warnings} limit={3} />
			{props.isBusy && <Waiting label="Checking names and the key (read-only)" limit={25} />}
		</Box>
	);
	const told = notice !== undefined && (
		<Box marginTop={isRoomy ? 1 : 0}>
			<Text wrap="hard">{notice}</Text>
		</Box>
	);
	const taken = summary.answers.length + problems + (props.isBusy ? 1 : 0) + items.length + 3;
	const noticeRows = notice === undefined ? 0 : 1 + Math.ceil(displayWidth(notice) / area.columns);
	return (
		<Box flexDirection="column">
			{isRoomy ? answers : told}
			<Box flexDirection="column" marginTop={isRoomy ? 1 : 0}>
				<Text {...styles.accent}>
					{truncate(spellSigns(summary.headline, glyphs), area.columns, glyphs.ellipsis)}
				</Text>
				{isRoomy && <Creates creates={summary.creates} room={area.rows - taken - noticeRows} />}
			</Box>
			<Box flexDirection="column" marginTop={isRoomy ? 1 : 0}>
				{menu}
			</Box>
			{isRoomy ? told : answers}
		</Box>
	);
}

const labelWidth = 20;

function Answer({ row }: { row: SummaryRow }): ReactNode {
	const { styles, glyphs } = useTheme();
	const { columns } = useArea();
	const width = columns < 60 ? 13 : labelWidth;
	const { label, side, value, remark } = row;
	const told = remark === undefined ? '' : `${glyphs[remark.tone]} ${remark.text}`;
	const room = columns - width;
	const besides = told !== '' && displayWidth(value) + 2 + displayWidth(told) <= room;
	const cut = (text: string, cells: number) => truncate(spellSigns(text, glyphs), cells, glyphs.ellipsis);
	return (
		<Box>
			<Box width={width} flexShrink={0}>
				<Text {...(side ? styles[side] : styles.muted)}>{cut(label, width - 1)}</Text>
			</Box>
			<Text>
				{cut(value, besides || told === '' ? room : Math.max(8, room - 2))}
				{told !== '' && remark && (
					<>
						{besides ? '  ' : ' '}
						<Text {...(remark.tone === 'info' ? styles.muted : styles[remark.tone])}>
							{glyphs[remark.tone]}
						</Text>
						{besides ? ` ${remark.text}` : ''}
					</>
				)}
			</Text>
		</Box>
	);
}

/** As many as there is room for: all of them are among the steps. */
function Creates({ creates, room }: Readonly<{ creates: readonly string[]; room: number }>): ReactNode {
	const { styles, glyphs } = useTheme();
	const { columns } = useArea();
	const shown = creates.length <= room ? creates : creates.slice(0, Math.max(0, room - 1));
	return (
		<>
			{shown.map(what => (
				<Text key={what}>
					<Text {...styles.ok}>+</Text> {truncate(what, columns - 2, glyphs.ellipsis)}
				</Text>
			))}
			{shown.length < creates.length && <Prose>{`and ${creates.length - shown.length} more`}</Prose>}
		</>
	);
}
