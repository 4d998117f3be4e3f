import { useWindowSize } from 'ink';
import { createContext, createElement, type ReactNode, useContext } from 'react';

/** Columns and rows that a component may fill. */
export type Area = Readonly<{
	columns: number;
	rows: number;
	/** Columns up to whatever is at the right, for what is better whole than narrow. */
	reach?: number;
}>;

/** Set by `WindowArea`, and narrowed by `Frame` for what is in it. The default is the terminal of old. */
export const AreaContext = createContext<Area>({ columns: 80, rows: 24 });

/** The window itself. One for the whole program: each listens for resizes. */
export function WindowArea({ children }: { children?: ReactNode }): ReactNode {
	return createElement(AreaContext, { value: useWindowSize() }, children);
}

export const useArea = (): Area => useContext(AreaContext);
