import type { Rewrite } from '../../source/practice/contract.ts';

/** What tells one job's output from another's in a pod: no one's words. */
export const isMark = (text: string): boolean => /^\n?pxpair [0-9a-f]{32} (begins|ended \d+)\n?$/.test(text);

/** Without the marks a job would not end before its deadline, and nothing of what it was told would be read. */
export const sparingMarks =
	(rewrite: Rewrite): Rewrite =>
	(text, of) =>
		of === 'output' && isMark(text) ? [text] : rewrite(text, of);
