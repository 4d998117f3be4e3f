import { systemClock } from '../../gateways/machine/clock.ts';
import type { Borrower, Terminal } from '../../gateways/machine/terminal.ts';
import { rarer, withSignsOfLife } from '../../plain/signs-of-life.ts';
import { breakLine } from '../../ui/text/display-width.ts';
import { type Host, printer } from '../line/host.ts';

/** How a face makes room on the terminal, and takes it again. */
export type MakeRoom = (whileAway: () => Promise<void>) => Promise<void>;

export type LentTerminal = Terminal &
	Readonly<{
		/** From now on something is on the terminal that has to make room first. */
		drawn(shows: ReturnType<Terminal['shows']>, makeRoom: MakeRoom): void;
	}>;

/** Seconds until it is said who has the terminal, where that is not plain to see. */
const saidAfter = 5;

/** The terminal of the person; undefined where standard input is none. As for kubectl, the other end may be a pipe. */
export function terminalOf(host: Host): LentTerminal | undefined {
	if (host.stdin.isTTY !== true) {
		return undefined;
	}
	const say = printer(host.err);
	const sayBroken = (line: string) => breakLine(line, host.stdout.columns || 80).forEach(say);
	let face: Readonly<{ shows: ReturnType<Terminal['shows']>; makeRoom: MakeRoom }> | undefined;
	let free: Promise<unknown> = Promise.resolve();
	const lendNow = async <T>({ who, seconds }: Borrower, use: () => Promise<T>): Promise<T> => {
		// With it comes what starts programs, which the first screens can do without.
		const { keepingModes } = await import('../../gateways/machine/terminal-modes.ts');
		const lasting = () =>
			withSignsOfLife(
				systemClock,
				rarer(saidAfter),
				gone => {
					say('');
					sayBroken(`Waiting for ${who}: ${gone} s of ${seconds} s`);
				},
				keepingModes(host.environment, use),
			);
		if (!face) {
			return lasting();
		}
		let result: Promise<T> | undefined;
		await face.makeRoom(async () => {
			sayBroken(`Waiting for ${who}, at most ${seconds} s. Ctrl-C ends it.`);
			result = host.toBorrower(lasting);
			await result.catch(() => {});
			// It may have ended in the middle of a line, where the frame would begin.
			say('');
		});
		return result ?? lasting();
	};
	return {
		shows: () => face?.shows ?? 'lines',
		lend(borrower, use) {
			const mine = free.then(() => lendNow(borrower, use));
			free = mine.catch(() => {});
			return mine;
		},
		drawn(shows, makeRoom) {
			face = { shows, makeRoom };
		},
	};
}
