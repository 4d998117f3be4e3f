import { useWindowSize } from 'ink';
import { createContext, useContext } from 'react';

/** Columns and rows that a component may fill. */
export type Area = Readonly<{ columns: number; rows: number }>;

/** Set by `Frame` for what stands in it; and by tests and pictures, to stand for a window. */
export const AreaContext = createContext<Area | undefined>(undefined);

export function useArea(): Area {
	const window = useWindowSize();
	return useContext(AreaContext) ?? window;
}
