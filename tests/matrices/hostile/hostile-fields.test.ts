import { afterAll, expect, test, vi } from 'vitest';
import { isFull, type Tally, tryAll } from '../pool.ts';
import { type Face, faceNames, type HostileGround, openHostileGround, type Place } from './hostile-ground.ts';
import { type HostileText, hostileNames, type Spoil } from './hostile-texts.ts';

vi.setConfig({ testTimeout: isFull ? 7_200_000 : 1_200_000 });

type Case = Readonly<{ face: Face }> & Spoil;

const tally: Tally = { tried: 0, passed: 0 };
let size = '';
/** All texts to be changed, and those that came to be said so in one of the faces. */
const texts = new Set<Place>();
const said = new Set<Place>();
afterAll(() =>
	console.log(
		`hostile fields: ${size}; ${tally.tried} cases tried, in which ${said.size} of ${texts.size} texts were said, ${tally.passed} passed${isFull ? '' : ' (MATRIX=full tries them all)'}`,
	),
);

/** Characters. A check of two clusters in good order takes 4,000, a record 30,000. */
const most = 1_000_000;

test('what a cluster or a program says does nothing to a terminal, in whatever field it says it', async () => {
	const first = await openHostileGround();
	const unsaid: Case[] = [];
	const workshop = {
		workers: 3,
		tally,
		open: openHostileGround,
		name: ({ face, places, how }: Case) => `${face}: ${how} in ${places.join(', ')}`,
	};
	const together = await tryAll({ ...workshop, first }, await casesOn(first), async (ground, one) => {
		const { left, found } = await attempt(ground, one);
		unsaid.push(...left.map(place => ({ ...one, places: [place] })));
		return found;
	});
	// What another text of its case kept from being said is tried again by itself.
	const alone = isFull
		? await tryAll(
				{ ...workshop, first: await openHostileGround(), isShared: true },
				unsaid,
				async (ground, one) => (await attempt(ground, one)).found,
			)
		: [];
	expect([...together, ...alone]).toEqual([]);
	expect(said.size).toBeGreaterThan(texts.size * (isFull ? 0.97 : 0.5));
});

async function attempt(ground: HostileGround, { face, ...spoil }: Case) {
	const { text, spoiled } = await ground.show(face, spoil);
	for (const place of spoil.places) texts.add(place);
	for (const place of spoiled) said.add(place);
	const bug = text.indexOf('This is a bug in pxpair');
	const escaped = text.match(forbidden);
	const found = [
		...(escaped
			? [`${JSON.stringify(escaped[0])} in ${JSON.stringify(around(text, escaped.index ?? 0))}`]
			: []),
		...(text.length < most ? [] : [`${text.length} characters`]),
		...(bug === -1 ? [] : [`a bug: ${text.slice(Math.max(0, bug - 400)).slice(0, 900)}`]),
	];
	return { found, left: spoil.places.filter(place => !spoiled.has(place)) };
}

/** All that moves a cursor, turns a line around or is not seen; line breaks and the tabs of YAML are our own. */
const forbidden = /(?!\n)\p{Cc}|[\u2028\u2029\p{DI}\uFFF9-\uFFFB]|\p{M}{9}|^forged:/mu;

const around = (text: string, at: number): string => text.slice(Math.max(0, at - 80), at + 40);

/** Each text in a face and a way, or in three of each. */
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
	const groups = faceNames.flatMap(face =>
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

/** Texts that are changed together. */
const together = isFull ? 4 : 32;

/** Texts of one group are from different answers: one that ends a run early hides few others. */
function groupsOf(
	face: Face,
	places: readonly Place[],
): readonly Readonly<{ face: Face; places: readonly Place[] }>[] {
	const count = Math.ceil(places.length / together);
	return Array.from({ length: count }, (_, group) => ({
		face,
		places: places.filter((_place, index) => index % count === group),
	}));
}
