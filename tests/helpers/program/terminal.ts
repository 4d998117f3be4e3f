import { execFileSync } from 'node:child_process';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

export type TerminalOptions = {
	columns?: number;
	rows?: number;
	cwd?: string;
	/** Laid over the environment of the tests; undefined removes a variable. */
	env?: Record<string, string | undefined>;
	/** Milliseconds that any one wait may take. */
	patience?: number;
};

/** As a shell tells it: 128 and the number of the signal, when one ended the program. */
export type Exit = { code: number; signal: number };

export type Terminal = {
	/** What the person sees now: one string a row, without the blanks at its end. */
	screen(): string[];
	/** Everything above the screen and on it. */
	scrollback(): string[];
	/** All bytes that the program wrote, for the search for what should not be among them. */
	output(): string;
	/** Resolves with the screen as soon as it shows the text, or satisfies the condition. */
	waitFor(wanted: string | RegExp | ((screen: string[]) => boolean), patience?: number): Promise<string[]>;
	type(keys: string): void;
	/** As terminals do: newlines become CR, and there are brackets around it if the program asked for them. */
	paste(text: string): void;
	resize(columns: number, rows: number): void;
	/** Reaches the program, but for SIGKILL: that takes the terminal along. */
	kill(signal: NodeJS.Signals): void;
	readonly exit: Promise<Exit>;
	/** Ends the program if it still runs. */
	end(): Promise<Exit>;
	modes(): { cursor: 'shown' | 'hidden'; screen: 'normal' | 'alternate'; pastes: 'bracketed' | 'plain' };
	/** Whether the device is, or was left, in raw mode. */
	isRaw(): boolean;
};

/** A sequence of our own: what it carries is not shown, and comes in order with what is. */
const privateReport = 5757;
// The device is gone as soon as the last program on it has ended, so a shell stays to tell how it was left. Its own
// traps keep it alive through the signals that are meant for the program, and are not passed on to it.
const reportModes = `trap : HUP INT QUIT TERM USR1 USR2
"$@"
code=$?
printf '\\033]${privateReport};%s\\007' "$(stty -a)"
exit $code`;

/** Starts a program on a pseudo-terminal, with a screen model that understands what it writes. */
export function startTerminal(file: string, args: string[], options: TerminalOptions = {}): Terminal {
	const { columns = 80, rows = 24, patience = 10_000 } = options;
	const model = new headless.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
	const pty = spawn('/bin/sh', ['-c', reportModes, 'sh', file, ...args], {
		name: 'xterm-256color',
		cols: columns,
		rows,
		cwd: options.cwd ?? process.cwd(),
		env: environment(options.env),
	});
	const device = deviceOf(pty);
	const waiting = new Set<() => void>();
	const look = (): void => {
		for (const check of waiting) check();
	};
	let output = '';
	let isCursorShown = true;
	let left: string | undefined;

	for (const [final, shows] of [
		['h', true],
		['l', false],
	] as const) {
		model.parser.registerCsiHandler({ prefix: '?', final }, parameters => {
			if (parameters.includes(25)) isCursorShown = shows;
			return false;
		});
	}
	model.parser.registerOscHandler(privateReport, modes => {
		left = modes;
		return true;
	});
	pty.onData(data => {
		output += data;
		model.write(data, look);
	});
	// What the model answers to the program's questions, such as where the cursor is.
	model.onData(data => pty.write(data));

	let exited: Exit | undefined;
	const exit = new Promise<Exit>(resolve => {
		pty.onExit(({ exitCode, signal = 0 }) => {
			// After everything that was written before.
			model.write('', () => {
				exited = { code: exitCode, signal: signal || Math.max(0, exitCode - 128) };
				look();
				resolve(exited);
			});
		});
	});

	const terminal: Terminal = {
		screen: () => lines(model, model.buffer.active.baseY),
		scrollback: () => lines(model, 0),
		output: () => output,
		waitFor(wanted, within = patience) {
			const isThere = condition(wanted);
			return new Promise((resolve, reject) => {
				const end = (): void => {
					clearTimeout(deadline);
					waiting.delete(check);
				};
				const fail = (why: string): void => {
					end();
					reject(new Error(`${why}: ${String(wanted)}\n${frame(terminal.screen())}`));
				};
				const check = (): void => {
					const screen = terminal.screen();
					if (isThere(screen)) {
						end();
						resolve(screen);
					} else if (exited !== undefined)
						fail(`The program ended (${JSON.stringify(exited)}) without showing`);
				};
				const deadline = setTimeout(() => fail(`After ${within} ms the screen still does not show`), within);
				waiting.add(check);
				check();
			});
		},
		type: keys => pty.write(keys),
		paste(text) {
			const sent = text.replace(/\r?\n/g, '\r');
			pty.write(model.modes.bracketedPasteMode ? `\u001B[200~${sent}\u001B[201~` : sent);
		},
		resize(nextColumns, nextRows) {
			model.resize(nextColumns, nextRows);
			pty.resize(nextColumns, nextRows);
		},
		kill: signal => process.kill(-pty.pid, signal),
		exit,
		end() {
			if (exited === undefined) process.kill(-pty.pid, 'SIGKILL');
			return exit;
		},
		modes: () => ({
			cursor: isCursorShown ? 'shown' : 'hidden',
			screen: model.buffer.active.type,
			pastes: model.modes.bracketedPasteMode ? 'bracketed' : 'plain',
		}),
		isRaw: () => /(^|\s)-icanon\b/.test(left ?? modesOf(device)),
	};
	return terminal;
}

function environment(changes: TerminalOptions['env'] = {}): Record<string, string> {
	// CI makes Ink draw only at its end; the others would overrule what the terminal itself says.
	const without = {
		CI: undefined,
		NO_COLOR: undefined,
		FORCE_COLOR: undefined,
		COLUMNS: undefined,
		LINES: undefined,
	};
	const all = {
		...process.env,
		...without,
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		LC_ALL: undefined,
		...changes,
	};
	return Object.fromEntries(
		Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
}

function lines(model: headless.Terminal, from: number): string[] {
	const buffer = model.buffer.active;
	return Array.from({ length: buffer.baseY + model.rows - from }, (_, row) =>
		(buffer.getLine(from + row)?.translateToString(true) ?? '').trimEnd(),
	);
}

function condition(wanted: string | RegExp | ((screen: string[]) => boolean)): (screen: string[]) => boolean {
	if (typeof wanted === 'function') return wanted;
	return screen => {
		const text = screen.join('\n');
		return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
	};
}

const frame = (screen: string[]): string => ['┌ screen', ...screen.map(line => `│${line}`), '└'].join('\n');

/** Not in the library's types, but in its objects on every Unix. */
function deviceOf(pty: object): string {
	if ('ptsName' in pty && typeof pty.ptsName === 'string') return pty.ptsName;
	throw new Error('This pseudo-terminal does not tell its device.');
}

function modesOf(device: string): string {
	const flag = process.platform === 'linux' ? '-F' : '-f';
	return execFileSync('stty', [flag, device, '-a'], { encoding: 'utf8' });
}
