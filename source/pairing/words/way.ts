import type { ShellLine } from './command.ts';
import { outsideText } from './outside-text.ts';

/** What may be done about a problem. With a way, each face says in its own terms how it is done there. */
export type Remedy = string | Advice;

/** `what` is imperative, and has no full stop: the face puts the way behind it. */
export type Advice = Readonly<{ what: string; way: Way }>;

export type Way =
	/** Give another answer, to the one of these that is asked here; `value` where only that one helps. */
	| Readonly<{ kind: 'answer'; fields: readonly [AnswerField, ...AnswerField[]]; value?: string }>
	/** Use a ServiceAccount for the pair. `replaces`: the pair exists, with another login. */
	| Readonly<{ kind: 'use-account'; replaces?: true }>
	/** What to do with an existing object that is not as planned. */
	| Readonly<{ kind: 'existing'; subject: 'credential' | 'pair'; policy: 'keep' | 'replace' }>
	/** The same again, once `what` is done. */
	| Readonly<{ kind: 'retry' }>
	/** Start pxpair again with these flags, or with that variable set. */
	| Readonly<{ kind: 'start'; flags: string; variable?: string }>
	/** To be pasted into a shell. */
	| Readonly<{ kind: 'command'; command: ShellLine }>;

/** Fields of an answers file that ways name. */
export const answerFields = [
	'source.context',
	'destination.context',
	'location',
	'objectStore.provider',
	'objectStore.auth',
	'objectStore.accessKeyId',
	'objectStore.secretAccessKey',
	'objectStore.region',
	'objectStore.endpoint',
	'objectStore.storageClass',
	'objectStore.disableSsl',
	'objectStore.disablePathStyle',
	'objectStore.sse',
	'objectStore.useProxy',
	'objectStore.bucket',
	'objectStore.encryptionPassphrase',
	'objectStore.accountName',
	'objectStore.accountKey',
	'objectStore.jsonKeyFile',
	'objectStore.environment',
	'objectStore.server',
	'objectStore.exportPath',
	'objectStore.subPath',
	'objectStore.mountOptions',
	'pair.name',
	'pair.namespace',
	'pair.mode',
	'pair.server',
	'pair.endpoint',
	'pair.back.server',
	'pair.back.endpoint',
] as const;
export type AnswerField = (typeof answerFields)[number];

export const answer = (what: string, field: AnswerField, value?: string): Advice => ({
	what,
	way: { kind: 'answer', fields: [field], ...(value !== undefined && { value }) },
});

/** The same where each store calls it by another name. */
export const answerOneOf = (what: string, ...fields: readonly [AnswerField, ...AnswerField[]]): Advice => ({
	what,
	way: { kind: 'answer', fields },
});

export const keep = (what: string, subject: 'credential' | 'pair'): Advice => ({
	what,
	way: { kind: 'existing', subject, policy: 'keep' },
});

export const replace = (what: string, subject: 'credential' | 'pair'): Advice => ({
	what,
	way: { kind: 'existing', subject, policy: 'replace' },
});

export const thenRetry = (what: string): Advice => ({ what, way: { kind: 'retry' } });

export const startWith = (what: string, flags: string, variable?: string): Advice => ({
	what,
	way: { kind: 'start', flags, ...(variable !== undefined && { variable }) },
});

export const command = (what: string, line: ShellLine): Advice => ({
	what,
	way: { kind: 'command', command: line },
});

/** A command that would have to be cut is left out: half of it is another one. */
export const cleanRemedy = (remedy: Remedy): Remedy =>
	typeof remedy === 'string'
		? outsideText(remedy)
		: remedy.way.kind === 'command' && remedy.way.command.length > mostOfACommand
			? outsideText(`${remedy.what}.`)
			: { ...remedy, what: outsideText(remedy.what) };

/** Characters. */
const mostOfACommand = 4000;

/** The first command that helps, to be copied. */
export const commandOf = (remedies: readonly Remedy[]): string | undefined =>
	remedies.flatMap(remedy =>
		typeof remedy !== 'string' && remedy.way.kind === 'command' ? remedy.way.command : [],
	)[0];

/** How a face says a way, to stand behind what it is about. undefined: it cannot be taken there. */
export type WayWords = (way: Way) => string | undefined;

/** A remedy as a face says it. A command is alone on the last line, to be copied. */
export function remedyLines(remedy: Remedy, words: WayWords): readonly string[] {
	if (typeof remedy === 'string') {
		return [remedy];
	}
	const { what, way } = remedy;
	const how = words(way);
	if (how !== undefined) {
		return [`${what}${way.kind === 'retry' ? ', then ' : ': '}${how}.`];
	}
	switch (way.kind) {
		case 'command':
			return [`${what}:`, way.command];
		case 'start':
			return [`${what}:`, `pxpair ${way.flags}`];
		default:
			return [`${what}.`];
	}
}
