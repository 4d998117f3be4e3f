import type { LoginFacts, UserFacts } from '../../clusters/login.ts';
import { docs } from '../../words/docs.ts';
import { type Finding, fact, trouble } from '../../words/finding.ts';
import { hostPort, isOnlyHere } from './address.ts';
import { dateOf, dateTroubles, tokenTroubles } from './login-dates.ts';
import { explanations } from './login-explanations.ts';
import { isOlder, pluginFor } from './login-plugins.ts';
import type { Travel, Trouble } from './travel-facts.ts';

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
		// That it is refused says all there is to say.
		case 'removed-provider':
			return [];
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

/** Stork's client has it built in (cmd/stork/stork.go imports all of client-go's), and no other provider is let through here. */
function openIdTrouble(
	{ until, renews }: Extract<UserFacts, { kind: 'auth-provider' }>,
	travel: Travel,
): Trouble {
	if (!renews && until === undefined) {
		const evidence = `context ${travel.context}: auth-provider oidc without a valid id-token or a refresh token`;
		return { id: 'login-none', evidence };
	}
	const [dated] = dateTroubles('id-token', undefined, until, travel);
	const isOver = dated?.id === 'login-ended';
	if (isOver && !renews) {
		return dated;
	}
	const ends = until === undefined ? '' : `, whose id-token ${isOver ? 'ended' : 'ends'} ${dateOf(until)}`;
	return {
		id: 'login-auth-provider',
		evidence: `context ${travel.context}: auth-provider oidc${ends}, ${renews ? 'with' : 'without'} a refresh token`,
	};
}

/** client-go 0.25 in Stork from 23.2 on; before, 0.20 and 0.21, which knew v1alpha1 still, and v1 not yet (Stork's go.mod). */
function pluginTroubles(
	{ command, apiVersion }: Extract<UserFacts, { kind: 'exec' }>,
	travel: Travel,
): Trouble[] {
	const { way, context, stork } = travel;
	const trouble = pluginTrouble(command, travel);
	const isOld = isOlder(stork?.version, '23.2') === true;
	if (isOld && apiVersion === 'client.authentication.k8s.io/v1alpha1') {
		return [trouble];
	}
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
	const isUnknown = isOld && apiVersion === 'client.authentication.k8s.io/v1';
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

function findingOf({ id, evidence, remedies = [] }: Trouble, { way, context }: Travel): Finding {
	const { level, title, ways } = explanations[id];
	const [first, ...rest] = ways({ way, context });
	return trouble(level, 'login', {
		id,
		side: way.to,
		title: title(way),
		evidence,
		remedies: [first, ...remedies, ...rest],
		docs: docs.generate,
	});
}

const tellAccount = ({ way, context }: Travel): string =>
	`The pair will contain the token of a ServiceAccount created for it on the ${way.to}, and no credentials of the context ${context}`;

const tellOwn = (user: UserFacts, { way, context }: Travel): string =>
	`The pair will contain your own credentials for the ${way.to} (the ${user.kind === 'certificate' ? 'client certificate and key' : user.kind} of the context ${context}), readable by anyone who can read ClusterPairs on the ${way.from}. pxpair can create a ServiceAccount instead.`;
