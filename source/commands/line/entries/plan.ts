import { didYouMean } from '../../../pairing/words/did-you-mean.ts';
import { command } from '../command.ts';
import { type Flags, inBrief, Mistake } from '../flags.ts';
import { commonOf, runFlags, whenStopped } from '../options.ts';

const outputs = ['text', 'markdown', 'json'] as const;

const flags = {
	output: {
		type: 'string',
		short: 'o',
		value: outputs.join('|'),
		suggest: outputs,
		does: 'markdown: a runbook to follow by hand',
		read: outputNamed,
	},
	json: { type: 'boolean', does: 'as -o json' },
	...inBrief(runFlags),
	timeout: { ...runFlags.timeout, does: 'accepted as in run, no effect here' },
} as const satisfies Flags;

export const plan = command({
	name: 'plan',
	summary: 'show what a run would do (read-only)',
	takes: { name: 'FILE', about: 'answers in YAML, - for standard input' },
	flags,
	help: {
		about:
			'Shows each step with its cluster and its exact command or manifest. It is read-only; secrets are not read.',
		exit: `0 planned, whatever the checks found, 1 failed, 2 bad input, ${whenStopped}`,
		example: 'pxpair plan examples/practice-s3.yaml --practice -o markdown',
	},
	isForPrograms: ({ output }) => output !== 'text',
	read: ({ output = 'text', json, ...common }, file) => ({
		file,
		output: json ? 'json' : output,
		common: commonOf(common),
	}),
	load: async () => (await import('../../plan.ts')).planCommand,
});

function outputNamed(text: string): (typeof outputs)[number] | Mistake {
	return (
		outputs.find(name => name === text) ??
		new Mistake(`-o takes ${outputs.join(', ')}, not "${text}"${didYouMean(text, outputs)}`)
	);
}
