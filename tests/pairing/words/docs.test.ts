import { expect, test } from 'vitest';
import { docs, docsFor, editions, inEdition } from '../../../source/pairing/words/docs.ts';
import { problemOf } from '../../helpers/problem.ts';

test.each(Object.entries(editions))('%s is a page of the vendor in both editions', (_, [second, third]) => {
	expect(second).toMatch(/^https:\/\/2\.11\.docs\.portworx\.com\/[a-z/-]+\/#[a-z-]+$/);
	expect(third).toMatch(/^https:\/\/docs\.portworx\.com\/portworx-enterprise\/3\.1\/[a-z/-]+(#[a-z-]+)?$/);
});

test.each([
	[undefined, docs.credentials],
	['2.13.11', docs.credentials],
	['not a version', docs.credentials],
	['3.0.0', editions.credentials[1]],
	['v3.1.6', editions.credentials[1]],
	['3.2.4', editions.credentials[1]],
	['10.2.0', editions.credentials[1]],
	['25.4.0', editions.credentials[1]],
])('of Portworx %s, the link is %s', (version, link) => {
	expect(docsFor(docs.credentials, version)).toBe(link);
});

test('a link of anyone else is left as it is', () => {
	expect(docsFor(docs.serviceAccount, '3.1.6')).toBe(docs.serviceAccount);
});

test('a problem and what else blocks it link to the same edition', () => {
	const problem = problemOf({
		id: 'forbidden',
		kind: 'cluster',
		title: 'x',
		remedies: ['y'],
		docs: docs.token,
	});
	expect(inEdition({ ...problem, others: [problem] }, '3.1.6')).toMatchObject({
		docs: editions.token[1],
		others: [{ docs: editions.token[1] }],
	});
});
