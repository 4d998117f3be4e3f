import type { Secret } from '../words/secret.ts';

/**
 * What an object store is to pxpair, as plain data: how it is offered, what has to be known of it, and how `pxctl` is told. All else
 * (types, questions, answers files and their schema, records, runbooks) is made from this.
 */
export type ProviderDefinition = Readonly<{
	/** As the wizard offers it. */
	label: string;
	description: string;
	/** By their names in an answers file. In this order they are asked for, and given to `pxctl credentials create`. */
	fields: Readonly<Record<string, Field>>;
}>;

export type Field = TextField | SecretField | ChoiceField | SwitchField | KeyFileField;

type Common = Readonly<{
	/** As `pxctl credentials create` calls it. */
	flag: `--${string}`;
	/** Variables that may hold it: the wizard offers what they hold, and never takes it silently. */
	environment?: readonly string[];
}>;

/** What can't be left out has to be asked for; what can, and is not asked for, only an answers file says. */
type MayBeOptional<Ask> = Readonly<{ optional?: false; ask: Ask } | { optional: true; ask?: Ask }>;

/** One line that anybody may see. */
export type TextField = Common &
	MayBeOptional<
		Question &
			Readonly<{
				/** What is there before anybody types. Without one, it has to be asked for. */
				suggestion?: string | ((found: Surroundings) => string);
				/** What is said, in place of what an answers file allows, about one that does not go by the rule. */
				wrong?: string | ((value: string) => string);
			}>
	> &
	Readonly<{
		kind: 'text';
		/** Without it, any line will do. */
		accepts?: RegExp | ((value: string) => boolean);
		/** Completes "allowed: …". */
		allowed: string;
	}>;

/** One line that no one may see: a reference in an answers file, dots everywhere else. */
export type SecretField = Common &
	MayBeOptional<
		Question &
			Readonly<{
				/** A first Enter on a value that looks like something else only asks whether it is right. */
				doubt?: (value: string) => string | undefined;
			}>
	> &
	Readonly<{
		kind: 'secret';
		/** A run that was typed in is gone on with, or repeated, with what the first of them holds. */
		environment: readonly [string, ...string[]];
	}>;

/** One of a few words. */
export type ChoiceField = Common &
	MayBeOptional<
		Readonly<{
			short: string;
			question: string;
			help: readonly string[];
			/** The option that leaves it out. */
			none?: Readonly<{ label: string; description: string }>;
		}>
	> &
	Readonly<{
		kind: 'choice';
		/** Each with what is said of it. */
		options: Readonly<Record<string, string>>;
	}>;

/** A flag without a value; only an answers file can say it. */
export type SwitchField = Common & Readonly<{ kind: 'switch' }>;

/** A file on this machine that `pxctl` reads in the pod. Its content is a secret. */
export type KeyFileField = Common &
	Readonly<{
		kind: 'key-file';
		/** What the content is called in a credential: `jsonKey` is what lies in a `jsonKeyFile`. */
		content: string;
		allowed: string;
		/** What is wrong with a content, without repeating anything of it. */
		mistake: (content: Secret) => string | undefined;
		/** What is said of one that will do. */
		fine: string;
		/** What to say, and do, when it is refused. */
		refusal: Readonly<{ title: string; remedy: string }>;
		ask: Question;
	}>;

export type Question = Readonly<{
	/** In a few words, for lists of answers. */
	short: string;
	question: string;
	/** What it is. */
	what: string;
	/** Where to find it. */
	where: string;
	example: string;
	/** Something made up that the practice clusters take. */
	practice?: string;
}>;

/** What was found out about clusters that stand where people use this store. */
export type Surroundings = Readonly<{
	/** There are such clusters. */
	isNear: boolean;
	region: string | undefined;
	projectId: string | undefined;
}>;

/** A bucket that exists already; without it, Portworx makes one named after the cluster. */
export const bucket = {
	kind: 'text',
	flag: '--bucket',
	optional: true,
	allowed: 'the name of a bucket that exists',
} as const satisfies Field;
