import { Box, Spacer, Text, useBoxMetrics, useInput, usePaste } from 'ink';
import { type ReactNode, useRef, useState } from 'react';
import type { Pair } from '../../pairing/words/pair.ts';
import { type Area, AreaContext, useArea } from '../area.ts';
import type { Glyphs } from '../glyphs.ts';
import { type Binding, useBindings } from '../keys/bindings.ts';
import { displayWidth, truncate } from '../text/display-width.ts';
import { useTheme } from '../theme.ts';
import { Footer, foldBindings } from './footer.tsx';
import { Note } from './note.tsx';
import { PairLine, pairText } from './side-label.tsx';

type FrameProps = Readonly<{
	product: string;
	/** What this screen is about, and how far along it is: `Credentials`, `4 of 7`. */
	title?: string;
	progress?: string;
	isPractice?: boolean;
	/** From the first choice on, source → destination is above everything. */
	names?: Partial<Pair<string>>;
	/** Fills the window, so that the keys are on its last lines. */
	isTall?: boolean;
	/** Above the keys, until the next of them: what it takes to go through with the last. */
	notice?: string | undefined;
	/** The keys that work now, the most needed first. */
	bindings?: readonly Binding[];
	children?: ReactNode;
}>;

/**
 * Header, body, key hints. Never higher than the window less one line, so the terminal does not scroll; a body that
 * is too long is paged, and says so. What is in the body finds the room it has by `useArea()`.
 */
export function Frame(props: FrameProps): ReactNode {
	const { glyphs } = useTheme();
	const window = useArea();
	// Keeps the terminal raw and pastes in brackets from one screen to the next: a paste on a screen without a field
	// must not be read as keys, and what is typed between two screens must not be echoed.
	usePaste(ignore);
	const rows = Math.max(1, window.rows - 1);
	const gap = window.rows < 16 ? 0 : 1;
	const bindings = props.bindings ?? noBindings;
	useBindings(bindings);
	const noticeRows =
		props.notice === undefined ? 0 : Math.ceil((displayWidth(props.notice) + 2) / window.columns);
	const footerRows = foldBindings(bindings, window.columns, glyphs).length + noticeRows;
	const pairRows = pairRowsOf(props, window.columns, glyphs);
	const body: Area = {
		columns: window.columns,
		rows: Math.max(1, rows - 1 - pairRows - gap - (footerRows === 0 ? 0 : footerRows + gap)),
	};
	return (
		<Box
			flexDirection="column"
			width={window.columns}
			{...(props.isTall ? { height: rows } : { maxHeight: rows })}
		>
			<Header {...props} hasPair={pairRows === 0} />
			{pairRows > 0 && props.names && <PairLine names={props.names} />}
			<AreaContext value={body}>
				<Body area={body} marginTop={gap} isTall={props.isTall ?? false}>
					{props.children}
				</Body>
				{footerRows > 0 && (
					<Box marginTop={gap} flexShrink={0} flexDirection="column">
						{props.notice !== undefined && <Note tone="warning">{props.notice}</Note>}
						<Footer bindings={bindings} />
					</Box>
				)}
			</AreaContext>
		</Box>
	);
}

function Header({
	product,
	title = '',
	progress = '',
	isPractice,
	names,
	hasPair,
}: FrameProps & Readonly<{ hasPair: boolean }>): ReactNode {
	const { glyphs, styles } = useTheme();
	const area = useArea();
	const mark = isPractice ? '[practice]' : '';
	const taken = widthOf([product, mark, progress]);
	const shown = truncate(title, area.columns - taken - 3, glyphs.ellipsis);
	return (
		<Box flexShrink={0} columnGap={1} height={1} overflow="hidden">
			<Text {...styles.accent}>{product}</Text>
			{mark !== '' && <Text {...styles.practice}>{mark}</Text>}
			{shown !== '' && (
				<Text>
					{glyphs.separator} {shown}
				</Text>
			)}
			{progress !== '' && <Text {...styles.muted}>{progress}</Text>}
			<Spacer />
			{hasPair && names?.source !== undefined && <PairLine names={names} />}
		</Box>
	);
}

const widthOf = (texts: readonly string[]): number =>
	texts.reduce((sum, text) => sum + (text === '' ? 0 : displayWidth(text) + 1), 0);

/** The names are in the header where it has room for them, else on lines of their own. */
function pairRowsOf(props: FrameProps, columns: number, glyphs: Glyphs): number {
	const { names, product, title = '', progress = '', isPractice } = props;
	if (names?.source === undefined) {
		return 0;
	}
	const line = displayWidth(pairText(names, glyphs));
	const left = widthOf([product, isPractice ? '[practice]' : '', `- ${title}`, progress]);
	return left + 1 + line <= columns ? 0 : line <= columns ? 1 : 2;
}

/** Shows as much as fits. The rest is paged to: nothing is out of reach in a small window. */
function Body(props: { area: Area; marginTop: number; isTall: boolean; children: ReactNode }): ReactNode {
	const { glyphs, styles } = useTheme();
	const content = useRef(null);
	const { height } = useBoxMetrics(content);
	const [wanted, setWanted] = useState(0);
	const { rows, columns } = props.area;
	const isCut = height > rows;
	// One row tells what is hidden.
	const page = Math.max(1, rows - 1);
	const last = isCut ? height - page : 0;
	const above = Math.min(wanted, last);
	const turn = (by: number): void => setWanted(now => Math.max(0, Math.min(last, Math.min(now, last) + by)));
	useInput(
		(_input, key) => {
			if (key.pageDown) turn(page);
			else if (key.pageUp) turn(-page);
		},
		{ isActive: isCut },
	);
	return (
		<Box
			flexDirection="column"
			flexShrink={0}
			marginTop={props.marginTop}
			{...(props.isTall || isCut ? { height: rows } : { maxHeight: rows })}
			overflow="hidden"
		>
			<Box flexDirection="column" overflow="hidden" {...(isCut && { height: page, flexShrink: 0 })}>
				<Box ref={content} flexDirection="column" flexShrink={0} marginTop={-above}>
					{props.children}
				</Box>
			</Box>
			{isCut && (
				<Box flexShrink={0}>
					<Text {...styles.muted}>{truncate(cutMark(above, last - above), columns, glyphs.ellipsis)}</Text>
				</Box>
			)}
		</Box>
	);
}

function cutMark(above: number, below: number): string {
	if (above === 0) return `${below} more lines: PgDn`;
	return below === 0 ? `${above} lines above: PgUp` : `${above} lines above, ${below} more lines: PgUp PgDn`;
}

const ignore = (): void => {};
const noBindings: readonly Binding[] = [];
