import type { PairAnswers } from '../../answers/answers.ts';
import type { Direction } from '../../answers/direction.ts';
import type { StorkFacts } from '../../clusters/cluster.ts';
import type { LoginFacts, TokenIssuer, UserFacts } from '../../clusters/login.ts';
import { docs } from '../../words/docs.ts';
import { type Finding, fact } from '../../words/finding.ts';
import { clusterProblem } from '../../words/problem.ts';
import type { Remedy } from '../../words/way.ts';
import { hostPort, isOnlyHere } from './address.ts';
import { explanations, type LoginTrouble } from './login-explanations.ts';
import { isOlder, pluginFor } from './login-plugins.ts';
import type { Reached } from './way.ts';

/** What is known besides the kubeconfig entry, which is that of `context` on `way.to`. */
export type Travel = Readonly<{
	way: Direction;
	context: string;
	/** The answers for this direction. */
	pair: PairAnswers;
	/** Of `way.from`: it logs in. undefined when nothing is known of it. */
	stork: StorkFacts | undefined;
	/** Milliseconds since 1970. */
	now: number;
	/** Whether the API server answered a pod of `way.from` at the address that travels. */
	reached: Reached;
}>;

/** What comes of a kubeconfig entry once Stork uses it on the other cluster, in a pod of its own. */
export function travellingLoginFindings(login: LoginFacts, travel: Travel): readonly Finding[] {
	const { way, pair } = travel;
	const withLogin = pair.login === 'context' ? loginTroubles(login, travel) : [];
	const troubles = [...addressTroubles(login, travel), ...trustTroubles(login, travel), ...withLogin];
	return [
		...troubles.map(trouble => findingOf(trouble, travel)),
		...(pair.login === 'service-account'
			? [fact('login', 'login-service-account', way.to, tellAccount(travel))]
			: withLogin.length === 0
				? [fact('login', 'login-own', way.to, tellOwn(login.user, travel))]
				: []),
	];
}

type Trouble = Readonly<{ id: LoginTrouble; evidence: string; remedies?: readonly Remedy[] }>;

function addressTroubles({ server, proxy }: LoginFacts, { pair, context, reached }: Travel): Trouble[] {
	const triedInVain = reached === 'no' ? ", which Portworx pods there can't resolve" : '';
	const only: Trouble = {
		id: 'server-only-here',
		evidence: `context ${context}: ${hostPort(server)}${triedInVain}`,
	};
	const between: Trouble[] =
		proxy === undefined
			? []
			: [
					{
						id: isOnlyHere(`http://${proxy}`) ? 'login-proxy-only-here' : 'login-proxy',
						evidence: `context ${context}: proxy-url is ${proxy}`,
					},
				];
	return isOnlyHere(server) && !pair.server && reached !== 'yes' ? [only, ...between] : between;
}

function trustTroubles({ server, ca }: LoginFacts, { pair, context }: Travel): Trouble[] {
	const address = pair.server ?? server;
	const evidence = `context ${context}: ${hostPort(address)}`;
	if (address.startsWith('http:')) {
		return [{ id: 'login-unencrypted', evidence: `${evidence}, http: no credentials are sent over it` }];
	}
	switch (ca.kind) {
		case 'own':
			return [];
		case 'system':
			return [{ id: 'login-no-ca', evidence: `${evidence}, no certificate-authority` }];
		case 'unchecked':
			return [{ id: 'login-unchecked', evidence: `${evidence}, insecure-skip-tls-verify` }];
	}
}

function loginTroubles({ user, actsAs, refused }: LoginFacts, travel: Travel): Trouble[] {
	const whose = `context ${travel.context}`;
	return [
		...(refused === undefined ? [] : [{ id: 'login-refused', evidence: `${whose}: ${refused}` } as const]),
		...userTroubles(user, travel),
		...(actsAs === undefined ? [] : [{ id: 'login-acts-as', evidence: `${whose}: as ${actsAs}` } as const]),
	];
}

function userTroubles(user: UserFacts, travel: Travel): Trouble[] {
	const whose = `context ${travel.context}`;
	switch (user.kind) {
		case 'exec':
			return pluginTroubles(user, travel);
		case 'auth-provider':
			return [openIdTrouble(user, travel)];
		case 'password':
			return [{ id: 'login-unsupported', evidence: `${whose}: a name and a password` }];
		case 'none':
			return [{ id: 'login-none', evidence: `${whose}: its user has no token, certificate or plugin` }];
		case 'token':
			return tokenTroubles(user, travel);
		case 'certificate':
			return dateTroubles('client certificate', user.from, user.until, travel);
	}
}

