import type { Answers, ObjectStore } from '../answers/answers.ts';
import type { Credential } from '../answers/credential.ts';
import { directionsOf } from '../answers/direction.ts';
import type { Since } from '../answers/provider.ts';
import { type Provider, providers } from '../answers/providers.ts';
import { fieldsWith, readField, type StoreField } from '../answers/store-fields.ts';
import type { World } from '../clusters/ports.ts';
import { type Finding, trouble } from '../words/finding.ts';
import type { Side } from '../words/pair.ts';
import { compareVersions, type Version, versionOf } from '../words/version.ts';
import { type AnswerField, answer, answerFields } from '../words/way.ts';

/** Something that the answers ask of the object store, and the first versions that know it. */
type Wanted = Readonly<{ what: string; field: AnswerField; since: Since }>;

/** Of pxctl, an unknown option is the end of `credentials create`; so versions are compared before anything is created. */
export async function storeFloorFindings(
	world: World,
	side: Side,
	{ objectStore, pair }: Answers,
): Promise<readonly Finding[]> {
	const wanted = wantedOf(objectStore);
	if (wanted.length === 0) {
		return [];
	}
	const { discovery } = world[side];
	const isFrom = directionsOf(pair).some(({ from }) => from === side);
	const [portworx, stork] = await Promise.all([
		discovery.portworx(),
		isFrom && wanted.some(({ since }) => since.stork) ? discovery.stork() : undefined,
	]);
	return wanted.flatMap(each => [
		...tooOld(side, each, 'Portworx', portworx.version, each.since.portworx),
		...tooOld(side, each, 'Stork', stork?.version, each.since.stork),
	]);
}

function wantedOf(store: ObjectStore): readonly Wanted[] {
	if (store.provider === 'none') {
		return [];
	}
	const { label, since } = definitionOf(store.provider);
	return [
		...(since ? [{ what: label, field: 'objectStore.provider', since } as const] : []),
		...fieldsWith(store.provider, Reflect.get(store, 'auth')).flatMap(entry => wantedBy(entry, store)),
	];
}

const definitionOf = (provider: Provider): Readonly<{ label: string; since?: Since }> => providers[provider];

function wantedBy(entry: StoreField, store: Credential): readonly Wanted[] {
	const value = readField(store, entry);
	const { field, name } = entry;
	if (value === undefined || value === false) {
		return [];
	}
	const ofWord = field.kind === 'choice' ? field.optionsSince?.[String(value)] : undefined;
	return [field.since, ofWord]
		.filter(since => since !== undefined)
		.map(since => ({ what: wordsFor(entry, String(value)), field: fieldNamed(name), since }));
}

const wordsFor = ({ field, name }: StoreField, value: string): string =>
	`${'ask' in field && field.ask ? field.ask.short.toLowerCase() : name}${field.kind === 'choice' ? ` ${value}` : ''}`;

const fieldNamed = (name: string): AnswerField =>
	answerFields.find(field => field === `objectStore.${name}`) ?? 'objectStore.provider';

function tooOld(
	side: Side,
	{ what, field }: Wanted,
	program: 'Portworx' | 'Stork',
	version: string | undefined,
	since: Version | undefined,
): readonly Finding[] {
	const found = versionOf(version);
	return found && since && compareVersions(found, since) < 0
		? [
				trouble('error', 'object-store', {
					id: 'store-option-unsupported',
					side,
					title: `${program} on the ${side} is too old for what the answers ask of the object store`,
					evidence: `${what}: needs ${program} ${since.join('.').replace(/\.0$/, '')}; found ${version}`,
					remedies: [
						answer('Do without it, or choose another way to store', field),
						`Or upgrade ${program} there.`,
					],
				}),
			]
		: [];
}
