import {
	bucketTrait,
	endpointTrait,
	type Trait,
	type Traits,
} from '../../pairing/cluster-pair/credential-traits.ts';

/** What pxctl writes where there is nothing. */
export const isNothing = (value: string): boolean => /^(<nil>|nil|null|none|n\/a|-|)$/i.test(value);

/** An ID that pxctl shows in part is not one to compare. */
export const whole = (value: string): string | undefined =>
	isNothing(value) || /[*…]|\.\.\./.test(value) ? undefined : value;

export const endpointOf = (value: string): string | undefined =>
	whole(value) === undefined ? undefined : endpointTrait(value);

/** Nothing is a bucket of Portworx's own. */
export const bucketOf = (value: string): string | undefined =>
	isNothing(value) ? '' : whole(value) && bucketTrait(value);

export const yesOrNo = (value: string): 'yes' | 'no' | undefined =>
	/^(true|yes|enabled)$/i.test(value) ? 'yes' : /^(false|no|disabled)$/i.test(value) ? 'no' : undefined;

export const providerNamed = (name: string): string | undefined =>
	Object.hasOwn(providers, name.toLowerCase()) ? providers[name.toLowerCase()] : undefined;

const providers: Readonly<Record<string, string | undefined>> = {
	s3: 's3',
	aws: 's3',
	amazon: 's3',
	google: 'google',
	gcs: 'google',
	gce: 'google',
	azure: 'azure',
	nfs: 'nfs',
};

/** Which trait a name is of, and how its value is read. */
export type Reader = readonly [Trait, (value: string) => string | undefined];

/** What is not understood is not compared. */
export const traitsBy = (
	readers: Readonly<Record<string, Reader>>,
	named: readonly (readonly [name: string, value: string | undefined])[],
): Traits =>
	Object.fromEntries(
		named.flatMap(([name, value]) => {
			const [trait, read] = (Object.hasOwn(readers, name) && readers[name]) || [];
			const seen = value === undefined ? undefined : read?.(value);
			return trait && seen !== undefined ? [[trait, seen]] : [];
		}),
	);
