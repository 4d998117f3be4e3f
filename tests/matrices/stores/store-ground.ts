import { asRecord, isRecord, parseJson, textIn } from '../../../source/pairing/words/json.ts';
import type { StoredCredential } from '../../../source/practice/pxctl/state.ts';
import { resources } from '../../../source/practice/resources.ts';
import type { ExactGround } from '../undo/exact-ground.ts';
import type { Aspect } from './store-cells.ts';

export type Store = ExactGround & Readonly<{ planned: Readonly<Record<Side, StoredCredential>> }>;
export type Side = 'east' | 'west';
export const sides = ['east', 'west'] as const;

export const readable: ReadonlySet<Aspect> = new Set(['provider', 'account', 'region', 'endpoint', 'bucket']);

export const words: Readonly<Record<Aspect, string>> = {
	provider: 'provider',
	account: 'access key ID or account',
	secret: 'secret',
	region: 'region',
	endpoint: 'endpoint',
	bucket: 'bucket',
	token: 'token',
};

/** Each finding, or each event of a run, that is about a credential. */
export function findingsIn(out: string): readonly string[] {
	const whole = parseJson(out);
	const told = isRecord(whole)
		? Object.values(whole).flatMap(value =>
				Array.isArray(value) ? value.map(each => JSON.stringify(each)) : [],
			)
		: out.split('\n');
	return told.filter(text => /credential|clusterPair_/.test(text));
}

export const credentialsOf = ({ practice: { clusters } }: Store): string =>
	JSON.stringify(sides.map(side => clusters[side].credentials()));

export const tokenInPair = ({ practice: { clusters } }: Store): string => {
	const [pair] = clusters.east.store.list(resources.clusterpairs);
	return textIn(asRecord(asRecord(pair?.spec).options).token);
};

export function notReplaced({ practice: { clusters }, planned }: Store, account?: string): readonly string[] {
	return sides.flatMap(side => {
		const [found, ...others] = clusters[side].credentials();
		const { uuid: _was, ...wanted } = planned[side];
		const { uuid: _is, ...now } = found ?? {};
		const asked =
			account === undefined ? wanted : { ...wanted, account, fingerprint: found?.fingerprint ?? '' };
		const isSecretNew = account === undefined || found?.fingerprint !== wanted.fingerprint;
		return others.length === 0 && isSecretNew && JSON.stringify(now) === JSON.stringify(asked)
			? []
			: [`not replaced on ${side}: ${JSON.stringify(now)}`];
	});
}
