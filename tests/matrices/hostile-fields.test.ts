import { afterAll, expect, test, vi } from 'vitest';
import { type Face, faceNames, type HostileGround, openHostileGround, type Place } from './hostile-ground.ts';
import { type HostileText, hostileNames, type Spoil } from './hostile-texts.ts';
import { isFull, type Tally, tryAll } from './pool.ts';

vi.setConfig({ testTimeout: isFull ? 7_200_000 : 1_200_000 });

type Case = Readonly<{ face: Face }> & Spoil;

const tally: Tally = { tried: 0, passed: 0 };
let size = '';
let said = 0;
afterAll(() =>
	console.log(
		`hostile fields: ${size}; ${tally.tried} cases tried, in ${said} of them it was said, ${tally.passed} passed`,
	),
);

/** Characters. A check of two clusters in good order takes 4,000, a record 30,000. */
const most = 1_000_000;

test('what a cluster or a program says does nothing to a terminal, in whatever field it says it', async () => {
	const first = await openHostileGround();
	const cases = await casesOn(first);
	const failures = await tryAll(
		{
			workers: 2,
			tally,
			first,
			open: openHostileGround,
			name: ({ face, places, how }) => `${face}: ${how} in ${places.join(', ')}`,
		},
		cases,
		attempt,
	);
	expect(failures).toEqual([]);
	// What ends a run early leaves some of it unsaid.
	expect(said).toBeGreaterThan(tally.tried * 0.8);
});

async function attempt(ground: HostileGround, { face, ...spoil }: Case): Promise<readonly string[]> {
	const { text, wasSpoiled } = await ground.show(face, spoil);
	said += wasSpoiled ? 1 : 0;
	const found = text.match(forbidden);
	return [
		...(found ? [`${JSON.stringify(found[0])} in ${JSON.stringify(around(text, found.index ?? 0))}`] : []),
		...(text.length < most ? [] : [`${text.length} characters`]),
		...(text.includes('This is a bug in pxpair')
			? [`a bug: ${text.slice(Math.max(0, text.indexOf('This is a bug in pxpair') - 400)).slice(0, 900)}`]
			: []),
	];
}

/** All that moves a cursor, turns a line around or is not seen; line breaks and the tabs of YAML are our own. */
const forbidden = /(?!\n)\p{Cc}|[\u2028\u2029\p{DI}\uFFF9-\uFFFB]|\p{M}{9}|^forged:/mu;

const around = (text: string, at: number): string => text.slice(Math.max(0, at - 80), at + 40);

/** Each text alone, in three faces and ways; else some at a time in one, so that all come to all. */
async function casesOn(ground: HostileGround): Promise<readonly Case[]> {
	const facesOf = new Map<Place, Face[]>();
	for (const face of faceNames) {
		const { text, places } = await ground.show(face);
		if (text.match(forbidden)) {
			throw new Error(`${face}, undisturbed: ${JSON.stringify(text.match(forbidden))}`);
		}
		for (const place of places) facesOf.set(place, [...(facesOf.get(place) ?? []), face]);
	}
	const all = [...facesOf].toSorted(([one], [other]) => one.localeCompare(other));
	size = `${all.length} texts, ${faceNames.length} faces, ${hostileNames.length} ways`;
	const alone = all.flatMap(([place, faces], index) =>
		Array.from({ length: isFull ? Math.min(3, faces.length) : 1 }, (_, turn) => ({
			face: faces[(index + turn * 3) % faces.length] as Face,
			place,
		})),
	);
	const groups = isFull
		? alone.map(({ face, place }) => ({ face, places: [place] }))
		: faceNames.flatMap(face =>
				groupsOf(
					face,
					alone.filter(one => one.face === face).map(({ place }) => place),
				),
			);
	return groups.map((group, index) => ({
		...group,
		how: hostileNames[index % hostileNames.length] as HostileText,
	}));
}

/** Texts of one group are from different answers: one that ends a run early hides few others. */
function groupsOf(
	face: Face,
	places: readonly Place[],
): readonly Readonly<{ face: Face; places: readonly Place[] }>[] {
	const count = Math.ceil(places.length / 32);
	return Array.from({ length: count }, (_, group) => ({
		face,
		places: places.filter((_place, index) => index % count === group),
	}));
}
