import { Box, Text } from 'ink';
import { type ReactNode, useState } from 'react';
import { useArea } from '../area.ts';
import { splitGraphemes, truncate } from '../text/display-width.ts';
import { useTheme } from '../theme.ts';
import { type FieldProps, TextField } from './text-field.tsx';

type PathFieldProps = Omit<FieldProps, 'onComplete'> &
	Readonly<{
		initial?: string;
		/** What the text may become: whole paths, folders with a slash at the end. Asked for on every change. */
		complete: (value: string) => readonly string[];
		/** How many of them are listed. */
		limit?: number;
		onChange?: (value: string) => void;
		onSubmit: (value: string) => void;
	}>;

/** A text field for a file: Tab completes as far as the candidates agree; they are listed below. */
export function PathField({ complete, limit = 5, ...props }: PathFieldProps): ReactNode {
	const [value, setValue] = useState(props.initial ?? '');
	return (
		<Box flexDirection="column" flexShrink={0}>
			<TextField
				{...props}
				onChange={next => {
					setValue(next);
					props.onChange?.(next);
				}}
				onComplete={text => commonPrefix(complete(text)) ?? text}
			/>
			<Candidates paths={complete(value)} limit={limit} />
		</Box>
	);
}

/** As far as all agree, never cutting a character in two. Nothing to agree on: undefined. */
export function commonPrefix(texts: readonly string[]): string | undefined {
	const [first, ...others] = texts.map(splitGraphemes);
	if (first === undefined) return undefined;
	const agreed = first.findIndex((part, index) => others.some(other => other[index] !== part));
	return first.slice(0, agreed === -1 ? first.length : agreed).join('');
}

function Candidates(props: { paths: readonly string[]; limit: number }): ReactNode {
	const { glyphs, styles } = useTheme();
	const area = useArea();
	const hidden = props.paths.length - props.limit;
	return (
		<>
			{props.paths.slice(0, props.limit).map(path => (
				<Text key={path} {...styles.muted}>
					{'  '}
					{truncate(path, area.columns - 2, glyphs.ellipsis)}
				</Text>
			))}
			{hidden > 0 && <Text {...styles.muted}>{`  and ${hidden} more`}</Text>}
		</>
	);
}
