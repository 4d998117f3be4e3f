import { expect, test } from 'vitest';
import { defaultPair } from '../../../source/pairing/answers/answers.ts';
import { back, forth } from '../../../source/pairing/answers/direction.ts';
import type { LoginFacts, UserFacts } from '../../../source/pairing/clusters/login.ts';
import type { Travel } from '../../../source/pairing/preflight/travel/travel-facts.ts';
import { travellingLoginFindings } from '../../../source/pairing/preflight/travel/travelling-login.ts';
import type { Finding } from '../../../source/pairing/words/finding.ts';
import { answer } from '../../../source/pairing/words/way.ts';

const now = Date.UTC(2026, 10, 22, 12);
const anHour = 3_600_000;
const aDay = 24 * anHour;

const healthy: LoginFacts = {
	server: 'https://west.example:6443',
	proxy: undefined,
	ca: { kind: 'own', pem: 'PEM' },
	serverName: undefined,
	user: { kind: 'token', until: undefined },
};
const travel: Travel = {
	way: forth,
	context: 'west',
	pair: defaultPair,
	stork: { namespace: 'portworx', version: '24.3.3', adminNamespace: 'kube-system', ready: 3, wanted: 3 },
	now,
	reached: 'yes',
};
const withAccount: Partial<Travel> = { pair: { ...defaultPair, login: 'service-account' } };
const storkOf = (version?: string): Partial<Travel> => ({
	stork: {
		namespace: 'portworx',
		adminNamespace: 'kube-system',
		ready: 3,
		wanted: 3,
		...(version && { version }),
	},
});

test('a token that never ends, an address for all, a CA: facts alone', () => {
	expect(travellingLoginFindings(healthy, travel)).toEqual([
		{
			level: 'fact',
			topic: 'login',
			id: 'login-own',
			on: 'destination',
			text: 'The pair will contain your own credentials for the destination (the token of the context west), readable by anyone who can read ClusterPairs on the source. pxpair can create a ServiceAccount instead.',
		},
	]);
});

const pluginOf = (command: string, version = 'v1beta1'): UserFacts => ({
	kind: 'exec',
	command,
	apiVersion: `client.authentication.k8s.io/${version}`,
});

const tokensByForm = (
	[
		[
			'openshift',
			'is one of oc login, which ends 24 hours after the login unless the cluster says otherwise',
		],
		['eks', 'is one of aws eks get-token, which ends after 15 minutes'],
		['google', 'is an access token of Google, which ends after an hour'],
		['rancher', 'is one of Rancher, which ends when its TTL set there is over'],
	] as const
).map(([issuer, lasts]): [string, UserFacts, Partial<Travel>, string, string] => [
	`a token of ${issuer}`,
	{ kind: 'token', until: undefined, issuer },
	{},
	'warning login-ending',
	`the token of the context west ${lasts}`,
]);

// The address.

test.each([
	'https://localhost:6443',
	'https://LOCALHOST',
	'https://api.localhost:6443',
	'https://127.0.0.1:6443',
	'https://127.9.8.7',
	'https://127.1:6443',
	'https://[::1]:6443',
	'https://[::]:6443',
	'https://[::ffff:127.0.0.1]:6443',
	'https://0.0.0.0:6443',
	'https://kubernetes.docker.internal:6443',
	'https://host.docker.internal:6443',
	'https://host.minikube.internal:8443',
])('%s is for this machine alone', server => {
	const login = { ...healthy, server };
	expect(linesOf(login, { reached: 'no' })).toContainEqual('error server-only-here');
	expect(linesOf(login, { reached: 'untested' })).toContainEqual('error server-only-here');
	expect(linesOf(login, { ...withAccount, reached: 'no' })).toContainEqual('error server-only-here');
	expect(linesOf(login, { reached: 'yes' })).toEqual(['fact login-own']);
	const given = { ...defaultPair, server: 'https://west.example' };
	expect(linesOf(login, { reached: 'no', pair: given })).toEqual(['fact login-own']);
});

test.each([
	'https://10.0.0.1:6443',
	'https://128.0.0.1',
	'https://west.local:6443',
	'https://localhost.example',
	'https://[fd00::1]:6443',
	'https://[::ffff:10.0.0.1]',
])('%s may be known elsewhere', server => {
	expect(linesOf({ ...healthy, server }, { reached: 'no' })).toEqual(['fact login-own']);
});

