import type { Environment } from '../../pairing/words/environment.ts';
import type { Page } from '../../plain/page.ts';
import type { Look } from './look.ts';

/** What the program is given by the process it runs in. Only `cli.tsx` touches `process`, and hands it on to what makes this. */
export type Host = Readonly<{
	version: string;
	environment: Environment;
	/** How Node.js was told to show what this process holds: said before secrets are asked for. */
	exposed: readonly string[];
	folder: string;
	out(text: string): void;
	err(text: string): void;
	/** All of standard input, read to its end. */
	readStandardInput(): Promise<string>;
	/** While another program has the terminal, Ctrl-C is for that one. */
	toBorrower<T>(use: () => Promise<T>): Promise<T>;
	/** Whether a person sits at both ends. */
	isTerminal: boolean;
	platform: string;
	/** How the person wants things said. */
	look: Look;
	/** What `out` writes on, and what `err` does. */
	page: Page;
	errorPage: Page;
	/** The streams themselves, for the one face that needs more of them than text. */
	stdin: NodeJS.ReadStream;
	/** As Ctrl-Z does to programs that leave it to the terminal; returns once the shell goes on with it. undefined where there is no such thing. */
	suspend: (() => void) | undefined;
	stdout: NodeJS.WriteStream;
	/** The first Ctrl-C: stop what waits, see a change through. */
	stop: AbortSignal;
	/** The second one: end every call at once. */
	abandon: AbortSignal;
}>;

/** How a run is told in lines there. */
export const linesFor = ({ look, page }: Host) => ({ isSpoken: look.isSpoken, page });

export const printer = (write: (text: string) => void) => (line: string) => write(`${line}\n`);

/** For what changes nothing: there is nothing to see through, so the first Ctrl-C ends every call. */
export const onlyLooking = (host: Host): Host => ({
	...host,
	abandon: AbortSignal.any([host.stop, host.abandon]),
});
