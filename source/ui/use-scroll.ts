import { type Key, useInput } from 'ink';
import { useState } from 'react';

/** Which of `count` lines are in a window of so many rows. @param isPaged the arrows are for something else */
export function useScroll(count: number, rows: number, isPaged = false) {
	const last = Math.max(0, count - rows);
	const [wanted, setWanted] = useState(0);
	const scroll = (by: number) => setWanted(now => Math.min(last, Math.max(0, Math.min(now, last) + by)));
	useInput((input, key) => {
		const by = isPaged && (key.upArrow || key.downArrow) ? undefined : distance(input, key, rows, count);
		if (by !== undefined) scroll(by);
	});
	const top = Math.min(wanted, last);
	return {
		top,
		isScrolled: count > rows,
		where: `lines ${top + 1} to ${Math.min(count, top + rows)} of ${count}`,
	};
}

function distance(input: string, key: Key, rows: number, count: number): number | undefined {
	if (key.upArrow) return -1;
	if (key.downArrow) return 1;
	if (key.pageUp) return -rows;
	if (key.pageDown || input === ' ') return rows;
	if (key.home) return -count;
	return key.end ? count : undefined;
}
