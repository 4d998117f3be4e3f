import { isDeepStrictEqual } from 'node:util';
import {
	type Cause,
	duplicateValue,
	forbiddenValue,
	invalidValue,
	requiredValue,
	unsupportedValue,
} from '../failures.ts';
import { isRecord, type Json, recordOf } from '../json.ts';

export type Causes = readonly Required<Cause>[];

/** A value, and where it lies. */
export type Place = Readonly<{
	field: string;
	value: unknown;
	/** What holds it, and the items before that, where it is one of a list. */
	holder: Json;
	earlier: readonly Json[];
	/** The whole object, and as it was before an update. */
	object: Json;
	before: Json | undefined;
}>;

export type Check = (place: Place) => Causes;

/** A path from where the rules hold, and what is asked of it: of several checks the first that fails speaks. Rules inside hold from there. */
export type Rules = readonly (readonly [path: string, ...checks: readonly (Check | Rules)[]])[];

type Where = Pick<Place, 'earlier' | 'object' | 'before'> & Readonly<{ prefix: string }>;

export function problemsOf(rules: Rules, object: Json, before: Json | undefined): Causes {
	return problemsAt(rules, object, { prefix: '', earlier: [], object, before });
}

function problemsAt(rules: Rules, holder: Json, where: Where): Causes {
	return rules.flatMap(([path, ...checks]) =>
		placesOf(path, holder, where).flatMap(place => {
			for (const check of checks) {
				const { field, value, earlier } = place;
				const found =
					typeof check === 'function'
						? check(place)
						: problemsAt(check, recordOf(value), { ...where, prefix: `${field}.`, earlier });
				if (found.length > 0) return found;
			}
			return [];
		}),
	);
}

/** `a.b` is one place, `a[*]` as many as there are items. */
function placesOf(path: string, holder: Json, { prefix, earlier, object, before }: Where): readonly Place[] {
	const names = path.replace('[*]', '').split('.');
	const inside = names.slice(0, -1).reduce((value, name) => recordOf(value[name]), holder);
	const value = inside[names.at(-1) ?? ''];
	const field = prefix + names.join('.');
	if (!path.endsWith('[*]')) return [{ field, value, holder: inside, earlier, object, before }];
	const items = Array.isArray(value) ? value : [];
	return items.map((item, index) => ({
		field: `${field}[${index}]`,
		value: item,
		holder: inside,
		earlier: items.slice(0, index).map(recordOf),
		object,
		before,
	}));
}

/** The value of that field before the update. */
export const had = ({ field, before }: Place): unknown =>
	field.split('.').reduce<unknown>((value, name) => recordOf(value)[name], before);

const isAbsent = (value: unknown): boolean =>
	value === undefined || value === '' || value === 0 || isEmpty(value);

const isEmpty = (value: unknown): boolean =>
	Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;

const when =
	(isWrong: (value: unknown, place: Place) => boolean, cause: (place: Place) => Required<Cause>): Check =>
	place =>
		isWrong(place.value, place) ? [cause(place)] : [];

export const required = (why = '') => when(isAbsent, ({ field }) => requiredValue(field, why));

export const oneOf = (...supported: string[]) =>
	when(
		value => !isAbsent(value) && !supported.includes(String(value)),
		({ field, value }) => unsupportedValue(field, JSON.stringify(value), supported),
	);

export const not = (isWrong: (value: unknown, place: Place) => boolean, why: string) =>
	when(isWrong, ({ field, value }) => invalidValue(field, value, why));

export const never = (isWrong: (value: unknown, place: Place) => boolean, why: string) =>
	when(isWrong, ({ field }) => forbiddenValue(field, why));

/** As `oneOf`, where nothing is no answer either. */
export const only = (...supported: string[]) =>
	when(
		value => !supported.includes(String(value ?? '')),
		({ field, value }) => unsupportedValue(field, JSON.stringify(value ?? ''), supported),
	);

/** Each problem that a text has, as the functions of names tell them. */
export const named =
	(problems: (text: string) => readonly string[]): Check =>
	({ field, value }) =>
		isAbsent(value) ? [] : problems(String(value)).map(why => invalidValue(field, value, why));

/** Among the items of its list. */
export const unique: Check = when(
	(value, { field, earlier }) =>
		!isAbsent(value) && earlier.some(item => item[field.split('.').at(-1) ?? ''] === value),
	({ field, value }) => duplicateValue(field, value),
);

export const between = (least: number, most: number) =>
	not(
		value => typeof value === 'number' && (value < least || value > most),
		`must be between ${least} and ${most}, inclusive`,
	);

export const nonNegative = not(value => Number(value) < 0, 'must be greater than or equal to 0');

export const isChanged = (value: unknown, place: Place): boolean =>
	place.before !== undefined && !isDeepStrictEqual(had(place), value);

export const immutable = not(isChanged, 'field is immutable');

/** `rest` is what may not change. */
export const frozenBut = (rest: (value: unknown) => Json, why: string) =>
	never(
		(value, place) => place.before !== undefined && !isDeepStrictEqual(rest(value), rest(had(place))),
		why,
	);
