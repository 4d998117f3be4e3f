import { didYouMean } from '../../../pairing/words/did-you-mean.ts';
import { command } from '../command.ts';
import { Mistake } from '../flags.ts';
import { shells } from '../shells.ts';

export const completion = command({
	name: 'completion',
	summary: 'a script for bash, zsh or fish',
	takes: { name: 'SHELL', about: shells.join(', '), suggest: () => shells },
	flags: {},
	help: {
		about:
			'Prints a script with which the shell completes commands, flags, contexts of the kubeconfig, scenarios and runs. The script says where it belongs.',
		example: 'eval "$(pxpair completion bash)"',
	},
	isForPrograms: () => true,
	read(_, word = '') {
		const shell = shells.find(name => name === word);
		return shell
			? { shell }
			: new Mistake(`completion is for ${shells.join(', ')}: say which${didYouMean(word, shells)}`);
	},
	load: async () => (await import('../../completion.ts')).completionCommand,
});
