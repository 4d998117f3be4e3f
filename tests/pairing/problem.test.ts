import { expect, test } from 'vitest';
import { clusterProblem, problemsOnce } from '../../source/pairing/words/problem.ts';

test('what a cluster says gets to the terminal as one line without control characters', () => {
	const problem = clusterProblem({
		id: 'unexpected',
		title: 'A title\u001b[2J',
		evidence: 'first\r\nsecond\u2028third\u0007',
		remedies: ['Do this.'],
	});
	expect(problem).toMatchObject({ title: 'A title [2J', evidence: 'first second third' });
});

test('what is not said is not there', () => {
	expect(clusterProblem({ id: 'unexpected', title: 'A title', remedies: ['Do this.'] })).not.toHaveProperty(
		'evidence',
	);
});

test('the same obstacle met twice is told once; the same words about something else are told again', () => {
	const met = (evidence: string) =>
		clusterProblem({
			id: 'unexpected',
			side: 'source',
			title: 'A title',
			evidence,
			remedies: ['Do this.'],
		});
	expect(problemsOnce([met('one'), met('one'), met('other')])).toEqual([met('one'), met('other')]);
});