test('the way out of an address depends on the direction', () => {
	const login = { ...healthy, server: 'https://127.0.0.1:6443' };
	expect(problemsOf(login, { reached: 'no' })).toEqual([
		{
			id: 'server-only-here',
			kind: 'cluster',
			side: 'destination',
			title:
				"Stork on the source can't reach the destination: the address in the kubeconfig works on this machine only",
			evidence: "context west: 127.0.0.1:6443, which Portworx pods there can't resolve",
			remedies: [
				answer('Give an address of its API server that the source can reach', 'pair.server'),
				"Or choose a context of the destination with such an address: the server's certificate must cover it, or set tls-server-name.",
			],
			docs: expect.stringMatching(/^https:/),
			more: 'docs/problems.md#server-only-here',
		},
	]);
	expect(problemsOf(login, { way: back, context: 'east', reached: 'untested' })).toEqual([
		expect.objectContaining({
			side: 'source',
			title: expect.stringMatching(/^Stork on the destination can't reach the source/),
			evidence: 'context east: 127.0.0.1:6443',
			remedies: expect.arrayContaining([
				answer('Give an address of its API server that the destination can reach', 'pair.back.server'),
			]),
		}),
	]);
});

// What is in between, and who answers.

test.each<[string, Partial<LoginFacts>, string, string]>([
	[
		'a proxy',
		{ proxy: 'proxy.example:3128' },
		'warning login-proxy',
		'context west: proxy-url is proxy.example:3128',
	],
	[
		'a proxy on this machine',
		{ proxy: '127.0.0.1:3128' },
		'error login-proxy-only-here',
		'context west: proxy-url is 127.0.0.1:3128',
	],
	[
		'a proxy on this machine, IPv6',
		{ proxy: '[::1]:3128' },
		'error login-proxy-only-here',
		'context west: proxy-url is [::1]:3128',
	],
	[
		'no CA',
		{ ca: { kind: 'system' } },
		'warning login-no-ca',
		'context west: west.example:6443, no certificate-authority',
	],
	[
		'any certificate',
		{ ca: { kind: 'unchecked' } },
		'warning login-unchecked',
		'context west: west.example:6443, insecure-skip-tls-verify',
	],
	[
		'no TLS',
		{ server: 'http://west.example', ca: { kind: 'unchecked' } },
		'warning login-unencrypted',
		'context west: west.example:80, http: no credentials are sent over it',
	],
])('%s', (_title, part, line, evidence) => {
	const login = { ...healthy, ...part };
	expect(linesOf(login)).toEqual([line, 'fact login-own']);
	expect(linesOf(login, withAccount)).toEqual([line, 'fact login-service-account']);
	expect(problemsOf(login)[0]?.evidence).toBe(evidence);
});

test('an address given by hand has TLS', () => {
	const login = { ...healthy, server: 'http://west.example' };
	expect(linesOf(login, { pair: { ...defaultPair, server: 'https://west.example' } })).toEqual([
		'fact login-own',
	]);
});

// Who logs in.

test.each<[string, UserFacts, Partial<Travel>, string, string]>([
	[
		'a plugin unknown',
		pluginOf('tsh'),
		{},
		'error login-plugin-not-in-stork',
		"context west runs tsh, which is not among the programs in Stork's image",
	],
	[
		'a plugin of Windows',
		pluginOf('aws.exe'),
		{},
		'error login-plugin-not-in-stork',
		"context west runs aws.exe, which is not among the programs in Stork's image",
	],
	[
		'a plugin by its path on this machine',
		pluginOf('/opt/homebrew/bin/aws'),
		{},
		'error login-plugin-not-in-stork',
		"context west runs /opt/homebrew/bin/aws, which is not among the programs in Stork's image",
	],
	[
		'a plugin named as any object is',
		pluginOf('constructor'),
		{},
		'error login-plugin-not-in-stork',
		"context west runs constructor, which is not among the programs in Stork's image",
	],
	[
		'a plugin without a name',
		pluginOf(''),
		{},
		'error login-plugin-not-in-stork',
		"context west runs a plugin without a name, which is not among the programs in Stork's image",
	],
	[
		'a plugin by the path it has everywhere',
		pluginOf('/usr/local/bin/aws'),
		{},
		'warning login-plugin-needs-credentials',
		'context west runs /usr/local/bin/aws',
	],
	...stages('aws', [['2.12.1', 'known']]),
	...stages('aws-iam-authenticator', [
		['23.7.0', '23.7.1'],
		['23.7.1', 'known'],
		['2.12.1', '23.7.1'],
		['v24.3.3', 'known'],
	]),
	...stages('gke-gcloud-auth-plugin', [
		['2.12.1', '23.2'],
		['23.2.0', 'known'],
		['23.8.0', 'known'],
	]),
	...stages('oci', [
		['23.2.1', '23.3'],
		['23.3.0', 'known'],
	]),
	...stages('kubelogin', [
		['23.6.0', '23.7'],
		['23.7.0-rc1', 'known'],
		['23.10.0', 'known'],
	]),
	...[storkOf('master'), storkOf(), { stork: undefined }].map(
		(stork): [string, UserFacts, Partial<Travel>, string, string] => [
			'a plugin, with a Stork of which no version is known',
			pluginOf('kubelogin'),
			stork,
			'warning login-plugin-needs-credentials',
			'context west runs kubelogin, which Stork has from 23.7 on; its version is not known',
		],
	),
	[
		'OpenID Connect',
		{ kind: 'auth-provider', until: now + anHour, renews: true },
		{},
		'warning login-auth-provider',
		'context west: auth-provider oidc, whose id-token ends 2026-11-22 13:00 UTC, with a refresh token',
	],
	[
		'OpenID Connect that has ended, and can be renewed',
		{ kind: 'auth-provider', until: now - anHour, renews: true },
		{},
		'warning login-auth-provider',
		'context west: auth-provider oidc, whose id-token ended 2026-11-22 11:00 UTC, with a refresh token',
	],
	[
		'OpenID Connect with nothing to log in with',
		{ kind: 'auth-provider', until: undefined, renews: false },
		{},
		'error login-none',
		'context west: auth-provider oidc without a valid id-token or a refresh token',
	],
	[
		'OpenID Connect that has ended',
		{ kind: 'auth-provider', until: now - anHour, renews: false },
		{},
		'error login-ended',
		'the id-token of the context west expired 1 hour ago, 2026-11-22 11:00 UTC',
	],
	[
		'a plugin of v1, and a Stork that does not know it',
		pluginOf('aws', 'v1'),
		storkOf('2.12.4'),
		'error login-plugin-version',
		'context west: exec with client.authentication.k8s.io/v1; Stork of the source is 2.12.4, and knows it from 23.2 on',
	],
	[
		'a plugin of v1alpha1, and a Stork that knows it still',
		pluginOf('aws', 'v1alpha1'),
		storkOf('2.12.4'),
		'warning login-plugin-needs-credentials',
		'context west runs aws',
	],
	[
		'a plugin of v1alpha1, and a Stork that knows it no more',
		pluginOf('aws', 'v1alpha1'),
		storkOf('23.2.0'),
		'error login-plugin-version',
		'context west: exec with client.authentication.k8s.io/v1alpha1; Stork knows client.authentication.k8s.io/v1beta1 and v1',
	],
	...tokensByForm,
	['a password', { kind: 'password' }, {}, 'error login-unsupported', 'context west: a name and a password'],
	[
		'no one',
		{ kind: 'none' },
		{},
		'error login-none',
		'context west: its user has no token, certificate or plugin',
	],
	[
		'a token that has ended',
		{ kind: 'token', until: now - 3 * aDay },
		{},
		'error login-ended',
		'the token of the context west expired 3 days ago, 2026-11-19 12:00 UTC',
	],
	[
		'a token that ends now',
		{ kind: 'token', until: now },
		{},
		'error login-ended',
		'the token of the context west expired less than an hour ago, 2026-11-22 12:00 UTC',
	],
	[
		'a token that ends in an hour',
		{ kind: 'token', until: now + 1.5 * anHour },
		{},
		'warning login-ending',
		'the token of the context west expires in 1 hour, 2026-11-22 13:30 UTC',
	],
	[
		'a certificate that ends in less than 30 days',
		{ kind: 'certificate', from: now - aDay, until: now + 30 * aDay - 1 },
		{},
		'warning login-ending',
		'the client certificate of the context west expires in 29 days, 2026-12-22 11:59 UTC',
	],
	[
		'a certificate that has ended',
		{ kind: 'certificate', from: now - 9 * aDay, until: now - 47 * anHour },
		{},
		'error login-ended',
		'the client certificate of the context west expired 47 hours ago, 2026-11-20 13:00 UTC',
	],
	[
		'a certificate that begins tomorrow',
		{ kind: 'certificate', from: now + aDay, until: now + 2 * aDay },
		{},
		'error login-not-yet-valid',
		'the client certificate of the context west becomes valid in 24 hours, 2026-11-23 12:00 UTC',
	],
])('%s: %o', (_title, user, more, line, evidence) => {
	const login = { ...healthy, user };
	expect(linesOf(login, more)).toEqual([line]);
	const [problem] = problemsOf(login, more);
	expect(problem).toMatchObject({ evidence, side: 'destination' });
	expect(problem?.title).toMatch(/\bdestination\b/);
	expect(problem?.remedies[0]).toEqual({
		what: 'Let pxpair create a ServiceAccount for the pair',
		way: { kind: 'use-account' },
	});
	// Whom the ServiceAccount replaces is of no more concern.
	expect(linesOf(login, { ...more, ...withAccount })).toEqual(['fact login-service-account']);
});

test.each<[string, UserFacts]>([
	['a token that lasts', { kind: 'token', until: now + 30 * aDay }],
	['a certificate that lasts', { kind: 'certificate', from: now, until: now + 365 * aDay }],
	['a certificate without dates', { kind: 'certificate', from: undefined, until: undefined }],
])('%s', (_title, user) => {
	expect(linesOf({ ...healthy, user })).toEqual(['fact login-own']);
});

test.each([
	['aws', /Secret aws-creds in the namespace portworx .* at \/root\/\.aws /],
	['aws-iam-authenticator', /Secret aws-creds in the namespace portworx .* at \/root\/\.aws /],
	[
		'gke-gcloud-auth-plugin',
		/Secret gke-creds .* CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE=\/root\/\.gke\/gcs-key\.json/,
	],
	['oci', /at \/root\/\.oci /],
	['kubelogin', /az aks get-credentials --admin/],
])('what %s needs in Stork is told', (command, told) => {
	const [problem] = problemsOf({ ...healthy, user: pluginOf(command) });
	expect(JSON.stringify(problem?.remedies[1])).toMatch(told);
});

test('a Stork too old may be made newer', () => {
	const user = pluginOf('kubelogin');
	const [problem] = problemsOf({ ...healthy, user }, storkOf('23.5.0'));
	expect(problem?.remedies).toContainEqual('Or update Stork on the source to 23.7 or later.');
});

test('all that is wrong is told at once', () => {
	const login: LoginFacts = {
		server: 'https://localhost:6443',
		proxy: 'localhost:3128',
		ca: { kind: 'unchecked' },
		serverName: undefined,
		user: { kind: 'password' },
	};
	expect(linesOf(login, { reached: 'untested' })).toEqual([
		'error server-only-here',
		'error login-proxy-only-here',
		'warning login-unchecked',
		'error login-unsupported',
	]);
});

/** The same plugin under several versions of Stork: each has it, or asks for a later one. */
function stages(
	command: string,
	versions: readonly (readonly [version: string, wants: string])[],
): [string, UserFacts, Partial<Travel>, string, string][] {
	return versions.map(([version, wants]) => [
		`${command} with Stork ${version}`,
		pluginOf(command),
		storkOf(version),
		wants === 'known' ? 'warning login-plugin-needs-credentials' : 'error login-plugin-not-in-stork',
		wants === 'known'
			? `context west runs ${command}`
			: `context west runs ${command}; Stork of the source is ${version}, and has it from ${wants} on`,
	]);
}

const linesOf = (login: LoginFacts, more: Partial<Travel> = {}): string[] =>
	travellingLoginFindings(login, { ...travel, ...more }).map(
		finding => `${finding.level} ${finding.level === 'fact' ? finding.id : finding.problem.id}`,
	);

const problemsOf = (login: LoginFacts, more: Partial<Travel> = {}) =>
	travellingLoginFindings(login, { ...travel, ...more }).flatMap((finding: Finding) =>
		finding.level === 'fact' ? [] : [finding.problem],
	);

test('who acts as another user, and what client-go refuses, with the ServiceAccount as the way out', () => {
	const login = { ...healthy, actsAs: 'jane', refused: 'because' };
	expect(linesOf(login)).toEqual(['error login-refused', 'warning login-acts-as']);
	for (const { evidence, remedies } of problemsOf(login)) {
		expect(evidence).toMatch(/^context west: (because|as jane)$/);
		expect(remedies[0]).toMatchObject({ way: { kind: 'use-account' } });
	}
	expect(linesOf(login, withAccount)).toEqual(['fact login-service-account']);
});
