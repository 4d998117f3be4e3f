import { expect, test } from 'vitest';
import { type Finding, withoutMet } from '../../../source/pairing/words/finding.ts';
import { clusterProblem } from '../../../source/pairing/words/problem.ts';

const met = (title: string, evidence: string): Finding => ({
	level: 'error',
	topic: 'cluster',
	problem: clusterProblem({
		id: 'unauthorized',
		side: 'source',
		title,
		evidence,
		remedies: ['Log in again.'],
	}),
});

test('what another look met is told once, whatever request met it', () => {
	expect(withoutMet([met('Refused', 'GET two')], [met('Refused', 'GET one')])).toEqual([]);
	expect(withoutMet([met('Other', 'GET one')], [met('Refused', 'GET one')])).toEqual([
		met('Other', 'GET one'),
	]);
});

test('two things that one look found under the same title are told both, and each once', () => {
	const [one, other] = [met('Too old', 'for a'), met('Too old', 'for b')];
	expect(withoutMet([one, other, one], [])).toEqual([one, other]);
});
