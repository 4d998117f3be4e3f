import type { PxctlSettings } from './settings.ts';

/** What the practice stores refuse: one rule for the pretend `pxctl` and for requests over the network. */
export type Refused = Readonly<{
	/** Access key ID, account or project. */
	isAccount(account: string): boolean;
	/** Exactly this one: from a signature nothing else could be told. Of Google, the ID of a private key. */
	secret: string;
}>;

export const refusedBy = ({
	storeRefuses,
	refusedSecret = 'WRONG',
}: Pick<PxctlSettings, 'storeRefuses' | 'refusedSecret'>): Refused => ({
	isAccount: account =>
		storeRefuses === '*' || account.includes('WRONG') || (account !== '' && account === storeRefuses),
	secret: refusedSecret,
});
