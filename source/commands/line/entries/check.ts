import { command } from '../command.ts';
import { type Flags, inBrief, Mistake } from '../flags.ts';
import { commonOf, runFlags, whenStopped } from '../options.ts';

const flags = {
	against: {
		type: 'string',
		value: 'FILE|RUN',
		does: 'instead: compare what exists with what an answers file or a run asked for',
	},
	json: { type: 'boolean', does: 'findings with stable ids (docs/checks.md)' },
	...inBrief(runFlags),
	ignore: runFlags.ignore,
	practice: runFlags.practice,
	timeout: { ...runFlags.timeout, does: 'accepted as in run, no effect here' },
} as const satisfies Flags;

export const check = command({
	name: 'check',
	summary: 'find what would make pairing fail (read-only)',
	takes: { name: 'FILE', about: 'answers in YAML, - for standard input' },
	flags,
	help: {
		or: ['pxpair check --source CONTEXT --destination CONTEXT', 'pxpair check --against FILE|RUN'],
		about:
			'Finds everything that would make pairing fail, on both clusters: permissions, network paths, logins, the object store, existing objects. It is read-only; only where the answers name a bucket, one small object is written, read and deleted there.',
		exit: `0 no errors, 1 errors, 2 bad input, 4 drift, ${whenStopped}`,
		example: 'pxpair check --practice=login-plugin',
	},
	read: ({ against, json, ...common }, file) =>
		against !== undefined && file !== undefined
			? new Mistake('--against names the answers file or the run: leave out FILE')
			: { file, against, json, common: commonOf(common) },
	load: async () => (await import('../../check.ts')).checkCommand,
});
