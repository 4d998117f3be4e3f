import { authIn, type Draft } from '../../pairing/answers/draft.ts';
import type { ChoiceField } from '../../pairing/answers/provider.ts';
import { type Provider, providerNames, providers } from '../../pairing/answers/providers.ts';
import { isKeyless, storeField } from '../../pairing/answers/store-fields.ts';
import { known, type Learned } from '../../pairing/clusters/cluster.ts';
import { type Side, sides } from '../../pairing/words/pair.ts';
import { compareVersions, type Version, versionOf } from '../../pairing/words/version.ts';
import type { Facts } from './questions.ts';

type Seen = Readonly<{ draft: Draft; facts: Facts }>;

/** A store, and how Portworx logs in to it without keys. */
export type Keyless = Readonly<{ store: Provider; auth: string }>;

const ways: readonly (Keyless & Readonly<{ field: ChoiceField }>)[] = providerNames.flatMap(store => {
	const entry = storeField(`${store}.auth`);
	return entry?.kind === 'choice'
		? Object.keys(entry.field.options)
				.filter(isKeyless)
				.map(auth => ({ store, auth, field: entry.field }))
		: [];
});

const stores: readonly Provider[] = [...new Set(ways.map(({ store }) => store))];

/** What the list of stores has for all that need no keys. */
export const keylessOption = {
	id: 'keyless',
	label: 'Without keys',
	description: `${stores.map(shortLabel).join(', ')}: with an IAM role, a managed identity or a workload identity.`,
} as const;

export const keylessOptions = (seen: Seen) =>
	ways.map(({ store, auth, field }) => ({
		id: idOf({ store, auth }),
		label: `${shortLabel(store)}: ${auth}`,
		description: [field.options[auth], tooOldFor(field, auth, seen)].filter(Boolean).join(' '),
	}));

/** The way that is chosen already, else the first for where the clusters stand. */
export function keylessChosen(draft: Draft, near: Provider): string {
	const auth = authIn(draft);
	const chosen =
		ways.find(way => way.store === draft.store && way.auth === auth) ?? ways.find(way => way.store === near);
	return chosen ? idOf(chosen) : '';
}

export function keylessNamed(id: string): Keyless | undefined {
	const way = ways.find(each => idOf(each) === id);
	return way && { store: way.store, auth: way.auth };
}

const idOf = ({ store, auth }: Keyless): string => `${store}.${auth}`;

function shortLabel(store: Provider): string {
	return providers[store].label.replace(/,.*/, '');
}

/** Which of the versions found do not know a word; empty where all do, or none was found. */
export function tooOldFor(field: ChoiceField, word: string, { draft, facts }: Seen): string {
	const since = field.optionsSince?.[word];
	const storks = sides.filter(side => side === 'source' || draft.bothWays);
	const old = [
		...older('Portworx', since?.portworx, sides, side => facts[side].portworx),
		...older('Stork', since?.stork, storks, side => facts[side].stork),
	];
	return old.length === 0 ? '' : `Too old for it: ${old.join(', ')}.`;
}

function older(
	program: string,
	least: Version | undefined,
	on: readonly Side[],
	factsOf: (side: Side) => Learned<Readonly<{ version?: string }>> | undefined,
): readonly string[] {
	const found = on.flatMap(side => {
		const facts = factsOf(side);
		const version = facts && known(facts)?.version;
		const number = versionOf(version);
		return number && least && compareVersions(number, least) < 0
			? [{ what: `${program} ${version}`, side }]
			: [];
	});
	const [one, other] = found;
	return one && one.what === other?.what
		? [`${one.what} on both`]
		: found.map(({ what, side }) => `${what} on the ${side}`);
}
