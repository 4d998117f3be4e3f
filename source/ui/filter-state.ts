import { type ListMove, moveInList } from './list-state.ts';
import { isWhole, type Marks, marksOf, type Searchable, wordsOf } from './text/matches.ts';
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

/**
 * Keeps what holds all the words of a query, in any order and case, and after that what has their letters in this order in its name.
 * With each, what the query found in it.
 */
export function filterRows<Row extends Readonly<{ cells: readonly Searchable[] }>>(
	rows: readonly Row[],
	query: string,
): readonly Readonly<{ row: Row; marks: Marks | undefined }>[] {
	const words = wordsOf(query);
	if (words.length === 0) return rows.map(row => ({ row, marks: undefined }));
	const found = rows.flatMap(row => {
		const marks = marksOf(words, row.cells);
		return marks === undefined ? [] : { row, marks };
	});
	return [
		...found.filter(({ row }) => isWhole(words, row.cells)),
		...found.filter(({ row }) => !isWhole(words, row.cells)),
	];
}
