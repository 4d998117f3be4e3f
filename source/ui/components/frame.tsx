import { Box, Spacer, Text, useBoxMetrics, usePaste } from 'ink';
import { type ReactNode, useRef } from 'react';
import { type Area, AreaContext, useArea } from '../area.ts';
import { displayWidth, truncate } from '../display-width.ts';
import { useTheme } from '../theme.ts';
import { type Binding, Footer, foldBindings } from './footer.tsx';

type FrameProps = Readonly<{
	product: string;
	/** What this screen is about, and how far along it is: `Credentials`, `4 of 7`. */
	title?: string;
	progress?: string;
	isPractice?: boolean;
	/** Fills the window, so that the hints stand on its last lines. */
	isTall?: boolean;
	bindings?: readonly Binding[];
	children?: ReactNode;
}>;

/**
 * Header, body, key hints. Never higher than the window less one line, so the terminal does not scroll; a body that
 * is too long is cut, and says so. What stands in the body finds the room it has by `useArea()`.
 */
export function Frame(props: FrameProps): ReactNode {
	const { glyphs } = useTheme();
	const window = useArea();
	// Keeps the terminal raw and pastes in brackets from one screen to the next: a paste on a screen without a field
	// must not be read as keys, and what is typed between two screens must not be echoed.
	usePaste(ignore);
	const rows = Math.max(1, window.rows - 1);
	const gap = window.rows < 16 ? 0 : 1;
	const bindings = props.bindings ?? [];
	const footerRows = foldBindings(bindings, window.columns, glyphs).length;
	const body: Area = {
		columns: window.columns,
		rows: Math.max(1, rows - 1 - gap - (footerRows === 0 ? 0 : footerRows + gap)),
	};
	return (
		<Box
			flexDirection="column"
			width={window.columns}
			{...(props.isTall ? { height: rows } : { maxHeight: rows })}
		>
			<Header {...props} />
			<AreaContext value={body}>
				<Body area={body} marginTop={gap} isTall={props.isTall ?? false}>
					{props.children}
				</Body>
				{footerRows > 0 && (
					<Box marginTop={gap} flexShrink={0}>
						<Footer bindings={bindings} />
					</Box>
				)}
			</AreaContext>
		</Box>
	);
}

function Header({ product, title = '', progress = '', isPractice }: FrameProps): ReactNode {
	const { glyphs, styles } = useTheme();
	const area = useArea();
	const mark = isPractice ? '[practice]' : '';
	const taken = [product, mark, progress].reduce(
		(sum, text) => sum + (text === '' ? 0 : displayWidth(text) + 1),
		0,
	);
	const shown = truncate(title, area.columns - taken - 2, glyphs.ellipsis);
	return (
		<Box flexShrink={0} columnGap={1} height={1} overflow="hidden">
			<Text {...styles.accent}>{product}</Text>
			{mark !== '' && <Text {...styles.practice}>{mark}</Text>}
			{shown !== '' && (
				<Text>
					{glyphs.separator} {shown}
				</Text>
			)}
			<Spacer />
			<Text {...styles.muted}>{progress}</Text>
		</Box>
	);
}

function Body(props: { area: Area; marginTop: number; isTall: boolean; children: ReactNode }): ReactNode {
	const { glyphs, styles } = useTheme();
	const content = useRef(null);
	const { height } = useBoxMetrics(content);
	const isCut = height > props.area.rows;
	return (
		<Box
			flexDirection="column"
			flexShrink={0}
			marginTop={props.marginTop}
			{...(props.isTall || isCut ? { height: props.area.rows } : { maxHeight: props.area.rows })}
			overflow="hidden"
		>
			<Box flexDirection="column" overflow="hidden">
				<Box ref={content} flexDirection="column" flexShrink={0}>
					{props.children}
				</Box>
			</Box>
			{isCut && (
				<Box flexShrink={0}>
					<Text {...styles.muted}>
						{truncate(cutMark(height - props.area.rows + 1), props.area.columns, glyphs.ellipsis)}
					</Text>
				</Box>
			)}
		</Box>
	);
}

const cutMark = (lines: number): string => `${lines} more lines: make the window taller`;

const ignore = (): void => {};
