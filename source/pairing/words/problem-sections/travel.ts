import type { Sections } from './section.ts';

/** What the pair carries, and the way between the clusters. */
export const travel = {
	'login-plugin-not-in-stork': {
		means: "Stork can't run the login program of the kubeconfig.",
		found: "The exec section of the kubeconfig, and the programs that Stork's image contains.",
		helps: 'Use a ServiceAccount for the pair.',
	},
	'login-plugin-needs-credentials': {
		means: 'Stork has the login program, but not the credentials that it needs.',
		found: 'The exec section of the kubeconfig.',
		helps: "Use a ServiceAccount, or give Stork's pod the credentials.",
	},
	'login-auth-provider': {
		means:
			'The kubeconfig logs in with OpenID Connect: the pair works until the token expires, or as long as Stork can renew it.',
		found: 'The user in the kubeconfig.',
		helps: 'Use a ServiceAccount for the pair.',
	},
	'login-plugin-version': {
		means: "The exec section of the kubeconfig is of an API version that Stork's client does not know.",
		found: "The exec section of the kubeconfig, and Stork's version.",
		helps: 'Use a ServiceAccount for the pair, or update Stork.',
	},
	'login-refused': {
		means:
			"Kubernetes' client library, which Stork uses, refuses the login in the pair before it sends anything.",
		found: 'The kubeconfig in the pair, checked by the rules of that library.',
		helps:
			'Create the pair again, with a ServiceAccount or with a context that holds its credentials itself.',
	},
	'login-acts-as': {
		means: 'The kubeconfig impersonates another user, and the pair would do so too.',
		found: 'The user in the kubeconfig.',
		helps: 'Use a ServiceAccount for the pair.',
	},
	'login-unsupported': {
		means: "The kubeconfig uses a login method that can't be put into a pair.",
		found: 'The user in the kubeconfig.',
		helps: 'Use a ServiceAccount for the pair.',
	},
	'login-none': {
		means: 'The context has no credentials.',
		found: 'The user in the kubeconfig.',
		helps: 'Use a ServiceAccount, or a context that has credentials.',
	},
	'login-ended': {
		means: 'The certificate or token has expired.',
		found: 'Its dates were read.',
		helps: 'Renew it, or use a ServiceAccount.',
	},
	'login-ending': {
		means: 'The certificate or token expires soon, and the pair stops working then.',
		found: 'Its dates were read.',
		helps: 'Use a ServiceAccount, whose token never expires.',
	},
	'login-not-yet-valid': {
		means: 'The certificate or token is not valid yet.',
		found: 'Its dates were read.',
		helps: 'Check the clock of this machine, or use a ServiceAccount.',
	},
	'login-proxy': {
		means: 'The kubeconfig reaches the cluster through a proxy.',
		found: '`proxy-url` in the kubeconfig.',
		helps: "Check that Stork's pod reaches the same proxy.",
	},
	'login-proxy-only-here': {
		means: 'The proxy in the kubeconfig is reachable from this machine only.',
		found: '`proxy-url` names a loopback address.',
		helps: 'Give an address of the API server that needs no proxy.',
	},
	'login-no-ca': {
		means: 'The kubeconfig names no CA for the cluster, so only a publicly trusted certificate is accepted.',
		found: 'The cluster in the kubeconfig names no CA.',
		helps: 'Add the CA to the kubeconfig.',
	},
	'login-unchecked': {
		means: "The pair does not verify the API server's certificate.",
		found: '`insecure-skip-tls-verify` in the kubeconfig.',
		helps: 'Add the CA to the kubeconfig and verify it.',
	},
	'login-unencrypted': {
		means: 'The API server is reached over http, so credentials travel unencrypted.',
		found: '`server` in the kubeconfig.',
		helps: 'Give an https address.',
	},
	'server-only-here': {
		means: "The API server's address in the kubeconfig has a meaning on this machine only.",
		found: 'It is a loopback address or a local tunnel.',
		helps: 'Give an address that the other cluster reaches: `pair.server`, or `--server`.',
	},
	'way-api-closed': {
		means: 'Pods of the source do not reach the API server of the destination.',
		found: 'A pod of the source connected to it.',
		helps: 'Open the firewall, or give another address of the API server.',
	},
	'way-api-untrusted': {
		means: "The certificate at the API server's address is not trusted from the source's pods.",
		found: 'A pod of the source connected to it.',
		helps: 'Use an address that the certificate contains, and the right CA.',
	},
	'way-api-not-kubernetes': {
		means: 'Something else answers in place of the API server.',
		found: 'A pod of the source connected to it.',
		helps: 'Check the address; a proxy may answer.',
	},
	'way-storage-closed': {
		means: 'Pods of the source do not reach Portworx on the destination.',
		found: 'A pod of the source connected to its port.',
		helps: 'Open port 9001 (on OpenShift 17001) between the clusters, or give another endpoint.',
	},
	'way-storage-guarded': {
		means: 'Something answers at the Portworx port, but asks for a login or refuses.',
		found: 'A pod of the source connected to it.',
		helps: 'Check proxies and gateways in front of the endpoint.',
	},
	'way-storage-unknown': {
		means: 'Something answers at the Portworx port, but not as Portworx does.',
		found: 'A pod of the source connected to it.',
		helps: 'Check the address and the port.',
	},
} as const satisfies Sections;
