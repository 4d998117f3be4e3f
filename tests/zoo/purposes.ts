/** What differs on purpose, with the heading in docs/kubeconfig.md that says why. */
export const purposes: readonly Readonly<{ heading: string; covers: RegExp }>[] = [
	{ heading: 'An expired OpenID login is not renewed', covers: /^user: oidc expired, living issuer$/ },
	{ heading: 'A context name with a control character', covers: /^context .* exists, control character$/ },
	{ heading: 'A context without a name', covers: /^context without a name$/ },
];
