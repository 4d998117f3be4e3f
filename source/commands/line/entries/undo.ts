import { command } from '../command.ts';
import type { Flags } from '../flags.ts';
import { commonOf, jsonLines, kubeconfig, whenStoppedOrNo } from '../options.ts';

const flags = {
	plan: { type: 'boolean', does: 'show what would be deleted and kept, and why (read-only)' },
	yes: { type: 'boolean', short: 'y', does: 'do not ask' },
	force: { type: 'boolean', does: 'undo the rest even if a cluster is unreachable' },
	json: jsonLines,
	...kubeconfig,
} as const satisfies Flags;

export const undo = command({
	name: 'undo',
	summary: 'delete what a run created',
	takes: { name: '[RUN]', about: 'start of its name, or the latest run', suggest: () => 'runs' },
	flags,
	help: {
		about:
			'Deletes exactly what a run created, last first, after showing it. What existed before, and what others created since, is kept.',
		exit: `0 undone, 1 failed, 2 bad input, 3 something still exists, ${whenStoppedOrNo}`,
		example: 'pxpair undo --yes',
	},
	seesThrough: 'always',
	read: ({ plan, yes, force, json, ...common }, run) => ({
		...{ run, plan, yes, force, json },
		common: commonOf(common),
	}),
	load: async () => (await import('../../undo.ts')).undoCommand,
});
