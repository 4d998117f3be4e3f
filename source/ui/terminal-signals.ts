import { createContext, useContext } from 'react';

/** What a terminal is told besides what is drawn on it. */
export type TerminalSignals = Readonly<{
	/** To the clipboard of the person, where the terminal allows it. */
	copy(text: string): void;
	/** Of the window. */
	title(text: string): void;
	/** Once: someone who has looked away is called back. */
	bell(): void;
}>;

export const silent: TerminalSignals = { copy() {}, title() {}, bell() {} };

export const SignalsContext = createContext<TerminalSignals>(silent);

export const useSignals = (): TerminalSignals => useContext(SignalsContext);

/** OSC 52: the clipboard, through whatever lies between, such as ssh. */
export const clipboardSequence = (text: string): string =>
	`\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;

/** Keeps the title that was there, to be restored. */
export const keepTitle = '\u001B[22;0t';
export const restoreTitle = '\u001B[23;0t';

export const titleSequence = (text: string): string => `\u001B]2;${text.replace(/\p{Cc}/gu, '')}\u0007`;
