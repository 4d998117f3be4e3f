import type { Answers } from './answers/answers.ts';
import { noFactsOf } from './clusters/cluster.ts';
import { planProcedure } from './plan.ts';
import { preflight } from './preflight/preflight.ts';
import type { Finding } from './words/finding.ts';

type Looked = Omit<Parameters<typeof preflight>[0], 'answers' | 'plan' | 'ignore'>;

/** All that would make the pairing fail that these answers ask for. */
export const lookAtBoth = (answers: Answers, looked: Looked): Promise<readonly Finding[]> =>
	preflight({
		...looked,
		answers,
		plan: planProcedure(answers, noFactsOf(answers)),
		ignore: answers.ignore ?? [],
	});
