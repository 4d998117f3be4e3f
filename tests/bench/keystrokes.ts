import { type PseudoTerminal, startOnTerminal } from './pseudo-terminal.ts';
import type { Effort, Row } from './row.ts';
import { middleOf, percentile } from './statistics.ts';
import { kubeconfigOf, type Surroundings } from './surroundings.ts';

const contexts = 2000;
/** One frame at 60 Hz, in milliseconds. */
const frame = 1000 / 60;
const clearFilter = '\u0015';

/** From the key on its way to the first bytes of the frame that shows it. */
export async function keystrokes(surroundings: Surroundings, effort: Effort): Promise<Row[]> {
	const kubeconfig = surroundings.file('many-contexts', kubeconfigOf(contexts));
	const terminal = startOnTerminal(surroundings, '--kubeconfig', kubeconfig);
	try {
		await terminal.until('Which cluster is');
		const rounds = effort === 'quick' ? 4 : 20;
		const typed = await answers(terminal, rounds, [
			'c',
			'l',
			'u',
			'1',
			'9',
			clearFilter,
			'\u001B[B',
			'\u001B[B',
		]);
		const pasted = await answers(
			terminal,
			rounds,
			[`\u001B[200~${'paste-'.repeat(667).slice(0, 4000)}\u001B[201~`],
			clearFilter,
		);
		return [
			row(`keystroke to frame, ${contexts} contexts`, typed),
			row('paste of 4,000 characters to frame', pasted),
		];
	} finally {
		await terminal.leave();
	}
}

const row = (what: string, times: readonly number[]): Row => ({
	what,
	...middleOf(fourths(times).map(part => percentile(part, 0.95) / frame)),
	measured: percentile(times, 0.95) / frame,
	unit: '× a frame',
	budget: 1,
	remark: `95th percentile of ${times.length}, one frame at 60 Hz being 16.7 ms; half take ${percentile(times, 0.5).toFixed(1)} ms`,
});

/** One after the other in time: what else the machine did falls into some of them. */
const fourths = (times: readonly number[]): readonly (readonly number[])[] => {
	const size = Math.ceil(times.length / 4);
	return [0, 1, 2, 3].map(part => times.slice(part * size, (part + 1) * size));
};

async function answers(
	terminal: PseudoTerminal,
	rounds: number,
	keys: readonly string[],
	after?: string,
): Promise<number[]> {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		for (const key of keys) {
			// What an earlier key set off, such as a probe of the cluster it chose, is not mistaken for the answer.
			await terminal.quiet(60);
			times.push(await terminal.answerTo(key));
		}
		if (after) {
			await terminal.quiet(60);
			await terminal.answerTo(after);
		}
	}
	return times;
}
