import { expect, test } from 'vitest';
import { printAftermath } from '../../source/commands/wizard/aftermath.ts';
import { plainPage } from '../../source/plain/page.ts';
import { fakeServices } from '../wizard/open-app.tsx';

test('after the screens, that it was practice is broken between words', async () => {
	const told: string[] = [];
	const banner = 'PRACTICE: two practice clusters inside this program. Nothing real is read or changed.';
	const page = { ...plainPage, columns: 80 };
	const how = { banner, isTold: false, page };
	await printAftermath({ kind: 'left-before-run' }, fakeServices(), how, line => told.push(line));
	expect(told).toEqual([
		'PRACTICE: two practice clusters inside this program. Nothing real is read or',
		'changed.',
		'No cluster was changed.',
	]);
});
