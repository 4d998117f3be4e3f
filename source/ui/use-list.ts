import { useInput } from 'ink';
import { readListKey } from './keys/list-keys.ts';
import { indexIn, moveInList } from './list-state.ts';
import { useLiveReducer } from './use-live-reducer.ts';

/** What a list to choose from is given, whatever it looks like. */
export type ListProps<Item extends Readonly<{ id: string }>> = Readonly<{
	items: readonly Item[];
	initial?: Item['id'];
	/** false: something else is being asked, and has the keys. */
	isActive?: boolean;
	onSubmit: (id: Item['id']) => void;
	onCancel?: (() => void) | undefined;
	onHelp?: (() => void) | undefined;
}>;

/** The keys of a list. @returns which of its items is highlighted */
export function useList<Item extends Readonly<{ id: string }>>(props: ListProps<Item>, page: number): number {
	const { items } = props;
	const ids = items.map(({ id }) => id);
	const { state, latest, dispatch } = useLiveReducer(replace, (): string | undefined => props.initial);
	useInput(
		(input, key) => {
			const move = readListKey(key);
			const chosen = items[indexIn(ids, latest())];
			if (move !== undefined) dispatch(moveInList(ids, latest(), move, page));
			else if (key.escape && !key.meta) props.onCancel?.();
			else if (input === '?') props.onHelp?.();
			else if (key.return && chosen) props.onSubmit(chosen.id);
		},
		{ isActive: props.isActive ?? true },
	);
	return indexIn(ids, state);
}

const replace = (_: string | undefined, next: string | undefined): string | undefined => next;
