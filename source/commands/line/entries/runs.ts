import { command } from '../command.ts';
import { json } from '../options.ts';

export const runs = command({
	name: 'runs',
	summary: 'what was run from here',
	flags: {
		json,
	},
	help: {
		about:
			'What was run from this machine, the newest first, how it ended, and how much of it still exists. The records are in ~/.local/state/pxpair/runs, or where XDG_STATE_HOME says.',
		exit: "0 listed, 2 the records can't be read",
		example: 'pxpair runs --json',
	},
	read: values => values,
	load: async () => (await import('../../runs.ts')).runsCommand,
});
