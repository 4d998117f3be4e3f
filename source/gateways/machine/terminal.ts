/** A program that has the terminal, as it is told while it is waited for. */
export type Borrower = Readonly<{
	/** `the login plugin kubelogin of the source cluster (east)` */
	who: string;
	/** How long it may take. */
	seconds: number;
}>;

/** The person's terminal, for programs that ask something. One of them has it at a time. */
export type Terminal = Readonly<{
	/** `screen`: something is drawn there that has to make room, so only a program that cannot do without gets it. */
	shows(): 'lines' | 'screen';
	lend<T>(borrower: Borrower, use: () => Promise<T>): Promise<T>;
}>;

/** Programs that ask end with their question as the last words, or say that there is no one to ask. */
const prompts =
	/\b(password|passphrase|user ?name|login|code|pin|otp)\b[^\n]*[:?]\s*$|\bEOF(Error)?\b|inappropriate ioctl|(not a|no|without a) (tty|terminal)|\/dev\/tty\b/i;

export const asksForInput = (stderr: string): boolean => prompts.test(stderr.slice(-4000));
