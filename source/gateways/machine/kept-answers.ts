import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { locations, logins } from '../../pairing/answers/answers.ts';
import { type Draft, emptyDraft, pairFields } from '../../pairing/answers/draft.ts';
import { isProvider } from '../../pairing/answers/providers.ts';
import { storeField } from '../../pairing/answers/store-fields.ts';
import type { Environment } from '../../pairing/words/environment.ts';
import { attempt, defined } from '../../pairing/words/json.ts';
import { outsideText } from '../../pairing/words/outside-text.ts';
import { readBoundedFile } from './read-bounded-file.ts';
import { replacePrivateFile } from './replace-file.ts';
import { keptAnswersPath } from './runs-folder.ts';

export type KeptAnswers = Readonly<{ at: Date; draft: Draft }>;

/** Milliseconds. What is older is about clusters that have changed. */
const longestKept = 7 * 24 * 3_600_000;
const mostCharacters = 64 * 1024;

/** Shown in a terminal, no matter who wrote the file. */
const line = z
	.string()
	.max(4096)
	.transform((text): string => outsideText(text));
const side = z.object({ source: line.optional(), destination: line.optional() });

/** What to do with existing objects is decided each time, so it is not here; nor is anything secret. */
const shape = z.object({
	schema: z.literal('pxpair.kept-answers/v1'),
	at: z.iso.datetime(),
	contexts: side,
	kubeconfigs: side,
	location: z.enum(locations),
	store: z
		.string()
		.refine(name => name === 'none' || isProvider(name))
		.optional(),
	texts: z.record(z.string().max(100), line),
	login: z.enum(logins).optional(),
	bothWays: z.boolean().optional(),
	storage: z.enum(['paired', 'none']),
});

/** @returns undefined for none, and for what is too old, too large or not of this shape */
export async function readKeptAnswers(environment: Environment, now: Date): Promise<KeptAnswers | undefined> {
	const text = await readBoundedFile(keptAnswersPath(environment)).catch(() => '');
	const { data } = shape.safeParse(
		text.length > mostCharacters ? undefined : attempt(() => JSON.parse(text)),
	);
	const age = data ? now.getTime() - Date.parse(data.at) : Number.NaN;
	if (data === undefined || !(age >= 0 && age < longestKept)) {
		return undefined;
	}
	const { contexts, kubeconfigs, location, texts, login, bothWays, storage } = data;
	const store =
		data.store === undefined || data.store === 'none' || isProvider(data.store) ? data.store : undefined;
	return {
		at: new Date(data.at),
		draft: {
			...emptyDraft,
			source: contexts.source,
			destination: contexts.destination,
			kubeconfigs: defined(kubeconfigs),
			location,
			store,
			texts: Object.fromEntries(Object.entries(texts).filter(([id]) => isText(id))),
			login,
			bothWays,
			storage,
		},
	};
}

/** Without secrets. @returns whether they are kept */
export async function keepAnswers(environment: Environment, draft: Draft, now: Date): Promise<boolean> {
	const { source, destination, kubeconfigs, location, store, login, bothWays, storage } = draft;
	const kept = {
		schema: 'pxpair.kept-answers/v1',
		at: now.toISOString(),
		contexts: defined({ source, destination }),
		kubeconfigs,
		location,
		...defined({ store, login, bothWays }),
		storage,
		texts: harmlessTexts(draft),
	} satisfies z.input<typeof shape>;
	const text = JSON.stringify(kept);
	const path = keptAnswersPath(environment);
	return text.length <= mostCharacters && (await replacePrivateFile(dirname(path), path, text)) === undefined;
}

export const forgetAnswers = (environment: Environment): Promise<void> =>
	rm(keptAnswersPath(environment), { force: true }).catch(() => {});

/** A secret may have been typed into the wrong field, and an address may hold a password. */
function harmlessTexts({ texts, secrets }: Draft): Record<string, string> {
	const hidden = Object.values(secrets)
		.map(secret => secret?.reveal() ?? '')
		.filter(text => text.length > 0);
	return Object.fromEntries(
		Object.entries(texts).filter(
			([id, text]) =>
				isText(id) &&
				!hidden.some(secret => text.includes(secret) || (text.length > 3 && secret.includes(text))) &&
				!/\/\/[^/]*@/.test(text) &&
				!looksRandom(text),
		),
	);
}

/** Long, of letters in both cases and digits, without a word's hyphens and dots: a key rather than a name. */
const looksRandom = (text: string): boolean =>
	text.length >= 16 && /^[A-Za-z0-9+/=_]+$/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);

const isText = (id: string): boolean => {
	const kind = storeField(id)?.kind;
	return (
		pairFields.some(field => field === id) || kind === 'text' || kind === 'choice' || kind === 'key-file'
	);
};
