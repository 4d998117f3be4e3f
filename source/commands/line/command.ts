import type { ExitCode } from './exit-code.ts';
import { type Flags, Mistake, type Raw, type Suggestion, type Values, valuesOf } from './flags.ts';
import type { Host } from './host.ts';

/** What a command is, once: the parser, the help, the completion and the start of its work are made from this. */
type Parts<F extends Flags, Request extends object> = Entry<F> &
	Readonly<{
		/** From flags and word to what the command is given. */
		read(values: Values<F>, word: string | undefined): Request | Mistake;
		/** Its work, in a module of its own, loaded when it is asked for. */
		load(): Promise<(host: Host, request: Request) => ExitCode | Promise<ExitCode>>;
		/** Whether what it prints is read by a program, or kept in a file, as it is. */
		isForPrograms?(request: Request): boolean;
	}>;

type Entry<F extends Flags> = Readonly<{
	name: string;
	/** How it is called, where that is not its name and its word. */
	usage?: string;
	/** Its line in the list of commands. */
	summary: string;
	/** The one word it takes. */
	takes?: Readonly<{
		/** In brackets when it may be left out. */
		name: string;
		about?: string;
		suggest?(words: readonly string[]): Suggestion | undefined;
	}>;
	flags: F;
	help: Readonly<{
		/** Other ways to call it. */
		or?: readonly string[];
		/** One paragraph. */
		about: string;
		/** What its exit codes mean. */
		exit?: string;
		/** One that can be typed. */
		example: string;
	}>;
	/** The first Ctrl-C sees a change through. `in-lines`: only without a terminal, where no screen says so. */
	seesThrough?: 'always' | 'in-lines';
}>;

export type Command = Entry<Flags> &
	Readonly<{ read(raw: Raw, word: string | undefined): Asked | HelpAsked | Mistake }>;

export type HelpAsked = Readonly<{ command: 'help'; topic: string | undefined }>;

/** A command with all that it is given. */
export type Asked = Readonly<{
	command: 'asked';
	name: string;
	request: object;
	isForPrograms: boolean;
	seesThrough?: Command['seesThrough'];
	begin(host: Host): Promise<ExitCode>;
}>;

export function command<F extends Flags, Request extends object>({
	read,
	load,
	isForPrograms = request => 'json' in request && request.json === true,
	...entry
}: Parts<F, Request>): Command {
	return {
		...entry,
		read(raw, word) {
			const values = valuesOf(entry.flags, raw);
			const request = values instanceof Mistake ? values : read(values, word);
			return request instanceof Mistake
				? request
				: {
						command: 'asked',
						name: entry.name,
						request,
						isForPrograms: isForPrograms(request),
						...(entry.seesThrough && { seesThrough: entry.seesThrough }),
						begin: async host => (await load())(host, request),
					};
		},
	};
}
