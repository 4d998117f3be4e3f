import {
	clipboardSequence,
	keepTitle,
	restoreTitle,
	silent,
	type TerminalSignals,
	titleSequence,
} from '../../ui/terminal-signals.ts';
import type { Host } from '../line/host.ts';

/** What this terminal is told besides what is drawn, and how its title is given back. */
export function signalsOf({ stdout, environment, look }: Host): Readonly<{
	signals: TerminalSignals;
	end: () => void;
}> {
	const write = (sequence: string) => void stdout.write(sequence);
	// The console of Linux shows some of them as text.
	if (environment.TERM === 'linux') {
		return { signals: silent, end() {} };
	}
	const copy = (text: string) => write(clipboardSequence(text));
	if (look.bell === false) {
		return { signals: { ...silent, copy }, end() {} };
	}
	let isTitled = false;
	return {
		signals: {
			copy,
			title(text) {
				write(`${isTitled ? '' : keepTitle}${titleSequence(text)}`);
				isTitled = true;
			},
			bell: () => write('\u0007'),
		},
		end() {
			if (isTitled) write(restoreTitle);
		},
	};
}
