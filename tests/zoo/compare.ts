import { join } from 'node:path';
import { type Judge, kubectl, pxpair, type Verdict, type ZooCase } from './judge.ts';
import { type Lane, openLane } from './lane.ts';

export type Compared = Readonly<{ one: ZooCase; kubectl: Verdict; pxpair: Verdict }>;

/** kubectl runs in lanes side by side, this program meanwhile in one of its own. */
export async function compareAll(
	cases: readonly ZooCase[],
	program: string,
	folder: string,
): Promise<readonly Compared[]> {
	const left = [...cases.entries()];
	const theirs: Verdict[] = [];
	const ours: Verdict[] = [];
	const work = async (
		lane: Lane,
		judge: Judge,
		place: string,
		take: () => readonly [number, ZooCase] | undefined,
		into: Verdict[],
	) => {
		for (let next = take(); next !== undefined; next = take()) {
			const [index, one] = next;
			into[index] = await judge(one, join(folder, place, String(index)), lane);
		}
	};
	const lanes = await Promise.all(Array.from({ length: 4 }, openLane));
	const [own, ...others] = lanes;
	const mine = [...cases.entries()];
	try {
		await Promise.all([
			...(own ? [work(own, pxpair, 'pxpair', () => mine.shift(), ours)] : []),
			...others.map(lane => work(lane, kubectl(program), 'kubectl', () => left.shift(), theirs)),
		]);
	} finally {
		await Promise.all(lanes.map(lane => lane[Symbol.asyncDispose]()));
	}
	return cases.map((one, index) => ({
		one,
		kubectl: theirs[index] as Verdict,
		pxpair: ours[index] as Verdict,
	}));
}

export const agree = ({ kubectl: theirs, pxpair: ours }: Compared): boolean =>
	JSON.stringify([theirs.connects, theirs.seen]) === JSON.stringify([ours.connects, ours.seen]);
