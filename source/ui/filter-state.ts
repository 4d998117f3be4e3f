import { type ListMove, moveInList } from './list-state.ts';
import {
	type TextFieldAction,
	type TextFieldState,
	textField,
	textFieldReducer,
} from './text-field-state.ts';

/** A list under a filter: what was typed, and which row is highlighted. Undefined is the first that matches. */
export type FilterState = Readonly<{ field: TextFieldState; highlighted: string | undefined }>;

export type FilterAction =
	| TextFieldAction
	| Readonly<{ type: 'highlight'; ids: readonly string[]; move: ListMove; page: number }>;

export const filterStart = (initial: string | undefined): FilterState => ({
	field: textField(),
	highlighted: initial,
});

export function filterReducer(state: FilterState, action: FilterAction): FilterState {
	if (action.type === 'highlight') {
		return { ...state, highlighted: moveInList(action.ids, state.highlighted, action.move, action.page) };
	}
	const field = textFieldReducer(state.field, action);
	// Another filter starts from its first match. Emptying it stays on the row that it led to.
	const isOther = !field.text.equals(state.field.text) && field.text.length > 0;
	return { field, highlighted: isOther ? undefined : state.highlighted };
}

/** Keeps what holds all the words of a query, in any order and case. */
export function filterRows<Row>(
	rows: readonly Row[],
	query: string,
	textOf: (row: Row) => string,
): readonly Row[] {
	const words = fold(query)
		.split(/\s+/)
		.filter(word => word !== '');
	if (words.length === 0) return rows;
	return rows.filter(row => {
		const text = textOf(row);
		return words.every(word => text.includes(word));
	});
}

/** What a row is searched by. */
export const searchText = (cells: readonly string[]): string => fold(cells.join('\n'));

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
