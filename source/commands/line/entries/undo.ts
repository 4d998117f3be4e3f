import { command } from '../command.ts';
import type { Flags } from '../flags.ts';
import { commonOf, jsonLines, kubeconfig } from '../options.ts';

const flags = {
	plan: { type: 'boolean', does: 'what would be deleted and kept, and why; changes nothing' },
	yes: { type: 'boolean', short: 'y', does: 'do not ask' },
	force: { type: 'boolean', does: 'though a cluster does not answer: do the rest' },
	json: jsonLines,
	...kubeconfig,
} as const satisfies Flags;

export const undo = command({
	name: 'undo',
	summary: 'delete what a run made',
	takes: { name: '[RUN]', about: 'what its name begins with; else the latest', suggest: () => 'runs' },
	flags,
	help: {
		about:
			'Deletes exactly what a run made, the last thing first, shown before it is done. What the run found, and what others made since, is kept.',
		exit: '0 undone, 1 failed, 2 bad input, 3 something still exists, 130 stopped, or not agreed to',
		example: 'pxpair undo --yes',
	},
	seesThrough: 'always',
	read: ({ plan, yes, force, json, ...common }, run) => ({
		...{ run, plan, yes, force, json },
		common: commonOf(common),
	}),
	load: async () => (await import('../../undo.ts')).undoCommand,
});
