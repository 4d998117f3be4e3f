import { expect, test } from 'vitest';
import { clusterProblem } from '../../../source/pairing/words/problem.ts';

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
