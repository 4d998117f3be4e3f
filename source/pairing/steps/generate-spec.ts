import type { PairAnswers } from '../answers/answers.ts';
import type { Account } from '../cluster-pair/account.ts';
import type { Step } from '../step/step.ts';
import { docs } from '../words/docs.ts';
import type { Side } from '../words/pair.ts';
import { say } from './kubectl.ts';

/** @param pair the answers for the direction that points to this side */
export const generateSpec = (side: Side, context: string, pair: PairAnswers, account: Account): Step => ({
	id: `generate-spec/${side}`,
	title: {
		plan: `Generate the ClusterPair spec on the ${side}`,
		doing: `Generating the ClusterPair spec on the ${side}…`,
		holds: `The ClusterPair spec for the ${side} is generated`,
	},
	on: side,
	docs: docs.generate,
	preview: [
		...(pair.login === 'service-account' ? [{ kind: 'account-token', on: side, account } as const] : []),
		{
			kind: 'spec',
			login: pair.login,
			server: pair.server,
			command: {
				where: 'here',
				file: 'storkctl',
				args: ['--context', context, 'generate', 'clusterpair', '-n', pair.namespace, '--', pair.name],
			},
		},
		...(pair.login === 'service-account'
			? [say(`Instead of the context's user, the token of the ServiceAccount ${account.name}.`)]
			: []),
		...(pair.server ? [say(`Instead of the context's address, ${pair.server}.`)] : []),
		say(
			'Removed: status, creationTimestamp, every LocationOfOrigin and extensions field (they block Stork for all pairs), and the placeholder in the options.',
		),
	],
	needs: [],
	async check({ world }) {
		const { specGenerator } = world[side];
		await specGenerator.generate(pair.name, pair.namespace);
		return { kind: 'holds', evidence: `by ${specGenerator.title}, for the context ${context} alone` };
	},
});
