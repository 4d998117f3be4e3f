import { expect, test } from 'vitest';
import { longestChain } from './longest-chain.ts';

test.each([
	['none', [], 0],
	['side by side', ['0-3', '0-3', '1-4'], 1],
	['one after the other', ['0-3', '3-6', '7-9'], 3],
	['told of in another order', ['7-9', '0-3', '3-6'], 3],
	['two at a time, of five at once', ['0-1', '0-1', '0-2', '0-2', '0-3'], 1],
	['two chains side by side', ['0-3', '1-5', '4-6', '5-7', '6-8'], 3],
])('%s', (_, execs, length) => {
	const times = execs.map(exec => exec.split('-').map(Number));
	expect(longestChain(times.map(([asked = 0, begun = 0]) => ({ asked, begun })))).toBe(length);
});
