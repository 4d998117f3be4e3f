import type { Preview } from '../step/step.ts';
import type { Command } from '../words/command.ts';

/** The kubectl line that a person would type for the same thing. */
export const kubectl = (context: string, ...args: string[]): Preview => ({
	kind: 'command',
	command: { where: 'here', file: 'kubectl', args: ['--context', context, ...args] } satisfies Command,
});

export const say = (text: string): Preview => ({ kind: 'text', text });
