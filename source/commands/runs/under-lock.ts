import { lockRuns, pairLock, recordLock } from '../../gateways/machine/run-lock.ts';
import type { RunRecord } from '../../pairing/answers/record.ts';
import { type Host, printer } from '../line/host.ts';

type Subject = Pick<RunRecord, 'practice' | 'answers' | 'kubeconfig'> & Partial<Pick<RunRecord, 'id'>>;

/** Practice clusters are this process's own. */
export const locksOf = ({ practice, answers, kubeconfig, id }: Subject): readonly string[] =>
	practice ? [] : [pairLock(answers, kubeconfig), ...(id === undefined ? [] : [recordLock(id)])];

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
