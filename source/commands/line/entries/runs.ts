import { command } from '../command.ts';
import { json } from '../options.ts';

export const runs = command({
	name: 'runs',
	summary: 'list the runs on this machine',
	flags: {
		json,
	},
	help: {
		about:
			'Lists the runs on this machine, newest first: how they ended, and what they created that is not undone. Records are in ~/.local/state/pxpair/runs, or in XDG_STATE_HOME.',
		exit: "0 listed, 2 the records can't be read",
		example: 'pxpair runs --json',
	},
	read: values => values,
	load: async () => (await import('../../runs.ts')).runsCommand,
});
