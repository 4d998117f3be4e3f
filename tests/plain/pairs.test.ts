import { expect, test } from 'vitest';
import type { PairRow } from '../../source/pairing/status/all-pairs.ts';
import { plainPage } from '../../source/plain/page.ts';
import { pairsText } from '../../source/plain/pairs.ts';

const row: PairRow = {
	name: 'remotecluster',
	namespace: 'migrationnamespace',
	way: { from: 'source', to: 'destination' },
	leads: 'there',
	storage: 'Ready',
	scheduler: 'Ready',
	created: 1_800_000_000_000,
	loginUntil: undefined,
	findings: [],
};
const head = { contexts: { source: 'east', destination: 'west' }, now: 1_800_000_003_000 };

/** Below the verdict. */
function tableAt(columns: number | undefined): readonly string[] {
	const lines = pairsText({ findings: [], pairs: [row] }, head, { ...plainPage, columns });
	return lines.slice(lines.indexOf('') + 1);
}

test.each<[number | undefined, readonly string[]]>([
	[
		undefined,
		[
			'   PAIR                              DIRECTION    STORAGE  SCHEDULER  AGE  RESULT',
			'✔  migrationnamespace/remotecluster  east → west  Ready    Ready      3s   works',
		],
	],
	[
		80,
		[
			'   PAIR                              DIRECTION    STORAGE  SCHEDULER  RESULT',
			'✔  migrationnamespace/remotecluster  east → west  Ready    Ready      works',
		],
	],
	[
		60,
		[
			'   PAIR                              DIRECTION    RESULT',
			'✔  migrationnamespace/remotecluster  east → west  works',
		],
	],
	[40, ['✔ migrationnamespace/remotecluster, east', '  → west: works']],
])('on a page of %j columns no row is broken by the terminal', (columns, lines) => {
	expect(tableAt(columns)).toEqual(lines);
});
