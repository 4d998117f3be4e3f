import { command } from '../command.ts';

export const explain = command({
	name: 'explain',
	summary: 'what a problem or a concept means',
	takes: { name: '[WORD]', about: 'the id of a problem, or a concept', suggest: () => 'subjects' },
	flags: {},
	help: {
		about:
			'Explains a problem by its id: what it means, how it is detected, what helps. Explains concepts too: source, destination, clusterpair, object-store, admin-namespace. Without WORD, lists all of them.',
		exit: '0 explained, 2 no such word',
		example: 'pxpair explain pair-not-ready',
	},
	read: (_, subject) => ({ subject }),
	load: async () => (await import('../../explain.ts')).explainCommand,
});
