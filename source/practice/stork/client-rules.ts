/** A cluster or user of the kubeconfig in a pair, under client-go's own names of the fields. */
export type Entry = Readonly<Record<string, unknown>>;

/**
 * Why the client-go of a Stork makes no client of an entry: tools/clientcmd/validation.go, rest/transport.go, the plugins.
 * A file means one in Stork's pod, which has none of them.
 */
export function refusalOf(cluster: Entry, user: Entry, storkVersion: string): string | undefined {
	return (
		clusterRefusal(cluster) ??
		userRefusal(user) ??
		providerRefusal(user) ??
		pluginRefusal(user, execVersionsOf(storkVersion))
	);
}

/** client-go 0.25 from Stork 23.2 on; before, 0.20 and 0.21, which had v1alpha1 still and no v1 yet. */
function execVersionsOf(storkVersion: string): readonly string[] {
	const [year = 0, minor = 0] = storkVersion.split('.').map(Number);
	return year > 23 || (year === 23 && minor >= 2) ? ['v1beta1', 'v1'] : ['v1alpha1', 'v1beta1'];
}

function clusterRefusal(cluster: Entry): string | undefined {
	const file = text(cluster['certificate-authority']);
	const data = text(cluster['certificate-authority-data']);
	if (file !== '' && data !== '') {
		return invalid('certificate-authority-data and certificate-authority are both specified');
	}

	if (file !== '') return unreadable('certificate-authority', file);
	return cluster['insecure-skip-tls-verify'] === true && data !== ''
		? 'specifying a root certificates file with the insecure flag is not allowed'
		: undefined;
}

function userRefusal(user: Entry): string | undefined {
	const given = (name: string) => text(user[name]) !== '';
	const file = ['client-certificate', 'client-key', 'tokenFile'].find(given);
	if (file !== undefined) return unreadable(file, text(user[file]));
	if (given('client-certificate-data') && !given('client-key-data')) {
		return invalid('client-key-data or client-key must be specified');
	}

	if (given('token') && (given('username') || given('password'))) {
		return invalid('more than one authentication method found; found [token basicAuth], only one is allowed');
	}

	if (user.exec && user['auth-provider']) {
		return invalid('authProvider cannot be provided in combination with an exec plugin');
	}

	const impersonates = ['act-as-uid', 'act-as-groups', 'act-as-user-extra'].some(name => user[name]);
	return impersonates && !given('act-as')
		? invalid('requesting uid, groups or user-extra without impersonating a user')
		: undefined;
}

/** Of those that are not OpenID's, the last were taken out of kubectl, so no kubeconfig that works there names one. */
function providerRefusal(user: Entry): string | undefined {
	const provider = user['auth-provider'] as { name?: string; config?: Entry } | undefined;
	if (!provider) return undefined;
	if (provider.name !== 'oidc') return `no Auth Provider found for name "${provider.name}"`;
	if (text(provider.config?.['idp-issuer-url']) === '') return 'Must provide idp-issuer-url';
	return text(provider.config?.['client-id']) === '' ? 'Must provide client-id' : undefined;
}

function pluginRefusal(user: Entry, known: readonly string[]): string | undefined {
	const exec = user.exec as Entry | undefined;
	if (!exec) return undefined;
	if (text(exec.command) === '') {
		return invalid('command must be specified to use exec authentication plugin');
	}

	const version = text(exec.apiVersion);
	if (!known.some(each => version === `client.authentication.k8s.io/${each}`)) {
		return `exec plugin: invalid apiVersion "${version}"`;
	}

	const mode = exec.InteractiveMode ?? exec.interactiveMode;
	return version.endsWith('/v1') && !mode
		? invalid('interactiveMode must be specified to use exec authentication plugin')
		: undefined;
}

/**
 * The id-token of OpenID's provider, while it is valid. Here no issuer can be asked for another one.
 * @throws Error with what client-go says of it
 */
export function idToken(user: Entry): string {
	const { config } = (user['auth-provider'] as { config?: Entry } | undefined) ?? {};
	const token = text(config?.['id-token']);
	const { exp } = claimsOf(token);
	if (exp > Date.now() / 1000 + 10) return token;
	throw new Error(
		text(config?.['refresh-token']) === ''
			? 'No valid id-token, and cannot refresh without refresh-token'
			: `oidc: failed to get well-known endpoint: Get "${text(config?.['idp-issuer-url'])}/.well-known/openid-configuration": no such host`,
	);
}

function claimsOf(token: string): { exp: number } {
	try {
		return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };
	} catch {
		return { exp: 0 };
	}
}

const invalid = (what: string): string => `invalid configuration: ${what}`;

const unreadable = (field: string, path: string): string =>
	invalid(`unable to read ${field} ${path}: open ${path}: no such file or directory`);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
