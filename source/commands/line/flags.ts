import { outsideText } from '../../pairing/words/outside-text.ts';

/** What is wrong with a command line, and what to write instead. */
export class Mistake {
	readonly command = 'mistake';
	readonly message: string;
	/** Where it says how it is written. */
	readonly help: string;
	constructor(message: string, help = 'pxpair --help') {
		this.message = outsideText(message);
		this.help = help;
	}
	/** Of a command that has a help of its own. */
	in(command: string): Mistake {
		return new Mistake(this.message, `pxpair help ${command}`);
	}
}

/** What can stand in a place of the command line; files are left to the shell. */
export type Suggestion = 'commands' | 'contexts' | 'runs' | 'scenarios' | 'subjects' | readonly string[];

/** One flag: the parser, its help and its completion are made from this. */
export type Flag = Readonly<
	{
		short?: string;
		/** Its line in the help. Without one it is listed among the others. */
		does?: string;
		/** Told of by another flag's line. */
		isUnlisted?: boolean;
	} & (
		| { type: 'boolean' /** `--practice=NAME` is `--practice --scenario=NAME`. */; joins?: string }
		| {
				type: 'string';
				/** What the help calls its value. */
				value: string;
				suggest?: Suggestion;
				/** From what was typed to what the command is given. */
				read?(text: string): unknown;
		  }
	)
>;

export type Flags = Readonly<Record<string, Flag>>;

/** What a command is given of its flags, by their names in camel case. */
export type Values<F extends Flags> = {
	readonly [Name in keyof F as CamelCase<Name & string>]: ValueOf<F[Name]>;
};

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
	? `${Head}${Capitalize<CamelCase<Tail>>}`
	: Name;

type ValueOf<F extends Flag> = F extends { type: 'boolean' }
	? boolean
	: F extends { read(text: string): infer Value }
		? Exclude<Value, Mistake> | undefined
		: string | undefined;

/** As `node:util` reads them. */
export type Raw = Readonly<Record<string, unknown>>;

export function valuesOf<F extends Flags>(flags: F, raw: Raw): Values<F> | Mistake {
	const values = Object.entries(flags).map(([name, flag]) => [camelCase(name), valueFrom(flag, raw[name])]);
	const wrong = values.map(([, value]) => value).find(value => value instanceof Mistake);
	return wrong ?? (Object.fromEntries(values) as Values<F>);
}

function valueFrom(flag: Flag, raw: unknown): unknown {
	if (flag.type === 'boolean') {
		return raw === true;
	}
	return typeof raw !== 'string' ? undefined : flag.read ? flag.read(raw) : raw;
}

const camelCase = (name: string): string =>
	name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The same flags, listed without their lines: where another command's help tells what they do. */
export const inBrief = <F extends Flags>(flags: F): F =>
	Object.fromEntries(Object.entries(flags).map(([name, { does, ...flag }]) => [name, flag])) as Flags as F;
