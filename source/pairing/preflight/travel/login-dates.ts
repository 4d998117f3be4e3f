import type { TokenIssuer, UserFacts } from '../../clusters/login.ts';
import { counted } from '../../words/counted.ts';
import type { Travel, Trouble } from './travel-facts.ts';

/** How long such tokens last, as their issuers' documentation has it. */
const lifetimes: Readonly<Record<TokenIssuer, string>> = {
	openshift: 'is one of oc login, which ends 24 hours after the login unless the cluster says otherwise',
	eks: 'is one of aws eks get-token, which ends after 15 minutes',
	google: 'is an access token of Google, which ends after an hour',
	rancher: 'is one of Rancher, which ends when its TTL set there is over',
};

export function tokenTroubles(user: Extract<UserFacts, { kind: 'token' }>, travel: Travel): Trouble[] {
	const told = dateTroubles('token', undefined, user.until, travel);
	return told.length > 0 || user.issuer === undefined
		? told
		: [
				{
					id: 'login-ending',
					evidence: `the token of the context ${travel.context} ${lifetimes[user.issuer]}`,
				},
			];
}

/** What ends, has ended or has not begun. */
export function dateTroubles(
	what: string,
	from: number | undefined,
	until: number | undefined,
	{ context, now }: Travel,
): Trouble[] {
	const whose = `the ${what} of the context ${context}`;
	if (until !== undefined && until <= now) {
		return [{ id: 'login-ended', evidence: `${whose} expired ${span(now - until)} ago, ${dateOf(until)}` }];
	}
	if (from !== undefined && from > now) {
		return [
			{
				id: 'login-not-yet-valid',
				evidence: `${whose} becomes valid in ${span(from - now)}, ${dateOf(from)}`,
			},
		];
	}
	return until !== undefined && until - now < soon
		? [{ id: 'login-ending', evidence: `${whose} expires in ${span(until - now)}, ${dateOf(until)}` }]
		: [];
}

const anHour = 60 * 60 * 1000;
const soon = 30 * 24 * anHour;

/** Whole hours up to two days, then whole days. */
function span(milliseconds: number): string {
	const hours = Math.floor(milliseconds / anHour);
	const [count, unit] = hours < 48 ? [hours, 'hour'] : [Math.floor(hours / 24), 'day'];
	return count === 0 ? 'less than an hour' : counted(count, unit);
}

export const dateOf = (time: number): string =>
	`${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
