import { destination, type Scenario } from './two-clusters.ts';

/** Where the kubeconfig leads, how it logs in, and whether that still works from within the source's pods. */
export const kubeconfigScenarios = {
	'wrong-token': {
		about: "the destination's API server refuses the kubeconfig's token",
		clusters: destination({ access: 'here-with-refused-token' }),
	},
	unreachable: {
		about: "nothing answers where the kubeconfig says the destination's API server is",
		clusters: destination({ access: 'to-closed-port' }),
	},
	'same-cluster': {
		about: 'both contexts lead to one cluster',
		clusters: destination({ access: 'to-the-other' }),
	},
	'api-hangs': {
		about: "the destination's API server takes connections and never answers",
		clusters: destination({ access: 'to-silence' }),
	},
	'api-is-a-web-page': {
		about: "a login portal answers in place of the destination's API server",
		clusters: destination({ access: 'to-a-web-page' }),
	},
	'api-breaks-off': {
		about: "every answer of the destination's API server breaks off half way",
		clusters: destination({ access: 'to-half-answers' }),
	},
	'api-private': {
		about: "the source's pods are refused where this machine reaches the destination's API server",
		clusters: destination({ apiFromPods: 'refused' }),
	},
	'api-silent-from-pods': {
		about: "a firewall drops what the source's pods send to the destination's API server",
		clusters: destination({ apiFromPods: 'silent' }),
	},
	'login-plugin': {
		about: 'the kubeconfig logs in to the destination with a program that Stork does not have',
		clusters: destination({ login: 'plugin' }),
	},
	'login-auth-provider': {
		about: 'the kubeconfig logs in to the destination in a way that Kubernetes has given up',
		clusters: destination({ login: 'auth-provider' }),
	},
	'certificate-ending': {
		about: 'the client certificate for the destination ends in three days',
		clusters: destination({ login: 'ending-certificate' }),
	},
	'token-ending': {
		about: 'the token for the destination ends in an hour',
		clusters: destination({ login: 'ending-token' }),
	},
	'no-ca': {
		about: "the kubeconfig does not check the destination's certificate",
		clusters: destination({ ca: 'unchecked' }),
	},
	'through-proxy': {
		about: 'the kubeconfig reaches the destination through a proxy on this machine',
		clusters: destination({ proxy: 'here' }),
	},
} as const satisfies Record<string, Scenario>;
