import { inputProblem, type Problem, type Said } from '../../source/pairing/words/problem.ts';

/** A Problem as the program makes them: its texts cleaned, those of evidence line by line. */
export const problemOf = ({ kind, ...said }: Said & Pick<Problem, 'kind'>): Problem => ({
	...inputProblem(said),
	kind,
});
