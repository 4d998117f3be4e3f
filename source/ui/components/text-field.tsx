import { Box, Text, useInput, usePaste } from 'ink';
import type { ReactNode } from 'react';
import { counted } from '../../pairing/words/counted.ts';
import type { Secret } from '../../pairing/words/secret.ts';
import { useArea } from '../area.ts';
import { type FieldKey, readFieldKey } from '../keys/field-keys.ts';
import { useHeldKeys } from '../keys/use-held-keys.ts';
import { displayWidth } from '../text/display-width.ts';
import {
	type TextFieldAction,
	type TextFieldState,
	textField,
	textFieldReducer,
} from '../text-field-state.ts';
import { useTheme } from '../theme.ts';
import { useLiveReducer } from '../use-live-reducer.ts';
import { Note } from './note.tsx';
import { Spinner } from './spinner.tsx';
import { TextLine } from './text-line.tsx';

export type TextFieldProps = FieldProps & (PlainProps | MaskedProps);

export type FieldProps = Readonly<{
	/** Precedes the text. Also what a screen reader calls the field. */
	label: string;
	placeholder?: string;
	/** What is wrong with the value, as far as one knows. */
	problem?: string;
	/** Set while the value is being looked at, in words. Keys typed meanwhile wait for the next question. */
	busy?: string;
	onCancel?: (() => void) | undefined;
	/** `?` in an empty field; in any, where it cannot be part of an answer. */
	onHelp?: (() => void) | undefined;
	isHelpAlways?: boolean;
	/** Tab: returns what the text should be instead. */
	onComplete?: (value: string) => string;
}>;

type PlainProps = Readonly<{
	isMasked?: false;
	initial?: string;
	onChange?: (value: string) => void;
	onSubmit: (value: string) => void;
}>;

/** Shows dots. Ctrl-R tells the length and the end of the value, and hides them again. */
type MaskedProps = Readonly<{
	isMasked: true;
	initial?: Secret;
	onChange?: (value: Secret) => void;
	onSubmit: (value: Secret) => void;
}>;

/** A question with one line for an answer. Give it the question's name as `key`: another question, another field. */
export function TextField(props: TextFieldProps): ReactNode {
	const { state, latest, dispatch } = useLiveReducer(reducer, () => start(props));
	const isBusy = props.busy !== undefined;
	useHeldKeys(isBusy);

	const act = (key: FieldKey): void => {
		const { field } = latest();
		if (key.type === 'cancel') props.onCancel?.();
		else if (isBusy) return;
		else if (key.type === 'submit') report(props, 'onSubmit', field);
		else if (asksForHelp(key, field, props) && props.onHelp !== undefined) props.onHelp();
		else edit(actionFor(key, props, field));
	};
	const edit = (action: Action | undefined): void => {
		if (action === undefined) return;
		const before = latest().field;
		const after = dispatch(action).field;
		if (!after.text.equals(before.text)) report(props, 'onChange', after);
	};
	useInput((input, key) => readFieldKey(input, key).forEach(act));
	usePaste(text => act({ type: 'paste', text }));

	return <FieldView {...props} state={state} hasCursor={!isBusy} />;
}

type State = Readonly<{
	field: TextFieldState;
	isHinting: boolean;
	/** A secret given before, which no one can see to edit: what is typed replaces it. */
	isKept: boolean;
}>;
type Action = TextFieldAction | Readonly<{ type: 'hint' }>;

const start = (props: TextFieldProps): State => ({
	field: textField(props.initial),
	isHinting: false,
	isKept: props.isMasked === true && (props.initial?.length ?? 0) > 0,
});

const reducer = (state: State, action: Action): State =>
	action.type === 'hint' ? { ...state, isHinting: !state.isHinting } : { ...state, ...edited(state, action) };

function edited({ field, isKept }: State, action: TextFieldAction): Pick<State, 'field' | 'isKept'> {
	const isTyping = action.type === 'insert' || action.type === 'paste' || action.type === 'erase';
	const next = textFieldReducer(isKept && isTyping ? textField() : field, action);
	return isKept && next.notice?.type === 'refusal'
		? { field: { ...field, notice: next.notice }, isKept }
		: { field: next, isKept: false };
}

const asksForHelp = (key: FieldKey, field: TextFieldState, { isHelpAlways }: TextFieldProps): boolean =>
	key.type === 'insert' && key.text === '?' && (field.text.length === 0 || isHelpAlways === true);

function actionFor(key: FieldKey, props: TextFieldProps, field: TextFieldState): Action | undefined {
	switch (key.type) {
		case 'submit':
		case 'cancel':
			return undefined;
		case 'hint':
			return props.isMasked ? { type: 'hint' } : undefined;
		case 'complete': {
			const value = field.text.reveal();
			const text = props.onComplete?.(value);
			return text === undefined || text === value ? undefined : { type: 'replace', text };
		}
		case 'move':
		case 'erase':
			// Behind dots no one sees where words begin: all of it is one, and the word keys don't give it away.
			return props.isMasked ? { ...key, to: asOneWord(key.to) } : key;
		default:
			return key;
	}
}

const asOneWord = (to: FieldMotion): FieldMotion =>
	to === 'word-left' ? 'start' : to === 'word-right' ? 'end' : to;

type FieldMotion = Extract<TextFieldAction, { type: 'move' }>['to'];

function report(props: TextFieldProps, event: 'onChange' | 'onSubmit', { text }: TextFieldState): void {
	if (props.isMasked) props[event]?.(text);
	else props[event]?.(text.reveal());
}

function FieldView(props: TextFieldProps & { state: State; hasCursor: boolean }): ReactNode {
	const { styles } = useTheme();
	const area = useArea();
	const { field, isHinting, isKept } = props.state;
	const columns = area.columns - displayWidth(props.label) - 1;
	return (
		<Box flexDirection="column" flexShrink={0} aria-role="textbox">
			<Box columnGap={1}>
				<Box flexShrink={0}>
					<Text {...styles.accent}>{props.label}</Text>
				</Box>
				<TextLine
					field={field}
					columns={Math.max(4, columns)}
					hasCursor={props.hasCursor}
					isMasked={props.isMasked ?? false}
					placeholder={props.placeholder ?? ''}
				/>
			</Box>
			{isKept && <Note tone="info">Entered before: Enter keeps it, typing replaces it.</Note>}
			{isHinting && <Note tone="info">{describeSecret(field.text)}</Note>}
			{props.busy !== undefined && <Spinner label={props.busy} />}
			{field.notice !== undefined && (
				<Note tone={field.notice.type === 'note' ? 'info' : 'warning'}>{field.notice.text}</Note>
			)}
			{props.problem !== undefined && <Note tone="error">{props.problem}</Note>}
		</Box>
	);
}

/** Enough to tell whether a paste arrived whole. The last four of a short secret would be too much of it. */
export function describeSecret(secret: Secret): string {
	const length = counted(secret.length, 'character');
	return secret.length < 12 ? length : `${length}, ends in ${[...secret.reveal()].slice(-4).join('')}`;
}
