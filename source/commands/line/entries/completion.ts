import { didYouMean } from '../../../pairing/words/did-you-mean.ts';
import { command } from '../command.ts';
import { Mistake } from '../flags.ts';
import { shells } from '../shells.ts';

export const completion = command({
	name: 'completion',
	summary: 'print a completion script',
	takes: { name: 'SHELL', about: shells.join(', '), suggest: () => shells },
	flags: {},
	help: {
		about:
			'Prints a script that completes commands, flags, kubeconfig contexts, scenarios and runs. Its first line says where to install it.',
		example: 'eval "$(pxpair completion bash)"',
	},
	isForPrograms: () => true,
	read(_, word = '') {
		const shell = shells.find(name => name === word);
		return shell
			? { shell }
			: new Mistake(`completion takes ${shells.join(', ')}${didYouMean(word, shells)}`);
	},
	load: async () => (await import('../../completion.ts')).completionCommand,
});
