import { command } from '../command.ts';
import { type Flags, Mistake } from '../flags.ts';
import { commonOf, jsonLines, runFlags, whenStopped } from '../options.ts';

const flags = {
	resume: { type: 'boolean', does: 'resume a run, named in place of FILE' },
	step: { type: 'boolean', does: 'ask before each step' },
	json: jsonLines,
	...runFlags,
} as const satisfies Flags;

export const run = command({
	name: 'run',
	summary: 'pair from an answers file; --resume resumes a run',
	takes: {
		name: 'FILE',
		about: 'answers in YAML, - for standard input',
		suggest: words => (words.includes('--resume') ? 'runs' : undefined),
	},
	flags,
	help: {
		about:
			'Pairs two clusters from an answers file. What exists as planned is unchanged, so it can be run again at any time.',
		exit: `0 done, 1 failed, nothing changed, 2 bad input, 3 failed after changes, ${whenStopped}`,
		example: 'pxpair run examples/practice-s3.yaml --practice',
	},
	seesThrough: 'always',
	read({ resume, step, json, ...common }, word) {
		if (json && step) {
			return new Mistake('--step asks before each step, and --json is for programs: use one of them');
		}
		// The word behind `--resume` is the name of a run.
		const subject = resume ? { file: undefined, resume: word ?? '' } : { file: word, resume: undefined };
		return { ...subject, json, step, common: commonOf(common) };
	},
	load: async () => (await import('../../run.ts')).runCommand,
});
