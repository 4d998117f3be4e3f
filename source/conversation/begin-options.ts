import type { Made } from './story.ts';

/** What can become of a run that did not come to its end. */
export const beginOptions = (made: readonly Made[]) =>
	[
		{
			id: 'go-on',
			label: 'Go on with it',
			description: 'What holds is left as it is. Secrets are asked for again.',
		},
		...(made.length > 0
			? [
					{
						id: 'undo',
						label: `Undo it: take back ${thingsOf(made)}`,
						description: 'Shown first, then asked.',
					} as const,
				]
			: []),
		{
			id: 'anew',
			label: 'Start anew',
			description: 'It can still be gone on with later: pxpair runs lists it.',
		},
	] as const;

export const thingsOf = ({ length }: readonly Made[]): string =>
	length === 1 ? '1 thing' : `${length} things`;
