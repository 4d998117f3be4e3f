import { lockRuns, pairLock, recordLock } from '../../gateways/machine/run-lock.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import type { Pair } from '../../pairing/words/pair.ts';
import { type Host, printer } from '../line/host.ts';

/** Practice clusters are this process's own. */
export const locksOfRecord = ({ practice, id }: Pick<RunRecord, 'practice' | 'id'>): readonly string[] =>
	practice ? [] : [recordLock(id)];

export const locksOfPair = (
	isPractice: boolean,
	world: Pair<Readonly<{ server: string }>>,
	pair: Readonly<{ namespace: string; name: string }>,
): readonly string[] => (isPractice ? [] : [pairLock(world, pair)]);

/** @throws PairingError when another process is working on the same pair or record */
export async function underLock<T>(
	{ environment, err }: Pick<Host, 'environment' | 'err'>,
	names: readonly string[],
	work: () => Promise<T>,
): Promise<T> {
	const { takenOver, release } = await lockRuns(names, environment);
	for (const from of takenOver) {
		printer(err)(`Took over the lock of ${from}.`);
	}
	try {
		return await work();
	} finally {
		await release();
	}
}
