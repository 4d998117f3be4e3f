import { counted } from '../../pairing/words/counted.ts';
import type { Made } from '../story/story.ts';

/** What can become of a run that did not come to its end. */
export const beginOptions = (made: readonly Made[]) =>
	[
		{
			id: 'go-on',
			label: 'Resume it',
			description: 'What exists as planned is unchanged. Secrets are asked for again.',
		},
		...(made.length > 0
			? [
					{
						id: 'undo',
						label: `Undo it: delete ${objectsIn(made)}`,
						description: 'Shows what would be deleted, then asks.',
					} as const,
				]
			: []),
		{
			id: 'again',
			label: 'Start a new run',
			description: 'The old run can be resumed later: pxpair runs lists it.',
		},
	] as const;

export const beginHelp: readonly string[] = [
	'The last run failed, was stopped, or its terminal was closed. Its record says what it created.',
	'Resume checks every step again: finished steps are found as planned, and are not repeated.',
	'Undo deletes what the run created, in reverse order, and nothing that existed before it.',
];

export const objectsIn = ({ length }: readonly Made[]): string => counted(length, 'object');
