import type { ProviderDefinition } from './provider.ts';
import { azure } from './providers/azure.ts';
import { google } from './providers/google.ts';
import { nfs } from './providers/nfs.ts';
import { s3 } from './providers/s3.ts';

/** The object stores there are, by the names that `pxctl` and answers files give them. In this order they are offered. */
export const providers = {
	s3,
	azure,
	google,
	nfs,
} as const satisfies Readonly<Record<string, ProviderDefinition>>;

export type Provider = keyof typeof providers;

export const providerNames = Object.keys(providers) as readonly Provider[];

export const isProvider = (name: string): name is Provider => Object.hasOwn(providers, name);

/** As people call it. @param endpoint where it is, as far as that is known: not all that speak S3 is Amazon's */
export function providerName(provider: Provider, endpoint = ''): string {
	const { name }: ProviderDefinition = providers[provider];
	return typeof name === 'string' ? name : name(endpoint);
}

/** `s3, azure, google or nfs` */
export const providersInWords = `${providerNames.slice(0, -1).join(', ')} or ${providerNames.at(-1)}`;
