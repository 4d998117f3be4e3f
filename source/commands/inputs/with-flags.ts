import type { Answers, ClusterChoice, PairAnswers } from '../../pairing/answers/answers.ts';
import { isServer, serverRule } from '../../pairing/answers/well-formed.ts';
import { refuse } from '../../pairing/words/problem.ts';
import { answer } from '../../pairing/words/way.ts';
import type { CommonOptions } from '../line/options.ts';
import { policyOf } from './existing-policy.ts';

/** Answers as the command line changes them. */
export function withFlags(answers: Answers, common: CommonOptions): Answers {
	const { source, destination, existingCredential, existingPair, ignore } = common;
	// On the practice clusters a kubeconfig of the file is left aside: nothing real may be touched then.
	const chosen = (choice: ClusterChoice, context: string | undefined): ClusterChoice => ({
		...(common.practice ? { context: choice.context } : choice),
		...(context && { context }),
	});
	return {
		...answers,
		pair: pairWithFlags(answers.pair, common),
		...(ignore.length > 0 && { ignore: [...(answers.ignore ?? []), ...ignore] }),
		source: chosen(answers.source, source),
		destination: chosen(answers.destination, destination),
		existing: {
			credential: policyOf('--existing-credential', existingCredential) ?? answers.existing.credential,
			pair: policyOf('--existing-pair', existingPair) ?? answers.existing.pair,
		},
	};
}

function pairWithFlags(pair: PairAnswers, { bothWays, serviceAccount, server }: CommonOptions): PairAnswers {
	if (server !== undefined && !isServer(server)) {
		refuse({
			id: 'flag-invalid',
			title: `--server takes ${serverRule}`,
			remedies: [
				answer("Give the address at which the source reaches the destination's API server", 'pair.server'),
			],
		});
	}
	return {
		...pair,
		...(bothWays && { back: pair.back ?? {} }),
		...(serviceAccount && { login: 'service-account' }),
		...(server && { server }),
	};
}
