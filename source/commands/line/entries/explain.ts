import { conceptNames } from '../../../pairing/words/concepts.ts';
import { didYouMean } from '../../../pairing/words/did-you-mean.ts';
import { problemIds } from '../../../pairing/words/problem-ids.ts';
import { command } from '../command.ts';
import { Mistake } from '../flags.ts';

const subjects = [...conceptNames, ...problemIds] as const;

export const explain = command({
	name: 'explain',
	summary: 'what a problem or a concept means',
	takes: { name: '[WORD]', about: 'the id of a problem, or a concept', suggest: () => subjects },
	flags: {},
	help: {
		about:
			'Explains a problem by its id: what it means, how it is detected, what helps. Explains concepts too: source, destination, clusterpair, object-store, admin-namespace. Without WORD, lists all of them.',
		exit: '0 explained, 2 no such word',
		example: 'pxpair explain pair-not-ready',
	},
	read(_, word) {
		const name = word?.toLowerCase().replaceAll(' ', '-');
		const subject = subjects.find(known => known === name);
		return name === undefined || subject
			? { subject }
			: new Mistake(`there is no problem or concept "${word}"${didYouMean(name, subjects)}`);
	},
	load: async () => (await import('../../explain.ts')).explainCommand,
});
