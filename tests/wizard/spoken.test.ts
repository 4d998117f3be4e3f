import { expect, test } from 'vitest';
import { spoken } from '../../source/conversation/spoken.ts';
import { back, forth } from '../../source/pairing/answers/direction.ts';
import { explanations } from '../../source/pairing/preflight/login-explanations.ts';
import { wayTroubles } from '../../source/pairing/preflight/way-explanations.ts';
import { clusterProblem, type Problem } from '../../source/pairing/words/problem.ts';

const withRemedies = (...remedies: [string, ...string[]]): Problem =>
	clusterProblem({ id: 'unexpected', title: 'Some problem', remedies });

const flagOrField = /--\w|answers file|pair\.\w/;

for (const way of [forth, back]) {
	test.for(Object.entries(explanations))(`towards the ${way.to}, %s is answered by keys`, ([, { ways }]) => {
		const { remedies } = spoken(withRemedies(...ways({ way, context: 'west' })));
		expect(remedies.filter(remedy => flagOrField.test(remedy))).toEqual([]);
	});

	test.for(Object.entries(wayTroubles))(`towards the ${way.to}, %s is answered by keys`, ([, trouble]) => {
		const [url, address, host] = ['https://10.0.0.1:6443', '10.0.0.1:6443', '10.0.0.1'];
		const { remedies } = spoken(
			withRemedies(...trouble.remedies({ way, url, address, host, cause: 'refused' })),
		);
		expect(remedies.filter(remedy => flagOrField.test(remedy))).toEqual([]);
	});
}

test('a key is only named where there is one', () => {
	const problem = withRemedies('Replace it: --existing-pair=replace deletes it.', 'Leave it.');
	expect(spoken(problem).remedies).toEqual(problem.remedies);
	expect(
		spoken({ ...problem, choices: [{ subject: 'pair', id: 'replace', label: 'Replace it' }] }).remedies,
	).toEqual(['Replace it: p deletes it.', 'Leave it.']);
});
