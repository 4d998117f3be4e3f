import type { Answers, ClusterChoice } from '../../pairing/answers/answers.ts';
import type { CommonOptions } from '../line/options.ts';

/** Answers as the command line changes them. */
export function withFlags(answers: Answers, common: CommonOptions): Answers {
	const { source, destination, existingCredential, existingPair, ignore } = common;
	const { pair } = answers;
	// On the practice clusters a kubeconfig of the file is left aside: nothing real may be touched then.
	const chosen = (choice: ClusterChoice, context: string | undefined): ClusterChoice => ({
		...(common.practice ? { context: choice.context } : choice),
		...(context && { context }),
	});
	return {
		...answers,
		pair: {
			...pair,
			...(common.bothWays && { back: pair.back ?? {} }),
			...(common.serviceAccount && { login: 'service-account' }),
			...(common.server && { server: common.server }),
		},
		...(ignore.length > 0 && { ignore: [...(answers.ignore ?? []), ...ignore] }),
		source: chosen(answers.source, source),
		destination: chosen(answers.destination, destination),
		existing: {
			credential: existingCredential ?? answers.existing.credential,
			pair: existingPair ?? answers.existing.pair,
		},
	};
}
