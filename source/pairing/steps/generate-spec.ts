import type { PairAnswers } from '../answers.ts';
import { docs } from '../docs.ts';
import type { Side } from '../pair.ts';
import type { Step } from '../step.ts';
import { say } from './kubectl.ts';

export const generateSpec = (side: Side, context: string, pair: PairAnswers): Step => ({
	id: `generate-spec/${side}`,
	title: {
		plan: `Generate the ClusterPair spec on the ${side}`,
		doing: `Generating the ClusterPair spec on the ${side}…`,
		holds: `The ClusterPair spec for the ${side} is generated`,
	},
	on: side,
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
	needs: [],
	async check({ world }) {
		const { specGenerator } = world[side];
		await specGenerator.generate(pair.name, pair.namespace);
		return { kind: 'holds', evidence: `by ${specGenerator.title}, for the context ${context} alone` };
	},
});
