import { constants } from 'node:os';

const stopping = 'Stopping after the current change… press Ctrl-C again to quit now';

export type Interruptions = Readonly<{
	/** The first one: stop what waits, see a change through. */
	stop: AbortSignal;
	/** The second one: end every call at once. */
	abandon: AbortSignal;
	/** The exit code of what was stopped. Ctrl-C at a question is a key, and counts as SIGINT. */
	exitCode(): number;
	/** Before anything has begun: the first one ends the process. */
	whileReading<T>(read: () => Promise<T>): Promise<T>;
	/** While another program has the terminal, Ctrl-C is for that one. */
	toBorrower<T>(use: () => Promise<T>): Promise<T>;
}>;

/** Ctrl-C, and what else asks a process to end. */
export function interruptionsOf(
	own: Pick<NodeJS.Process, 'exit' | 'on' | 'stderr'>,
	saysSo: boolean,
): Interruptions {
	const stop = new AbortController();
	const abandon = new AbortController();
	let stoppedBy: NodeJS.Signals = 'SIGINT';
	let isReading = false;
	let isLent = false;
	const interrupt = (signal: NodeJS.Signals) => {
		if (isLent && signal === 'SIGINT') {
			return;
		}
		if (stop.signal.aborted) {
			abandon.abort();
			return;
		}
		if (isReading) {
			own.exit(exitCodeBy(signal));
		}
		if (saysSo) {
			own.stderr.write(`\n${stopping}\n`);
		}
		stoppedBy = signal;
		stop.abort();
	};
	own.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGHUP', interrupt);
	return {
		stop: stop.signal,
		abandon: abandon.signal,
		exitCode: () => exitCodeBy(stoppedBy),
		async whileReading(read) {
			isReading = true;
			const result = await read();
			isReading = false;
			return result;
		},
		async toBorrower(use) {
			isLent = true;
			try {
				return await use();
			} finally {
				isLent = false;
			}
		},
	};
}

/** As shells count it. */
const exitCodeBy = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];