/** How long such tokens last, as their issuers' documentation has it. */
const lifetimes: Readonly<Record<TokenIssuer, string>> = {
	openshift: 'is one of oc login, which ends 24 hours after the login unless the cluster says otherwise',
	eks: 'is one of aws eks get-token, which ends after 15 minutes',
	google: 'is an access token of Google, which ends after an hour',
	rancher: 'is one of Rancher, which ends when its TTL set there is over',
};

function tokenTroubles(user: Extract<UserFacts, { kind: 'token' }>, travel: Travel): Trouble[] {
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

/** Stork's client has it built in (cmd/stork/stork.go imports all of client-go's), and no other provider is let through here. */
function openIdTrouble(
	{ until, renews }: Extract<UserFacts, { kind: 'auth-provider' }>,
	travel: Travel,
): Trouble {
	const [ended] = renews ? [] : dateTroubles('id-token', undefined, until ?? 0, travel);
	if (ended?.id === 'login-ended') {
		return ended;
	}
	const ends = until === undefined ? '' : `, whose id-token ends ${dateOf(until)}`;
	return {
		id: 'login-auth-provider',
		evidence: `context ${travel.context}: auth-provider oidc${ends}, ${renews ? 'with' : 'without'} a refresh token`,
	};
}

/** client-go 0.25 in Stork from 23.2 on; before, 0.20 and 0.21, which did not know v1 yet (Stork's go.mod). */
function pluginTroubles(
	{ command, apiVersion }: Extract<UserFacts, { kind: 'exec' }>,
	travel: Travel,
): Trouble[] {
	const { way, context, stork } = travel;
	const trouble = pluginTrouble(command, travel);
	if (!/^client\.authentication\.k8s\.io\/v1(beta1)?$/.test(apiVersion)) {
		return [
			{
				id: 'login-plugin-version',
				evidence: `context ${context}: exec with ${apiVersion || 'no apiVersion'}; Stork knows client.authentication.k8s.io/v1beta1 and v1`,
				remedies: [
					'Or have the tool that wrote the kubeconfig write it again, such as aws eks update-kubeconfig.',
				],
			},
		];
	}
	const isUnknown =
		apiVersion === 'client.authentication.k8s.io/v1' && isOlder(stork?.version, '23.2') === true;
	return isUnknown && trouble.id !== 'login-plugin-not-in-stork'
		? [
				{
					id: 'login-plugin-version',
					evidence: `context ${context}: exec with ${apiVersion}; Stork of the ${way.from} is ${stork?.version}, and knows it from 23.2 on`,
					remedies: [`Or update Stork on the ${way.from} to 23.2 or later.`],
				},
			]
		: [trouble];
}

function pluginTrouble(command: string, { way, context, stork }: Travel): Trouble {
	const runs = `context ${context} runs ${command || 'a plugin without a name'}`;
	const plugin = pluginFor(command);
	if (!plugin) {
		return {
			id: 'login-plugin-not-in-stork',
			evidence: `${runs}, which is not among the programs in Stork's image`,
		};
	}
	const { since } = plugin;
	const older = since === undefined ? false : isOlder(stork?.version, since);
	if (older) {
		return {
			id: 'login-plugin-not-in-stork',
			evidence: `${runs}; Stork of the ${way.from} is ${stork?.version}, and has it from ${since} on`,
			remedies: [`Or update Stork on the ${way.from} to ${since} or later.`],
		};
	}
	return {
		id: 'login-plugin-needs-credentials',
		evidence:
			older === undefined ? `${runs}, which Stork has from ${since} on; its version is not known` : runs,
		remedies: [plugin.credentials({ from: way.from, namespace: stork?.namespace ?? 'of Stork' })],
	};
}

function dateTroubles(
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
	return count === 0 ? 'less than an hour' : `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const dateOf = (time: number): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function findingOf({ id, evidence, remedies = [] }: Trouble, { way, context }: Travel): Finding {
	const { level, title, ways } = explanations[id];
	const [first, ...rest] = ways({ way, context });
	return {
		level,
		topic: 'login',
		problem: clusterProblem({
			id,
			side: way.to,
			title: title(way),
			evidence,
			remedies: [first, ...remedies, ...rest],
			docs: docs.generate,
		}),
	};
}

const tellAccount = ({ way, context }: Travel): string =>
	`The pair will contain the token of a ServiceAccount created for it on the ${way.to}, and no credentials of the context ${context}`;

const tellOwn = (user: UserFacts, { way, context }: Travel): string =>
	`The pair will contain your own credentials for the ${way.to} (the ${user.kind === 'certificate' ? 'client certificate and key' : user.kind} of the context ${context}), readable by anyone who can read ClusterPairs on the ${way.from}. pxpair can create a ServiceAccount instead.`;
