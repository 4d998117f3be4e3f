import type { Secret } from '../words/secret.ts';
import type { Version } from '../words/version.ts';

/**
 * What an object store is to pxpair, as plain data: how it is offered, what has to be known of it, and how `pxctl` is told. All else
 * (types, questions, answers files and their schema, records, runbooks) is made from this.
 */
export type ProviderDefinition = Readonly<{
	/** As the wizard offers it. */
	label: string;
	/** As it is called once it is chosen, wherever a person reads of it. @param endpoint empty where it is not known */
	name: string | ((endpoint: string) => string);
	description: string;
	/** By their names in an answers file. In this order they are asked for, and given to `pxctl credentials create`. */
	fields: Readonly<Record<string, Field>>;
	/** Where it has a key: how that is spoken of when the store refuses it. */
	key?: KeyWords;
	/** The first versions that know this kind of store. */
	since?: Since;
}>;

export type KeyWords = Readonly<{
	/** The fields that say whose key it is, and prove it: they are called as they are asked for. */
	identity: string;
	secret: string;
	/** Both together, and who has them. */
	whole: string;
	holder: string;
	/** What has to be so of the holder. Completes "Check …, and". */
	belongs: string;
	/** Why it may have ended, if it can. */
	ends?: string;
	/** How it gets the permissions that Portworx needs. */
	grant: string;
}>;

/** The first versions that know something. */
export type Since = Readonly<{ portworx: Version; stork?: Version }>;

export type Field = TextField | SecretField | ChoiceField | SwitchField | KeyFileField;

type Common = Readonly<{
	/** As `pxctl credentials create` calls it. */
	flag: Flag;
	/** Variables that may hold it: the wizard offers what they hold, and never takes it silently. */
	environment?: readonly string[];
	/** Part of a key: not given where Portworx logs in to the store without one (`auth`). */
	ofKey?: true;
	since?: Since;
}>;

export type Flag = `--${string}`;

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
		/** An answers file may give it as a number. */
		isNumber?: true;
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
		/** Words with blanks between them are as good as any. */
		isPhrase?: true;
		/** `pxctl credentials list` shows it: what is stored can be compared with it. */
		isListed?: true;
		/** A run that was typed in is gone on with, or repeated, with what the first of them holds. */
		environment: readonly [string, ...string[]];
	}>;

/** One of a few words. */
export type ChoiceField = Omit<Common, 'flag'> &
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
		/** The option that leaving it out amounts to, where there is one. */
		usual?: string;
		/** Where not all options are there from the same version on. */
		optionsSince?: Readonly<Record<string, Since>>;
	}> &
	/** The flag that takes the word, or a flag for each word; a word without one is not told to pxctl. */
	Readonly<{ flag: Flag } | { flags: Readonly<Record<string, Flag>> }>;

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
	/** What it means to leave it out, in a few words. */
	empty?: string;
	/** Something made up that the practice clusters take. */
	practice?: string;
}>;

/** What was found about clusters that are where people use this store. */
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
	ask: {
		short: 'Bucket',
		empty: 'created by Portworx',
		question: 'Which bucket should Portworx use?',
		what: 'A bucket or container that exists. Empty: Portworx creates one, named after its cluster.',
		where:
			'Needed if the key may not create buckets. The check writes, reads and deletes a small object in it.',
		example: 'portworx-migrations',
	},
} as const satisfies Field;

/** What Portworx encrypts the data with before it leaves the cluster: the same on both, or the destination can't read it. */
export const encryptionPassphrase = {
	kind: 'secret',
	flag: '--encryption-passphrase',
	optional: true,
	isPhrase: true,
	environment: ['PXPAIR_ENCRYPTION_PASSPHRASE'],
	ask: {
		short: 'Passphrase',
		empty: 'not encrypted',
		question: 'With which passphrase should Portworx encrypt the data?',
		what: 'Portworx encrypts the data in the store with it. Both clusters get the same one. Empty: not encrypted.',
		where: 'Any words. Without it the data in the store cannot be read, so keep it.',
		example: 'several words that no one guesses',
	},
} as const satisfies Field;

/** How Portworx logs in to the store: the choice that stores without keys have, under the name `auth`. */
export const authQuestion = {
	short: 'Store login',
	question: 'How should Portworx log in to the object store?',
	help: ['Without keys, Portworx uses an identity that the cloud gives its nodes or pods, on both clusters.'],
} as const;

/** What is meant where no one says how Portworx logs in. */
export const withKeys = 'keys';
