import type { PairAnswers } from '../answers.ts';
import { docs } from '../docs.ts';
import type { Step } from '../step.ts';
import { say } from './kubectl.ts';

export const generateSpec = (context: string, pair: PairAnswers): Step => ({
	id: 'generate-spec/destination',
	title: {
		plan: 'Generate the ClusterPair spec on the destination',
		doing: 'Generating the ClusterPair spec on the destination…',
		holds: 'The ClusterPair spec is generated',
	},
	on: 'destination',
	docs: docs.generate,
	preview: [
		{
			kind: 'command',
			command: {
				where: 'here',
				file: 'storkctl',
				args: ['--context', context, 'generate', 'clusterpair', '-n', pair.namespace, pair.name],
			},
		},
		say(
			'Left out of it: status, creationTimestamp, each LocationOfOrigin and each extensions (they stop Stork for every pair), and the placeholder among the options.',
		),
	],
	async check({ world }) {
		await world.specGenerator.generate(pair.name, pair.namespace);
		return { kind: 'holds', evidence: `by ${world.specGenerator.title}, for the context ${context} alone` };
	},
});
