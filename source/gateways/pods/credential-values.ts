import { bucketTrait, endpointTrait } from '../../pairing/cluster-pair/credential-traits.ts';

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
